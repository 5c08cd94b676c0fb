//! Where corrections' places are now, in one text.

use std::cell::{Cell, OnceCell};

use super::target::Target;
use crate::order::sort;
use crate::span::{Span, Units};

/// After so many places that are looked up, those that follow are found by an index of the text.
const FEW: usize = 16;

/// Finds targets in a text.
#[derive(Debug)]
pub(super) struct Finder<'a, 't> {
    units: &'a Units<'t>,
    looked_up: Cell<usize>,
    index: OnceCell<Index>,
}

impl<'a, 't> Finder<'a, 't> {
    pub(super) fn new(units: &'a Units<'t>) -> Self {
        Self { units, looked_up: Cell::new(0), index: OnceCell::new() }
    }

    /// The place of a target; none where it is not found for certain, or is empty.
    pub(super) fn find(&self, target: &Target) -> Option<Span> {
        if target.exact.is_empty() {
            return None;
        }
        let there = self.units.bytes(Span::new(target.start, target.end));
        let text = self.units.text();
        let start = if text[there.clone()] == target.exact { there.start } else { self.look_up(target)? };
        Some(self.units.span_of_bytes(start, start + target.exact.len()))
    }

    /// The byte where the one best place of its text starts.
    fn look_up(&self, target: &Target) -> Option<usize> {
        // A context cut in the middle of a surrogate pair comes with half a character at its far end.
        let prefix = target.prefix.trim_start_matches(char::REPLACEMENT_CHARACTER);
        let suffix = target.suffix.trim_end_matches(char::REPLACEMENT_CHARACTER);
        let exact = target.exact.as_str();
        if prefix.is_empty() && suffix.is_empty() {
            return only(self.places(exact).take(2));
        }
        let before = (!prefix.is_empty()).then(|| [prefix, exact].concat());
        let after = (!suffix.is_empty()).then(|| [exact, suffix].concat());
        let behind = before.iter().flat_map(|words| self.places(words).map(|at| at + prefix.len()));
        let mut places: Vec<usize> = behind.chain(after.iter().flat_map(|words| self.places(words))).collect();
        sort(&mut places);
        places.dedup();
        let text = self.units.text();
        let score = |at: usize| {
            let (before, after) = (&text[..at], &text[at + exact.len()..]);
            let fitting_before = before.chars().rev().zip(prefix.chars().rev()).take_while(|(a, b)| a == b).count();
            let fitting_after = after.chars().zip(suffix.chars()).take_while(|(a, b)| a == b).count();
            fitting_before + fitting_after
        };
        let scored: Vec<(usize, usize)> = places.into_iter().map(|at| (score(at), at)).collect();
        let best = scored.iter().map(|&(score, _)| score).max()?;
        only(scored.into_iter().filter(|&(score, _)| score == best).map(|(_, at)| at))
    }

    /// The bytes where these words start, those that overlap too.
    fn places<'w>(&'w self, words: &'w str) -> Box<dyn Iterator<Item = usize> + 'w> {
        let text = self.units.text();
        self.looked_up.set(self.looked_up.get() + 1);
        if self.looked_up.get() > FEW {
            return Box::new(self.index.get_or_init(|| Index::new(text)).places(text, words));
        }
        let mut from = 0;
        Box::new(std::iter::from_fn(move || {
            let at = from + text.get(from..)?.find(words)?;
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            Some(at)
        }))
    }
}

/// The one value of some; none where there is none, or another.
fn only(mut values: impl Iterator<Item = usize>) -> Option<usize> {
    values.next().filter(|_| values.next().is_none())
}

/// How many bytes the index sorts by.
const KEY: usize = 4;

/// All places of a text, sorted by the bytes that stand there.
#[derive(Debug)]
struct Index(Vec<(u32, u32)>);

/// The first bytes as a number that sorts as they do; where there are fewer, with zeros behind them.
fn key(bytes: &[u8]) -> u32 {
    (0..KEY).fold(0, |key, at| key << 8 | u32::from(bytes.get(at).copied().unwrap_or(0)))
}

