//! What is particular to a language, as data: word lists, cues, abbreviations, pronouns.
//!
//! A [`Language`] is made by build.rs of the `.txt` files of its folder. An article carries its language, so that no rule
//! names one. `en/lists` holds the long lists of names (their licence: en/lists/README.md); they travel in the model file.

pub mod identify;
mod language;
mod verb;

#[cfg(test)]
pub(crate) use language::TOY;
pub(crate) use language::without_end;
pub use language::{ENGLISH, LANGUAGES, Language, is_in, row};
pub(crate) use verb::{Frame, Part, Sense, Verb};

/// What the lists of names say of a word or phrase: a set of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Categories(pub u16);

impl Categories {
    /// A given name.
    pub const FIRST_NAME: Self = Self(1);
    /// A family name.
    pub const LAST_NAME: Self = Self(1 << 1);
    /// A given name of women.
    pub const FEMALE: Self = Self(1 << 2);
    /// A given name of men.
    pub const MALE: Self = Self(1 << 3);
    /// A country, region, city or other place.
    pub const PLACE: Self = Self(1 << 4);
    /// An institution, company or team.
    pub const ORGANISATION: Self = Self(1 << 5);
    /// A people's name or the adjective of a place.
    pub const DEMONYM: Self = Self(1 << 6);

    /// Whether it holds all of `other`.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The long lists of names and what each says: `lang/en/lists/NAME.txt`.
pub const LISTS: [(&str, Categories); 11] = [
    ("cities", Categories::PLACE),
    ("countries", Categories::PLACE),
    ("demonyms", Categories::DEMONYM),
    ("female", Categories::FEMALE),
    ("first_names", Categories::FIRST_NAME),
    ("last_names", Categories::LAST_NAME),
    ("male", Categories::MALE),
    ("organisations", Categories::ORGANISATION),
    ("places", Categories::PLACE),
    ("regions", Categories::PLACE),
    ("teams", Categories::ORGANISATION),
];
