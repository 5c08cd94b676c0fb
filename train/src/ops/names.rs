//! Loss of the tags of names: a conditional random field over the tags of a paragraph, of which sets are known.

use std::sync::Arc;

use candle_core::{Result, Tensor};

use super::chain::{self, Cost, expect, fits, steps};

/// Tags: outside; first and further tokens of persons, organisations, places and other names.
pub(crate) const TAGS: usize = 9;
/// The set of all tags, a bit each.
pub(crate) const ALL: u16 = (1 << TAGS) - 1;
/// The tags of further tokens.
const FURTHER: u16 = 0b1_0101_0100;

/// What is known of the tags of a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// The row of its first token.
    pub(crate) first: usize,
    /// The tags of each token that may be right, a bit each.
    pub(crate) allowed: Vec<u16>,
    /// How much a token counts.
    pub(crate) weight: f32,
}

/// Minus the log of the share that sequences of allowed tags have in all legal ones, weighted and summed: a scalar; from
/// `scores [T * width, 9]` of tags, position-major, and `transitions [9, 9]` of pairs, (from, to).
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn loss(scores: &Tensor, transitions: &Tensor, width: usize, sequences: Arc<[Sequence]>) -> Result<Tensor> {
    chain::loss(scores, transitions, move |scores, transitions| cost(scores, transitions, width, &sequences))
}

/// The loss and its gradients.
fn cost(scores: &[f32], transitions: &[f32], width: usize, sequences: &[Sequence]) -> Cost<TAGS> {
    let steps = steps(transitions);
    let mut cost = Cost::none(scores.len());
    let (mut likely, mut chance) = (Vec::new(), Vec::new());
    for Sequence { first, allowed, weight } in sequences {
        let place = |token: usize| (first + token * width) * TAGS;
        let all = possible(allowed.iter().map(|_| ALL));
        for (factor, sets) in [(f64::from(*weight), all), (-f64::from(*weight), possible(allowed.iter().copied()))] {
            likely.clear();
            let mut tops = 0.0;
            for (token, set) in sets.into_iter().enumerate() {
                let (fit, top) = fits(&scores[place(token)..][..TAGS], set);
                tops += top;
                likely.push(fit);
            }
            let mut pairs = [[0.0; TAGS]; TAGS];
            cost.loss += factor * (expect(&likely, &steps, &mut chance, &mut pairs) + tops);
            cost.add(factor, &pairs);
            for (token, chance) in chance.iter().enumerate() {
                let to = &mut cost.scores[place(token)..][..TAGS];
                to.iter_mut().zip(chance).for_each(|(to, chance)| *to += (factor * chance) as f32);
            }
        }
    }
    cost
}

