//! Languages, and how their tables are looked up.

include!(concat!(env!("OUT_DIR"), "/language.rs"));

/// The languages that can be read.
#[cfg(not(test))]
pub static LANGUAGES: [&Language; 1] = [&ENGLISH];
/// The languages that can be read, and the one of the tests.
#[cfg(test)]
pub static LANGUAGES: [&Language; 2] = [&ENGLISH, &TOY];

/// A language of ten words: `lang/toy`.
#[cfg(test)]
pub(crate) static TOY: Language = include!(concat!(env!("OUT_DIR"), "/toy.rs"));

/// English: `lang/en`.
pub static ENGLISH: Language = include!(concat!(env!("OUT_DIR"), "/en.rs"));

/// Whether a sorted word list holds an entry.
pub fn is_in(list: &[&str], entry: &str) -> bool {
    list.binary_search(&entry).is_ok()
}

/// A word without the first of these endings that it has; nothing where it has none.
pub(crate) fn without_end<'w>(word: &'w str, endings: &[&str]) -> Option<&'w str> {
    endings.iter().find_map(|end| word.strip_suffix(end))
}

/// The row of a sorted table whose first column is `key`.
pub fn row<'a, const N: usize>(table: &'a [[&'static str; N]], key: &str) -> Option<&'a [&'static str; N]> {
    table.binary_search_by(|row| row[0].cmp(key)).ok().map(|index| &table[index])
}
