//! Places in a text, and the only code that knows the three units they are counted in.
//!
//! | unit | who counts so |
//! |---|---|
//! | UTF-16 code units | [`Span`], JavaScript strings, everything in an `Analysis` |
//! | bytes (UTF-8) | Rust strings, inside the stages |
//! | code points | files: the command line, corpora, most interchange formats |

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A half-open place `start..end` in a text, in **UTF-16 code units**: what a JavaScript string counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Span {
    /// First code unit.
    pub start: u32,
    /// One past the last code unit.
    pub end: u32,
}

impl Span {
    /// The place `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Its length in UTF-16 code units.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one code unit.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest place that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Values by their places: those that overlap a place are found without looking at the others.
#[derive(Debug, Clone)]
pub(crate) struct Places<T> {
    by_place: BTreeMap<Span, Vec<T>>,
    /// The length of the longest place there has been.
    longest: u32,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self { by_place: BTreeMap::new(), longest: 0 }
    }
}

impl<T> FromIterator<(Span, T)> for Places<T> {
    fn from_iter<I: IntoIterator<Item = (Span, T)>>(values: I) -> Self {
        let mut places = Self::default();
        values.into_iter().for_each(|(span, value)| places.insert(span, value));
        places
    }
}

impl<T> Places<T> {
    /// Adds a value behind those of the same place.
    pub(crate) fn insert(&mut self, span: Span, value: T) {
        self.longest = self.longest.max(span.len());
        self.by_place.entry(span).or_default().push(value);
    }

    /// The values of this very place.
    pub(crate) fn at(&self, span: Span) -> &[T] {
        self.by_place.get(&span).map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub(crate) fn at_mut(&mut self, span: Span) -> &mut [T] {
        self.by_place.get_mut(&span).map_or(&mut [], Vec::as_mut_slice)
    }

    /// The values whose places overlap this one, in the order of the text.
    pub(crate) fn overlapping(&self, span: Span) -> impl Iterator<Item = (Span, &T)> {
        let start = span.start.saturating_sub(self.longest);
        let near = self.by_place.range(Span::new(start, 0)..Span::new(span.end.max(start), 0));
        let near = near.filter(move |(place, _)| place.overlaps(span));
        near.flat_map(|(&place, values)| values.iter().map(move |value| (place, value)))
    }

    /// Takes the values of this very place away that are wanted.
    pub(crate) fn take(&mut self, span: Span, is_wanted: impl FnMut(&mut T) -> bool) -> Vec<T> {
        let Some(values) = self.by_place.get_mut(&span) else { return Vec::new() };
        let taken = values.extract_if(.., is_wanted).collect();
        if values.is_empty() {
            self.by_place.remove(&span);
        }
        taken
    }

    /// All values, in the order of the text.
    pub(crate) fn into_values(self) -> impl Iterator<Item = (Span, T)> {
        self.by_place.into_iter().flat_map(|(span, values)| values.into_iter().map(move |value| (span, value)))
    }
}

/// A half-open run of indices, `start..end`, into an article's tokens or sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// First index.
    pub start: usize,
    /// One past the last index.
    pub end: usize,
}

impl Run {
    /// The run `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many indices it holds.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `index` is in it.
    pub const fn contains(self, index: usize) -> bool {
        self.start <= index && index < self.end
    }

    /// Whether the two share an index.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of the other is in it.
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// As a range, to slice and to iterate.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// How many bytes lie between two rows of the table in [`Units`].
const STRIDE: usize = 64;

/// Converts places in one text between the three units, each in constant time but for a scan of at most 64 bytes.
///
/// A place that is not on a character's boundary is taken to be at the start of that character; one past the end, at
/// the end.
///
/// ```
/// use whosaid::{Span, Units};
/// let text = "📈 “Taxes will rise,” said Anna Berg, finance minister.";
/// let units = Units::new(text);
/// let name = Span::new(27, 36);
/// assert_eq!(units.slice(name), "Anna Berg");
/// assert_eq!(units.bytes(name), 33..42);
/// assert_eq!(units.code_points(name), 26..35);
/// assert_eq!(units.span_of_code_points(26, 35), name);
/// ```
#[derive(Debug, Clone)]
pub struct Units<'t> {
    text: &'t str,
    /// Per 64 bytes: the byte offset of the first character that starts there, with its offsets in the other units.
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    byte: usize,
    utf16: usize,
    point: usize,
}

