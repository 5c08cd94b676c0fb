//! Scores of tags -> the likeliest tags and how likely each is, by a linear chain over the tags.

#![expect(clippy::inline_always, reason = "see kernel/mod.rs")]

use super::encoded::NEVER;
use super::kernel::exponentials;
use super::span_head::{TAGS, Window};
use crate::span::Run;

/// The likeliest tags of some tokens, and how likely each is.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    pub tags: Vec<u8>,
    pub probabilities: Vec<f32>,
}

/// A window with its likeliest tags.
#[derive(Debug, Clone, Default)]
pub(super) struct Tagged {
    /// The cue's token.
    pub anchor: usize,
    /// The logit that it is one.
    pub logit: f32,
    /// The first token of the window.
    pub start: usize,
    pub path: Path,
    /// How well each tag fits each token; empty where no claim is looked for inside another.
    pub emissions: Vec<[f32; TAGS]>,
}

/// What steps from tag to tag are worth. Tag 0 is none; then each kind has a tag to begin with and one to go on with, which
/// may only follow these two. Tags beyond those that there are fill `N` up to whole vectors: nothing leads to them.
#[derive(Debug, Clone)]
pub(super) struct Steps<const N: usize> {
    /// From and to.
    worth: [[f32; N]; N],
    /// From and to: e to the power of the worth.
    likely: [[f32; N]; N],
    /// To and from.
    back: [[f32; N]; N],
    /// What each tag is worth as the first where nothing is known of what stands before.
    open: [f32; N],
}

/// e to the power of each number.
fn powers<const N: usize>(values: &[f32; N]) -> [f32; N] {
    let mut all = [0.0; N];
    for (four, values) in all.chunks_mut(4).zip(values.chunks(4)) {
        let mut padded = [0.0; 4];
        padded[..values.len()].copy_from_slice(values);
        four.copy_from_slice(&exponentials(padded)[..values.len()]);
    }
    all
}

/// Scales numbers so that they add up to one.
#[inline(always)]
fn shares<const N: usize>(values: [f32; N]) -> [f32; N] {
    let sum: f32 = values.iter().sum();
    let scale = if sum > 0.0 { 1.0 / sum } else { 0.0 };
    values.map(|value| value * scale)
}

/// e to the power of each number less the largest; what is far below it counts as far below.
fn fits<const N: usize>(emissions: &[f32; N]) -> [f32; N] {
    // Not by `f32::max`, which is a call in WebAssembly.
    let most = emissions.iter().fold(f32::MIN, |most, &value| if value > most { value } else { most });
    powers(&emissions.map(|value| if value - most > -40.0 { value - most } else { -40.0 }))
}

/// Adds to each of `sums` the products of a row's shares: `rows` [from, to].
#[inline(always)]
fn weigh<const N: usize>(shares: &[f32; N], rows: &[[f32; N]; N]) -> [f32; N] {
    let mut sums = [0.0; N];
    for (share, row) in shares.iter().zip(rows) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += share * value;
        }
    }
    sums
}

impl<const N: usize> Steps<N> {
    pub(super) fn new(transitions: &[Vec<f32>]) -> Self {
        let count = transitions.len();
        let is_legal = |from: usize, to: usize| {
            from < count && to < count && (to == 0 || to % 2 == 1 || from == to || from + 1 == to)
        };
        let table = |value: fn(f32) -> f32, never: f32| {
            std::array::from_fn(|from| {
                std::array::from_fn(|to| if is_legal(from, to) { value(transitions[from][to]) } else { never })
            })
        };
        let likely: [[f32; N]; N] = table(|worth| exponentials([worth; 4])[0], 0.0);
        Self {
            worth: table(|worth| worth, NEVER),
            likely,
            back: std::array::from_fn(|to| likely.map(|row| row[to])),
            open: std::array::from_fn(|tag| if tag < count { 0.0 } else { NEVER }),
        }
    }

