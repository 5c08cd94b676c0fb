//! A text as it was meant before programs broke it: soft hyphens, hyphens at line ends, entities of HTML and characters that
//! were decoded wrongly (`â€œ`) are undone for the stages, and every place is brought back to the text as it was given.

use std::borrow::Cow;

use crate::span::Span;

/// Entities of HTML that stand in news: name, character.
const ENTITIES: [(&str, char); 20] = [
    ("amp", '&'),
    ("apos", '\''),
    ("bdquo", '„'),
    ("bull", '•'),
    ("eacute", 'é'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("rsquo", '’'),
];

/// The characters of Windows-1252 from 0x80 to 0x9F; those that it has not are the control characters of Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The longest entity, in bytes.
const LONGEST: usize = 10;

/// How far behind a word that was divided the blank is looked for at which its line ends now, in bytes.
const REST: usize = 40;

/// A piece of the plain text and of the given one, in UTF-16 code units. Pieces of one length are equal.
#[derive(Debug, Clone, Copy)]
struct Piece {
    plain: Span,
    given: Span,
}

/// A text with what broke it undone.
#[derive(Debug, Clone)]
pub struct Plain<'t> {
    text: Cow<'t, str>,
    /// In order, without gaps in the plain text; none where nothing was undone.
    pieces: Vec<Piece>,
}

impl<'t> Plain<'t> {
    /// Undoes what programs broke in a text, in time linear in its length.
    pub fn new(text: &'t str) -> Self {
        let mut builder = Builder::default();
        let mut at = 0;
        let mut from = 0;
        let mut ends: Option<usize> = None;
        while at < text.len() {
            let rest = &text[at..];
            let first = rest.chars().next().unwrap_or_default();
            let found = match first {
                '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Some((first.len_utf8(), None)),
                '&' => entity(rest).map(|(length, character)| (length, Some(character))),
                'Â' | 'Ã' | 'Ä' | 'Å' | 'â' => misread(rest).map(|(length, character)| (length, Some(character))),
                '-' => divided(text, at).map(|length| (length, None)),
                ' ' if ends.is_some_and(|ends| at >= ends) => Some((1, Some('\n'))),
                _ => None,
            };
            let Some((length, character)) = found else {
                at += first.len_utf8();
                continue;
            };
            builder.keep(&text[from..at]);
            builder.put(&text[at..at + length], character);
            if first == '-' {
                let word = text[at + length..].find(char::is_whitespace).map(|word| at + length + word);
                ends = word.filter(|&word| word < at + REST && text[word..].starts_with(' '));
            } else if first == ' ' {
                ends = None;
            }
            at += length;
            from = at;
        }
        if builder.pieces.is_empty() {
            return Self { text: Cow::Borrowed(text), pieces: Vec::new() };
        }
        builder.keep(&text[from..]);
        Self { text: Cow::Owned(builder.text), pieces: builder.pieces }
    }