impl<'t> Units<'t> {
    /// Measures `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut rows = vec![Row::default()];
        let mut here = Row::default();
        for character in text.chars() {
            if here.byte >= rows.len() * STRIDE {
                rows.push(here);
            }
            here.byte += character.len_utf8();
            here.utf16 += character.len_utf16();
            here.point += 1;
        }
        Self { text, rows }
    }

    /// The text that was measured.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The row at or before a place, and from there on character by character to the place itself.
    fn locate(&self, place: usize, unit: impl Fn(&Row) -> usize) -> Row {
        let mut here = self.rows[self.rows.partition_point(|row| unit(row) <= place).saturating_sub(1)];
        for character in self.text[here.byte..].chars() {
            let next = Row {
                byte: here.byte + character.len_utf8(),
                utf16: here.utf16 + character.len_utf16(),
                point: here.point + 1,
            };
            if unit(&next) > place {
                break;
            }
            here = next;
        }
        here
    }

    /// The span of a range of bytes.
    pub fn span_of_bytes(&self, start: usize, end: usize) -> Span {
        let at = |byte| self.locate(byte, |row| row.byte).utf16 as u32;
        Span::new(at(start), at(end))
    }

    /// The span of a range of code points.
    pub fn span_of_code_points(&self, start: usize, end: usize) -> Span {
        let at = |point| self.locate(point, |row| row.point).utf16 as u32;
        Span::new(at(start), at(end))
    }

    /// A span in bytes.
    pub fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        let at = |utf16| self.locate(utf16 as usize, |row| row.utf16).byte;
        let start = at(span.start);
        start..at(span.end).max(start)
    }

    /// A span in code points.
    pub fn code_points(&self, span: Span) -> std::ops::Range<usize> {
        let at = |utf16| self.locate(utf16 as usize, |row| row.utf16).point;
        at(span.start)..at(span.end)
    }

    /// The text that a span selects.
    pub fn slice(&self, span: Span) -> &'t str {
        &self.text[self.bytes(span)]
    }

    /// Whether the text holds nothing.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The whole text's length in UTF-16 code units.
    pub fn len(&self) -> u32 {
        self.locate(self.text.len(), |row| row.byte).utf16 as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A part of the conformance sentence of every interchange format: its code points, UTF-16 code units, bytes.
    type Row = (&'static str, [usize; 2], [u32; 2], [usize; 2]);

    const TABLE: [Row; 4] = [
        ("“Taxes will rise,”", [2, 20], [3, 21], [5, 27]),
        ("said", [21, 25], [22, 26], [28, 32]),
        ("Anna Berg", [26, 35], [27, 36], [33, 42]),
        ("finance minister", [37, 53], [38, 54], [44, 60]),
    ];

    #[test]
    fn conformance_sentence() {
        let units = Units::new("📈 “Taxes will rise,” said Anna Berg, finance minister.");
        for (text, points, utf16, bytes) in TABLE {
            let span = Span::new(utf16[0], utf16[1]);
            assert_eq!(units.slice(span), text);
            assert_eq!(units.bytes(span), bytes[0]..bytes[1]);
            assert_eq!(units.code_points(span), points[0]..points[1]);
            assert_eq!(units.span_of_bytes(bytes[0], bytes[1]), span);
            assert_eq!(units.span_of_code_points(points[0], points[1]), span);
        }
    }

    #[test]
    fn places_off_a_boundary_or_past_the_end() {
        let units = Units::new("a📈b");
        assert_eq!(units.slice(Span::new(2, 3)), "📈", "half of a pair means the whole character");
        assert_eq!(units.slice(Span::new(3, 99)), "b");
        assert_eq!(units.slice(Span::new(9, 2)), "");
        assert_eq!(Units::new("").len(), 0);
    }

    proptest! {
        #[test]
        fn what_overlaps_a_place_is_found(all in prop::collection::vec((0..40_u32, 1..12_u32), 0..30), start in 0..45_u32, length in 1..20_u32) {
            let spans: Vec<Span> = all.iter().map(|&(start, length)| Span::new(start, start + length)).collect();
            let place = Span::new(start, start + length);
            let mut expected: Vec<(Span, usize)> = spans.iter().copied().zip(0..).filter(|(span, _)| span.overlaps(place)).collect();
            expected.sort_unstable();
            let mut places: Places<usize> = spans.iter().copied().zip(0..).collect();
            let found: Vec<(Span, usize)> = places.overlapping(place).map(|(span, &index)| (span, index)).collect();
            prop_assert_eq!(&found, &expected);
            for (span, index) in found {
                prop_assert!(places.at(span).contains(&index));
                prop_assert_eq!(places.take(span, |value| *value == index), [index]);
            }
            prop_assert_eq!(places.overlapping(place).count(), 0);
            prop_assert_eq!(places.overlapping(Span::new(place.end, 0)).count(), 0, "a place that ends before it starts");
        }

        #[test]
        fn every_character_converts_both_ways(text in "(\\PC|[\n\r\t]){0,200}") {
            let units = Units::new(&text);
            let (mut utf16, mut point) = (0, 0);
            for (byte, character) in text.char_indices() {
                let end = byte + character.len_utf8();
                let span = Span::new(utf16, utf16 + character.len_utf16() as u32);
                prop_assert_eq!(units.span_of_bytes(byte, end), span);
                prop_assert_eq!(units.span_of_code_points(point, point + 1), span);
                prop_assert_eq!(units.bytes(span), byte..end);
                prop_assert_eq!(units.code_points(span), point..point + 1);
                utf16 = span.end;
                point += 1;
            }
            prop_assert_eq!(units.len(), utf16);
        }
    }
}