    /// The best tags, by Viterbi's algorithm; `start` is what each is worth as the first and `end` as the last.
    fn best(&self, emissions: &[[f32; N]], start: &[f32; N], end: &[f32; N]) -> Vec<u8> {
        let Some((first, rest)) = emissions.split_first() else { return Vec::new() };
        let mut score: [f32; N] = std::array::from_fn(|tag| first[tag] + start[tag]);
        let mut origins: Vec<[u8; N]> = Vec::with_capacity(rest.len());
        for emission in rest {
            let (mut best, mut origin) = ([f32::MIN; N], [0_u32; N]);
            for ((score, worth), from) in score.iter().zip(&self.worth).zip(0..) {
                for to in 0..N {
                    let sum = score + worth[to];
                    let is_better = sum > best[to];
                    best[to] = if is_better { sum } else { best[to] };
                    origin[to] = if is_better { from } else { origin[to] };
                }
            }
            origins.push(origin.map(|from| from as u8));
            score = std::array::from_fn(|to| best[to] + emission[to]);
        }
        let last = (1..N).fold(0, |at, tag| if score[tag] + end[tag] > score[at] + end[at] { tag } else { at });
        let mut tag = last as u8;
        let mut tags = vec![tag];
        for origin in origins.iter().rev() {
            tag = origin[usize::from(tag)];
            tags.push(tag);
        }
        tags.reverse();
        tags
    }

    /// How likely each tag of each token is, given all of them: the forward-backward algorithm.
    fn likelihoods(&self, emissions: &[[f32; N]], start: [f32; N], end: [f32; N]) -> Vec<[f32; N]> {
        let fits: Vec<[f32; N]> = emissions.iter().map(fits).collect();
        let mut ahead: Vec<[f32; N]> = Vec::with_capacity(fits.len());
        for fit in &fits {
            let come = ahead.last().map_or(start, |before| weigh(before, &self.likely));
            ahead.push(shares(std::array::from_fn(|tag| come[tag] * fit[tag])));
        }
        let mut behind = end;
        for (fit, ahead) in fits.iter().zip(&mut ahead).rev() {
            *ahead = shares(std::array::from_fn(|tag| ahead[tag] * behind[tag]));
            behind = shares(weigh(&std::array::from_fn(|tag| behind[tag] * fit[tag]), &self.back));
        }
        ahead
    }

    /// What a path is worth, its ends left out.
    pub(super) fn worth(&self, tags: &[u8], emissions: &[[f32; N]]) -> f32 {
        let at = |tag: &u8| usize::from(*tag);
        let own: f32 = tags.iter().zip(emissions).map(|(tag, emission)| emission[at(tag)]).sum();
        own + tags.windows(2).map(|pair| self.worth[at(&pair[0])][at(&pair[1])]).sum::<f32>()
    }

    /// The best tags of tokens that go on with nothing from before, each with how likely every tag is there.
    pub(super) fn decode_alone(&self, emissions: &[[f32; N]]) -> impl Iterator<Item = (u8, [f32; N])> + use<N> {
        let start = std::array::from_fn(|tag| if tag > 0 && tag % 2 == 0 { NEVER } else { self.open[tag] });
        let starts = start.map(|worth| if worth < 0.0 { 0.0 } else { 1.0 });
        let likelihoods = self.likelihoods(emissions, starts, [1.0; N]);
        self.best(emissions, &start, &self.open).into_iter().zip(likelihoods)
    }

