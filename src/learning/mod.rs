//! Corrections -> what later articles are read with: names, what cues are worth, a small change of the network's head of
//! cues. All of it is plain data that stands apart from the model: it can be looked at, switched off and thrown away.
//!
//! | what | is learnt from | does |
//! |---|---|---|
//! | names | names that the user marked, made another, took away or said are right | the name is that, or nothing, elsewhere too |
//! | facts | roles and affiliations that the user said | whoever has that full name has them, where nothing else is said |
//! | cues | claims with these words, right or not | claims with them are surer or less sure; the user can switch them on or off |
//! | delta | the same | moves the network's head of cues, see [`Delta`] |

mod judged;
mod learnt;
mod lexicon;

use crate::analysis::{Analysis, Annotator, Options};
use crate::correction::{Correction, Edit, Revision};
use crate::lexis::Words;
pub use crate::model::Delta;
use crate::model::Truth;
use crate::text::Article;
use judged::{rejected, right};
pub use learnt::{Learnt, LearntCue, LearntName};

/// Why what was learnt cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LearntError;

impl std::fmt::Display for LearntError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("this was learnt with another model: reset what was learnt, or import it where it came from")
    }
}

impl std::error::Error for LearntError {}

impl Annotator {
    /// What was learnt before, and what the corrections of an article teach besides. Asked of an annotator that was taught
    /// nothing.
    ///
    /// # Errors
    /// When it was learnt with another model.
    pub fn learn(&self, learnt: &Learnt, text: &str, corrections: &[Correction]) -> Result<Learnt, LearntError> {
        let taught = self.taught(learnt)?;
        let found = taught.annotate(text, &Options::default());
        // "The rest is right" is said of what nobody looked at one by one: it teaches nothing.
        let is_looked_at = |correction: &&Correction| !matches!(correction.edit, Edit::Review { .. });
        let corrections: Vec<Correction> = corrections.iter().filter(is_looked_at).cloned().collect();
        let revision = taught.correct(text, &found, &corrections);
        let article = Article::new(text, self.language);
        let mut more = learnt.clone();
        more.articles += 1;
        more.note_names(&article, &found, &revision);
        more.note_cues(&article, &found, &revision);
        let truths = truths(&article, &found, &revision);
        if !truths.is_empty() {
            // Who has judged every claim one by one has looked at all of it.
            let is_whole = right(&revision).count() == revision.analysis.claims.len();
            more.delta = self.model.learn(&Words::new(&article), &truths, is_whole, &learnt.delta);
        }
        Ok(more)
    }

    /// The annotator with what was learnt.
    ///
    /// # Errors
    /// When it was learnt with another model.
    pub fn taught(&self, learnt: &Learnt) -> Result<Self, LearntError> {
        let model = self.model.taught(&learnt.delta).ok_or(LearntError)?;
        Ok(Self { language: self.language, model, adaptation: lexicon::adaptation(learnt, self.language) })
    }
}

