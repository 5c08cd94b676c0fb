//! Names as sets of tags that may be right.

use std::ops::Range;

use whosaid::text::Article;

use super::{Fit, tokens_of};
use crate::corpus::{Entity, Label, Sample};

/// The tags: bit `n` of a set stands for the `n`th.
pub const TAGS: [&str; 9] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"];

/// The set of all tags: nothing is known.
pub const FREE: u16 = (1 << TAGS.len()) - 1;

const OUTSIDE: u16 = 1;
const MISCELLANEOUS: u16 = begin(Label::Miscellaneous) | inside(Label::Miscellaneous);

/// The set of a label's `B` tag.
const fn begin(label: Label) -> u16 {
    1 << (1 + 2 * label as u16)
}

/// The set of a label's `I` tag.
const fn inside(label: Label) -> u16 {
    1 << (2 + 2 * label as u16)
}

/// Per token the set of tags that may be right. A token that two names touch belongs to the first.
pub(super) fn tags(sample: &Sample, entities: &[Entity], article: &Article<'_>, fit: &mut Fit) -> Vec<u16> {
    let outside = if sample.corpus.has_miscellaneous() { OUTSIDE } else { OUTSIDE | MISCELLANEOUS };
    let mut tags = vec![outside; article.tokens.len()];
    for doubt in &sample.doubts {
        tags[tokens_of(article, doubt, &mut Fit::default())].fill(FREE);
    }
    let mut free_from = 0;
    for entity in entities {
        let Range { start, end } = tokens_of(article, &entity.bytes, fit);
        let start = start.max(free_from);
        if start >= end {
            continue;
        }
        // A name that may have lost the word before it may go on here.
        let goes_on = start > free_from && tags[start - 1] == FREE;
        tags[start..end].fill(inside(entity.label));
        tags[start] = if goes_on { begin(entity.label) | inside(entity.label) } else { begin(entity.label) };
        free_from = end;
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use whosaid::lang::ENGLISH;

    /// A corpus, a text, its names, its doubts, the sets.
    type Row = (Corpus, &'static str, &'static [(Range<usize>, Label)], &'static [Range<usize>], &'static [u16]);

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one doubt")]
    fn names_become_sets_of_tags() {
        use Label::{Organisation, Person, Place};
        let table: [Row; 5] = [
            (Corpus::Conll, "Anna Berg of Acme", &[(0..9, Person), (13..17, Organisation)], &[], &[2, 4, 1, 8]),
            (Corpus::Btc, "Anna won", &[(0..4, Person)], &[], &[2, 1 | 128 | 256]),
            (Corpus::Conll, "the United States", &[(11..17, Place)], &[4..10], &[1, FREE, 32 | 64]),
            (Corpus::Conll, "New York-based", &[(0..8, Place)], &[], &[32, 64]),
            (Corpus::Conll, "Berg-Lind", &[(0..4, Person), (5..9, Person)], &[], &[2]),
        ];
        for (corpus, text, names, doubts, expected) in table {
            let entities: Vec<Entity> =
                names.iter().map(|(bytes, label)| Entity { bytes: bytes.clone(), label: *label }).collect();
            let sample = Sample { doubts: doubts.to_vec(), ..Sample::plain(corpus, text) };
            assert_eq!(
                tags(&sample, &entities, &Article::new(text, &ENGLISH), &mut Fit::default()),
                expected,
                "{text}"
            );
        }
    }
}
