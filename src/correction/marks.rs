//! The marks of an article while corrections are applied to them.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{qualify, respan};
use super::claims::{Claims, Marked, relink};
use super::edit::Seen;
use super::find::Finder;
use super::index::Move;
use super::speakers::Speaking;
use super::target::Target;
use crate::analysis::{Analysis, Annotator};
use crate::claim::{Claim, form, word_count};
use crate::entity::Mention;
use crate::lang::row;
use crate::lexis::Words;
use crate::model::Model;
use crate::nesting::nest;
use crate::order::{set, sort, sort_by_key};
use crate::scheme::{ClaimForm, ClaimKind, Group, Label, Mark, MentionForm, Origin};
use crate::span::{Places, Span};
use crate::speaker::{Speaker, speakers};
use crate::text::Article;

impl Mark {
    /// The label of what it marks; none for a claim.
    const fn label(self) -> Option<Label> {
        match self {
            Self::Person => Some(Label::Person),
            Self::Institution => Some(Label::Institution),
            Self::Place => Some(Label::Place),
            Self::Claim => None,
        }
    }

    const fn of(label: Label) -> Self {
        match label {
            Label::Person => Self::Person,
            Label::Institution => Self::Institution,
            Label::Place => Self::Place,
        }
    }
}

/// What is marked; each edit returns whether it fits.
pub(super) struct Marks<'a, 't> {
    article: &'a Article<'t>,
    finder: &'a Finder<'a, 't>,
    /// Who says what is marked as said, and by which words, as far as that can be told.
    propose: &'a dyn Fn(Span) -> Option<Claim>,
    mentions: Places<Mention>,
    claims: Claims,
    /// The marks that corrections took away and did not put back.
    gone: BTreeSet<(Span, Mark)>,
    /// The mentions that corrections moved.
    moves: Vec<Move>,
    /// Whether what is marked is no longer what it was.
    changed: bool,
}

impl<'a, 't> Marks<'a, 't> {
    pub(super) fn new(
        article: &'a Article<'t>,
        finder: &'a Finder<'a, 't>,
        propose: &'a dyn Fn(Span) -> Option<Claim>,
        analysis: &Analysis,
    ) -> Self {
        let mut claims = Claims::default();
        for (index, claim) in analysis.claims.iter().enumerate() {
            claims.push(Marked { claim: claim.clone(), chosen: None, index: Some(index) });
        }
        Self {
            article,
            finder,
            propose,
            mentions: analysis.mentions.iter().map(|mention| (mention.span, mention.clone())).collect(),
            claims,
            gone: BTreeSet::new(),
            moves: Vec::new(),
            changed: false,
        }
    }

    /// Where a target is; none where it is not found or holds no token.
    fn find(&self, target: &Target) -> Option<Span> {
        self.finder.find(target).filter(|&span| !self.article.tokens_in(span).is_empty())
    }

    pub(super) fn add(&mut self, target: &Target, mark: Mark, everywhere: bool) -> bool {
        let Some(span) = self.find(target) else { return false };
        self.set(span, mark);
        for other in self.others(span, mark, everywhere) {
            if self.is_free(other, mark) {
                self.set(other, mark);
            }
        }
        true
    }

    pub(super) fn delete(&mut self, target: &Target, mark: Mark, everywhere: bool) -> bool {
        let Some(span) = self.find(target) else { return false };
        let fits = self.take(span, mark) || self.gone.contains(&(span, mark));
        for other in self.others(span, mark, everywhere && fits) {
            self.take(other, mark);
        }
        fits
    }

    pub(super) fn relabel(&mut self, target: &Target, mark: Mark, to: Mark, everywhere: bool) -> bool {
        let Some(span) = self.find(target) else { return false };
        let fits = self.make(span, mark, to);
        for other in self.others(span, mark, everywhere && fits && to != Mark::Claim) {
            self.make(other, mark, to);
        }
        fits
    }

    fn make(&mut self, span: Span, mark: Mark, to: Mark) -> bool {
        if mark == to {
            return self.confirm(span, mark);
        }
        if self.take(span, mark) {
            self.set(span, to);
            return true;
        }
        self.gone.contains(&(span, mark)) && (self.confirm(span, to) || self.make_again(span, to))
    }

    /// Makes a name that an earlier correction made another one what this correction says: the last word holds.
    fn make_again(&mut self, span: Span, to: Mark) -> bool {
        let made = self.mentions.at(span).iter().find(|mention| mention.origin == Origin::User);
        let Some(made) = made.map(|mention| Mark::of(mention.label)).filter(|_| to.label().is_some()) else {
            return false;
        };
        self.make(span, made, to)
    }

    /// Marks a place, or confirms the mark there.
    fn set(&mut self, span: Span, mark: Mark) {
        if !self.confirm(span, mark) {
            self.put(span, mark);
        }
    }

