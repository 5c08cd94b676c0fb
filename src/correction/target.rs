//! Where a correction's place is now.

use serde::{Deserialize, Serialize};

use crate::span::{Span, Units};

/// A place in the text with what stands there, so that it can be found again (the W3C's `TextPositionSelector` and
/// `TextQuoteSelector` in one; UTF-16 code units).
///
/// It is where its offsets say when its text stands there. Otherwise it is looked up: of the places where its text
/// stands, those count where the text before or the text after stands too, whole, as far as the target has them; the one
/// where most characters around fit is meant. Where none counts or two are equally good, it is not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Target {
    /// First code unit.
    pub start: u32,
    /// One past the last code unit.
    pub end: u32,
    /// The text there.
    pub exact: String,
    /// Some text before it.
    #[serde(default)]
    pub prefix: String,
    /// Some text after it.
    #[serde(default)]
    pub suffix: String,
}

impl Target {
    /// Its place in a text; none where it is not found for certain, or is empty.
    pub(super) fn find(&self, units: &Units<'_>) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let there = units.bytes(Span::new(self.start, self.end));
        let start = if units.text()[there.clone()] == self.exact { there.start } else { self.look_up(units.text())? };
        Some(units.span_of_bytes(start, start + self.exact.len()))
    }

    /// The byte where the one best place of its text starts.
    fn look_up(&self, text: &str) -> Option<usize> {
        // Occurrences that overlap ("ha ha" in "ha ha ha") show when one looks from the end as well.
        let from_the_end = text.rmatch_indices(&self.exact);
        let mut places: Vec<usize> = text.match_indices(&self.exact).chain(from_the_end).map(|(at, _)| at).collect();
        places.sort_unstable();
        places.dedup();
        let mut scored: Vec<(usize, usize)> =
            places.into_iter().filter_map(|at| Some((self.score(text, at)?, at))).collect();
        let best = scored.iter().map(|&(score, _)| score).max()?;
        scored.retain(|&(score, _)| score == best);
        match scored[..] {
            [(_, at)] => Some(at),
            _ => None,
        }
    }

    /// How many characters around a place fit; none where neither side fits whole.
    fn score(&self, text: &str, at: usize) -> Option<usize> {
        // A context cut in the middle of a surrogate pair comes with half a character at its far end.
        let prefix = self.prefix.trim_start_matches(char::REPLACEMENT_CHARACTER);
        let suffix = self.suffix.trim_end_matches(char::REPLACEMENT_CHARACTER);
        let (before, after) = (&text[..at], &text[at + self.exact.len()..]);
        let no_context = prefix.is_empty() && suffix.is_empty();
        let whole =
            (!prefix.is_empty() && before.ends_with(prefix)) || (!suffix.is_empty() && after.starts_with(suffix));
        if !whole && !no_context {
            return None;
        }
        let fitting_before = before.chars().rev().zip(prefix.chars().rev()).take_while(|(a, b)| a == b).count();
        let fitting_after = after.chars().zip(suffix.chars()).take_while(|(a, b)| a == b).count();
        Some(fitting_before + fitting_after)
    }
}

#[cfg(test)]
mod tests {
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
            assert_eq!(target.find(&Units::new(text)), expected, "{target:?} in {text:?}");
        }
    }
}
