//! What is particular to a language, as data: word lists, cues, abbreviations, pronouns.

pub mod en;
pub mod identify;

/// Whether a sorted word list holds an entry.
pub fn is_in(list: &[&str], entry: &str) -> bool {
    list.binary_search(&entry).is_ok()
}

/// The row of a sorted table whose first column is `key`.
pub fn row<'a, const N: usize>(table: &'a [[&'static str; N]], key: &str) -> Option<&'a [&'static str; N]> {
    table.binary_search_by(|row| row[0].cmp(key)).ok().map(|index| &table[index])
}

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
