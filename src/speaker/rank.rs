//! Ranks the people seen so far as referents of a pronoun, by few features.
//!
//! Who is meant is chosen by a log-linear model over the candidates of a pronoun, in the spirit of Denis and Baldridge, "A
//! ranking approach to pronoun resolution" (IJCAI 2007). Its weights are learnt without any labels: of "she" it is known
//! that a woman is meant, so that, over many articles, how a candidate stands is weighed by how often those who stand so
//! are of the pronoun's gender (compare Charniak and Elsner, "EM works for pronoun anaphora resolution", EACL 2009).

use super::discourse::{Discourse, Seen, Stance};
use super::draft::Draft;
use super::gender::Gender;
use crate::lexis::Words;
use crate::scheme::MentionForm;

/// How many candidates are weighed.
const CANDIDATES: usize = 12;

/// How many features a candidate has.
pub const FEATURES: usize = 20;

/// Places of features that others ask for.
pub(super) const SAME_SENTENCE: usize = 0;
pub(super) const GOVERNED: usize = 8;
const COUNT: usize = 16;

/// Names of the features, in their order.
pub const NAMES: [&str; FEATURES] = [
    "last seen in the same sentence",
    "last seen one sentence before",
    "last seen two sentences before",
    "last seen farther before",
    "last seen in the same paragraph",
    "last seen as a source",
    "last seen as a subject",
    "last seen as a possessor",
    "last seen after a preposition",
    "last seen as a pronoun",
    "last seen in a quotation, and the pronoun is not",
    "source or subject of the same sentence",
    "spoke last",
    "spoke last, and the pronoun is a source",
    "spoke last, in the paragraph before or in this one",
    "seen last of all",
    "logarithm of how often it was seen",
    "the first who was seen in its sentence",
    "is in the same sentence, and the pronoun is a possessive",
    "source or subject, and the pronoun is one",
];

/// What each feature weighs, as `cargo run --profile train -p train -- --pronouns` printed it.
const WEIGHTS: [f32; FEATURES] = [
    1.43, 0.71, -0.68, -1.46, 1.24, 0.00, 0.28, 0.31, -0.33, 0.48, -1.14, -0.10, -0.15, 2.16, 0.11, 0.61, 0.46, 0.26,
    0.14, 0.75,
];

/// A pronoun of one person outside quotations, with the people it may refer to. The weights are learnt from these.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Of each candidate its features, in the order of [`NAMES`], and whether it has the pronoun's gender; none where
    /// neither title nor given name tells.
    pub candidates: Vec<([f32; FEATURES], Option<bool>)>,
}

impl Choice {
    pub(super) fn new(gender: Gender, candidates: &[Candidate], drafts: &[Draft]) -> Self {
        let agrees = |draft: usize| (drafts[draft].gender != Gender::Unknown).then_some(drafts[draft].gender == gender);
        Self { candidates: candidates.iter().map(|one| (one.features, agrees(one.draft))).collect() }
    }
}

/// How a pronoun stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub token: usize,
    pub stance: Stance,
    pub quoted: bool,
}

/// A person that a pronoun may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub draft: usize,
    pub features: [f32; FEATURES],
}

impl Candidate {
    /// Whether a feature that is true or not is true.
    pub(super) fn has(&self, feature: usize) -> bool {
        self.features[feature] > 0.0
    }
}

