//! What an article is made of: tokens, sentences, paragraphs in zones, quotations.

use serde::{Deserialize, Serialize};

use crate::lang::Language;
use crate::span::{Run, Span};

/// A paragraph whose tokens are known, while the article is taken apart.
pub(super) struct Passage<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The language that it is read in.
    pub language: &'a Language,
    /// All tokens of the text.
    pub tokens: &'a [Token],
    /// Those of the paragraph.
    pub run: Run,
}

impl Passage<'_> {
    /// The text of a token; empty behind the paragraph.
    pub(super) fn word(&self, token: usize) -> &str {
        if token >= self.run.end {
            return "";
        }
        let (start, end) = self.tokens[token].bytes;
        &self.text[start..end]
    }
}

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

impl TokenKind {
    /// Whether it is a word or a number: what is counted and said.
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Number)
    }
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
