//! Text -> tokens.
//!
//! The text is cut at white space into chunks; a chunk is cut at UAX #29 word bounds, and [`super::word`] cuts some of
//! these pieces further (clitics, colons) and joins others (abbreviations with their stop, hyphenated words, numbers).
//! Every cut that would divide a grapheme cluster is dropped at the end. White space is the one exception: a cluster of
//! a blank and a combining mark is divided, because a token holds no white space.

use unicode_segmentation::UnicodeSegmentation;

use super::address;
use super::parts::{Token, TokenKind};
use super::word::{self, Piece};
use crate::lang::Language;
use crate::span::Span;

/// All tokens of a text, in order; quotation marks are still [`TokenKind::Punctuation`].
pub(super) fn tokens(text: &str, language: &Language) -> Vec<Token> {
    let mut tokenizer = Tokenizer {
        text,
        language,
        tokens: Vec::with_capacity(text.len() / 5 + 8),
        pieces: Vec::new(),
        at: 0,
        utf16: 0,
    };
    let mut rest = 0;
    while let Some((start, end, looks)) = next_chunk(text, rest) {
        tokenizer.chunk(start, end, looks);
        rest = end;
    }
    tokenizer.tokens
}

/// What a look at a chunk's characters says of the care it needs.
#[derive(Clone, Copy)]
struct Looks {
    /// Every character is a grapheme cluster of its own.
    simple: bool,
    /// Letters of ASCII only: one word.
    letters: bool,
    /// Holds a character that addresses have: `@`, `#`, `:`, `.`
    address: bool,
}

/// The next run of characters that are not white space, from byte `from` on.
fn next_chunk(text: &str, from: usize) -> Option<(usize, usize, Looks)> {
    let mut start = None;
    let mut looks = Looks { simple: true, letters: true, address: false };
    for (at, character) in text[from..].char_indices() {
        if character.is_whitespace() {
            if let Some(start) = start {
                return Some((start, from + at, looks));
            }
            continue;
        }
        start.get_or_insert(from + at);
        looks.simple &= is_simple(character);
        looks.letters &= character.is_ascii_alphabetic();
        looks.address |= matches!(character, '@' | '#' | ':' | '.');
    }
    start.map(|start| (start, text.len(), looks))
}

/// Whether a character never joins with a neighbour of this sort to a larger grapheme cluster: Latin letters, digits,
/// and the marks that print uses.
const fn is_simple(character: char) -> bool {
    matches!(character, '\u{21}'..='\u{7E}' | '\u{A1}'..='\u{A8}' | '\u{AA}'..='\u{AC}' | '\u{AF}'..='\u{2FF}'
        | '\u{2010}'..='\u{2027}')
}

struct Tokenizer<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The pieces of the chunk at hand, kept to be used again.
    pieces: Vec<Piece>,
    /// How far the text is measured: in bytes, and in UTF-16 code units.
    at: usize,
    utf16: u32,
    language: &'t Language,
}

impl Tokenizer<'_> {
    fn chunk(&mut self, start: usize, end: usize, looks: Looks) {
        if looks.letters {
            self.push(start, end, TokenKind::Word);
            return;
        }
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        let mut from = start;
        if looks.address {
            while let Some((first, last)) = address::find(&self.text[start..end], from - start, self.language) {
                self.pieces_of(from, start + first, &mut pieces);
                pieces.push(Piece { start: start + first, end: start + last, kind: TokenKind::Address });
                from = start + last;
            }
        }
        self.pieces_of(from, end, &mut pieces);
        if !looks.simple {
            keep_clusters(self.text, start, end, &mut pieces);
        }
        for piece in &pieces {
            self.push(piece.start, piece.end, piece.kind);
        }
        self.pieces = pieces;
    }

    /// Appends the tokens of a part of a chunk that holds no address.
    fn pieces_of(&self, start: usize, end: usize, pieces: &mut Vec<Piece>) {
        let first = pieces.len();
        for (at, piece) in self.text[start..end].split_word_bound_indices() {
            word::cut(self.text, start + at, start + at + piece.len(), pieces, self.language);
        }
        let on_line = |token: &&Token| !self.text[token.bytes.1..start].contains('\n');
        let before = match (pieces[..first].last(), self.tokens.last().filter(on_line)) {
            (Some(piece), _) => &self.text[piece.start..piece.end],
            (None, Some(token)) => &self.text[token.bytes.0..token.bytes.1],
            (None, None) => "",
        };
        word::join(self.text, before, pieces, first, self.language);
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        self.utf16 += utf16_len(&self.text[self.at..start]);
        let from = self.utf16;
        self.utf16 += utf16_len(&self.text[start..end]);
        self.at = end;
        self.tokens.push(Token { span: Span::new(from, self.utf16), bytes: (start, end), kind, quoted: 0 });
    }
}

/// The length in UTF-16 code units: one for each character's first byte, and one more for those of four bytes.
fn utf16_len(text: &str) -> u32 {
    text.bytes().map(|byte| u32::from(byte & 0xC0 != 0x80) + u32::from(byte >= 0xF0)).sum()
}

