//! A careful user: compares what was found with gold, and makes every correction that is needed, as the page would.

use serde::Deserialize;
use whosaid::correction::{Correction, Edit, Target};
use whosaid::scheme::{Mark, Origin};
use whosaid::{Analysis, Annotator, Revision, Units};

use crate::record::{Place, Record, Said, id, place};
use crate::score::attribution::{extent, is_linked, matches};

/// An article with who says what in it.
#[derive(Debug, Deserialize)]
pub(super) struct Article {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) attributions: Vec<Said>,
}

/// What the user did, by sort: each is one gesture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Edits {
    /// Claims that were missing: marked.
    pub(super) added: usize,
    /// Claims that are none: rejected.
    pub(super) deleted: usize,
    /// Edges of what is said that were moved.
    pub(super) moved: usize,
    /// Claims that were given to somebody else, or to nobody.
    pub(super) attributed: usize,
}

impl Edits {
    pub(super) const fn all(self) -> usize {
        self.added + self.deleted + self.moved + self.attributed
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            deleted: self.deleted + other.deleted,
            moved: self.moved + other.moved,
            attributed: self.attributed + other.attributed,
        }
    }
}

/// An article once its user is done with it.
pub(super) struct Corrected {
    pub(super) edits: Edits,
    /// What holds in the end.
    pub(super) revision: Revision,
    /// All corrections.
    pub(super) log: Vec<Correction>,
}

/// The log that the user writes.
struct Log<'a> {
    units: Units<'a>,
    corrections: Vec<Correction>,
}

impl Log<'_> {
    fn target(&self, place: Place) -> Target {
        let span = self.units.span_of_code_points(place[0], place[1]);
        let exact = self.units.slice(span).to_owned();
        Target { start: span.start, end: span.end, exact, ..Target::default() }
    }

    fn write(&mut self, edit: Edit) {
        let number = self.corrections.len() as u32 + 1;
        self.corrections.push(Correction {
            id: format!("user:{number}"),
            actor: "user".to_owned(),
            lamport: number,
            time: String::new(),
            edit,
        });
    }
}

/// From the first place to the last.
fn hull(places: &[Place]) -> Place {
    let start = places.iter().map(|place| place[0]).min().unwrap_or_default();
    let end = places.iter().map(|place| place[1]).max().unwrap_or_default();
    [start, end]
}

/// Corrects an article until it says what gold says. `is_proposed`: a claim that is added comes with who says it, as the
/// annotator proposes; else the user says that of each.
pub(super) fn correct(annotator: &Annotator, article: &Article, analysis: &Analysis, is_proposed: bool) -> Corrected {
    let text: Vec<char> = article.text.chars().collect();
    let mut log = Log { units: Units::new(&article.text), corrections: Vec::new() };
    let mut edits = Edits::default();
    let record = |analysis: &Analysis| Record::new(id(""), &article.text, analysis);
    let gold: Vec<&Said> = article.attributions.iter().collect();
    let before = record(analysis);
    let found: Vec<&Said> = before.claims.iter().map(|claim| &claim.said).collect();
    let matched = matches(&text, &gold, &found);
    for (index, said) in found.iter().enumerate() {
        if matched.iter().all(|matched| matched.predicted != index) {
            edits.deleted += 1;
            for part in parts(analysis, &log.units, said) {
                let target = log.target(part);
                log.write(Edit::Delete { target, mark: Mark::Claim, everywhere: false });
            }
        }
    }
    for matched in &matched {
        let [right, was] = [gold[matched.gold], found[matched.predicted]].map(|said| extent(&text, &said.content));
        let (Some(right), Some(was)) = (right, was) else { continue };
        let wrong = (0..2).filter(|&edge| right[edge] != was[edge]).count();
        edits.moved += wrong;
        if wrong > 0 {
            let (target, to) =
                (log.target(hull(&found[matched.predicted].content)), log.target(hull(&gold[matched.gold].content)));
            log.write(Edit::Respan { target, mark: Mark::Claim, to });
        }
    }
    for (index, said) in gold.iter().enumerate() {
        if matched.iter().all(|matched| matched.gold != index) && !said.content.is_empty() {
            edits.added += 1;
            let target = log.target(hull(&said.content));
            log.write(Edit::Add { target, mark: Mark::Claim, everywhere: false });
            if !is_proposed && !said.source.is_empty() {
                edits.attributed += 1;
                attribute(&mut log, &article.text, said);
            }
        }
    }
    // Who says it is looked at when it stands where it should.
    let halfway = annotator.correct(&article.text, analysis, &log.corrections);
    let after = record(&halfway.analysis);
    let found: Vec<&Said> = after.claims.iter().map(|claim| &claim.said).collect();
    for matched in matches(&text, &gold, &found) {
        let said = gold[matched.gold];
        if !is_linked(&said.source, &found[matched.predicted].source) {
            edits.attributed += 1;
            log.write(Edit::Attribute {
                target: log.target(hull(&found[matched.predicted].content)),
                speaker: words(&article.text, &said.source),
            });
        }
    }
    // What is left is right: the user looks at each claim, and accepts it.
    let corrected = annotator.correct(&article.text, analysis, &log.corrections).analysis;
    for claim in corrected.claims.iter().filter(|claim| claim.origin != Origin::User) {
        let target = log.target(place(&log.units, claim.extent()));
        log.write(Edit::Add { target, mark: Mark::Claim, everywhere: false });
    }
    let revision = annotator.correct(&article.text, analysis, &log.corrections);
    Corrected { edits, revision, log: log.corrections }
}

/// The claims that a claim of a record is made of, as the page shows them: its continuations stand alone there.
fn parts(analysis: &Analysis, units: &Units<'_>, said: &Said) -> Vec<Place> {
    let extents = analysis.claims.iter().map(|claim| place(units, claim.extent()));
    extents.filter(|extent| said.content.iter().any(|part| extent[0] <= part[0] && part[1] <= extent[1])).collect()
}

fn attribute(log: &mut Log<'_>, text: &str, said: &Said) {
    let target = log.target(hull(&said.content));
    log.write(Edit::Attribute { target, speaker: words(text, &said.source) });
}

/// The words of a source, its first part.
fn words(text: &str, source: &[Place]) -> Option<String> {
    let [start, end] = *source.first()?;
    Some(text.chars().skip(start).take(end - start).collect())
}
