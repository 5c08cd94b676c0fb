//! Text -> [`Article`]: tokens, sentences, paragraphs with their zone, and what stands in quotation marks.
//!
//! Any string gives an article; nothing is normalised, so every place means the string that was given.
//!
//! The steps, a file each: `token`, and within it `word` and `address`; `paragraph`; `zone`, by what `clue`, `byline` and
//! `dateline` say of lines; `quote`, by what `mark` says of marks; `sentence`, with `opening`.

mod address;
mod byline;
mod clue;
mod dateline;
mod line;
mod mark;
mod opening;
mod paragraph;
mod parts;
mod quote;
mod sentence;
mod token;
mod word;
mod zone;

pub use parts::{Paragraph, Quotation, Sentence, Token, TokenKind, Zone};

use crate::lang::Language;
use crate::span::{Run, Span, Units};
use parts::Passage;

/// A text taken apart.
#[derive(Debug, Clone)]
pub struct Article<'t> {
    /// The language that it is read in: the rules ask it for their words.
    pub language: &'static Language,
    /// The text and its units.
    pub units: Units<'t>,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// All paragraphs, in order; together they hold every sentence.
    pub paragraphs: Vec<Paragraph>,
    /// All quotations, by where they start.
    pub quotations: Vec<Quotation>,
}

impl<'t> Article<'t> {
    /// Takes a text apart, in time linear in its length.
    ///
    /// ```
    /// # #[cfg(feature = "train")] {
    /// use whosaid::lang::ENGLISH;
    /// use whosaid::text::{Article, Zone};
    /// let article = Article::new(
    ///     "Home > World\nPier to close\nBy Anna Berg\nLONDON - The ’90s pier will close.\n\"I'm 5'11\", so mind the workers' roof,\" said Mr. Lind.",
    ///     &ENGLISH,
    /// );
    /// let zones: Vec<Zone> = article.paragraphs.iter().map(|paragraph| paragraph.zone).collect();
    /// assert_eq!(zones, [Zone::Navigation, Zone::Headline, Zone::Byline, Zone::Body, Zone::Body]);
    /// assert_eq!(article.word(article.paragraphs[3].body_from), "The");
    /// assert_eq!(article.quotations.len(), 1);
    /// assert_eq!(article.slice(article.quotations[0].tokens), "\"I'm 5'11\", so mind the workers' roof,\"");
    /// # }
    /// ```
    pub fn new(text: &'t str, language: &'static Language) -> Self {
        let mut tokens = token::tokens(text, language);
        let runs = paragraph::paragraphs(text, &tokens);
        let zones = zone::zones(text, &tokens, &runs, language);
        let is_furniture = |index: usize| zones[index].zone == Zone::Navigation;
        let quotations = quote::quotations(text, &mut tokens, &runs, is_furniture, language);
        let mut sentences = Vec::with_capacity(tokens.len() / 16 + runs.len());
        let mut paragraphs = Vec::with_capacity(runs.len());
        for (index, (&run, zoned)) in runs.iter().zip(&zones).enumerate() {
            let first = sentences.len();
            let passage = Passage { text, language, tokens: &tokens, run };
            sentence::sentences(&passage, index, &mut sentences);
            let sentences = Run::new(first, sentences.len());
            paragraphs.push(Paragraph { tokens: run, sentences, zone: zoned.zone, body_from: zoned.body_from });
        }
        Self { language, units: Units::new(text), tokens, sentences, paragraphs, quotations }
    }

    /// The text.
    pub const fn text(&self) -> &'t str {
        self.units.text()
    }

    /// The text of one token.
    pub fn word(&self, token: usize) -> &'t str {
        let (start, end) = self.tokens[token].bytes;
        &self.text()[start..end]
    }

    /// The place of a run of tokens, from its first to its last; empty at the text's start for an empty run.
    pub fn span(&self, run: Run) -> Span {
        match self.tokens.get(run.range()) {
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            Some([only]) => only.span,
            _ => Span::new(0, 0),
        }
    }

    /// The text of a run of tokens, with what lies between them.
    pub fn slice(&self, run: Run) -> &'t str {
        match self.tokens.get(run.range()) {
            Some([first, .., last]) => &self.text()[first.bytes.0..last.bytes.1],
            Some([only]) => &self.text()[only.bytes.0..only.bytes.1],
            _ => "",
        }
    }

    /// Index of the paragraph that holds a token.
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.tokens.end <= token)
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> Run {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        Run::new(start, end.max(start))
    }
}
