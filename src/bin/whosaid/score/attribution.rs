//! Who said what, as `attribution.py` scores it: micro-averaged over all articles.
//!
//! | metric | what counts |
//! |---|---|
//! | `token.ROLE` | tokens between white space that carry the role |
//! | `span.ROLE` | whole spans, equal to gold's but for quotation marks, punctuation and a leading "that" at their edges |
//! | `claim` | content that overlaps gold's (IoU at least 0.5; one to one, best first) |
//! | `linked` | a matched claim whose source also overlaps gold's, or both have none |
//! | `exact` | a matched claim whose source and content are both equal to gold's, edges aside |

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::breakdown::{Breakdown, Match};
use super::{Gold, PRF, Row, Section, Tally, is_space};
use crate::record::{Claim, Place, Record, Said};

/// An article with who says what in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Article {
    pub(super) text: String,
    pub(super) attributions: Vec<Said>,
}

/// A role and how one gets at its places.
type Role = (&'static str, fn(&Said) -> &[Place]);

const ROLES: [Role; 3] =
    [("source", |said| &said.source), ("cue", |said| &said.cue), ("content", |said| &said.content)];

/// What is not looked at where a span starts or ends.
const EDGE: &str = " \t\r\n\u{a0}\"'“”‘’«»,.;:!?…—–-()[]";

#[derive(Default)]
struct Tallies {
    tokens: [Tally; 3],
    spans: [Tally; 3],
    claim: Tally,
    linked: Tally,
    exact: Tally,
}

impl Gold for Article {
    fn text(&self) -> &str {
        &self.text
    }

    fn score(pairs: &[(Self, Record)]) -> Vec<Section> {
        let (mut tallies, mut breakdown) = (Tallies::default(), Breakdown::default());
        for (gold, record) in pairs {
            let text: Vec<char> = gold.text.chars().collect();
            let gold: Vec<&Said> = gold.attributions.iter().collect();
            // PolNeAR marks one level.
            let outer: Vec<&Claim> = record.claims.iter().filter(|claim| claim.inside.is_none()).collect();
            let predicted: Vec<&Said> = outer.iter().map(|claim| &claim.said).collect();
            roles(&text, &gold, &predicted, &mut tallies);
            let matches = claims(&text, &gold, &predicted, &mut tallies);
            breakdown.add(&text, &gold, &outer, &matches);
        }
        let named = |group: &str, tallies: [Tally; 3]| {
            ROLES.iter().zip(tallies).map(|((role, _), tally)| (format!("{group}.{role}"), tally)).collect::<Vec<_>>()
        };
        let mut rows = named("token", tallies.tokens);
        rows.extend(named("span", tallies.spans));
        let claims = [("claim", tallies.claim), ("linked", tallies.linked), ("exact", tallies.exact)];
        rows.extend(claims.map(|(name, tally)| (name.to_owned(), tally)));
        let rows = rows.into_iter().map(|(name, tally)| Row::percent(name, percent(tally))).collect();
        let mut sections = vec![Section { title: "attributions", columns: PRF, rows }];
        sections.extend(breakdown.sections());
        sections
    }
}

/// The same as [`Tally::percent`], in the script's order of operations: the last bit decides how a half is rounded.
fn percent(tally: Tally) -> [f64; 3] {
    let of = |all: usize| if all == 0 { 0.0 } else { tally.hit as f64 / all as f64 };
    let (precision, recall) = (of(tally.predicted), of(tally.gold));
    let sum = precision + recall;
    [100.0 * precision, 100.0 * recall, if sum == 0.0 { 0.0 } else { 200.0 * precision * recall / sum }]
}

/// Matches what was found with gold: see the module.
pub(crate) fn matches(text: &[char], gold: &[&Said], predicted: &[&Said]) -> Vec<Match> {
    claims(text, gold, predicted, &mut Tallies::default())
}

/// Where what is said starts and ends, edges aside; none where nothing is.
pub(crate) fn extent(text: &[char], content: &[Place]) -> Option<Place> {
    let parts = trim(text, content);
    Some([parts.first()?[0], parts.last()?[1]])
}

/// Whether two sources are one, as `linked` asks.
pub(crate) fn is_linked(gold: &[Place], predicted: &[Place]) -> bool {
    Cover::new(gold).iou(&Cover::new(predicted)) >= 0.5
}

/// Counts tokens and whole spans of each role.
fn roles(text: &[char], gold: &[&Said], predicted: &[&Said], tallies: &mut Tallies) {
    let tokens = tokens(text);
    for (role, (_, places)) in ROLES.iter().enumerate() {
        let [gold_tokens, predicted_tokens] = [gold, predicted].map(|side| {
            let cover = Cover::new(side.iter().flat_map(|said| places(said)));
            tokens.iter().map(|&token| cover.touches(token)).collect::<Vec<bool>>()
        });
        let count = |flags: &[bool]| flags.iter().filter(|&&flag| flag).count();
        let both = gold_tokens.iter().zip(&predicted_tokens).filter(|&(&gold, &predicted)| gold && predicted).count();
        tallies.tokens[role].add(both, count(&predicted_tokens), count(&gold_tokens));

        let [gold_spans, predicted_spans] = [gold, predicted].map(|side| {
            let mut spans: BTreeMap<Vec<Place>, usize> = BTreeMap::new();
            for span in side.iter().map(|said| trim(text, places(said))).filter(|span| !span.is_empty()) {
                *spans.entry(span).or_default() += 1;
            }
            spans
        });
        let hit = gold_spans.iter().map(|(span, &count)| count.min(predicted_spans.get(span).copied().unwrap_or(0)));
        tallies.spans[role].add(hit.sum(), predicted_spans.values().sum(), gold_spans.values().sum());
    }
}

/// Matches claims one to one, best first, and counts what of each match is right.
fn claims(text: &[char], gold: &[&Said], predicted: &[&Said], tallies: &mut Tallies) -> Vec<Match> {
    let contents = [gold, predicted].map(|side| side.iter().map(|said| Cover::new(&said.content)).collect::<Vec<_>>());
    let mut candidates = Vec::new();
    for (i, gold) in contents[0].iter().enumerate() {
        for (j, predicted) in contents[1].iter().enumerate() {
            let value = gold.iou(predicted);
            if gold.shares(predicted) > 0 && value >= 0.5 {
                candidates.push((value, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_predicted) = (BTreeSet::new(), BTreeSet::new());
    let mut matches = Vec::new();
    for (_, i, j) in candidates {
        if used_gold.contains(&i) || used_predicted.contains(&j) {
            continue;
        }
        used_gold.insert(i);
        used_predicted.insert(j);
        let (gold, predicted) = (gold[i], predicted[j]);
        matches.push(Match {
            gold: i,
            predicted: j,
            linked: is_linked(&gold.source, &predicted.source),
            exact: trim(text, &gold.source) == trim(text, &predicted.source)
                && trim(text, &gold.content) == trim(text, &predicted.content),
        });
    }
    let [in_gold, in_predicted] = contents.map(|side| side.iter().filter(|cover| !cover.0.is_empty()).count());
    let count = |is_right: fn(&Match) -> bool| matches.iter().filter(|&matched| is_right(matched)).count();
    tallies.claim.add(matches.len(), in_predicted, in_gold);
    tallies.linked.add(count(|matched| matched.linked), in_predicted, in_gold);
    tallies.exact.add(count(|matched| matched.exact), in_predicted, in_gold);
    matches
}

/// What stands between white space.
fn tokens(text: &[char]) -> Vec<Place> {
    let mut found = Vec::new();
    let mut at = 0;
    for token in text.split(|&character| is_space(character)) {
        if !token.is_empty() {
            found.push([at, at + token.len()]);
        }
        at += token.len() + 1;
    }
    found
}

/// Places without the punctuation at their edges and without a leading "that", in order.
fn trim(text: &[char], places: &[Place]) -> Vec<Place> {
    let is_edge = |at: usize| text.get(at).is_some_and(|&character| EDGE.contains(character));
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    let mut parts: Vec<Place> = Vec::new();
    for [mut start, mut end] in sorted {
        while start < end && is_edge(start) {
            start += 1;
        }
        while end > start && is_edge(end - 1) {
            end -= 1;
        }
        if start < end {
            parts.push([start, end]);
        }
    }
    if let Some(first) = parts.first_mut() {
        let start = text.get(first[0]..first[1].min(first[0] + 5)).unwrap_or_default();
        if start.iter().collect::<String>().eq_ignore_ascii_case("that ") {
            first[0] += 5;
        }
    }
    parts
}

/// A set of code points: places that neither touch nor overlap, in order.
struct Cover(Vec<Place>);

impl Cover {
    fn new<'a>(places: impl IntoIterator<Item = &'a Place>) -> Self {
        let mut sorted: Vec<Place> = places.into_iter().copied().filter(|place| place[0] < place[1]).collect();
        sorted.sort_unstable();
        let mut merged: Vec<Place> = Vec::new();
        for place in sorted {
            match merged.last_mut() {
                Some(last) if place[0] <= last[1] => last[1] = last[1].max(place[1]),
                _ => merged.push(place),
            }
        }
        Self(merged)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|place| place[1] - place[0]).sum()
    }

    fn touches(&self, place: Place) -> bool {
        let first = self.0.partition_point(|part| part[1] <= place[0]);
        self.0.get(first).is_some_and(|part| part[0] < place[1])
    }

    /// How many code points the two share.
    fn shares(&self, other: &Self) -> usize {
        self.0.iter().flat_map(|&a| other.0.iter().map(move |&b| super::shared(a, b))).sum()
    }

    /// What the two share as a part of what either holds; all, where both are empty.
    fn iou(&self, other: &Self) -> f64 {
        let shared = self.shares(other);
        match self.len() + other.len() - shared {
            0 => 1.0,
            either => shared as f64 / either as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_and_a_leading_that_are_trimmed() {
        let text: Vec<char> = "said that “taxes — will rise.” That is".chars().collect();
        for (places, trimmed) in [
            (vec![[5, 30]], vec![[10, 28]]),
            (vec![[10, 30]], vec![[11, 28]]),
            (vec![[19, 30], [10, 16]], vec![[11, 16], [19, 28]]),
            (vec![[31, 38]], vec![[36, 38]]),
            (vec![[16, 19], [7, 7]], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(trim(&text, &places), trimmed, "{places:?}");
        }
    }

    #[test]
    fn covers() {
        let cover = |places: &[Place]| Cover::new(places);
        assert_eq!(cover(&[[4, 6], [1, 3], [2, 4], [9, 9]]).0, [[1, 6]]);
        for (a, b, iou) in [
            (&[][..], &[][..], 1.0),
            (&[[0, 4]], &[], 0.0),
            (&[[0, 4]], &[[2, 6]], 2.0 / 6.0),
            (&[[0, 2], [4, 6]], &[[0, 6]], 4.0 / 6.0),
        ] {
            assert!((cover(a).iou(&cover(b)) - iou).abs() < f64::EPSILON, "{a:?} {b:?}");
        }
        let gaps = cover(&[[0, 2], [4, 6]]);
        assert!(gaps.touches([1, 3]) && gaps.touches([3, 5]) && !gaps.touches([2, 4]) && !gaps.touches([6, 9]));
    }
}
