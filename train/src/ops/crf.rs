//! Loss of the span head: a conditional random field over the tags of a window.

use std::sync::{Arc, Mutex};

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};

use super::{Floats, floats, matrix, result, tensor};

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

/// Whether a tag may follow another: the further token of a part only its first or a further one.
pub(crate) const fn legal(from: usize, to: usize) -> bool {
    !matches!(to, 2 | 4 | 6) || from == to || from + 1 == to
}

/// Minus the log likelihood of the windows' tag sequences, weighted and summed: a scalar; from `scores [positions * windows,
/// 7]` of tags and `transitions [7, 7]` of pairs, (from, to).
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn loss(scores: &Tensor, transitions: &Tensor, taggings: Taggings) -> Result<Tensor> {
    scores.apply_op2(transitions, Crf { taggings, gradients: Mutex::default() })
}

struct Crf {
    taggings: Taggings,
    /// Gradients of the scores and of the transitions, found with the loss.
    gradients: Mutex<(Vec<f32>, Vec<f32>)>,
}

/// One number a tag.
type Row = [f64; TAGS];

/// Divides a row by its sum, which is returned. In f64 the sum of what is possible does not underflow.
fn normalise(row: &mut Row) -> f64 {
    let sum: f64 = row.iter().sum();
    for number in row {
        *number /= sum;
    }
    sum
}

impl Crf {
    /// The log of the sum over all legal tag sequences of a window; the probabilities of tags at each position, and the
    /// expected number of each transition, are written to the last two.
    ///
    /// `likely` holds e to the power of the scores, whose greatest at each position is 1, `steps` that of the transitions.
    fn expect(likely: &[Row], steps: &[Row; TAGS], chance: &mut Vec<Row>, pairs: &mut [Row; TAGS]) -> f64 {
        // Forward: the probability of each tag given what stands before it.
        chance.clear();
        let mut log = 0.0;
        for likely in likely {
            let mut row = match chance.last() {
                None => *likely,
                Some(before) => {
                    let reach = |to: usize| (0..TAGS).map(|from| before[from] * steps[from][to]).sum::<f64>();
                    std::array::from_fn(|to| reach(to) * likely[to])
                }
            };
            log += normalise(&mut row).ln();
            chance.push(row);
        }
        // Backward: `rest` is how well the tags after go with each tag.
        let mut rest = [1.0; TAGS];
        for at in (0..likely.len().saturating_sub(1)).rev() {
            let ahead: Row = std::array::from_fn(|to| rest[to] * likely[at + 1][to]);
            let mut pair = [[0.0; TAGS]; TAGS];
            for from in 0..TAGS {
                for to in 0..TAGS {
                    pair[from][to] = chance[at][from] * steps[from][to] * ahead[to];
                }
            }
            let sum: f64 = pair.as_flattened().iter().sum();
            for from in 0..TAGS {
                for to in 0..TAGS {
                    pairs[from][to] += pair[from][to] / sum;
                }
                rest[from] = (0..TAGS).map(|to| steps[from][to] * ahead[to]).sum();
            }
            normalise(&mut rest);
            chance[at] = std::array::from_fn(|tag| pair[tag].iter().sum::<f64>() / sum);
        }
        log
    }

    /// The loss, and the gradients of the scores and of the transitions.
    fn run(&self, scores: &[f32], transitions: &[f32]) -> (f32, Vec<f32>, Vec<f32>) {
        let Taggings { positions, inside, sequences } = &self.taggings;
        let windows = sequences.len();
        let steps: [Row; TAGS] = std::array::from_fn(|from| {
            let step = |to: usize| if legal(from, to) { f64::from(transitions[from * TAGS + to]).exp() } else { 0.0 };
            std::array::from_fn(step)
        });
        let mut loss = 0.0;
        let mut to_scores = vec![0.0; scores.len()];
        let mut to_transitions = [[0.0; TAGS]; TAGS];
        let (mut likely, mut chance) = (Vec::with_capacity(*positions), Vec::with_capacity(*positions));
        for (window, sequences) in sequences.iter().enumerate().filter(|(_, sequences)| !sequences.is_empty()) {
            let row = |position: usize| position * windows + window;
            let score = |position: usize, tag: usize| f64::from(scores[row(position) * TAGS + tag]);
            let weight: f64 = sequences.iter().map(|(weight, _)| f64::from(*weight)).sum();
            likely.clear();
            let mut tops = 0.0;
            for position in 0..*positions {
                if inside[row(position)] {
                    let top = (0..TAGS).map(|tag| score(position, tag)).fold(f64::NEG_INFINITY, f64::max);
                    tops += top;
                    likely.push(std::array::from_fn(|tag| (score(position, tag) - top).exp()));
                } else {
                    likely.push(std::array::from_fn(|tag| if tag == 0 { 1.0 } else { 0.0 }));
                }
            }
            let mut pairs = [[0.0; TAGS]; TAGS];
            loss += weight * (Self::expect(&likely, &steps, &mut chance, &mut pairs) + tops);
            for (to, pair) in to_transitions.as_flattened_mut().iter_mut().zip(pairs.as_flattened()) {
                *to += weight * pair;
            }
            for (position, chance) in chance.iter().enumerate().filter(|(position, _)| inside[row(*position)]) {
                let to = &mut to_scores[row(position) * TAGS..][..TAGS];
                to.iter_mut().zip(chance).for_each(|(to, chance)| *to = (weight * chance) as f32);
            }
            for (weight, tags) in sequences {
                for (position, &tag) in tags.iter().enumerate().filter(|(position, _)| inside[row(*position)]) {
                    loss -= f64::from(*weight) * score(position, usize::from(tag));
                    to_scores[row(position) * TAGS + usize::from(tag)] -= weight;
                }
                for pair in tags.windows(2) {
                    let (from, to) = (usize::from(pair[0]), usize::from(pair[1]));
                    loss -= f64::from(*weight) * f64::from(transitions[from * TAGS + to]);
                    to_transitions[from][to] -= f64::from(*weight);
                }
            }
        }
        (loss as f32, to_scores, to_transitions.as_flattened().iter().map(|to| *to as f32).collect())
    }
}

impl CustomOp2 for Crf {
    fn name(&self) -> &'static str {
        "crf"
    }

    fn cpu_fwd(
        &self,
        scores: &CpuStorage,
        scores_layout: &Layout,
        transitions: &CpuStorage,
        transitions_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        matrix(scores_layout)?;
        let (loss, to_scores, to_transitions) =
            self.run(floats(scores, scores_layout)?, floats(transitions, transitions_layout)?);
        *self.gradients.lock().expect("nobody panics holding it") = (to_scores, to_transitions);
        Ok(result(vec![loss], ()))
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

#[cfg(test)]
mod tests {
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