    /// The plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is the text that was given.
    pub const fn is_given(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The place in the text that was given of one in the plain text.
    pub fn given(&self, span: Span) -> Span {
        if self.is_given() || span.is_empty() {
            return span;
        }
        let piece = |unit: u32| self.pieces[self.pieces.partition_point(|piece| piece.plain.end <= unit)];
        let (first, last) = (piece(span.start), piece(span.end - 1));
        let is_equal = |piece: Piece| piece.plain.len() == piece.given.len();
        let start = first.given.start + if is_equal(first) { span.start - first.plain.start } else { 0 };
        let end = if is_equal(last) { last.given.start + span.end - last.plain.start } else { last.given.end };
        Span::new(start, end)
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    pieces: Vec<Piece>,
    plain: u32,
    given: u32,
}

impl Builder {
    fn keep(&mut self, text: &str) {
        let length = text.encode_utf16().count() as u32;
        self.text.push_str(text);
        self.add(length, length);
    }

    fn put(&mut self, given: &str, character: Option<char>) {
        self.text.extend(character);
        self.add(character.map_or(0, |character| character.len_utf16() as u32), given.encode_utf16().count() as u32);
    }

    fn add(&mut self, plain: u32, given: u32) {
        let piece = Piece {
            plain: Span::new(self.plain, self.plain + plain),
            given: Span::new(self.given, self.given + given),
        };
        self.pieces.push(piece);
        (self.plain, self.given) = (piece.plain.end, piece.given.end);
    }
}

/// The length of the entity that a text starts with, and its character.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    });
    let named = || ENTITIES.binary_search_by_key(&name, |(name, _)| name).ok().map(|index| ENTITIES[index].1);
    let character = number.and_then(char::from_u32).filter(|character| !character.is_control()).or_else(named)?;
    Some((end + 1, character))
}

/// The length of the characters at a text's start that are one in UTF-8 read as Windows-1252, and that one.
fn misread(text: &str) -> Option<(usize, char)> {
    let mut bytes = [0; 4];
    let mut length = 0;
    for (count, character) in text.chars().take(4).enumerate() {
        let byte = WINDOWS.iter().position(|&other| other == character).map(|at| 0x80 + at as u32);
        let Ok(byte) = u8::try_from(byte.unwrap_or(character as u32)) else { break };
        bytes[count] = byte;
        length += character.len_utf8();
        if let Ok(read) = std::str::from_utf8(&bytes[..=count]) {
            // What has one byte is what it looks like.
            return read.chars().next().filter(|_| count > 0).map(|character| (length, character));
        }
    }
    // The last byte of a closing mark is one that Windows-1252 has not, and is often lost.
    text.starts_with("â€").then_some(("â€".len(), '”'))
}

/// The length of a hyphen with the line break that divides a word.
fn divided(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back()?;
    let rest = &text[at + 1..];
    let width = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    let after = rest[width..].chars().next()?;
    (width > 0 && before.is_lowercase() && after.is_lowercase()).then_some(1 + width)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Units;

    #[test]
    fn what_programs_broke_is_undone() {
        let table = [
            ("Berg\u{AD}strom", "Bergstrom"),
            ("&ldquo;No,&rdquo; he&#8217;d say", "“No,” he’d say"),
            ("â€œNo,â€\u{9D} he saidâ€”", "“No,” he said—"),
            ("â€œNo,â€ he said", "“No,” he said"),
            ("JosÃ© left", "José left"),
            ("the other cus-\ntomers left", "the other customers\nleft"),
            ("the cus-\r\ntomers, he said", "the customers,\nhe said"),
            // What only looks so.
            ("AT&T; Berg & Lind", "AT&T; Berg & Lind"),
            ("a self-made man - he\n- left", "a self-made man - he\n- left"),
            ("Âge, pâté, Århus", "Âge, pâté, Århus"),
        ];
        for (given, plain) in table {
            assert_eq!(Plain::new(given).text(), plain, "{given}");
        }
    }

    #[test]
    fn places_mean_the_text_that_was_given() {
        let given = "📈 &ldquo;No,&rdquo; said Berg\u{AD}strom.";
        let plain = Plain::new(given);
        assert_eq!(plain.text(), "📈 “No,” said Bergstrom.");
        let (places, units) = (Units::new(plain.text()), Units::new(given));
        for (words, expected) in [("“No,”", "&ldquo;No,&rdquo;"), ("Bergstrom", "Berg\u{AD}strom"), ("said", "said")]
        {
            let start = plain.text().find(words).expect("it stands there");
            let span = places.span_of_bytes(start, start + words.len());
            assert_eq!(units.slice(plain.given(span)), expected);
        }
    }

    proptest! {
        #[test]
        fn any_place_is_a_place_of_the_text_that_was_given(text in "(\\PC|\u{AD}|&ldquo;|â€œ|a-\n?a| ){0,40}") {
            let plain = Plain::new(&text);
            let (count, units) = (Units::new(plain.text()).len(), Units::new(&text));
            let mut last = 0;
            for unit in 0..count {
                let given = plain.given(Span::new(unit, unit + 1));
                prop_assert!(given.start >= last && given.end <= units.len() && !given.is_empty(), "{unit} in {text:?}");
                last = given.start;
            }
        }
    }
}