    /// The other places of the same words, whole ones; none of a claim.
    fn others(&self, span: Span, mark: Mark, everywhere: bool) -> Vec<Span> {
        if !everywhere || mark == Mark::Claim {
            return Vec::new();
        }
        let units = &self.article.units;
        let words = units.slice(span);
        let is_other = |&other: &Span| other != span && self.article.span(self.article.tokens_in(other)) == other;
        let found = units.text().match_indices(words);
        found.map(|(at, _)| units.span_of_bytes(at, at + words.len())).filter(is_other).collect()
    }

    /// Whether a mark takes no other away but of the very place.
    fn is_free(&self, span: Span, mark: Mark) -> bool {
        let Some(label) = mark.label() else { return false };
        let new = mention(self.article, span, label);
        self.mentions.overlapping(span).all(|(place, other)| place == span || !excludes(&new, other))
    }

    /// Says that marks are right; whether one of their places is found, or there is none.
    pub(super) fn review(&mut self, seen: &[Seen]) -> bool {
        let found = seen.iter().filter(|Seen { target, mark }| self.add(target, *mark, false)).count();
        found > 0 || seen.is_empty()
    }

    /// Moves the edges of a mark, as a step of the log says.
    pub(super) fn respan(&mut self, target: &Target, mark: Mark, to: &Target, step: usize) -> bool {
        let (Some(from), Some(to)) = (self.find(target), self.find(to)) else { return false };
        if from == to {
            return self.confirm(from, mark);
        }
        let moved = from.overlaps(to)
            && match mark.label() {
                Some(label) => self.move_mention(from, to, label, step),
                None => self.move_claims(from, to),
            };
        moved || (self.gone.contains(&(from, mark)) && self.confirm(to, mark))
    }

    fn move_mention(&mut self, from: Span, to: Span, label: Label, step: usize) -> bool {
        let is_meant = |mention: &&Mention| mention.label == label;
        let Some(form) = self.mentions.at(from).iter().find(is_meant).map(|mention| mention.form) else {
            return false;
        };
        let mark = Mark::of(label);
        self.take(from, mark);
        if !self.confirm(to, mark) {
            self.put(to, mark);
            // "The mayor" is no name with a word more.
            let moved = self.mentions.at_mut(to).iter_mut().filter(|mention| mention.label == label);
            moved.for_each(|mention| mention.form = form);
        }
        self.moves.push(Move { step, from, to });
        true
    }

    fn move_claims(&mut self, from: Span, to: Span) -> bool {
        let (article, gone) = (self.article, &mut self.gone);
        let (mut moved, mut stays) = (false, false);
        self.claims.change(from, |Marked { claim, .. }| {
            if respan(article, claim, to) {
                (claim.origin, claim.confidence) = (Origin::User, 1.0);
                gone.remove(&(claim.extent(), Mark::Claim));
                moved = true;
            }
            stays |= claim.extent() == from;
        });
        self.changed |= moved;
        if moved && !stays {
            self.gone.insert((from, Mark::Claim));
        }
        moved
    }

    /// Says of what kind or form a claim is.
    pub(super) fn qualify(&mut self, target: &Target, kind: Option<ClaimKind>, form: Option<ClaimForm>) -> bool {
        let Some(span) = self.find(target).filter(|_| kind.is_some() || form.is_some()) else { return false };
        let article = self.article;
        self.claims.change(span, |marked| qualify(article, &mut marked.claim, kind, form));
        self.confirm(span, Mark::Claim)
    }

    /// Notes that a step of the log says who makes a claim.
    pub(super) fn attribute(&mut self, target: &Target, step: usize) -> bool {
        let Some(span) = self.find(target) else { return false };
        self.claims.change(span, |marked| marked.chosen = Some(step)) && self.confirm(span, Mark::Claim)
    }

    /// Whether a mark is there; the user says that it is right.
    fn confirm(&mut self, span: Span, mark: Mark) -> bool {
        let sure = |origin: &mut Origin, confidence: &mut f32| (*origin, *confidence) = (Origin::User, 1.0);
        let Some(label) = mark.label() else {
            return self.claims.change(span, |Marked { claim, .. }| {
                sure(&mut claim.origin, &mut claim.confidence);
            });
        };
        let mut found = false;
        for mention in self.mentions.at_mut(span).iter_mut().filter(|mention| mention.label == label) {
            sure(&mut mention.origin, &mut mention.confidence);
            found = true;
        }
        found
    }

    /// Takes a mark away, if it is there.
    fn take(&mut self, span: Span, mark: Mark) -> bool {
        let taken = match mark.label() {
            Some(label) => !self.mentions.take(span, |mention| mention.label == label).is_empty(),
            None => self.claims.take(span),
        };
        if taken {
            self.gone.insert((span, mark));
            self.changed = true;
        }
        taken
    }