    /// The best tags of a window and how likely each is. Where the article cuts it, at its start or its end, no part
    /// goes on beyond: there all tags are none.
    pub(super) fn decode(&self, emissions: &[[f32; N]], is_cut: [bool; 2]) -> Path {
        let start = if is_cut[0] { self.worth[0] } else { self.open };
        let end = if is_cut[1] { self.worth.map(|to| to[0]) } else { self.open };
        let tags = self.best(emissions, &start, &end);
        let starts =
            if is_cut[0] { self.likely[0] } else { self.open.map(|worth| if worth < 0.0 { 0.0 } else { 1.0 }) };
        let ends = if is_cut[1] { self.likely.map(|to| to[0]) } else { [1.0; N] };
        let likelihoods = self.likelihoods(emissions, starts, ends);
        let probabilities = tags.iter().zip(likelihoods).map(|(&tag, of)| of[usize::from(tag)]).collect();
        Path { tags, probabilities }
    }
}

impl Steps<TAGS> {
    /// The best tags around a cue with this logit, in an article of so many tokens.
    pub(super) fn tag(&self, window: &Window, logit: f32, count: usize) -> Tagged {
        let path = self.decode(&window.emissions, window.is_cut(count));
        Tagged { anchor: window.anchor, logit, start: window.tokens.start, path, emissions: Vec::new() }
    }

    /// The same window with the best tags of which none but “none” stands outside a run.
    pub(super) fn tag_within(&self, tagged: &Tagged, run: Run, count: usize) -> Tagged {
        let mut emissions = tagged.emissions.clone();
        for (token, emission) in (tagged.start..).zip(&mut emissions) {
            if !run.contains(token) {
                emission[1..].fill(NEVER);
            }
        }
        let window =
            Window { anchor: tagged.anchor, tokens: Run::new(tagged.start, tagged.start + emissions.len()), emissions };
        self.tag(&window, tagged.logit, count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Random;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_best_path_is_the_best_of_all(seed in any::<u64>(), is_cut in any::<[bool; 2]>()) {
            const COUNT: usize = 4;
            let mut random = Random(seed);
            let table = |random: &mut Random, rows| -> Vec<Vec<f32>> { (0..rows).map(|_| random.numbers(5, 2.0)).collect() };
            let (transitions, emissions) = (table(&mut random, 5), table(&mut random, COUNT));
            let padded = emissions.iter().map(|row| std::array::from_fn(|tag| row.get(tag).copied().unwrap_or(NEVER)));
            let path = Steps::<8>::new(&transitions).decode(&padded.collect::<Vec<[f32; 8]>>(), is_cut);
            // Every sequence of tags by itself.
            let step = |from: usize, to: usize| {
                let is_legal = to == 0 || to % 2 == 1 || from == to || from + 1 == to;
                if is_legal { f64::from(transitions[from][to]) } else { f64::NEG_INFINITY }
            };
            let worth = |tags: &[usize]| {
                let own: f64 = tags.iter().zip(&emissions).map(|(&tag, row)| f64::from(row[tag])).sum();
                let steps: f64 = tags.windows(2).map(|pair| step(pair[0], pair[1])).sum();
                let start = if is_cut[0] { step(0, tags[0]) } else { 0.0 };
                let end = if is_cut[1] { step(tags[COUNT - 1], 0) } else { 0.0 };
                own + steps + start + end
            };
            let all = (0..5_usize.pow(COUNT as u32)).map(|number| [1, 5, 25, 125].map(|power| number / power % 5));
            let worths: Vec<([usize; COUNT], f64)> = all.map(|tags| (tags, worth(&tags))).collect();
            let total: f64 = worths.iter().map(|(_, worth)| worth.exp()).sum();
            let found: Vec<usize> = path.tags.iter().map(|&tag| tag.into()).collect();
            let best = worths.iter().map(|(_, worth)| *worth).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((worth(&found) - best).abs() < 1e-4);
            for (place, &probability) in path.probabilities.iter().enumerate() {
                let with = worths.iter().filter(|(tags, _)| tags[place] == found[place]);
                let exact = with.map(|(_, worth)| worth.exp()).sum::<f64>() / total;
                prop_assert!((f64::from(probability) - exact).abs() < 1e-4, "{probability} {exact}");
            }
        }
    }
}
