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
mod quote;
mod sentence;
mod token;
mod word;
mod zone;

use serde::{Deserialize, Serialize};

use crate::span::{Run, Span, Units};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters: a word, a hyphenated word, an abbreviation with its stops (`U.S.`), a clitic (`’s`, the `n’t` of `don’t`).
    Word,
    /// Digits with what belongs to them: `12,000`, `3.5`, `10:30`, `21st`, `$40`'s `40`.
    Number,
    /// An address: URL, e-mail, `@handle`, `#tag`.
    Address,
    /// A mark that opens a quotation.
    QuoteOpen,
    /// A mark that closes a quotation.
    QuoteClose,
    /// Any other punctuation, an apostrophe by itself (`the workers’ rights`) and a mark of inches among it.
    Punctuation,
    /// Anything else: emoji, currency signs, control characters that are not white space.
    Symbol,
}

/// A token: never empty, never holds white space, never cuts a grapheme cluster (UAX #29) but one that holds white
/// space itself: a blank with a combining mark on it. Together the tokens hold every character that is not white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where, in UTF-16 code units.
    pub span: Span,
    /// Where, in bytes: first and one past the last.
    pub bytes: (usize, usize),
    /// What it is.
    pub kind: TokenKind,
    /// How many quotations it stands in, the marks themselves counted; 0 outside.
    pub quoted: u8,
}

/// A sentence: a run of tokens within one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Run,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// Part of a page that a paragraph belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Zone {
    /// Furniture before the article or inside it: breadcrumbs, menus, share buttons, advertisements, captions, links to
    /// other articles.
    Navigation,
    /// The title.
    Headline,
    /// Who wrote it, where and when.
    Byline,
    /// `WASHINGTON (AP) —` where it is a line of its own.
    Dateline,
    /// The lines between headline and body that sum the article up.
    Standfirst,
    /// The article.
    Body,
    /// All that stands after the article: related headlines, who else worked on it, contact, copyright, comments.
    Footer,
}

impl Zone {
    /// Whether claims and speakers are looked for here.
    pub const fn is_read(self) -> bool {
        !matches!(self, Self::Navigation | Self::Footer | Self::Byline | Self::Dateline)
    }
}

/// A paragraph: a run of sentences between line breaks, or between empty lines where the lines were broken to fit a
/// width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Run,
    /// Its sentences.
    pub sentences: Run,
    /// Its part of the page.
    pub zone: Zone,
    /// The end of a dateline that starts it (`WASHINGTON (AP) — …`), as a token index; its own start where there is none.
    pub body_from: usize,
}

/// A quotation: what stands between two marks, the marks included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, from the opening mark to one past the closing mark. Where no mark closes it, it ends before the next
    /// quotation of its sort, with the quotation around it, or with its paragraph; where it goes on with one of the
    /// paragraph before but no mark opens it again, it starts with its paragraph.
    pub tokens: Run,
    /// Whether a mark closes it.
    pub closed: bool,
    /// How many quotations it stands in: 0 for an outermost one.
    pub depth: u8,
    /// Index of the quotation that it goes on with: the one left open in the paragraph before, furniture apart.
    pub continues: Option<usize>,
}

/// A text taken apart.
#[derive(Debug, Clone)]
pub struct Article<'t> {
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
    /// use whosaid::text::{Article, Zone};
    /// let article = Article::new(
    ///     "Home > World\nPier to close\nBy Anna Berg\nLONDON - The ’90s pier will close.\n\"I'm 5'11\", so mind the workers' roof,\" said Mr. Lind.",
    /// );
    /// let zones: Vec<Zone> = article.paragraphs.iter().map(|paragraph| paragraph.zone).collect();
    /// assert_eq!(zones, [Zone::Navigation, Zone::Headline, Zone::Byline, Zone::Body, Zone::Body]);
    /// assert_eq!(article.word(article.paragraphs[3].body_from), "The");
    /// assert_eq!(article.quotations.len(), 1);
    /// assert_eq!(article.slice(article.quotations[0].tokens), "\"I'm 5'11\", so mind the workers' roof,\"");
    /// ```
    pub fn new(text: &'t str) -> Self {
        let mut tokens = token::tokens(text);
        let runs = paragraph::paragraphs(text, &tokens);
        let zones = zone::zones(text, &tokens, &runs);
        let is_furniture = |index: usize| zones[index].zone == Zone::Navigation;
        let quotations = quote::quotations(text, &mut tokens, &runs, is_furniture);
        let mut sentences = Vec::with_capacity(tokens.len() / 16 + runs.len());
        let mut paragraphs = Vec::with_capacity(runs.len());
        for (index, (&run, zoned)) in runs.iter().zip(&zones).enumerate() {
            let first = sentences.len();
            sentence::sentences(text, &tokens, run, index, &mut sentences);
            let sentences = Run::new(first, sentences.len());
            paragraphs.push(Paragraph { tokens: run, sentences, zone: zoned.zone, body_from: zoned.body_from });
        }
        Self { units: Units::new(text), tokens, sentences, paragraphs, quotations }
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