    /// Marks a place that is not marked so.
    fn put(&mut self, span: Span, mark: Mark) {
        self.gone.remove(&(span, mark));
        self.changed = true;
        let Some(label) = mark.label() else {
            let claim = claim(self.article, span, (self.propose)(span));
            self.claims.push(Marked { claim, chosen: None, index: None });
            return;
        };
        let mention = mention(self.article, span, label);
        for place in set(self.mentions.overlapping(span).map(|(place, _)| place)) {
            let replaced = self.mentions.take(place, |other| excludes(&mention, other));
            self.gone.extend(replaced.iter().map(|other| (place, Mark::of(other.label))));
        }
        self.mentions.insert(span, mention);
    }

    /// Who speaks, among these marks; `before` is the analysis that they were made of.
    pub(super) fn into_speaking(self, annotator: &Annotator, before: &Analysis) -> Speaking<'a, 't> {
        let mut marked: Vec<Marked> = self.claims.all.into_iter().flatten().collect();
        if self.changed {
            sort_by_key(&mut marked, |one| one.claim.order());
            relink(&mut marked, &before.claims);
        }
        let (mut claims, chosen): (Vec<_>, Vec<_>) = marked.into_iter().map(|one| (one.claim, one.chosen)).unzip();
        let mut mentions: Vec<Mention> = self.mentions.into_values().map(|(_, mention)| mention).collect();
        let speakers = if self.changed {
            nest(self.article, &mut claims);
            let mut found = find_speakers(self.article, &annotator.model, &self.gone, &mut mentions, &mut claims);
            annotator.adaptation.add_facts(&mut found, annotator.language);
            found
        } else {
            before.speakers.clone()
        };
        Speaking {
            article: self.article,
            finder: self.finder,
            speakers,
            mentions,
            claims,
            chosen,
            moves: self.moves,
            step: 0,
            changed: self.changed,
            index: None,
        }
    }
}

/// Finds the speakers again, among what is marked now.
fn find_speakers(
    article: &Article<'_>,
    model: &Model,
    gone: &BTreeSet<(Span, Mark)>,
    mentions: &mut Vec<Mention>,
    claims: &mut [Claim],
) -> Vec<Speaker> {
    // What the speakers' stage added it will add again; an analysis of another text marks what this one does not have.
    let is_given = |mention: &Mention| mention.form == MentionForm::Name || mention.origin == Origin::User;
    mentions.retain(|mention| is_given(mention) && !article.tokens_in(mention.span).is_empty());
    sort_by_key(mentions, |mention| mention.span);
    for mention in &mut *mentions {
        mention.speaker = None;
    }
    for claim in &mut *claims {
        claim.speaker = None;
    }
    let mut found = speakers(&Words::new(article), model, mentions, claims);
    keep_out(gone, mentions, &mut found);
    found
}

/// A claim that the user marks, with who says it, as far as that can be told.
fn claim(article: &Article<'_>, span: Span, proposal: Option<Claim>) -> Claim {
    let nobody = || Claim {
        source: None,
        cue: None,
        content: vec![span],
        words: word_count(article, &[article.tokens_in(span)]),
        form: form(article, None, &[article.tokens_in(span)]),
        kind: ClaimKind::Statement,
        group: Group::Statement,
        continues: None,
        inside: None,
        confidence: 1.0,
        origin: Origin::User,
        speaker: None,
        speaker_confidence: 0.0,
    };
    // Its place is what the user marked: corrections find it by that.
    let proposed = proposal.filter(|proposal| proposal.extent() == span);
    let told = |proposal| Claim { confidence: 1.0, origin: Origin::User, ..proposal };
    proposed.map_or_else(nobody, told)
}

/// A mention that the user marks: a name, whatever it looks like, so that it gets its speaker; unless it is a pronoun.
fn mention(article: &Article<'_>, span: Span, label: Label) -> Mention {
    let word = article.units.slice(span).trim().to_lowercase();
    let is_pronoun = row(article.language.function_words, &word).is_some_and(|[_, class]| *class == "pronoun");
    let form = if is_pronoun { MentionForm::Pronoun } else { MentionForm::Name };
    Mention { span, label, form, confidence: 1.0, origin: Origin::User, speaker: None }
}

/// Whether a mention cannot stand beside the user's. A name within a name can, when it names something else: the
/// person in the name of a campaign.
fn excludes(users: &Mention, other: &Mention) -> bool {
    let nested = users.span.contains(other.span) || other.span.contains(users.span);
    let same = users.span == other.span || users.label == other.label;
    users.span.overlaps(other.span) && (same || !nested)
}

