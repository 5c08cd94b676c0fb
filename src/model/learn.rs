//! What is right in an article -> a small step of the head of cues towards it.
//!
//! The encoder stays as it is, so that the head is a logistic regression of fixed numbers, and its loss convex. It is held
//! back by normal distributions around the shipped weights and around where it was, and goes down its loss by steps that no
//! curvature can make too long (the inverse of a bound on it): a step can never increase the loss on its own article.

use super::delta::logit;
use super::encoded::Chunk;
use super::kernel::sigmoid;
use super::network::{Network, chunks};
use super::read::readable;
use crate::lexis::{Lexicon, Words};
use crate::order::sort_by_key;
use crate::span::Run;

/// A claim of which the user has said whether it is one.
#[derive(Debug, Clone)]
pub(crate) struct Truth {
    /// The words that tell it.
    pub cue: Run,
    /// Whether it is a claim.
    pub is_claim: bool,
}

/// How strongly the head is held to the shipped weights: the precision of a normal distribution.
const SHIPPED: f32 = 4.0;

/// How strongly it is held to where it was.
const BEFORE: f32 = 8.0;

/// Steps down the loss of one article.
const STEPS: usize = 10;

/// A token that is a cue or none.
struct Word {
    vector: Vec<f32>,
    /// The logit that the shipped head gives it.
    shipped: f32,
    is_cue: bool,
}

/// Learns what is right in an article. `is_whole`: somebody has looked at all of it, so that what is not among the truths is
/// no claim.
pub(super) fn learn(
    network: &Network,
    lexicon: &Lexicon,
    words: &Words<'_, '_>,
    truths: &[Truth],
    is_whole: bool,
    before: &[f32],
) -> Vec<f32> {
    let features = network.looked(lexicon, words, &mut |_| ());
    let is_read = readable(words.article);
    let chunks = chunks(&features);
    let cues: Vec<Word> = chunks
        .iter()
        .zip(by_chunk(&chunks, truths))
        .flat_map(|(&chunk, truths)| {
            let encoded = network.encode(&features, chunk.context);
            let at = |token: usize| encoded.anchors[token - chunk.context.start];
            let is_cue = known(chunk, &truths, &is_read, &at);
            let read = chunk.core.range().filter(|&token| is_read[token]);
            let said = |token| is_cue(token).or_else(|| is_whole.then_some(false));
            read.filter_map(|token| {
                let vector = network.vector(&encoded, token - chunk.context.start);
                Some(Word { is_cue: said(token)?, vector, shipped: at(token) })
            })
            .collect::<Vec<_>>()
        })
        .collect();
    stepped(&cues, network.width(), before)
}

/// The truths whose cues have words in each chunk.
fn by_chunk<'a>(chunks: &[Chunk], truths: &'a [Truth]) -> Vec<Vec<&'a Truth>> {
    let mut found = vec![Vec::new(); chunks.len()];
    for truth in truths {
        let first = chunks.partition_point(|chunk| chunk.core.end <= truth.cue.start);
        let touched = chunks[first..].iter().take_while(|chunk| chunk.core.start < truth.cue.end).count();
        for truths in &mut found[first..first + touched] {
            truths.push(truth);
        }
    }
    found
}

/// Whether a cue stands at a token of a chunk, as far as the truths say.
fn known(
    chunk: Chunk,
    truths: &[&Truth],
    is_read: &[bool],
    logit: &impl Fn(usize) -> f32,
) -> impl Fn(usize) -> Option<bool> {
    // Of a cue's words, the one where the network would rather look for it; of two claims there, the one that is one.
    let anchor = |truth: &Truth| {
        let cue = truth.cue.range().filter(|&token| chunk.core.contains(token) && is_read[token]);
        let token = cue.max_by(|&one, &other| logit(one).total_cmp(&logit(other)).then(other.cmp(&one)))?;
        Some((token, truth.is_claim))
    };
    let mut known: Vec<(usize, bool)> = truths.iter().copied().filter_map(anchor).collect();
    sort_by_key(&mut known, |&(token, is_claim)| (token, !is_claim));
    known.dedup_by_key(|&mut (token, _)| token);
    move |token| known.binary_search_by_key(&token, |&(token, _)| token).ok().map(|found| known[found].1)
}

/// Weights for each number of a vector and the constant, some steps down the loss from where they were.
fn stepped(cues: &[Word], width: usize, before: &[f32]) -> Vec<f32> {
    let before = if before.is_empty() { vec![0.0; width + 1] } else { before.to_vec() };
    let squares: f32 = cues.iter().map(|cue| 1.0 + cue.vector.iter().map(|number| number * number).sum::<f32>()).sum();
    let rate = 1.0 / (0.25 * squares + SHIPPED + BEFORE);
    let mut weights = before.clone();
    for _ in 0..STEPS {
        let held = |(weight, was): (&f32, &f32)| SHIPPED * weight + BEFORE * (weight - was);
        let mut slope: Vec<f32> = weights.iter().zip(&before).map(held).collect();
        for Word { vector, shipped, is_cue } in cues {
            let right = if *is_cue { 1.0 } else { 0.0 };
            let wrong = sigmoid(shipped + logit(&weights, vector.iter().copied())) - right;
            for (slope, number) in slope.iter_mut().zip(vector.iter().copied().chain([1.0])) {
                *slope += wrong * number;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&slope) {
            *weight -= rate * slope;
        }
    }
    weights
}
