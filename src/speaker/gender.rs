//! What the words of a text tell of the gender of the person they mean, and what pronouns can mean.

use crate::lang::{Language, row};

/// What a person's pronoun is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

impl Gender {
    /// The gender of this name in the lists of titles and nouns.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "female" => Self::Female,
            "male" => Self::Male,
            _ => Self::Unknown,
        }
    }
}

/// What a pronoun can mean: `pronouns.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// "he", "her": one person of this gender.
    One(Gender),
    /// "I": who speaks.
    Own,
    /// "it": an institution.
    Thing,
    /// "they"
    Several,
    /// "who": what stands right before it.
    Relative,
    /// "nothing"
    Nobody,
}

impl Pronoun {
    /// What a lower-case word means; none where the list has no such pronoun: "others".
    pub(super) fn of(word: &str, language: &Language) -> Option<Self> {
        let [_, sort] = row(language.pronouns, word)?;
        Some(match *sort {
            "own" => Self::Own,
            "thing" => Self::Thing,
            "plural" => Self::Several,
            "relative" => Self::Relative,
            "none" => Self::Nobody,
            gender => Self::One(Gender::named(gender)),
        })
    }
}

/// The gender that a pronoun of one person tells.
pub(super) fn gender_of(word: &str, language: &Language) -> Option<Gender> {
    match Pronoun::of(word, language) {
        Some(Pronoun::One(gender)) => Some(gender),
        _ => None,
    }
}
