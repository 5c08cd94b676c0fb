//! Claims -> claims that know which claim they stand in: “Officials said it was late, according to The Times” is a claim of
//! The Times that holds one of officials.

use crate::claim::{Claim, is_word};
use crate::order::sort;
use crate::span::Span;
use crate::text::Article;

/// Sets `inside` and `words` of claims that stand in their order.
///
/// A claim is inside the smallest other one that holds all of it, source and cue too, in one part of what is said. Words
/// that are said inside are counted there, so that no word is counted twice.
pub(crate) fn nest(article: &Article<'_>, claims: &mut [Claim]) {
    // Claims that may hold those to come.
    let mut open: Vec<usize> = Vec::new();
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); claims.len()];
    for index in 0..claims.len() {
        let (extent, frame) = (claims[index].extent(), frame(&claims[index]));
        open.retain(|&outer| claims[outer].extent().end > extent.start);
        let holds = |&&outer: &&usize| {
            claims[outer].extent() != extent && claims[outer].content.iter().any(|part| part.contains(frame))
        };
        let outer = open.iter().rev().filter(holds).min_by_key(|&&outer| claims[outer].extent().len()).copied();
        claims[index].inside = outer.map(|outer| outer as u32);
        if let Some(outer) = outer {
            inner[outer].push(index);
        }
        open.push(index);
    }
    for index in 0..claims.len() {
        claims[index].words = own_words(article, claims, index, &inner[index]);
    }
}

/// All that belongs to a claim: source, cue and what is said.
fn frame(claim: &Claim) -> Span {
    claim.source.into_iter().chain(claim.cue).fold(claim.extent(), Span::hull)
}

/// How many words a claim says that no claim inside it says.
fn own_words(article: &Article<'_>, claims: &[Claim], claim: usize, inner: &[usize]) -> u32 {
    let mut said: Vec<usize> = tokens(article, &claims[claim]).filter(|&token| is_word(article, token)).collect();
    if !inner.is_empty() {
        let mut theirs: Vec<usize> = inner.iter().flat_map(|&one| tokens(article, &claims[one])).collect();
        sort(&mut theirs);
        said.retain(|token| theirs.binary_search(token).is_err());
    }
    said.len() as u32
}

fn tokens(article: &Article<'_>, claim: &Claim) -> impl Iterator<Item = usize> {
    claim.content.iter().flat_map(|&part| article.tokens_in(part).range()).filter(|&token| token < article.tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;
    use crate::lang::ENGLISH;
    use crate::span::Units;

    /// The claims of a text, each told by its content, a source and a cue, with the claim that it is in and its own words.
    fn nested(text: &str, said: &[(&str, &str)]) -> Vec<(Option<u32>, u32)> {
        let units = Units::new(text);
        let span = |words: &str| {
            let start = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
            units.span_of_bytes(start, start + words.len())
        };
        let (_, made) = analysis("{s She} {c said} {t no}.");
        let claim = |&(source, content): &(&str, &str)| Claim {
            source: (!source.is_empty()).then(|| span(source)),
            cue: None,
            content: content.split(" … ").map(span).collect(),
            ..made.claims[0].clone()
        };
        let mut claims: Vec<Claim> = said.iter().map(claim).collect();
        claims.sort_by_key(Claim::order);
        nest(&Article::new(text, &ENGLISH), &mut claims);
        claims.iter().map(|claim| (claim.inside, claim.words)).collect()
    }

    #[test]
    fn the_smallest_claim_that_holds_all_of_another() {
        let text = "Ada said that Bo said that Cy said it was late, and left.";
        let all = [("Ada", "Bo said that Cy said it was late"), ("Bo", "Cy said it was late"), ("Cy", "it was late")];
        assert_eq!(nested(text, &all), [(None, 3), (Some(0), 2), (Some(1), 3)]);
        // Without the one between.
        assert_eq!(nested(text, &[all[0], all[2]]), [(None, 5), (Some(0), 3)]);
        // Ada’s claim holds what Bo said, but not that it was he.
        assert_eq!(nested(text, &[("Ada", "Cy said it was late"), all[1]]), [(None, 5), (None, 5)]);
        // They overlap, and neither holds the other.
        assert_eq!(nested(text, &[("", "said it was late"), ("", "was late, and left")]), [(None, 4), (None, 4)]);
        // A part between two parts is in neither.
        let parts = [("", "Ada … late, and left"), ("Bo", "Cy said")];
        assert_eq!(nested(text, &parts), [(None, 4), (None, 2)]);
    }
}
