//! Parts of articles: what a user selects and pastes.

use std::mem;

use whosaid::lang::ENGLISH;
use whosaid::text::Article;

use crate::corpus::{Attribution, Edits, Sample};
use crate::random::Random;

/// How many tokens a text has to have to be cut.
const LONG: usize = 80;

/// The text without its start, without its end, or a few of its paragraphs; sometimes its first sentence lacks its start.
pub(super) fn cut(sample: &Sample, random: &mut Random) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let count = article.paragraphs.len();
    if article.tokens.len() < LONG || count < 2 {
        return sample.clone();
    }
    let at = 1 + random.below(count - 1);
    let paragraphs = match random.below(3) {
        0 => at..count,
        1 => 0..at,
        _ => at..count.min(at + 1 + random.below(3)),
    };
    let (first, last) = (article.paragraphs[paragraphs.start].tokens, article.paragraphs[paragraphs.end - 1].tokens);
    let mut start = first.start;
    if paragraphs.start > 0 && random.chance(0.3) {
        start += random.below(first.len().min(20));
    }
    let mut edits = Edits::default();
    edits.replace(0..article.tokens[start].bytes.0, "");
    edits.replace(article.tokens[last.end - 1].bytes.1..sample.text.len(), "");
    let mut part = edits.apply(sample);
    let is_left = |parts: &Attribution| parts.content.iter().any(|place| is_worded(&part.text[place.clone()]));
    if let Some(attributions) = &mut part.attributions {
        attributions.retain(is_left);
    }
    if let Some(taught) = &mut part.taught {
        let (left, gone): (Vec<_>, Vec<_>) =
            mem::take(&mut taught.claims).into_iter().partition(|claim| is_left(&claim.parts));
        taught.anchors.retain(|(at, _)| gone.iter().all(|claim| claim.anchor != *at));
        taught.claims = left;
    }
    part
}

/// Whether anything but marks is left of a place.
fn is_worded(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn what_is_cut_is_part_of_the_text() {
        let text = "A paragraph of seven words stands here.\n\n".repeat(20);
        let mut shorter = 0;
        for seed in 0..50 {
            let cut = cut(&Sample::plain(Corpus::Polnear, &text), &mut Random::new(seed)).text;
            assert!(text.contains(&cut) && !cut.is_empty() && cut.trim() == cut, "{cut:?}");
            shorter += usize::from(cut.len() < text.len() - 2);
        }
        assert!(shorter > 45);
    }
}
