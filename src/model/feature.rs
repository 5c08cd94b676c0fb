//! Article -> [`Features`]: the numbers that the network reads, some for each token.

use std::collections::HashMap;

use super::evidence;
use super::vocabulary::{Lexicon, Vocabulary};
use super::word::{Class, Words};
use crate::lang::en::{Frame, Part, verb};
use crate::text::{Token, TokenKind, Zone};

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

/// The fields of strings, in the order of [`Features::ids`] and of the vocabulary.
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

/// A bit of [`Features::layout`].
pub mod layout {
    /// The first token of a paragraph.
    pub const NEW_PARAGRAPH: u8 = 1;
    /// The first token of a sentence.
    pub const NEW_SENTENCE: u8 = 1 << 1;
    /// Nothing stands between it and the token before.
    pub const GLUED: u8 = 1 << 2;
    /// In quotation marks, the marks counted.
    pub const QUOTED: u8 = 1 << 3;
    /// In a paragraph that capitalises nearly every word.
    pub const TITLE_CASE: u8 = 1 << 4;
    /// In a headline.
    pub const HEADLINE: u8 = 1 << 5;
}

/// How many values [`Features::layout`] takes: the rows of its table.
pub const LAYOUTS: usize = 64;

/// How many values [`Features::class`] takes: the rows of its table.
///
/// | value | what |
/// |---|---|
/// | 0..=10 | a closed class: determiner, possessive, pronoun, relative, preposition, coordinator, subordinator, auxiliary, negation, adverb, time |
/// | 11, 12, 13, 14 | punctuation, opening quotation mark, closing quotation mark, symbol |
/// | 15, 16, 17 | number, address, any other word |
/// | 18.. | a cue verb: 18 + 5 · frame (say, tell, clause, object, to) + part (base, third, past, participle, gerund) |
pub const CLASSES: usize = VERBS as usize + 25;

const VERBS: u8 = 18;

/// How many bits [`Features::evidence`] has: the rows of its table.
pub const EVIDENCE: usize = 64;

/// What the network reads: one entry a token in each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    /// Ids of the strings of [`FIELDS`]; 0 for what is unknown.
    pub ids: [Vec<u32>; 4],
    /// A set of the bits of [`layout`], below [`LAYOUTS`].
    pub layout: Vec<u8>,
    /// What sort of word it is, below [`CLASSES`].
    pub class: Vec<u8>,
    /// A set of the bits of [`evidence`](super::evidence): what the lists and the rest of the article say of the word.
    pub evidence: Vec<u64>,
    /// The number of its sentence in the article.
    pub sentence: Vec<u32>,
    /// The number of its paragraph in the article.
    pub paragraph: Vec<u32>,
    /// How many quotation marks stand before it, itself counted.
    pub marks: Vec<u32>,
    /// Whether it stands in quotation marks, the marks counted.
    pub quoted: Vec<bool>,
}

/// What a word is wherever it stands, found once for each distinct word of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    ids: [u32; 4],
    /// Its class if it is a word of no closed class.
    open: u8,
    /// What the lists say of it.
    pub lists: u64,
}

/// The distinct words of an article.
#[derive(Debug)]
pub(super) struct Forms {
    /// Each of them once, in the order of where they first stand.
    pub all: Vec<Form>,
    /// The index of each token's form.
    pub of: Vec<u32>,
}

impl Forms {
    fn new(vocabulary: &Vocabulary, lexicon: &Lexicon, words: &Words<'_, '_>) -> Self {
        let count = words.article.tokens.len();
        let mut known: HashMap<&str, u32> = HashMap::with_capacity(count / 2);
        let mut forms = Self { all: Vec::with_capacity(count / 2), of: Vec::with_capacity(count) };
        let mut string = String::new();
        for token in 0..count {
            let word = words.article.word(token);
            let form = *known.entry(word).or_insert_with(|| {
                let mut ids = [0; 4];
                for (id, (field, number)) in ids.iter_mut().zip(FIELDS.iter().zip(0..)) {
                    (field.write)(word, &mut string);
                    *id = vocabulary.id(number, &string);
                }
                let lower = words.lower(token);
                forms.all.push(Form { ids, open: open_class(lower), lists: evidence::lists(lexicon, lower) });
                forms.all.len() as u32 - 1
            });
            forms.of.push(form);
        }
        forms
    }