/// Joins pieces of the chunk `start..end` whose bound lies inside a grapheme cluster.
fn keep_clusters(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    let mut clusters =
        text[start..end].grapheme_indices(true).map(|(at, cluster)| start + at + cluster.len()).peekable();
    let mut kept = 0;
    let mut open: Option<Piece> = None;
    for index in 0..pieces.len() {
        let piece = open.map_or(pieces[index], |open| Piece { end: pieces[index].end, ..open });
        while clusters.next_if(|&bound| bound < piece.end).is_some() {}
        if clusters.peek() == Some(&piece.end) {
            pieces[kept] = piece;
            kept += 1;
            open = None;
        } else {
            open = Some(piece);
        }
    }
    pieces.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    /// Texts with their tokens, divided by blanks.
    const TABLE: [(&str, &str); 34] = [
        ("", ""),
        (" \t\r\n\u{a0}\u{2028}", ""),
        ("The U.S. Senate, in Washington, D.C.", "The U.S. Senate , in Washington , D.C."),
        ("Sen. J. D. Berg Jr., J.D.", "Sen. J. D. Berg Jr. , J.D."),
        ("SEN. BERG OF ACME INC. SAID", "SEN. BERG OF ACME INC. SAID"),
        ("Mr.Berg, Ph.D., e.g. this", "Mr. Berg , Ph.D. , e.g. this"),
        ("No. 5 said no. It was no.", "No. 5 said no . It was no ."),
        ("in Casper, Wyo., Salem, Mass. (D-Mass.) A mass.", "in Casper , Wyo. , Salem , Mass. ( D-Mass. ) A mass ."),
        ("It was I. Samuel I. Berg", "It was I . Samuel I. Berg"),
        ("AT&T, the S.&P. 500 and LGBTQ+", "AT&T , the S.&P. 500 and LGBTQ+"),
        ("12,000 3.5 10:30 21st 1990s 9/11 5-4", "12,000 3.5 10:30 21st 1990s 9/11 5-4"),
        ("$1.5bn, €40-million, 15%, 5.4m.", "$ 1.5bn , € 40-million , 15 % , 5.4m ."),
        ("a .45-caliber gun", "a .45-caliber gun"),
        ("10:30 a.m.-5 p.m. Tuesday", "10:30 a.m.-5 p.m. Tuesday"),
        ("decision-making, 20-year-old U.S.-led", "decision-making , 20-year-old U.S.-led"),
        ("two- and three-year terms", "two- and three-year terms"),
        ("this - that -- word--word—word – 2015–16", "this - that -- word -- word — word – 2015 – 16"),
        ("don’t can't I’d’ve IT'S they‘re", "do n’t ca n't I ’d ’ve IT 'S they ‘re"),
        ("the judge’s workers’ U.S.’s 1990's", "the judge ’s workers ’ U.S. ’s 1990 's"),
        ("’90s '90s ‘90s ’em 'Twas rock ’n’ roll O’Neill", "’90s '90s ‘90s ’em 'Twas rock ’n’ roll O’Neill"),
        ("\"'bout time\"", "\" 'bout time \""),
        ("''I said 'no.''' ``TeX''", "'' I said ' no . ' '' `` TeX ''"),
        ("'''No,' he said.''", "'' ' No , ' he said . ''"),
        ("He said:Yes.Then he left.He did", "He said : Yes . Then he left . He did"),
        ("Wait... what?! No…", "Wait ... what ? ! No …"),
        ("See https://a.example/b_(c)?d=1. (www.b.example/x)", "See https://a.example/b_(c)?d=1 . ( www.b.example/x )"),
        ("mail anna.berg@news.example, @anna_b’s #vote, #1", "mail anna.berg@news.example , @anna_b ’s #vote , # 1"),
        ("at example.com, Example.com/a and Example.com.", "at example.com , Example.com/a and Example.com ."),
        ("👩‍🚀👍🏽 🇩🇪🇫🇷!", "👩‍🚀 👍🏽 🇩🇪 🇫🇷 !"),
        ("cafe\u{301} co\u{ad}op", "cafe\u{301} co\u{ad}op"),
        ("日本語。한국어 नमस्ते।", "日 本 語 。 한국어 नमस्ते ।"),
        ("\u{feff}Hello\u{200b}", "\u{feff} Hello \u{200b}"),
        ("a \u{301}b", "a \u{301} b"),
        ("====== ***", "====== ***"),
    ];

    #[test]
    fn tokens_of_texts() {
        for (text, expected) in TABLE {
            let found: Vec<&str> =
                tokens(text, &ENGLISH).iter().map(|token| &text[token.bytes.0..token.bytes.1]).collect();
            assert_eq!(found.join(" "), expected, "{text:?}");
        }
    }

    #[test]
    fn kinds_of_tokens() {
        use TokenKind::{Address, Number, Punctuation, Symbol, Word};
        for (token, kind) in [
            ("word", Word),
            ("U.S.", Word),
            ("20-year-old", Word),
            ("’em", Word),
            ("日", Word),
            ("_word_", Word),
            ("21st", Number),
            ("10-11", Number),
            (".45", Number),
            ("’90s", Number),
            ("٣", Number),
            ("@anna", Address),
            ("—", Punctuation),
            ("...", Punctuation),
            ("%", Punctuation),
            ("。", Punctuation),
            ("$", Symbol),
            ("€", Symbol),
            ("👍🏽", Symbol),
            ("\u{0}", Symbol),
        ] {
            let found: Vec<TokenKind> = tokens(token, &ENGLISH).iter().map(|token| token.kind).collect();
            assert_eq!(found, [kind], "{token:?}");
        }
    }
}