/// Takes away what the speakers' stage found where the user said that there is nothing, or something else.
fn keep_out(gone: &BTreeSet<(Span, Mark)>, mentions: &mut Vec<Mention>, speakers: &mut [Speaker]) {
    let users = mentions.iter().filter(|mention| mention.origin == Origin::User);
    let users: Places<Mention> = users.map(|mention| (mention.span, mention.clone())).collect();
    let unwanted = |mention: &mut Mention| {
        mention.origin != Origin::User
            && (gone.contains(&(mention.span, Mark::of(mention.label)))
                || users.overlapping(mention.span).any(|(_, user)| excludes(user, mention)))
    };
    let removed: Vec<Mention> = mentions.extract_if(.., unwanted).collect();
    let places: Places<usize> = mentions.iter().map(|mention| mention.span).zip(0..).collect();
    // Of each speaker the places that it has no more, and those that it has instead.
    let mut moved: BTreeMap<usize, (BTreeSet<Span>, BTreeSet<Span>)> = BTreeMap::new();
    for mention in removed {
        let Some(speaker) = mention.speaker.map(|index| index as usize).filter(|&index| index < speakers.len()) else {
            continue;
        };
        // The user's mark of the same place and sort means the same speaker, one with other edges too, where it has
        // no name to tell.
        let is_same = |&(span, index): &(Span, usize)| {
            let other: &Mention = &mentions[index];
            let reaches = other.form != MentionForm::Name && other.speaker.is_none();
            (span == mention.span || reaches) && other.label == mention.label && other.origin == Origin::User
        };
        let near = places.overlapping(mention.span).map(|(span, &index)| (span, index));
        let same = near.filter(is_same).min_by_key(|&(_, index)| index);
        let (lost, gained) = moved.entry(speaker).or_default();
        match same {
            Some((span, index)) => {
                mentions[index].speaker = mentions[index].speaker.or(mention.speaker);
                if span != mention.span {
                    lost.insert(mention.span);
                    gained.insert(span);
                }
            }
            None => _ = lost.insert(mention.span),
        }
    }
    for (speaker, (lost, gained)) in moved {
        let spans = &mut speakers[speaker].mentions;
        spans.retain(|span| !lost.contains(span) && !gained.contains(span));
        spans.extend(gained);
        sort(spans);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edit;
    use super::super::tests::{annotator, log};
    use super::*;
    use crate::analysis::fixture;
    use crate::span::Units;

    #[test]
    fn an_edit_of_names_is_made_everywhere() {
        use Mark::{Institution, Person, Place};
        let marked = "{p Berg} left. {c Said} {p Berg}: no Bergen, {p Anna Berg}. A dog saw Berg, a dog, dogs.";
        let (text, found) = fixture::analysis(marked);
        let target = |start: u32, exact: &str| Target {
            start,
            end: start + exact.len() as u32,
            exact: exact.to_owned(),
            ..Target::default()
        };
        let (berg, dog) = (|| target(0, "Berg"), || target(47, "dog"));
        let names = |edits: &[Edit]| -> Vec<String> {
            let revision = annotator().correct(&text, &found, &log(edits));
            assert_eq!(revision.orphans, Vec::<String>::new(), "{edits:#?}");
            let units = Units::new(&text);
            let name =
                |mention: &Mention| format!("{:?} {} {}", mention.label, units.slice(mention.span), mention.span.start);
            revision.analysis.mentions.iter().map(name).collect()
        };
        let untouched = names(&[]);
        let add = Edit::Add { target: berg(), mark: Person, everywhere: true };
        let last = text.rfind("Berg").expect("it is there");
        assert_eq!(
            names(&[add]),
            [
                "Person Berg 0".to_owned(),
                "Person Berg 16".to_owned(),
                untouched[2].clone(),
                format!("Person Berg {last}")
            ],
        );
        let relabel = Edit::Relabel { target: berg(), mark: Person, to: Institution, everywhere: true };
        assert_eq!(
            names(std::slice::from_ref(&relabel)),
            ["Institution Berg 0", "Institution Berg 16", untouched[2].as_str()]
        );
        // One place first, then all: nothing is lost; and one undo takes it back.
        let one = Edit::Relabel { target: berg(), mark: Person, to: Institution, everywhere: false };
        assert_eq!(names(&[one.clone(), relabel.clone()]), names(std::slice::from_ref(&relabel)));
        let undo = Edit::Undo { correction: "1".to_owned() };
        assert_eq!(names(&[one.clone(), relabel, undo]), names(&[one]));
        let delete = Edit::Delete { target: berg(), mark: Person, everywhere: true };
        assert_eq!(names(&[delete.clone(), delete]), [untouched[2].as_str()]);
        // Whole words alone.
        let at = text.find("dog").expect("it is there") as u32;
        let dogs = Edit::Add { target: Target { start: at, end: at + 3, ..dog() }, mark: Place, everywhere: true };
        assert_eq!(names(&[dogs]).iter().filter(|name| name.starts_with("Place dog")).count(), 2);
    }
}
