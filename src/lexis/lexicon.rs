//! The lists of names of the model file: what each says of a word or phrase.

use std::collections::BTreeMap;
use std::fmt;

use fst::Map;
use fst::raw::{CompiledAddr, Output};

use crate::checksum::{CASTAGNOLI, checksum};
use crate::lang::Categories;

/// The bytes are no finite state map, or were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the bytes are no finite state map, or were changed: fetch them again")
    }
}

impl std::error::Error for Damaged {}

/// The lists of names: what each says of a lower-case word or phrase.
#[derive(Debug, Clone)]
pub struct Lexicon(Map<Vec<u8>>);

/// A finite state map whose own checksum is right: one that is not would be read beyond its end.
pub(crate) fn verified(bytes: Vec<u8>) -> Result<Map<Vec<u8>>, Damaged> {
    let map = Map::new(bytes).map_err(|_| Damaged)?;
    let (sums, sum) = map.as_fst().as_bytes().split_last_chunk::<4>().ok_or(Damaged)?;
    // The map's own way of writing it, which its crate has for no public function.
    let expected = checksum(CASTAGNOLI, sums).rotate_right(15).wrapping_add(0xa282_ead8);
    if expected == u32::from_le_bytes(*sum) { Ok(map) } else { Err(Damaged) }
}

/// How far a phrase is read in the lists: the words before, and a blank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prefix {
    at: CompiledAddr,
    output: Output,
}

impl Lexicon {
    /// Reads the map from words and phrases to [`Categories`] that [`Lexicon::build`] makes.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are no finite state map.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Damaged> {
        verified(bytes).map(Self)
    }

    /// Its bytes, as [`Lexicon::build`] makes them.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_fst().as_bytes()
    }

    /// The bytes of a lexicon with these entries, in lower case.
    ///
    /// # Panics
    /// Never: a `BTreeMap` gives its keys sorted, which is all that the builder asks for.
    pub fn build(entries: &BTreeMap<String, Categories>) -> Vec<u8> {
        map(entries.iter().map(|(phrase, categories)| (phrase.as_str(), u64::from(categories.0))))
    }

    /// What the lists say of a lower-case word or phrase.
    pub fn categories(&self, phrase: &str) -> Categories {
        Categories(self.0.get(phrase).unwrap_or(0) as u16)
    }

    /// What the lists say of a lower-case word, and how phrases go on that start with it.
    pub(crate) fn look(&self, word: &str) -> (Categories, Option<Prefix>) {
        self.next(Prefix { at: self.0.as_fst().root().addr(), output: Output::zero() }, word)
    }

    /// Reads on with a word: what the lists say of the phrase that ends here, and how phrases go on that start so.
    pub(crate) fn next(&self, prefix: Prefix, word: &str) -> (Categories, Option<Prefix>) {
        let Some(here) = self.walk(prefix, word) else { return (Categories::default(), None) };
        let node = self.0.as_fst().node(here.at);
        let value = if node.is_final() { here.output.cat(node.final_output()).value() } else { 0 };
        (Categories(value as u16), self.walk(here, " "))
    }

    fn walk(&self, from: Prefix, text: &str) -> Option<Prefix> {
        let fst = self.0.as_fst();
        let mut here = from;
        for byte in text.bytes() {
            let node = fst.node(here.at);
            let step = node.transition(node.find_input(byte)?);
            here = Prefix { at: step.addr, output: here.output.cat(step.out) };
        }
        Some(here)
    }
}

/// The bytes of a map with these entries.
///
/// # Panics
/// When they are not sorted by their strings, or a string stands twice.
pub fn map<'s>(entries: impl Iterator<Item = (&'s str, u64)>) -> Vec<u8> {
    Map::from_iter(entries).expect("a BTreeMap's keys are sorted and unique").into_fst().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read_word_by_word() {
        let lexicon = Lexicon::build(&BTreeMap::from([
            ("anna".to_owned(), Categories::FIRST_NAME.with(Categories::FEMALE)),
            ("new york".to_owned(), Categories::PLACE),
            ("new york times".to_owned(), Categories::ORGANISATION),
        ]));
        let lexicon = Lexicon::from_bytes(lexicon).expect("a whole map");
        assert!(lexicon.look("anna").0.has(Categories::FEMALE));
        assert!(lexicon.look("anna").1.is_none() && lexicon.look("ne").1.is_none());
        let new = lexicon.look("new").1.expect("phrases start with it");
        let (categories, york) = lexicon.next(new, "york");
        assert_eq!(categories, Categories::PLACE);
        let (categories, times) = lexicon.next(york.expect("it goes on"), "times");
        assert_eq!((categories, times.is_none()), (Categories::ORGANISATION, true));
        assert_eq!(lexicon.next(new, "yor").0, Categories::default());
        assert!(lexicon.categories("anna").has(Categories::FEMALE));
        assert!(Lexicon::from_bytes(vec![1, 2, 3]).is_err());
    }

    #[test]
    fn a_map_with_another_byte_is_refused() {
        let whole = Lexicon::build(&BTreeMap::from([("anna".to_owned(), Categories::FIRST_NAME)]));
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            assert!(Lexicon::from_bytes(bytes).is_err(), "byte {at}");
        }
    }
}
