//! What the model file knows of strings: the lists of names, and the numbers of the strings that the network has seen.

use std::collections::{BTreeMap, BTreeSet};

use fst::Map;
use fst::raw::{CompiledAddr, Output};

use super::ModelError;
use super::feature::FIELDS;
use crate::lang::Categories;

/// The lists of names: what each says of a lower-case word or phrase.
#[derive(Debug, Clone)]
pub struct Lexicon(Map<Vec<u8>>);

/// A finite state map whose own checksum is right: one that is not would be read beyond its end.
fn verified(bytes: Vec<u8>) -> Result<Map<Vec<u8>>, ModelError> {
    let map = Map::new(bytes).map_err(|_| ModelError::Changed)?;
    map.as_fst().verify().map_err(|_| ModelError::Changed)?;
    Ok(map)
}

/// How far a phrase is read in the lists: the words before, and a blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix {
    at: CompiledAddr,
    output: Output,
}

impl Lexicon {
    /// Reads the map from words and phrases to [`Categories`] that [`Lexicon::build`] makes.
    ///
    /// # Errors
    /// [`ModelError::Changed`] when the bytes are no finite state map.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
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
    pub(super) fn look(&self, word: &str) -> (Categories, Option<Prefix>) {
        self.next(Prefix { at: self.0.as_fst().root().addr(), output: Output::zero() }, word)
    }

    /// Reads on with a word: what the lists say of the phrase that ends here, and how phrases go on that start so.
    pub(super) fn next(&self, prefix: Prefix, word: &str) -> (Categories, Option<Prefix>) {
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

/// The strings of the four fields of [`FIELDS`] that have a row of their own in the network's tables.
#[derive(Debug, Clone)]
pub struct Vocabulary([Map<Vec<u8>>; 4]);

impl Vocabulary {
    /// Reads the maps from strings to ids that [`build`] makes, in the order of [`FIELDS`].
    ///
    /// # Errors
    /// [`ModelError::Changed`] when one of them is no finite state map.
    pub fn from_bytes(fields: [Vec<u8>; 4]) -> Result<Self, ModelError> {
        let [word, suffix, prefix, shape] = fields.map(verified);
        Ok(Self([word?, suffix?, prefix?, shape?]))
    }

    /// How many ids a field has, 0 for what is unknown among them: the rows of its table.
    pub fn size(&self, field: usize) -> usize {
        self.0[field].len() + 1
    }

    /// The id of a string in a field: 1 to `size(field) - 1`, or 0 where it is unknown.
    pub fn id(&self, field: usize, string: &str) -> u32 {
        let id = self.0[field].get(string).unwrap_or(0);
        if id < self.size(field) as u64 { id as u32 } else { 0 }
    }
}

/// How often each word occurs in what the network learns from.
#[derive(Debug, Clone, Default)]
pub struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Counts a token, given as it is written.
    pub fn add(&mut self, word: &str) {
        match self.0.get_mut(word) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(word.to_owned(), 1)),
        }
    }

    /// The strings of each of [`FIELDS`] that occur as often as their field asks.
    pub fn strings(&self) -> [BTreeSet<String>; 4] {
        let mut string = String::new();
        FIELDS.map(|field| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for (word, count) in &self.0 {
                (field.write)(word, &mut string);
                *counts.entry(string.clone()).or_default() += count;
            }
            counts.into_iter().filter(|(_, count)| *count >= field.least).map(|(string, _)| string).collect()
        })
    }

    /// The bytes of a vocabulary with these strings: [`build`].
    pub fn build(&self) -> [Vec<u8>; 4] {
        build(&self.strings())
    }
}

/// The bytes of a vocabulary with these strings, a map for each of [`FIELDS`]: ids from 1 on in the order of the strings.
pub fn build(strings: &[BTreeSet<String>; 4]) -> [Vec<u8>; 4] {
    strings.each_ref().map(|strings| map(strings.iter().map(String::as_str).zip(1..)))
}

/// The bytes of a map with these entries, which are sorted.
fn map<'s>(entries: impl Iterator<Item = (&'s str, u64)>) -> Vec<u8> {
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
    fn strings_that_are_seen_often_enough_have_ids() {
        let mut counts = Counts::default();
        for word in ["Berg", "berg", "1990s", "2020s", "won’t", "won't", "once"] {
            counts.add(word);
        }
        let vocabulary = Vocabulary::from_bytes(counts.build()).expect("whole maps");
        let words: Vec<u32> = ["0000s", "berg", "won't", "once"].map(|word| vocabulary.id(0, word)).to_vec();
        assert_eq!(words, [1, 2, 3, 0]);
        assert_eq!((0..4).map(|field| vocabulary.size(field)).collect::<Vec<_>>(), [4, 1, 1, 1]);
        assert!(Vocabulary::from_bytes([vec![], vec![], vec![], vec![]]).is_err());
    }
}
