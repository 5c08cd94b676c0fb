//! Other quotation marks and apostrophes.

use whosaid::lang::ENGLISH;
use whosaid::text::{Article, TokenKind};

use crate::corpus::{Edits, Sample};
use crate::random::Random;

/// Opening and closing marks of a quotation, of one within it, and the apostrophe.
type Style = ([&'static str; 2], [&'static str; 2], &'static str);

/// The styles of print and of keyboards: American, typed, British, British typed.
const STYLES: [Style; 4] = [
    (["“", "”"], ["‘", "’"], "’"),
    (["\"", "\""], ["'", "'"], "'"),
    (["‘", "’"], ["“", "”"], "’"),
    (["'", "'"], ["\"", "\""], "'"),
];

/// How often each style is drawn.
const SHARES: [f64; 4] = [0.3, 0.35, 0.25, 0.1];

/// The text with all its marks in one style.
pub(super) fn restyle(sample: &Sample, random: &mut Random) -> Sample {
    let mut left = random.fraction();
    let drawn = SHARES.iter().position(|share| {
        left -= share;
        left < 0.0
    });
    in_style(sample, &STYLES[drawn.unwrap_or(0)])
}

fn in_style(sample: &Sample, (outer, inner, apostrophe): &Style) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let mut edits = Edits::default();
    for (index, token) in article.tokens.iter().enumerate() {
        let word = article.word(index);
        let pair = if token.quoted % 2 == 1 { outer } else { inner };
        match token.kind {
            TokenKind::QuoteOpen if is_quotation_mark(word) => put(&mut edits, token.bytes, word, pair[0]),
            TokenKind::QuoteClose if is_quotation_mark(word) => put(&mut edits, token.bytes, word, pair[1]),
            TokenKind::Word | TokenKind::Number | TokenKind::Punctuation => {
                for (at, old) in word.match_indices(['\'', '’']) {
                    let start = token.bytes.0 + at;
                    put(&mut edits, (start, start + old.len()), old, apostrophe);
                }
            }
            _ => {}
        }
    }
    edits.apply(sample)
}

fn put(edits: &mut Edits, (start, end): (usize, usize), old: &str, new: &str) {
    if old != new {
        edits.replace(start..end, new);
    }
}

fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "‘" | "’" | "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn a_text_in_every_style() {
        let styles = [
            "“I don’t call it ‘new,’” she said. “No.”",
            "\"I don't call it 'new,'\" she said. \"No.\"",
            "‘I don’t call it “new,”’ she said. ‘No.’",
            "'I don't call it \"new,\"' she said. 'No.'",
        ];
        for from in &styles[..2] {
            for (style, to) in STYLES.iter().zip(styles) {
                assert_eq!(in_style(&Sample::plain(Corpus::Polnear, from), style).text, to, "from {from}");
            }
        }
    }
}
