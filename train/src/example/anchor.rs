//! Attributions as tokens, each with the one that stands for its cue.

use std::collections::BTreeSet;
use std::ops::Range;

use whosaid::text::Article;

use super::{Anchored, Fit, Likely, tokens_of};
use crate::corpus::{Attribution, Taught};

/// Words that a cue is not named after, sorted: the anchor of "has also repeatedly said" is "said", of "according to",
/// "according".
const LIGHT: &[&str] = &[
    "'d", "'ll", "'m", "'re", "'s", "'t", "'ve", ",", ".", "about", "after", "again", "against", "ago", "also",
    "always", "am", "and", "are", "as", "at", "be", "been", "before", "being", "but", "by", "ca", "can", "could",
    "did", "didn", "do", "does", "don", "during", "even", "ever", "first", "for", "from", "had", "has", "have",
    "having", "in", "into", "is", "just", "later", "may", "might", "most", "must", "n't", "never", "no", "not", "now",
    "of", "often", "on", "once", "only", "over", "shall", "should", "since", "so", "still", "then", "through", "to",
    "too", "under", "upon", "was", "were", "will", "with", "wo", "would",
];

/// Verbs that end as adverbs do.
const VERBS: [&str; 4] = ["apply", "imply", "rely", "reply"];

/// Attributions as the tokens that they touch, by anchor. One without a cue's token is left out, and so is one whose
/// anchor another has already.
pub(crate) fn anchored(attributions: &[Attribution], article: &Article<'_>, fit: &mut Fit) -> Vec<Anchored> {
    let mut taken = BTreeSet::new();
    let mut all = Vec::with_capacity(attributions.len());
    for attribution in attributions {
        let parts = parts(attribution, article, fit);
        let Some(anchor) = anchor_of(article, &parts.cue) else { continue };
        if taken.insert(anchor) {
            all.push(Anchored { anchor, ..parts });
        } else {
            fit.doubled += 1;
        }
    }
    all.sort_by_key(|attribution| attribution.anchor);
    all
}

/// The tokens that an attribution touches; its anchor is left at 0.
fn parts(attribution: &Attribution, article: &Article<'_>, fit: &mut Fit) -> Anchored {
    let mut tokens = |places: &[Range<usize>]| -> Vec<usize> {
        let tokens: BTreeSet<usize> = places.iter().flat_map(|place| tokens_of(article, place, fit)).collect();
        tokens.into_iter().collect()
    };
    let (source, cue, content) = (tokens(&attribution.source), tokens(&attribution.cue), tokens(&attribution.content));
    Anchored { anchor: 0, source, cue, content }
}

/// What a larger network says of an article's tokens. Of two claims with one anchor the first counts.
pub(super) fn likely(taught: &Taught, article: &Article<'_>, fit: &mut Fit) -> Likely {
    let mut anchors = vec![0.0_f32; article.tokens.len()];
    for (at, percent) in &taught.anchors {
        if let Some(token) = tokens_of(article, at, fit).next() {
            anchors[token] = anchors[token].max(f32::from(*percent) / 100.0);
        }
    }
    let mut taken = BTreeSet::new();
    let mut claims = Vec::with_capacity(taught.claims.len());
    for claim in &taught.claims {
        let Some(anchor) = tokens_of(article, &claim.anchor, fit).next() else { continue };
        if taken.insert(anchor) {
            let parts = parts(&claim.parts, article, fit);
            claims.push((f32::from(claim.percent) / 100.0, Anchored { anchor, ..parts }));
        }
    }
    Likely { anchors, claims }
}

/// The token that stands for a cue: its first word of substance, or else its first.
fn anchor_of(article: &Article<'_>, cue: &[usize]) -> Option<usize> {
    let is_light = |token: usize| {
        let word = article.word(token).to_lowercase().replace('’', "'");
        LIGHT.binary_search(&word.as_str()).is_ok() || word.ends_with("ly") && !VERBS.contains(&word.as_str())
    };
    cue.iter().copied().find(|&token| !is_light(token)).or_else(|| cue.first().copied())
}

/// An attribution whose anchor lies in a run of tokens, with its tokens in it, counted from its start; `None` for others.
pub(super) fn within(attribution: &Anchored, run: &Range<usize>) -> Option<Anchored> {
    let clip = |tokens: &[usize]| -> Vec<usize> {
        tokens.iter().filter(|token| run.contains(token)).map(|token| token - run.start).collect()
    };
    run.contains(&attribution.anchor).then(|| Anchored {
        anchor: attribution.anchor - run.start,
        source: clip(&attribution.source),
        cue: clip(&attribution.cue),
        content: clip(&attribution.content),
    })
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "a part of an attribution often has one place")]
mod tests {
    use super::*;
    use crate::corpus::TaughtClaim;
    use whosaid::lang::ENGLISH;

    #[test]
    fn a_cue_is_named_after_its_first_word_of_substance() {
        assert!(LIGHT.is_sorted());
        let cues = [
            ("has also repeatedly said", Some("said")),
            ("according to", Some("according")),
            ("didn’t reply", Some("reply")),
            ("has not only", Some("has")),
            ("will strongly rely on", Some("rely")),
            ("", None),
        ];
        for (cue, anchor) in cues {
            let article = Article::new(cue, &ENGLISH);
            let tokens: Vec<usize> = (0..article.tokens.len()).collect();
            assert_eq!(anchor_of(&article, &tokens).map(|token| article.word(token)), anchor, "{cue}");
        }
    }

    #[test]
    fn a_segment_keeps_its_own() {
        let whole = Anchored { anchor: 5, source: vec![2, 3], cue: vec![5], content: vec![6, 7, 8] };
        let part = Anchored { anchor: 2, source: vec![0], cue: vec![2], content: vec![3, 4] };
        assert_eq!(within(&whole, &(3..8)), Some(part));
        assert_eq!(within(&whole, &(6..9)), None);
    }

    #[test]
    fn a_larger_network_s_labels_stand_on_their_tokens() {
        let article = Article::new("Berg said no.", &ENGLISH);
        let parts = Attribution { cue: vec![5..9], source: vec![0..4], content: vec![10..12] };
        let claim = |percent| TaughtClaim { anchor: 5..9, percent, parts: parts.clone() };
        let taught =
            Taught { anchors: vec![(5..9, 80), (0..4, 5)], claims: vec![claim(80), claim(20)], ..Taught::default() };
        let likely = likely(&taught, &article, &mut Fit::default());
        assert_eq!(likely.anchors, [0.05, 0.8, 0.0, 0.0]);
        let expected = Anchored { anchor: 1, source: vec![0], cue: vec![1], content: vec![2] };
        assert_eq!(likely.claims, [(0.8, expected)]);
    }

    #[test]
    fn two_cues_with_one_anchor_count_once() {
        let article = Article::new("Berg said no.", &ENGLISH);
        let one = Attribution { cue: vec![5..9], source: vec![0..4], content: vec![10..12] };
        let mut fit = Fit::default();
        assert_eq!(anchored(&[one.clone(), one], &article, &mut fit).len(), 1);
        assert_eq!(fit.doubled, 1);
    }
}
