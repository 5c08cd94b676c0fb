//! What the lists, and the rest of the article, say of a word: the bits of [`Features::evidence`](super::Features).

use super::feature::Forms;
use super::vocabulary::Lexicon;
use super::word::Words;
use crate::lang::Categories;

/// A given name, by the lists.
pub const FIRST_NAME: u64 = 1;
/// A family name, by the lists.
pub const LAST_NAME: u64 = 1 << 1;
/// A given name of women, by the lists.
pub const FEMALE: u64 = 1 << 2;
/// A given name of men, by the lists.
pub const MALE: u64 = 1 << 3;
/// A place, by the lists.
pub const PLACE: u64 = 1 << 4;
/// An institution, by the lists.
pub const ORGANISATION: u64 = 1 << 5;
/// A people or the adjective of a place, by the lists.
pub const DEMONYM: u64 = 1 << 6;

/// What the lists say of a lower-case word.
pub(super) fn lists(lexicon: &Lexicon, lower: &str) -> u64 {
    let said = lexicon.categories(lower);
    let bits = [
        (Categories::FIRST_NAME, FIRST_NAME),
        (Categories::LAST_NAME, LAST_NAME),
        (Categories::FEMALE, FEMALE),
        (Categories::MALE, MALE),
        (Categories::PLACE, PLACE),
        (Categories::ORGANISATION, ORGANISATION),
        (Categories::DEMONYM, DEMONYM),
    ];
    bits.into_iter().filter(|(category, _)| said.has(*category)).fold(0, |all, (_, bit)| all | bit)
}

/// The bits of this module, one set a token.
pub(super) fn evidence(_lexicon: &Lexicon, words: &Words<'_, '_>, forms: &Forms) -> Vec<u64> {
    (0..words.article.tokens.len()).map(|token| forms.at(token).lists).collect()
}
