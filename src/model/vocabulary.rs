//! The numbers of the strings that the network has seen, in four fields: word, suffix, prefix, shape.

use std::collections::{BTreeMap, BTreeSet};

use fst::Map;

use crate::lexis::{Damaged, map, verified};

/// A field of strings: a function of a token as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the model file.
    pub name: &'static str,
    /// How often a string must occur in what the network learns from to have an id.
    pub least: u64,
    /// Writes the string of a token in place of what the buffer held.
    pub write: fn(&str, &mut String),
}

/// The fields of strings, in the order of [`Features::ids`](super::Features::ids) and of the vocabulary.
pub const FIELDS: [Field; 4] = [
    Field { name: "word", least: 2, write: word },
    Field { name: "suffix", least: 3, write: suffix },
    Field { name: "prefix", least: 5, write: prefix },
    Field { name: "shape", least: 5, write: shape },
];

/// How many characters a prefix or suffix has.
const AFFIX: usize = 3;

/// How many characters a shape has at most, and how many of a kind in a row.
const SHAPE: (usize, usize) = (12, 3);

/// The strings of the four fields of [`FIELDS`] that have a row of their own in the network's tables.
#[derive(Debug, Clone)]
pub struct Vocabulary([Map<Vec<u8>>; 4]);

impl Vocabulary {
    /// Reads the maps from strings to ids that [`build`] makes, in the order of [`FIELDS`].
    ///
    /// # Errors
    /// [`Damaged`] when one of them is no finite state map.
    pub fn from_bytes(fields: [Vec<u8>; 4]) -> Result<Self, Damaged> {
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

/// In lower case, digits as 0; marks that print has several of as one: apostrophes, quotation marks, dashes, hyphens.
fn word(token: &str, out: &mut String) {
    out.clear();
    for character in token.chars() {
        match plain(character) {
            character if character.is_numeric() => out.push('0'),
            '…' => out.push_str("..."),
            character if character.is_ascii() => out.push(character.to_ascii_lowercase()),
            character => out.extend(character.to_lowercase()),
        }
    }
    if matches!(out.as_str(), "-" | "--") {
        "—".clone_into(out);
    }
}

/// One character for those that differ only in how a page prints them; which side a mark stands on, the class says.
const fn plain(character: char) -> char {
    match character {
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '–' | '―' => '—',
        '‐' | '‑' => '-',
        other => other,
    }
}

/// The last three characters of [`word`].
fn suffix(token: &str, out: &mut String) {
    word(token, out);
    out.drain(..out.len() - last(out).len());
}

/// The first three characters of [`word`].
fn prefix(token: &str, out: &mut String) {
    word(token, out);
    out.truncate(first(out).len());
}

fn last(word: &str) -> &str {
    word.char_indices().rev().nth(AFFIX - 1).map_or(word, |(start, _)| &word[start..])
}

fn first(word: &str) -> &str {
    word.char_indices().nth(AFFIX).map_or(word, |(end, _)| &word[..end])
}

/// A token's ids: those of what [`FIELDS`] write, with `buffer` to write into.
pub(super) fn ids(vocabulary: &Vocabulary, token: &str, buffer: &mut String) -> [u32; 4] {
    word(token, buffer);
    let [word, suffix, prefix] = [(0, buffer.as_str()), (1, last(buffer)), (2, first(buffer))]
        .map(|(field, string)| vocabulary.id(field, string));
    shape(token, buffer);
    [word, suffix, prefix, vocabulary.id(3, buffer)]
}

/// Kinds of characters, at most three of a kind in a row and twelve in all: `McDonald` is `XxXxxx`, `2016` is `ddd`.
fn shape(token: &str, out: &mut String) {
    out.clear();
    let (mut length, mut run, mut last) = (0, 0, '\0');
    for character in token.chars() {
        let kind = match plain(character) {
            character if character.is_numeric() => 'd',
            character if character.is_uppercase() => 'X',
            character if character.is_lowercase() => 'x',
            other => other,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= SHAPE.1 {
            out.push(kind);
            length += 1;
        }
        if length == SHAPE.0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn strings_of_the_fields() {
        for (token, strings) in [
            ("McDonald", ["mcdonald", "ald", "mcd", "XxXxxx"]),
            ("2016", ["0000", "000", "000", "ddd"]),
            ("won’t", ["won't", "n't", "won", "xxx'x"]),
            ("Élan", ["élan", "lan", "éla", "Xxxx"]),
            ("UNHAPPINESS", ["unhappiness", "ess", "unh", "XXX"]),
            ("a1b2c3d4e5f6g7", ["a0b0c0d0e0f0g0", "0g0", "a0b", "xdxdxdxdxdxd"]),
            ("“", ["\"", "\"", "\"", "\""]),
            ("–", ["—", "—", "—", "—"]),
            ("--", ["—", "—", "—", "--"]),
            ("…", ["...", "...", "...", "…"]),
            ("Qrell‑Berg", ["qrell-berg", "erg", "qre", "Xxxx-Xxxx"]),
            ("北京市民", ["北京市民", "京市民", "北京市", "北京市民"]),
            ("", ["", "", "", ""]),
        ] {
            let mut string = "left over".to_owned();
            let found = FIELDS.map(|field| {
                (field.write)(token, &mut string);
                string.clone()
            });
            assert_eq!(found, strings, "{token}");
        }
    }
}
