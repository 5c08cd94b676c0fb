//! Conditional random fields over chains of tags: sums over all legal sequences, by the forward-backward algorithm.
//!
//! Tag 0 is outside of everything; then each kind of part has a tag for its first token and one for the further ones.

use std::sync::Mutex;

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};

use super::{Floats, floats, matrix, result, tensor};

/// One number a tag.
pub(super) type Row<const N: usize> = [f64; N];

/// What is possible never gets less likely than this beside what else is, so that no product of it is 0.
const LEAST: f64 = 1e-100;
/// A tag that scores less than the best by more than this scores as if by this.
const FURTHEST: f64 = 150.0;

/// Whether a tag may follow another: the further token of a part only its first or a further one.
pub(super) const fn legal(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// e to the power of the transitions, (from, to); 0 where they are not legal.
pub(super) fn steps<const N: usize>(transitions: &[f32]) -> [Row<N>; N] {
    let step = |from: usize, to: usize| if legal(from, to) { f64::from(transitions[from * N + to]).exp() } else { 0.0 };
    std::array::from_fn(|from| std::array::from_fn(|to| step(from, to)))
}

/// e to the power of the scores of those of a token's tags that are in a set, a bit each, and 0 of the others: such that the
/// greatest is 1. Second is the log of what they were divided by for that.
pub(super) fn fits<const N: usize>(scores: &[f32], set: u16) -> (Row<N>, f64) {
    let is_in = |tag: usize| set >> tag & 1 == 1;
    let tags = (0..N).filter(|&tag| is_in(tag));
    let top = tags.map(|tag| f64::from(scores[tag])).fold(f64::NEG_INFINITY, f64::max);
    let fit = |tag: usize| if is_in(tag) { (f64::from(scores[tag]) - top).max(-FURTHEST).exp() } else { 0.0 };
    (std::array::from_fn(fit), top)
}

/// Divides a row by its sum, which is returned.
fn normalise<const N: usize>(row: &mut Row<N>) -> f64 {
    let sum: f64 = row.iter().sum();
    for number in row.iter_mut().filter(|number| **number > 0.0) {
        *number = (*number / sum).max(LEAST);
    }
    sum
}

/// The log of the sum over all legal tag sequences; the probabilities of tags at each position are written to `chance`, the
/// expected number of each transition is added to `pairs`.
///
/// `likely` is [`fits`] of each position, `steps` is [`steps`]; one sequence at least must be possible.
pub(super) fn expect<const N: usize>(
    likely: &[Row<N>],
    steps: &[Row<N>; N],
    chance: &mut Vec<Row<N>>,
    pairs: &mut [Row<N>; N],
) -> f64 {
    // Forward: the probability of each tag given what stands before it.
    chance.clear();
    let mut log = 0.0;
    for likely in likely {
        let mut row = match chance.last() {
            None => *likely,
            Some(before) => {
                let mut reach = [0.0; N];
                for (before, steps) in before.iter().zip(steps) {
                    reach.iter_mut().zip(steps).for_each(|(reach, step)| *reach += before * step);
                }
                std::array::from_fn(|to| reach[to] * likely[to])
            }
        };
        log += normalise(&mut row).ln();
        chance.push(row);
    }
    // Backward: `rest` is how well the tags after go with each tag.
    let mut rest = [1.0; N];
    for at in (0..likely.len().saturating_sub(1)).rev() {
        let ahead: Row<N> = std::array::from_fn(|to| rest[to] * likely[at + 1][to]);
        let mut pair = [[0.0; N]; N];
        for from in 0..N {
            pair[from] = std::array::from_fn(|to| chance[at][from] * steps[from][to] * ahead[to]);
        }
        let share = 1.0 / pair.as_flattened().iter().sum::<f64>();
        for from in 0..N {
            pairs[from].iter_mut().zip(&pair[from]).for_each(|(pairs, pair)| *pairs += pair * share);
            rest[from] = steps[from].iter().zip(&ahead).map(|(step, ahead)| step * ahead).sum();
        }
        normalise(&mut rest);
        chance[at] = pair.map(|pair| pair.iter().sum::<f64>() * share);
    }
    log
}

/// A loss with its gradients.
pub(super) struct Cost<const N: usize> {
    pub(super) loss: f64,
    /// Of the scores.
    pub(super) scores: Vec<f32>,
    /// Of the transitions, (from, to).
    pub(super) transitions: [Row<N>; N],
}

impl<const N: usize> Cost<N> {
    /// No loss, from so many scores.
    pub(super) fn none(scores: usize) -> Self {
        Self { loss: 0.0, scores: vec![0.0; scores], transitions: [[0.0; N]; N] }
    }

    /// Adds the expected numbers of transitions, times a factor.
    pub(super) fn add(&mut self, factor: f64, pairs: &[Row<N>; N]) {
        let to = self.transitions.as_flattened_mut();
        to.iter_mut().zip(pairs.as_flattened()).for_each(|(to, pair)| *to += factor * pair);
    }
}

/// A scalar: what `cost` makes of `scores [rows, N]` and `transitions [N, N]`.
///
/// # Errors
/// When the shapes do not fit.
pub(super) fn loss<const N: usize>(
    scores: &Tensor,
    transitions: &Tensor,
    cost: impl Fn(&[f32], &[f32]) -> Cost<N> + Send + Sync + 'static,
) -> Result<Tensor> {
    scores.apply_op2(transitions, Chain { cost, gradients: Mutex::default() })
}

struct Chain<C> {
    cost: C,
    /// Gradients of the scores and of the transitions, found with the loss.
    gradients: Mutex<(Vec<f32>, Vec<f32>)>,
}

impl<const N: usize, C: Fn(&[f32], &[f32]) -> Cost<N> + Send + Sync + 'static> CustomOp2 for Chain<C> {
    fn name(&self) -> &'static str {
        "chain"
    }

    fn cpu_fwd(
        &self,
        scores: &CpuStorage,
        scores_layout: &Layout,
        transitions: &CpuStorage,
        transitions_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        matrix(scores_layout)?;
        let cost = (self.cost)(floats(scores, scores_layout)?, floats(transitions, transitions_layout)?);
        let to_transitions = cost.transitions.as_flattened().iter().map(|to| *to as f32).collect();
        *self.gradients.lock().expect("nobody panics holding it") = (cost.scores, to_transitions);
        Ok(result(vec![cost.loss as f32], ()))
    }

    fn bwd(
        &self,
        scores: &Tensor,
        transitions: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let factor = Floats::of(gradient)?[0];
        let gradients = self.gradients.lock().expect("nobody panics holding it");
        let scaled = |gradient: &[f32]| gradient.iter().map(|number| number * factor).collect();
        Ok((
            Some(tensor(scaled(&gradients.0), scores.shape())?),
            Some(tensor(scaled(&gradients.1), transitions.shape())?),
        ))
    }
}