/// The allowed tags of each token that a legal sequence of allowed ones leads to. Where there are none, since only further
/// tokens of names are allowed that have not begun, they begin there; and what allows nothing allows all.
fn possible(allowed: impl Iterator<Item = u16>) -> Vec<u16> {
    let mut before = 0;
    let reach = |allowed: u16| {
        let next = !FURTHER | before | before << 1;
        let sets = [allowed, allowed >> 1, ALL].map(|set| set & next & ALL);
        before = sets.into_iter().find(|set| *set > 0).unwrap_or(ALL);
        before
    };
    allowed.map(reach).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Floats;
    use super::super::chain::legal;
    use super::super::check::{differences, random};
    use super::*;

    const TOKENS: usize = 4;
    const WIDTH: usize = 3;

    fn sequence(first: usize, allowed: &[u16], weight: f32) -> Sequence {
        Sequence { first, allowed: allowed.to_vec(), weight }
    }

    /// All sequences of tags.
    fn all(count: usize) -> impl Iterator<Item = Vec<usize>> {
        (0..TAGS.pow(count as u32)).map(move |code| (0..count).map(|at| code / TAGS.pow(at as u32) % TAGS).collect())
    }

    fn is_legal(tags: &[usize]) -> bool {
        legal(0, tags[0]) && tags.windows(2).all(|pair| legal(pair[0], pair[1]))
    }

    fn value(numbers: &[Vec<f32>; 2], first: usize, tags: &[usize]) -> f64 {
        let own = tags.iter().enumerate().map(|(at, tag)| f64::from(numbers[0][(first + at * WIDTH) * TAGS + tag]));
        let steps = tags.windows(2).map(|pair| f64::from(numbers[1][pair[0] * TAGS + pair[1]]));
        own.sum::<f64>() + steps.sum::<f64>()
    }

    /// The log of the sum over the legal sequences of some sets, each counted out.
    fn log_sum(numbers: &[Vec<f32>; 2], first: usize, sets: &[u16]) -> f64 {
        let is_allowed = |tags: &Vec<usize>| tags.iter().zip(sets).all(|(tag, set)| set >> tag & 1 == 1);
        let legal = all(sets.len()).filter(|tags| is_legal(tags)).filter(is_allowed);
        legal.map(|tags| value(numbers, first, &tags).exp()).sum::<f64>().ln()
    }

    fn numbers(inputs: &[Tensor; 2]) -> [Vec<f32>; 2] {
        inputs.each_ref().map(|input| Floats::of(input).expect("no gaps").to_vec())
    }

    fn ours(inputs: &[Tensor; 2], sequences: &[Sequence]) -> f64 {
        let loss = loss(&inputs[0], &inputs[1], WIDTH, sequences.to_vec().into());
        f64::from(loss.and_then(|loss| loss.to_scalar::<f32>()).expect("a loss"))
    }

    fn inputs() -> [Tensor; 2] {
        [random(&[TOKENS * WIDTH, TAGS]), random(&[TAGS, TAGS])]
    }

    #[test]
    fn it_is_minus_the_log_of_what_is_allowed() {
        let inputs = inputs();
        // Two paragraphs of the first text; the second's length is one. Of the third nothing is known in the middle.
        let sequences = [
            sequence(0, &[0b11, 0b101, ALL], 1.0),
            sequence(9, &[0b1010_1010], 0.5),
            sequence(1, &[1, ALL, ALL, 0b1_0000_0001], 0.25),
        ];
        let expected: f64 = sequences
            .iter()
            .map(|Sequence { first, allowed, weight }| {
                let sum = |sets: &[u16]| log_sum(&numbers(&inputs), *first, sets);
                f64::from(*weight) * (sum(&vec![ALL; allowed.len()]) - sum(allowed))
            })
            .sum();
        let found = ours(&inputs, &sequences);
        assert!((found - expected).abs() < 1e-4, "{found} and not {expected}");
        differences(&inputs, &|all: &[Tensor]| loss(&all[0], &all[1], WIDTH, sequences.to_vec().into()));
    }

    #[test]
    fn where_each_tag_is_known_it_is_minus_the_log_likelihood() {
        let inputs = inputs();
        for tags in [vec![0, 1, 2, 0], vec![3, 4, 4, 5], vec![7]] {
            let numbers = numbers(&inputs);
            let expected = log_sum(&numbers, 2, &vec![ALL; tags.len()]) - value(&numbers, 2, &tags);
            let sets: Vec<u16> = tags.iter().map(|tag| 1 << tag).collect();
            let found = ours(&inputs, &[sequence(2, &sets, 1.0)]);
            assert!((found - expected).abs() < 1e-4, "{tags:?}: {found} and not {expected}");
        }
    }

    #[test]
    fn what_is_impossible_is_widened() {
        let cases: [(&[u16], &[u16]); 6] = [
            // A name that goes on begins where it has not begun: at the start, after none, after one of another kind.
            (&[0b100, 0b100], &[0b10, 0b100]),
            (&[0b1, 0b1_0100, 0b100], &[0b1, 0b1010, 0b100]),
            (&[0b10, 0b1_0000, 0b1], &[0b10, 0b1000, 0b1]),
            // What is possible stays, less what nothing leads to.
            (&[0b11, 0b1_0101], &[0b11, 0b101]),
            (&[0, 0b1], &[ALL & !FURTHER, 0b1]),
            (&[0b10, 0], &[0b10, 0b1010_1111]),
        ];
        for (allowed, expected) in cases {
            assert_eq!(possible(allowed.iter().copied()), expected, "{allowed:?}");
            let (inputs, sequences) = (inputs(), [sequence(0, allowed, 1.0)]);
            let (found, widened) = (ours(&inputs, &sequences), ours(&inputs, &[sequence(0, expected, 1.0)]));
            assert!((found - widened).abs() < 1e-6, "{allowed:?}: {found} and {widened}");
        }
        for code in 0..1 << 12_u16 {
            // Any sets of the first four tags.
            let allowed = [code & 15, code >> 4 & 15, code >> 8];
            let sets = possible(allowed.into_iter());
            let mut legal = all(3).filter(|tags| is_legal(tags));
            assert!(legal.any(|tags| tags.iter().zip(&sets).all(|(tag, set)| set >> tag & 1 == 1)), "{allowed:?}");
        }
    }

    #[test]
    fn nothing_overflows() {
        for size in [1e2, 1e4] {
            let inputs = [(random(&[TOKENS * WIDTH, TAGS]) * size).expect("a product"), random(&[TAGS, TAGS])];
            for allowed in
                [[1, 1, 1, 1], [0b10, 0b100, 0b100, 0b100], [ALL, 0b100, 0b100, 0b1], [0b101, 0b100, 0, 0b100]]
            {
                let cost = {
                    let [scores, transitions] = numbers(&inputs);
                    cost(&scores, &transitions, WIDTH, &[sequence(1, &allowed, 1.0)])
                };
                assert!(cost.loss.is_finite() && cost.loss > -1e-6, "{allowed:?}: {}", cost.loss);
                assert!(cost.scores.iter().all(|gradient| gradient.abs() <= 1.0 + 1e-6), "{:?}", cost.scores);
                assert!(cost.transitions.as_flattened().iter().all(|gradient| gradient.abs() <= 4.0));
            }
        }
    }
}
