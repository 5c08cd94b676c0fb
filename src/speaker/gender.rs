//! What the words of a text tell of the gender of the person they mean.

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

/// "I", in a quotation.
pub(super) fn is_own(word: &str) -> bool {
    matches!(word, "i" | "me" | "my" | "mine" | "myself")
}

/// The gender that a pronoun of one person tells.
pub(super) fn gender_of(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}
