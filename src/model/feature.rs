//! Article -> [`Features`]: the numbers that the network reads, some for each token.

use super::evidence;
use super::form::{Form, Forms};
use super::vocabulary::Vocabulary;
use crate::lexis::{Class, Lexicon, Words};
use crate::span::Run;
use crate::text::{Token, TokenKind, Zone};

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

/// How many bits [`Features::evidence`] has: the rows of its table.
pub const EVIDENCE: usize = 64;

/// What the network reads: one entry a token in each field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Ids of the strings of [`FIELDS`](super::vocabulary::FIELDS); 0 for what is unknown.
    pub ids: [Vec<u32>; 4],
    /// A set of the bits of [`layout`], below [`LAYOUTS`].
    pub layout: Vec<u8>,
    /// What sort of word it is, below [`CLASSES`](super::form::CLASSES).
    pub class: Vec<u8>,
    /// A set of bits, below two to the power of [`EVIDENCE`]: what the lists and the rest of the article say of the word.
    pub evidence: Vec<u64>,
    /// The number of its sentence in the article.
    pub sentence: Vec<u32>,
    /// The number of its paragraph in the article.
    pub paragraph: Vec<u32>,
    /// How many quotation marks stand before it, itself counted.
    pub marks: Vec<u32>,
    /// Whether it stands in quotation marks, the marks counted.
    pub quoted: Vec<bool>,
    /// What a transformer says of it, as many numbers as the network mixes: zeros where it has not read yet; empty where the
    /// network has none.
    pub deep: Vec<f32>,
}

impl Features {
    /// Takes what a transformer says of the tokens of a window.
    pub(super) fn put(&mut self, window: Run, said: &[f32]) {
        let each = self.deep.len() / self.layout.len();
        self.deep[window.start * each..window.end * each].copy_from_slice(said);
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

#[cfg(test)]
pub(super) mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::bit;
    use super::super::form::CLASSES;
    use super::super::vocabulary::FIELDS;
    use super::*;
    use crate::lang::ENGLISH;
    use crate::model::Model;
    use crate::model::vocabulary::Counts;
    use crate::text::Article;

    static MODEL: LazyLock<Model> =
        LazyLock::new(|| Model::from_bytes(include_bytes!("../lang/en/model.bin")).expect("the committed model"));

    /// A vocabulary of a text's own words.
    fn vocabulary(article: &Article<'_>) -> Vocabulary {
        let mut counts = Counts::default();
        (0..article.tokens.len()).for_each(|token| counts.add(article.word(token)));
        Vocabulary::from_bytes(counts.build()).expect("whole maps")
    }

    /// The features of a text, by a vocabulary of its own words.
    pub(in crate::model) fn read(text: &str) -> (Article<'_>, Features) {
        let article = Article::new(text, &ENGLISH);
        let features = features(&vocabulary(&article), MODEL.lexicon(), &Words::new(&article));
        (article, features)
    }

    #[test]
    fn where_a_token_stands() {
        let (article, features) = read("The Pier Of The Old Town Will Close\n\nHe left. “Go,” she\nsaid.");
        let found: Vec<_> = (0..article.tokens.len())
            .map(|token| {
                let counters = [features.paragraph[token], features.sentence[token], features.marks[token]];
                (article.word(token), features.layout[token], counters)
            })
            .collect();
        let head = layout::TITLE_CASE | layout::HEADLINE;
        let first = layout::NEW_PARAGRAPH | layout::NEW_SENTENCE;
        let (glued, quoted) = (layout::GLUED, layout::QUOTED);
        let expected = [
            ("The", first | head, [0, 0, 0]),
            ("Pier", head, [0, 0, 0]),
            ("Of", head, [0, 0, 0]),
            ("The", head, [0, 0, 0]),
            ("Old", head, [0, 0, 0]),
            ("Town", head, [0, 0, 0]),
            ("Will", head, [0, 0, 0]),
            ("Close", head, [0, 0, 0]),
            ("He", first, [1, 1, 0]),
            ("left", 0, [1, 1, 0]),
            (".", glued, [1, 1, 0]),
            ("“", layout::NEW_SENTENCE | quoted, [1, 2, 1]),
            ("Go", glued | quoted, [1, 2, 1]),
            (",", glued | quoted, [1, 2, 1]),
            ("”", glued | quoted, [1, 2, 2]),
            ("she", 0, [1, 2, 2]),
            ("said", first, [2, 3, 2]),
            (".", glued, [2, 3, 2]),
        ];
        assert_eq!(found, expected);
        assert!(features.quoted.iter().zip(&features.layout).all(|(&is, bits)| is == (bits & quoted != 0)));
    }

    #[test]
    fn sorts_of_words() {
        let (article, features) = read("The “42” said @berg may not deny walking £ : written to");
        let found: Vec<_> =
            (0..article.tokens.len()).map(|token| (article.word(token), features.class[token])).collect();
        let expected = [
            ("The", 0),
            ("“", 12),
            ("42", 15),
            ("”", 13),
            ("said", 20),
            ("@berg", 16),
            ("may", 7),
            ("not", 8),
            ("deny", 28),
            ("walking", 17),
            ("£", 14),
            (":", 11),
            ("written", 21),
            ("to", 4),
        ];
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn any_text_has_one_of_each_for_every_token(text in "([A-Z][a-z]{0,6}[ .,:-]|(said|of|the|van|President|New York|Bank|who|US|\\(NUT\\)) |[“”\"’'\n.]|\\PC){0,80}") {
            let (article, features) = read(&text);
            let (count, vocabulary) = (article.tokens.len(), vocabulary(&article));
            let lengths = [
                features.layout.len(),
                features.class.len(),
                features.evidence.len(),
                features.sentence.len(),
                features.paragraph.len(),
                features.marks.len(),
                features.quoted.len(),
            ];
            prop_assert!(lengths.iter().chain(&features.ids.each_ref().map(Vec::len)).all(|&length| length == count));
            for (number, ids) in features.ids.iter().enumerate() {
                prop_assert!(ids.iter().all(|&id| (id as usize) < vocabulary.size(number)));
            }
            prop_assert!(features.layout.iter().all(|&bits| usize::from(bits) < LAYOUTS));
            prop_assert!(features.class.iter().all(|&class| usize::from(class) < CLASSES));
            prop_assert!(features.evidence.iter().all(|&bits| bits >> bit::BITS.len() == 0));
            for counter in [&features.sentence, &features.paragraph, &features.marks] {
                prop_assert!(counter.windows(2).all(|pair| pair[0] <= pair[1]));
            }
            let mut string = String::new();
            for token in 0..count {
                for (number, field) in FIELDS.iter().enumerate() {
                    (field.write)(article.word(token), &mut string);
                    prop_assert_eq!(features.ids[number][token], vocabulary.id(number, &string), "{}", field.name);
                }
            }
            // Every map has another seed, so that an order that reached the features would show.
            prop_assert_eq!(read(&text).1, features);
        }
    }
}
