//! How sure is sure: fits what makes a confidence of a claim's signals, so that 0.8 is right about 8 times in 10.
//!
//! Logistic regression (Platt 1999) on the development set, by Newton's method.

use std::collections::BTreeSet;

use whosaid::lang::ENGLISH;
use whosaid::lexis::Words;
use whosaid::model::{Found, Model, SIGNALS};
use whosaid::span::Run;
use whosaid::text::Article;

use crate::corpus::Sample;
use crate::example::{Anchored, Fit, anchored};

/// The constant, then a weight for each signal.
pub type Coefficients = [f64; SIGNALS + 1];

/// A claim that was found: its signals, and whether it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// What the network says of it.
    pub signals: [f32; SIGNALS],
    /// Whether there is such a claim and its source is the right one.
    pub is_right: bool,
}

/// How strongly weights are drawn to 0, so that a signal that never changes gets none.
const RIDGE: f64 = 1e-3;

/// Steps of Newton's method: far more than it needs.
const STEPS: usize = 50;

/// Finds the claims of an article and compares them with those that annotators marked.
pub fn trials(model: &Model, sample: &Sample) -> Vec<Trial> {
    let article = Article::new(&sample.text, &ENGLISH);
    let gold = anchored(sample.attributions.as_deref().unwrap_or_default(), &article, &mut Fit::default());
    let found = model.found(&Words::new(&article));
    let matches = matches(&gold, &found);
    found.iter().zip(matches).map(|(found, is_right)| Trial { signals: found.signals, is_right }).collect()
}