/// The people a pronoun may refer to, each with its features; `may` says who can be meant at all.
pub(super) fn candidates(
    words: &Words<'_, '_>,
    discourse: &Discourse,
    place: Place,
    may: impl Fn(usize) -> bool,
) -> Vec<Candidate> {
    let article = words.article;
    let sentence = article.sentence_of(place.token);
    let paragraph = article.paragraph_of(place.token);
    let spoken = discourse.last_spoken(place.token);
    let spoke_near = spoken.is_some_and(|(at, _)| article.paragraph_of(at) + 1 >= paragraph);
    let active = |stance: Stance| matches!(stance, Stance::Source | Stance::Subject);
    let mut found: Vec<Candidate> = Vec::new();
    // Each by the latest time, outside quotations where there is one.
    let mut latest: Vec<(&Seen, bool)> = Vec::new();
    for seen in discourse.before(words, place.token).filter(|seen| may(seen.draft)) {
        if let Some((known, _)) = latest.iter_mut().find(|(known, _)| known.draft == seen.draft) {
            if known.quoted && !seen.quoted && !place.quoted {
                *known = seen;
            }
        } else if latest.len() < CANDIDATES {
            latest.push((seen, latest.is_empty()));
        } else {
            break;
        }
    }
    let firsts =
        |seen: &Seen| !latest.iter().any(|(other, _)| other.sentence == seen.sentence && other.token < seen.token);
    for &(seen, is_last) in &latest {
        let distance = sentence - seen.sentence.min(sentence);
        let spoke = spoken.is_some_and(|(_, draft)| draft == seen.draft);
        let flags = [
            distance == 0,
            distance == 1,
            distance == 2,
            distance > 2,
            seen.paragraph == paragraph,
            seen.stance == Stance::Source,
            seen.stance == Stance::Subject,
            seen.stance == Stance::Possessor,
            seen.stance == Stance::Governed,
            seen.form == MentionForm::Pronoun,
            seen.quoted && !place.quoted,
            distance == 0 && active(seen.stance),
            spoke,
            spoke && place.stance == Stance::Source,
            spoke && spoke_near,
            is_last,
            false,
            firsts(seen),
            distance == 0 && place.stance == Stance::Possessor,
            active(seen.stance) && active(place.stance),
        ];
        let mut features = flags.map(|flag| f32::from(u8::from(flag)));
        features[COUNT] = (1.0 + discourse.count(seen.draft) as f32).ln();
        found.push(Candidate { draft: seen.draft, features });
    }
    found
}

/// The best candidate and its chance; `chance` is the logarithm of how well a pronoun's form fits a draft.
pub(super) fn best(candidates: &[Candidate], chance: impl Fn(usize) -> f32) -> Option<(usize, f32)> {
    let score = |candidate: &Candidate| {
        let weighed: f32 = candidate.features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum();
        weighed + chance(candidate.draft)
    };
    let scores: Vec<f32> = candidates.iter().map(score).collect();
    // The latest of equals.
    let (index, &top) = scores.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1))?;
    let whole: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    Some((candidates[index].draft, 1.0 / whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(draft: usize, features: &[usize]) -> Candidate {
        let mut one = Candidate { draft, features: [0.0; FEATURES] };
        for &feature in features {
            one.features[feature] = 1.0;
        }
        one
    }

    #[test]
    fn the_best_has_its_share() {
        assert_eq!(best(&[], |_| 0.0), None);
        assert_eq!(
            best(&[candidate(7, &[0])], |_| -9.0),
            Some((7, 1.0)),
            "the only one is sure, however badly it fits"
        );
        // Equals share; the latest, which comes first, is taken.
        let equal = [candidate(4, &[1]), candidate(2, &[1])];
        assert_eq!(best(&equal, |_| 0.0), Some((4, 0.5)));
        // A gender that does not fit weighs more than a sentence.
        let (draft, share) = best(&equal, |draft| if draft == 4 { -4.0 } else { 0.0 }).expect("there are two");
        assert!(draft == 2 && share > 0.9, "{draft} {share}");
    }

    #[test]
    fn what_is_near_weighs_more() {
        let weight =
            |feature: &str| WEIGHTS[NAMES.iter().position(|name| *name == feature).expect("a feature of this name")];
        let near =
            ["last seen in the same sentence", "last seen one sentence before", "last seen two sentences before"];
        assert!(near.map(weight).is_sorted_by(|nearer, farther| nearer > farther), "{WEIGHTS:?}");
        assert!(weight("spoke last, and the pronoun is a source") > 1.0, "who spoke last speaks on");
        assert!(weight("last seen in a quotation, and the pronoun is not") < 0.0);
    }
}