/// What the user said of the claims of an article.
fn truths(article: &Article<'_>, found: &Analysis, revision: &Revision) -> Vec<Truth> {
    let all = right(revision).map(|claim| (claim, true)).chain(rejected(found, revision).map(|claim| (claim, false)));
    all.filter_map(|(claim, is_claim)| Some(Truth { cue: article.tokens_in(claim.cue?), is_claim })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::ANNOTATOR;
    use crate::claim::Claim;
    use crate::correction::{Seen, Target, Who};
    use crate::entity::Mention;
    use crate::scheme::{FactKind, Label, Mark, MentionForm, Origin};
    use crate::span::{Span, Units};

    const FIRST: &str = "The ferry to Sandvik will stop in May, Karin Dahl said on Monday.\n\n\
        Zorbit Quell expects that rents will rise, and Karin Dahl hopes that they fall.";
    const LATER: &str = "The bridge is safe, said Zorbit Quell.\n\nKarin Dahl expects that the ferry will stop.";

    fn target(text: &str, exact: &str) -> Target {
        let start = text.find(exact).unwrap_or_else(|| panic!("{exact} is not in the text"));
        let span = Units::new(text).span_of_bytes(start, start + exact.len());
        Target { start: span.start, end: span.end, exact: exact.to_owned(), ..Target::default() }
    }

    fn log(edits: impl IntoIterator<Item = Edit>) -> Vec<Correction> {
        let correction = |(place, edit): (u32, Edit)| Correction {
            id: format!("me:{place}"),
            actor: "me".to_owned(),
            lamport: place,
            time: String::new(),
            edit,
        };
        (1..).zip(edits).map(correction).collect()
    }

    /// What the first article teaches with some corrections, and what the later one is read as then.
    fn taught(edits: impl IntoIterator<Item = Edit>) -> (Learnt, Analysis) {
        let learnt = ANNOTATOR.learn(&Learnt::default(), FIRST, &log(edits)).expect("the same model");
        let later = ANNOTATOR.taught(&learnt).expect("the same model").annotate(LATER, &Options::default());
        (learnt, later)
    }

    fn label_of(analysis: &Analysis, words: &str) -> Option<Label> {
        let span = target(LATER, words);
        let is_there = |mention: &&Mention| {
            mention.form == MentionForm::Name && [mention.span.start, mention.span.end] == [span.start, span.end]
        };
        analysis.mentions.iter().find(is_there).map(|mention| mention.label)
    }

    #[test]
    fn a_name_is_in_later_articles_what_the_reader_made_it() {
        let zorbit = || target(FIRST, "Zorbit Quell");
        let add = Edit::Add { target: zorbit(), mark: Mark::Institution, everywhere: false };
        let (learnt, later) = taught([add]);
        assert_eq!(label_of(&later, "Zorbit Quell"), Some(Label::Institution), "{learnt:?}");
        let delete = Edit::Delete { target: target(FIRST, "Karin Dahl"), mark: Mark::Person, everywhere: true };
        assert_eq!(label_of(&taught([]).1, "Karin Dahl"), Some(Label::Person));
        assert_eq!(label_of(&taught([delete]).1, "Karin Dahl"), None);
    }

    #[test]
    fn a_part_of_a_longer_word_or_name_is_not_the_name() {
        let known = LearntName {
            words: "Karin".to_owned(),
            label: Some(Label::Institution),
            missed: true,
            ..LearntName::default()
        };
        let learnt = Learnt { names: vec![known], ..Learnt::default() };
        let annotator = ANNOTATOR.taught(&learnt).expect("the same model");
        let places = |text: &str| {
            let found = annotator.annotate(text, &Options::default()).mentions;
            found.into_iter().filter(|mention| mention.origin == Origin::Learnt).count()
        };
        assert_eq!(places("It rained in Karin on Monday."), 1);
        assert_eq!(places("It rained on Karina, and Karin Dahl said so."), 0);
    }

    #[test]
    fn what_the_reader_said_of_somebody_is_known_elsewhere_where_nothing_else_is_said() {
        let who = || Who { name: "Karin Dahl".to_owned(), target: None };
        let fact = Edit::Fact {
            speaker: who(),
            fact: FactKind::Role,
            from: None,
            to: Some("harbour pilot".to_owned()),
            former: false,
        };
        let (learnt, later) = taught([fact]);
        let dahl = later.speakers.iter().find(|speaker| speaker.name == "Karin Dahl").expect("she speaks");
        assert_eq!(
            dahl.roles.iter().map(|role| (&role.text[..], role.span)).collect::<Vec<_>>(),
            [("harbour pilot", None)]
        );
        // It outlives a correction of the later article.
        let annotator = ANNOTATOR.taught(&learnt).expect("the same model");
        let add = Edit::Add { target: target(LATER, "bridge"), mark: Mark::Institution, everywhere: false };
        let revised = annotator.correct(LATER, &later, &log([add])).analysis;
        assert!(revised.speakers.iter().any(|speaker| speaker.roles.iter().any(|role| role.text == "harbour pilot")));
        let text = "The ferry will stop, said Karin Dahl, the mayor of Sandvik.";
        let told = annotator.annotate(text, &Options::default());
        assert_eq!(told.speakers[0].roles.iter().map(|role| &role.text[..]).collect::<Vec<_>>(), ["mayor of Sandvik"]);
    }

    /// Says of each claim that is found that it is right.
    fn accepted(text: &str) -> Vec<Edit> {
        let (found, units) = (ANNOTATOR.annotate(text, &Options::default()), Units::new(text));
        let extents = found.claims.iter().map(Claim::extent);
        let target = |Span { start, end }| Target {
            start,
            end,
            exact: units.slice(Span::new(start, end)).to_owned(),
            ..Target::default()
        };
        extents.map(|span| Edit::Add { target: target(span), mark: Mark::Claim, everywhere: false }).collect()
    }

    #[test]
    fn that_the_rest_is_right_teaches_nothing() {
        let edits = [Edit::Add { target: target(FIRST, "Zorbit Quell"), mark: Mark::Institution, everywhere: false }];
        let learn = |edits: Vec<Edit>| ANNOTATOR.learn(&Learnt::default(), FIRST, &log(edits)).expect("the same model");
        let marks = [("Karin Dahl", Mark::Person), ("The ferry to Sandvik will stop in May", Mark::Claim)];
        let marks = marks.map(|(words, mark)| Seen { target: target(FIRST, words), mark }).to_vec();
        let review = Edit::Review { marks };
        assert_eq!(learn([edits.to_vec(), vec![review]].concat()), learn(edits.to_vec()));
        assert_ne!(learn(accepted(FIRST)), learn(Vec::new()), "what is accepted one by one does");
    }

    #[test]
    fn a_cue_is_worth_what_its_claims_were_and_can_be_switched() {
        let (learnt, _) = taught(accepted(FIRST));
        let said = learnt.cues.iter().find(|cue| cue.words == "said").expect("it was found");
        assert_eq!((said.right, said.wrong, said.on), (1, 0, None));
        let before = ANNOTATOR.annotate(LATER, &Options::default()).claims;
        let with = |on| {
            let cue = LearntCue { words: "said".to_owned(), on: Some(on), ..LearntCue::default() };
            let learnt = Learnt { cues: vec![cue], ..Learnt::default() };
            ANNOTATOR.taught(&learnt).expect("the same model").annotate(LATER, &Options::default()).claims
        };
        assert_eq!(with(false).len(), before.len() - 1, "of two claims the one that is said");
        let said = with(true)
            .into_iter()
            .find(|claim| claim.form == crate::scheme::ClaimForm::Indirect && claim.confidence >= 1.0);
        assert!(said.is_some());
    }

    #[test]
    fn nothing_learnt_changes_nothing_and_what_fits_no_network_is_refused() {
        let annotator = ANNOTATOR.taught(&Learnt::default()).expect("nothing fits every model");
        for text in [FIRST, LATER] {
            assert_eq!(annotator.annotate(text, &Options::default()), ANNOTATOR.annotate(text, &Options::default()));
        }
        for cue in [vec![0.0; 3], vec![f32::NAN; 97]] {
            let learnt = Learnt { delta: Delta { cue, ..Delta::default() }, ..Learnt::default() };
            assert_eq!(ANNOTATOR.taught(&learnt).err(), Some(LearntError));
            assert_eq!(ANNOTATOR.learn(&learnt, FIRST, &[]).err(), Some(LearntError));
        }
        // The right length, and the step of another model.
        let mut learnt = ANNOTATOR.learn(&Learnt::default(), FIRST, &log(accepted(FIRST))).expect("the same model");
        assert!(ANNOTATOR.taught(&learnt).is_ok());
        learnt.delta.model = learnt.delta.model.replace("network", "other");
        assert_eq!(ANNOTATOR.taught(&learnt).err(), Some(LearntError));
        learnt.delta.model.clear();
        assert!(ANNOTATOR.taught(&learnt).is_ok(), "what was learnt before models had names");
    }

    #[test]
    fn a_step_is_small_and_does_not_grow_by_saying_the_same_again_and_again() {
        let accepted = || log(accepted(FIRST));
        let mut learnt = Learnt::default();
        let mut sizes = Vec::new();
        for _ in 0..40 {
            learnt = ANNOTATOR.learn(&learnt, FIRST, &accepted()).expect("the same model");
            sizes.push(learnt.delta.size());
        }
        assert!(sizes[0] > 0.0, "it learns");
        assert!(sizes[39] < 1.0, "{sizes:?}");
        assert!(sizes[39] - sizes[30] < sizes[9] - sizes[0], "each step is smaller: {sizes:?}");
        // What was not corrected is read as before: other words, the same claims.
        let other = "Taxes will rise, the minister told reporters. “We will see,” Carl Lind answered.";
        let read = |annotator: &Annotator| {
            let claims = annotator.annotate(other, &Options::default()).claims;
            claims.into_iter().map(|claim| (claim.source, claim.cue, claim.content)).collect::<Vec<_>>()
        };
        assert_eq!(read(&ANNOTATOR.taught(&learnt).expect("the same model")), read(&ANNOTATOR));
    }
}