/// Whether each claim that was found is one of gold's with the right source: both share at least half of what either
/// holds, in tokens; best first, one to one, as the scorer has it in characters.
fn matches(gold: &[Anchored], found: &[Found]) -> Vec<bool> {
    let set = |runs: &[Run]| runs.iter().flat_map(|run| run.range()).collect::<BTreeSet<usize>>();
    let gold: Vec<[BTreeSet<usize>; 2]> =
        gold.iter().map(|gold| [&gold.content, &gold.source].map(|tokens| tokens.iter().copied().collect())).collect();
    let found: Vec<[BTreeSet<usize>; 2]> =
        found.iter().map(|found| [set(&found.candidate.content), set(found.candidate.source.as_slice())]).collect();
    let mut pairs = Vec::new();
    for (i, [content, _]) in gold.iter().enumerate() {
        for (j, [found, _]) in found.iter().enumerate() {
            let share = shared(content, found);
            if share >= 0.5 && !content.is_disjoint(found) {
                pairs.push((share, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut is_taken, mut is_right, mut is_seen) =
        (vec![false; gold.len()], vec![false; found.len()], vec![false; found.len()]);
    for (_, i, j) in pairs {
        if !is_taken[i] && !is_seen[j] {
            is_taken[i] = true;
            is_seen[j] = true;
            is_right[j] = shared(&gold[i][1], &found[j][1]) >= 0.5;
        }
    }
    is_right
}

/// What two sets share as a part of what either holds; all, where both are empty.
fn shared(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    match a.len() + b.len() - both {
        0 => 1.0,
        either => both as f64 / either as f64,
    }
}

/// The coefficients under which what happened is likeliest.
pub fn fit(trials: &[Trial]) -> Coefficients {
    let mut weights = [0.0; SIGNALS + 1];
    for _ in 0..STEPS {
        let mut gradient = weights.map(|weight| RIDGE * weight);
        let mut curvature = [[0.0; SIGNALS + 1]; SIGNALS + 1];
        for (at, row) in curvature.iter_mut().enumerate() {
            row[at] = RIDGE;
        }
        for trial in trials {
            let inputs = inputs(trial);
            let sure = confidence(&weights, trial);
            let miss = sure - f64::from(u8::from(trial.is_right));
            for (at, input) in inputs.iter().enumerate() {
                gradient[at] += miss * input;
                for (cell, other) in curvature[at].iter_mut().zip(inputs) {
                    *cell += sure * (1.0 - sure) * input * other;
                }
            }
        }
        let step = solve(curvature, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight -= step;
        }
    }
    weights
}

/// How sure a claim is under some coefficients: 0 to 1.
pub fn confidence(weights: &Coefficients, trial: &Trial) -> f64 {
    let sum: f64 = weights.iter().zip(inputs(trial)).map(|(weight, input)| weight * input).sum();
    1.0 / (1.0 + (-sum).exp())
}

fn inputs(trial: &Trial) -> [f64; SIGNALS + 1] {
    std::array::from_fn(|at| if at == 0 { 1.0 } else { f64::from(trial.signals[at - 1]) })
}

/// Solves a positive definite system of equations, by elimination.
fn solve<const N: usize>(mut rows: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for at in 0..N {
        let pivot = rows[at];
        for below in at + 1..N {
            let factor = rows[below][at] / pivot[at];
            for (cell, pivot) in rows[below].iter_mut().zip(pivot) {
                *cell -= factor * pivot;
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..N).rev() {
        let known: f64 = (at + 1..N).map(|later| rows[at][later] * right[later]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right
}

/// A line of the table that shows whether confidences mean what they say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Claims with such a confidence.
    pub claims: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// The table of claims by confidence, in tenths, each half of the articles judged by coefficients fitted on the other.
pub fn reliability(articles: &[Vec<Trial>]) -> Vec<Bin> {
    let halves = [0, 1].map(|half| articles.iter().skip(half).step_by(2).flatten().copied().collect::<Vec<Trial>>());
    let weights = [fit(&halves[1]), fit(&halves[0])];
    let judged: Vec<(f64, bool)> = halves
        .iter()
        .zip(&weights)
        .flat_map(|(half, weights)| half.iter().map(|trial| (confidence(weights, trial), trial.is_right)))
        .collect();
    let bin = |tenth: usize| {
        let inside: Vec<&(f64, bool)> = judged
            .iter()
            .filter(|(sure, _)| (1..10).take_while(|&at| *sure >= f64::from(at) / 10.0).count() == tenth)
            .collect();
        let mean = |sum: f64| if inside.is_empty() { 0.0 } else { sum / inside.len() as f64 };
        Bin {
            claims: inside.len(),
            confidence: mean(inside.iter().map(|(sure, _)| sure).sum()),
            right: mean(inside.iter().filter(|(_, right)| *right).count() as f64),
        }
    };
    (0..10).map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Trials whose chance to be right is what these coefficients say.
    fn made_up(weights: &Coefficients, count: usize) -> Vec<Trial> {
        let mut random = Random::new(1);
        (0..count)
            .map(|_| {
                let signals = std::array::from_fn(|_| 4.0 * random.fraction() as f32 - 2.0);
                let mut trial = Trial { signals, is_right: false };
                trial.is_right = random.chance(confidence(weights, &trial));
                trial
            })
            .collect()
    }

    #[test]
    fn what_made_the_trials_is_found() {
        let weights = std::array::from_fn(|at| 0.3 * at as f64 - 0.5);
        let found = fit(&made_up(&weights, 20_000));
        for (found, weight) in found.iter().zip(weights) {
            assert!((found - weight).abs() < 0.1, "{found} instead of {weight}");
        }
    }

    #[test]
    fn confidences_of_the_other_half_mean_what_they_say() {
        let weights = std::array::from_fn(|at| 0.4 * at as f64 - 0.8);
        let articles: Vec<Vec<Trial>> = made_up(&weights, 20_000).chunks(20).map(<[Trial]>::to_vec).collect();
        for bin in reliability(&articles).iter().filter(|bin| bin.claims > 500) {
            assert!((bin.confidence - bin.right).abs() < 0.05, "{bin:?}");
        }
    }
}
