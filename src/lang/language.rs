//! Languages, and how their tables are looked up.

use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/language.rs"));

/// The languages that can be read.
#[cfg(not(test))]
pub static LANGUAGES: [&LazyLock<Language>; 1] = [&ENGLISH];
/// The languages that can be read, and the one of the tests.
#[cfg(test)]
pub static LANGUAGES: [&LazyLock<Language>; 2] = [&ENGLISH, &TOY];

/// A language of ten words: `lang/toy`.
#[cfg(test)]
pub(crate) static TOY: LazyLock<Language> = LazyLock::new(|| include!(concat!(env!("OUT_DIR"), "/toy.rs")));

/// English: `lang/en`.
pub static ENGLISH: LazyLock<Language> = LazyLock::new(|| include!(concat!(env!("OUT_DIR"), "/en.rs")));

/// The next of the tables that build.rs packed: its rows.
fn rows(tables: &mut dyn Iterator<Item = &'static str>) -> impl Iterator<Item = &'static str> {
    tables.next().unwrap_or_default().split('\n').filter(|row| !row.is_empty())
}

/// The next of the tables that build.rs packed, of one column. It is kept for ever, as every language is.
pub(super) fn list(tables: &mut dyn Iterator<Item = &'static str>) -> &'static [&'static str] {
    rows(tables).collect::<Vec<_>>().leak()
}

/// The next of the tables that build.rs packed, of several columns, likewise.
pub(super) fn table<const N: usize>(tables: &mut dyn Iterator<Item = &'static str>) -> &'static [[&'static str; N]] {
    let cut = |row: &'static str| {
        let mut columns = row.split('\t');
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    };
    rows(tables).map(cut).collect::<Vec<_>>().leak()
}

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