impl Index {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut places: Vec<(u32, u32)> = (0..bytes.len()).map(|at| (key(&bytes[at..]), at as u32)).collect();
        sort(&mut places);
        Self(places)
    }

    /// The places whose first bytes are these.
    fn starting_with(&self, bytes: &[u8]) -> &[(u32, u32)] {
        let least = key(bytes);
        let rest = 8 * KEY.saturating_sub(bytes.len());
        let most = least | 1_u32.checked_shl(rest as u32).map_or(u32::MAX, |past| past - 1);
        let start = self.0.partition_point(|&(key, _)| key < least);
        let count = self.0[start..].partition_point(|&(key, _)| key <= most);
        &self.0[start..start + count]
    }

    /// The bytes where some words start: found by those of their bytes that are rarest together.
    fn places<'w>(&'w self, text: &'w str, words: &'w str) -> impl Iterator<Item = usize> + 'w {
        let bytes = words.as_bytes();
        let last = bytes.len().saturating_sub(KEY);
        let parts = (0..=last).map(|at| (at, self.starting_with(&bytes[at..bytes.len().min(at + KEY)])));
        let (offset, rarest) = parts.min_by_key(|(_, places)| places.len()).unwrap_or_default();
        let starts = rarest.iter().filter_map(move |&(_, at)| (at as usize).checked_sub(offset));
        starts.filter(move |&at| text.as_bytes()[at..].starts_with(bytes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_target_is_where_it_says_or_at_its_one_best_place() {
        // text, start and end, exact, prefix, suffix, where it is found (UTF-16)
        type Case = (&'static str, [u32; 2], &'static str, &'static str, &'static str, Option<[u32; 2]>);
        let table: [Case; 16] = [
            ("Anna met Anna", [9, 13], "Anna", "", "", Some([9, 13])),
            ("Anna met Anna", [9, 13], "Anna", "wrong ", " wrong", Some([9, 13])),
            ("Anna met Anna", [1, 5], "Anna", "met ", "", Some([9, 13])),
            ("Anna met Anna", [1, 5], "Anna", "", "", None),
            ("Anna met Bert", [1, 5], "Anna", "", "", Some([0, 4])),
            ("Anna met Bert", [1, 5], "Anna", "then ", " saw", None),
            ("Anna met Bert", [1, 5], "Anna", "then ", " met", Some([0, 4])),
            ("x Anna met, y Anna met", [0, 4], "Anna", "y ", " met", Some([14, 18])),
            ("x Anna met, x Anna met", [0, 4], "Anna", "x ", " met", None),
            ("Anna met Bert", [0, 4], "Carl", "", "", None),
            ("ha ha ha", [1, 6], "ha ha", "", "", None),
            ("📈 Anna", [3, 7], "Anna", "", "", Some([3, 7])),
            ("📈 Anna", [2, 6], "Anna", "\u{fffd} ", "", Some([3, 7])),
            ("📈 Anna", [1, 2], "📈", "", "", Some([0, 2])),
            ("Anna", [9, 3], "Anna", "", "", Some([0, 4])),
            ("Anna", [2, 2], "", "", "", None),
        ];
        for (text, [start, end], exact, prefix, suffix, found) in table {
            let [exact, prefix, suffix] = [exact, prefix, suffix].map(str::to_owned);
            let target = Target { start, end, exact, prefix, suffix };
            let expected = found.map(|[start, end]| Span::new(start, end));
            let units = Units::new(text);
            let finder = Finder::new(&units);
            assert_eq!(finder.find(&target), expected, "{target:?} in {text:?}");
            finder.looked_up.set(FEW);
            assert_eq!(finder.find(&target), expected, "{target:?} in {text:?}, by the index");
        }
    }

    proptest! {
        #[test]
        fn the_index_finds_the_places_that_a_search_finds(text in "[ab\u{0}é📈]{0,30}", words in "[ab\u{0}é📈]{1,6}") {
            let units = Units::new(&text);
            let finder = Finder::new(&units);
            let searched: Vec<usize> = finder.places(&words).collect();
            let mut indexed: Vec<usize> = Index::new(&text).places(&text, &words).collect();
            indexed.sort_unstable();
            prop_assert_eq!(indexed, searched);
        }
    }
}