    /// What a token is wherever it stands.
    pub(super) fn at(&self, token: usize) -> &Form {
        &self.all[self.of[token] as usize]
    }
}

/// The features of an article's tokens, in time linear in its length.
pub fn features(vocabulary: &Vocabulary, lexicon: &Lexicon, words: &Words<'_, '_>) -> Features {
    let article = words.article;
    let forms = Forms::new(vocabulary, lexicon, words);
    let tokens = &article.tokens;
    let ids = [0, 1, 2, 3].map(|field| (0..tokens.len()).map(|token| forms.at(token).ids[field]).collect());
    let class = (0..tokens.len()).map(|token| class(words.class(token), tokens[token].kind, forms.at(token))).collect();
    let mut features = Features { ids, class, ..Features::default() };
    features.evidence = evidence::evidence(lexicon, words, &forms);
    features.quoted = tokens.iter().map(|token| token.quoted > 0).collect();
    let mut marks = 0;
    features.marks.extend(tokens.iter().map(|token| {
        marks += u32::from(matches!(token.kind, TokenKind::QuoteOpen | TokenKind::QuoteClose));
        marks
    }));
    for (number, sentence) in article.sentences.iter().enumerate() {
        features.sentence.extend(sentence.tokens.range().map(|_| number as u32));
        features.paragraph.extend(sentence.tokens.range().map(|_| sentence.paragraph as u32));
    }
    features.layout = layouts(words);
    features
}

/// The bits of [`layout`], one set a token.
fn layouts(words: &Words<'_, '_>) -> Vec<u8> {
    let tokens = &words.article.tokens;
    let mut bits: Vec<u8> = tokens.iter().map(|token| if token.quoted > 0 { layout::QUOTED } else { 0 }).collect();
    let glued = |pair: &[Token]| pair[0].bytes.1 == pair[1].bytes.0;
    for token in tokens.windows(2).zip(1..).filter_map(|(pair, token)| glued(pair).then_some(token)) {
        bits[token] |= layout::GLUED;
    }
    for sentence in &words.article.sentences {
        bits[sentence.tokens.start] |= layout::NEW_SENTENCE;
    }
    for (paragraph, &is_title) in words.article.paragraphs.iter().zip(&words.titles) {
        bits[paragraph.tokens.start] |= layout::NEW_PARAGRAPH;
        let mut all = if is_title { layout::TITLE_CASE } else { 0 };
        all |= if paragraph.zone == Zone::Headline { layout::HEADLINE } else { 0 };
        for token in paragraph.tokens.range() {
            bits[token] |= all;
        }
    }
    bits
}

/// The value of [`Features::class`].
fn class(class: Class, kind: TokenKind, form: &Form) -> u8 {
    match (class, kind) {
        (Class::Open, TokenKind::Number) => 15,
        (Class::Open, TokenKind::Address) => 16,
        (Class::Open, _) => form.open,
        (Class::Mark, TokenKind::QuoteOpen) => 12,
        (Class::Mark, TokenKind::QuoteClose) => 13,
        (Class::Mark, TokenKind::Symbol) => 14,
        (closed, _) => closed as u8,
    }
}

/// The value of [`Features::class`] of a lower-case word of no closed class.
fn open_class(lower: &str) -> u8 {
    let Some(verb) = verb(lower) else { return VERBS - 1 };
    let frame = match verb.frame {
        Frame::Say => 0,
        Frame::Tell => 1,
        Frame::Clause => 2,
        Frame::Object => 3,
        Frame::To => 4,
    };
    let part = match verb.part {
        Part::Base => 0,
        Part::Third => 1,
        Part::Past => 2,
        Part::Participle => 3,
        Part::Gerund => 4,
    };
    VERBS + 5 * frame + part
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
    if let Some((start, _)) = out.char_indices().rev().nth(AFFIX - 1) {
        out.drain(..start);
    }
}

/// The first three characters of [`word`].
fn prefix(token: &str, out: &mut String) {
    word(token, out);
    if let Some((end, _)) = out.char_indices().nth(AFFIX) {
        out.truncate(end);
    }
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
