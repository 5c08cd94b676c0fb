//! Other letters: capitals throughout, or none.

use std::ops::Range;

use whosaid::lang::ENGLISH;
use whosaid::text::{Article, TokenKind};

use crate::corpus::{Edits, Sample};
use crate::random::Random;

/// One sentence or two in capitals.
pub(super) fn shout(sample: &Sample, random: &mut Random) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let mut edits = Edits::default();
    for _ in 0..=random.below(2) {
        if let Some(sentence) = random.pick(&article.sentences) {
            capitals(&article, sentence.tokens.range(), &mut edits);
        }
    }
    edits.apply(sample)
}

/// The whole text in small letters.
pub(super) fn whisper(sample: &Sample, _: &mut Random) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let mut edits = Edits::default();
    rewrite(&article, 0..article.tokens.len(), &mut edits, |_, word| word.to_lowercase());
    edits.apply(sample)
}

/// Puts words into capitals.
pub(super) fn capitals(article: &Article<'_>, tokens: Range<usize>, edits: &mut Edits) {
    rewrite(article, tokens, edits, |_, word| word.to_uppercase());
}

/// Puts the first letter of words into capitals, as headlines do: not of short words between others.
pub(super) fn title_case(article: &Article<'_>, tokens: Range<usize>, edits: &mut Edits, all: bool) {
    const SMALL: [&str; 16] =
        ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];
    let first = tokens.start;
    rewrite(article, tokens, edits, |token, word| {
        let is_clitic = word.starts_with(['\'', '’']) || matches!(word, "n't" | "n’t");
        let mut letters = word.chars();
        match letters.next() {
            Some(letter) if !is_clitic && (all || token == first || !SMALL.contains(&word)) => {
                letter.to_uppercase().chain(letters).collect()
            }
            _ => word.to_owned(),
        }
    });
}

fn rewrite(article: &Article<'_>, tokens: Range<usize>, edits: &mut Edits, write: impl Fn(usize, &str) -> String) {
    for token in tokens {
        let old = article.word(token);
        let (start, end) = article.tokens[token].bytes;
        let new = write(token, old);
        if article.tokens[token].kind == TokenKind::Word && new != old {
            edits.replace(start..end, new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn letters_change_and_addresses_do_not() {
        let text = "Berg didn't go to the U.S. or a.example.com";
        let article = Article::new(text, &ENGLISH);
        let tokens = 0..article.tokens.len();
        let written = |change: &dyn Fn(&mut Edits)| {
            let mut edits = Edits::default();
            change(&mut edits);
            edits.apply(&Sample::plain(Corpus::Btc, text)).text
        };
        let upper = written(&|edits| capitals(&article, tokens.clone(), edits));
        assert_eq!(upper, "BERG DIDN'T GO TO THE U.S. OR a.example.com");
        let title = written(&|edits| title_case(&article, tokens.clone(), edits, false));
        assert_eq!(title, "Berg Didn't Go to the U.S. or a.example.com");
        let small = whisper(&Sample::plain(Corpus::Btc, text), &mut Random::new(0)).text;
        assert_eq!(small, "berg didn't go to the u.s. or a.example.com");
    }
}
