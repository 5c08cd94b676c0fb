//! Loss of the span head: a conditional random field over the tags of a window.

use std::sync::Arc;

use candle_core::{Result, Tensor};

use super::chain::{self, Cost, expect, fits, steps};

/// Tags: outside; first and further tokens of source, cue and content.
pub(crate) const TAGS: usize = 7;

/// A tag sequence, and how much it counts.
pub(crate) type Weighted = (f32, Vec<u8>);

/// How the windows of some anchors should be tagged.
#[derive(Debug, Clone)]
pub(crate) struct Taggings {
    /// Positions of each window.
    pub(crate) positions: usize,
    /// Whether each row of `[positions * windows]`, position-major, lies inside its text; what does not has tag 0.
    pub(crate) inside: Arc<[bool]>,
    /// For each window some tag sequences, each with how much it counts.
    pub(crate) sequences: Arc<[Vec<Weighted>]>,
}

/// Minus the log likelihood of the windows' tag sequences, weighted and summed: a scalar; from `scores [positions * windows,
/// 7]` of tags and `transitions [7, 7]` of pairs, (from, to).
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn loss(scores: &Tensor, transitions: &Tensor, taggings: Taggings) -> Result<Tensor> {
    chain::loss(scores, transitions, move |scores, transitions| taggings.cost(scores, transitions))
}

impl Taggings {
    /// The loss and its gradients.
    fn cost(&self, scores: &[f32], transitions: &[f32]) -> Cost<TAGS> {
        const ALL: u16 = (1 << TAGS) - 1;
        let Self { positions, inside, sequences } = self;
        let windows = sequences.len();
        let steps = steps(transitions);
        let mut cost = Cost::none(scores.len());
        let (mut likely, mut chance) = (Vec::with_capacity(*positions), Vec::with_capacity(*positions));
        for (window, sequences) in sequences.iter().enumerate().filter(|(_, sequences)| !sequences.is_empty()) {
            let row = |position: usize| position * windows + window;
            let weight: f64 = sequences.iter().map(|(weight, _)| f64::from(*weight)).sum();
            likely.clear();
            let mut tops = 0.0;
            for position in 0..*positions {
                let (fit, top) = if inside[row(position)] {
                    fits(&scores[row(position) * TAGS..][..TAGS], ALL)
                } else {
                    fits(&[0.0; TAGS], 1)
                };
                tops += top;
                likely.push(fit);
            }
            let mut pairs = [[0.0; TAGS]; TAGS];
            cost.loss += weight * (expect(&likely, &steps, &mut chance, &mut pairs) + tops);
            cost.add(weight, &pairs);
            for (position, chance) in chance.iter().enumerate().filter(|(position, _)| inside[row(*position)]) {
                let to = &mut cost.scores[row(position) * TAGS..][..TAGS];
                to.iter_mut().zip(chance).for_each(|(to, chance)| *to = (weight * chance) as f32);
            }
            for (weight, tags) in sequences {
                for (position, &tag) in tags.iter().enumerate().filter(|(position, _)| inside[row(*position)]) {
                    let place = row(position) * TAGS + usize::from(tag);
                    cost.loss -= f64::from(*weight) * f64::from(scores[place]);
                    cost.scores[place] -= weight;
                }
                for pair in tags.windows(2) {
                    let (from, to) = (usize::from(pair[0]), usize::from(pair[1]));
                    cost.loss -= f64::from(*weight) * f64::from(transitions[from * TAGS + to]);
                    cost.transitions[from][to] -= f64::from(*weight);
                }
            }
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::super::Floats;
    use super::super::chain::legal;
    use super::super::check::{differences, random};
    use super::*;

    const POSITIONS: usize = 4;
    const WINDOWS: usize = 3;

    fn taggings() -> Taggings {
        // The first window ends early; the second has two sequences; of the third nothing is known.
        let inside = (0..POSITIONS * WINDOWS).map(|row| row % WINDOWS != 0 || row / WINDOWS < 3).collect();
        let sequences =
            [vec![(1.0, vec![1, 2, 0, 0])], vec![(0.5, vec![5, 6, 6, 3]), (0.25, vec![0, 1, 3, 5])], vec![]];
        Taggings { positions: POSITIONS, inside, sequences: sequences.into() }
    }

    /// The loss as the definition has it: every legal sequence is counted out.
    fn counted_out(scores: &[f32], transitions: &[f32]) -> f64 {
        let taggings = taggings();
        let mut loss = 0.0;
        for (window, sequences) in taggings.sequences.iter().enumerate() {
            let value = |tags: &[usize]| -> f64 {
                let row = |position: usize| position * WINDOWS + window;
                let at = |position: usize| {
                    let score = f64::from(scores[row(position) * TAGS + tags[position]]);
                    if taggings.inside[row(position)] { score } else { 0.0 }
                };
                let steps = tags.windows(2).map(|pair| f64::from(transitions[pair[0] * TAGS + pair[1]]));
                (0..POSITIONS).map(at).sum::<f64>() + steps.sum::<f64>()
            };
            let possible = |tags: &[usize]| {
                tags.windows(2).all(|pair| legal(pair[0], pair[1]))
                    && (0..POSITIONS).all(|at| tags[at] == 0 || taggings.inside[at * WINDOWS + window])
            };
            let all = (0..TAGS.pow(4)).map(|code| [code / 343, code / 49 % 7, code / 7 % 7, code % 7]);
            let log = all.filter(|tags| possible(tags)).map(|tags| value(&tags).exp()).sum::<f64>().ln();
            for (weight, tags) in sequences {
                let tags: Vec<usize> = tags.iter().map(|&tag| usize::from(tag)).collect();
                loss += f64::from(*weight) * (log - value(&tags));
            }
        }
        loss
    }

    #[test]
    fn it_is_minus_the_log_likelihood() {
        let inputs = [random(&[POSITIONS * WINDOWS, TAGS]), random(&[TAGS, TAGS])];
        let ours = loss(&inputs[0], &inputs[1], taggings()).and_then(|loss| loss.to_scalar::<f32>()).expect("a loss");
        let numbers = inputs.each_ref().map(|input| Floats::of(input).expect("no gaps").to_vec());
        let expected = counted_out(&numbers[0], &numbers[1]);
        assert!((f64::from(ours) - expected).abs() < 1e-4, "{ours} and not {expected}");
        differences(&inputs, &|all: &[Tensor]| loss(&all[0], &all[1], taggings()));
    }

    #[test]
    fn extreme_scores_give_numbers() {
        let inputs = [(random(&[POSITIONS * WINDOWS, TAGS]) * 100.0).expect("a product"), random(&[TAGS, TAGS])];
        let loss = loss(&inputs[0], &inputs[1], taggings()).and_then(|loss| loss.to_scalar::<f32>()).expect("a loss");
        assert!(loss.is_finite() && loss > 0.0, "{loss}");
    }
}
