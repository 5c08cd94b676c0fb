//! Weights of what tells whom a pronoun means, learnt from articles without labels.
//!
//! Of "she" one knows that a woman is meant. A model that looks at how the candidates stand, and not at their gender,
//! chooses one; the chance that the one it chooses is of the pronoun's gender is made as high as can be over many
//! articles. Whom the model has to choose is never told. Compare Charniak and Elsner, "EM works for pronoun anaphora
//! resolution" (EACL 2009).

use whosaid::speaker::{Choice, FEATURES};

/// What each feature weighs.
pub type Weights = [f32; FEATURES];

/// How likely a candidate's known gender is the pronoun's where it is meant, where it is not of that gender, and where
/// its gender is not known: names mislead, lists have mistakes.
const AGREES: f64 = 0.97;
const DIFFERS: f64 = 0.03;
const UNKNOWN: f64 = 0.5;

/// How much large weights are held back: the precision of a normal distribution around 0.
const HELD_BACK: f64 = 5.0;

/// Steps of gradient ascent, and their length at first.
const STEPS: usize = 3000;
const LENGTH: f64 = 2.0;

/// The weights that make the genders of these pronouns likeliest, and the mean logarithm of their chance.
///
/// Pronouns whose candidates are all equally likely by gender say nothing and are left out.
pub fn fit(choices: &[Choice]) -> (Weights, f64) {
    let telling: Vec<&Choice> = choices.iter().filter(|choice| tells(choice)).collect();
    let count = telling.len().max(1) as f64;
    let mut weights = [0.0; FEATURES];
    let mut likelihood = f64::NEG_INFINITY;
    let mut length = LENGTH;
    for _ in 0..STEPS {
        let (sum, gradient) = ascent(&telling, &weights);
        let held: f64 = weights.iter().map(|weight| weight * weight).sum();
        let now = (sum - 0.5 * HELD_BACK * held) / count;
        // A step too far is followed by shorter ones.
        if now < likelihood {
            length *= 0.5;
        }
        likelihood = now;
        for (weight, slope) in weights.iter_mut().zip(gradient) {
            *weight += length * (slope - HELD_BACK * *weight) / count;
        }
    }
    (weights.map(|weight| weight as f32), ascent(&telling, &weights).0 / count)
}

/// How many of these pronouns say something about the weights.
pub fn telling(choices: &[Choice]) -> usize {
    choices.iter().filter(|choice| tells(choice)).count()
}

fn tells(choice: &Choice) -> bool {
    choice.candidates.windows(2).any(|pair| pair[0].1 != pair[1].1)
}

fn fits(agrees: Option<bool>) -> f64 {
    match agrees {
        Some(true) => AGREES,
        Some(false) => DIFFERS,
        None => UNKNOWN,
    }
}

/// The sum of the logarithms of the pronouns' chances, and its gradient.
fn ascent(choices: &[&Choice], weights: &[f64; FEATURES]) -> (f64, [f64; FEATURES]) {
    let mut sum = 0.0;
    let mut gradient = [0.0; FEATURES];
    for choice in choices {
        let score = |features: &Weights| features.iter().zip(weights).map(|(f, w)| f64::from(*f) * w).sum::<f64>();
        let scores: Vec<f64> = choice.candidates.iter().map(|(features, _)| score(features)).collect();
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let chosen: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
        let whole: f64 = chosen.iter().sum();
        let joint: Vec<f64> =
            chosen.iter().zip(&choice.candidates).map(|(chance, (_, agrees))| chance / whole * fits(*agrees)).collect();
        let evidence: f64 = joint.iter().sum();
        sum += evidence.ln();
        for (index, (features, _)) in choice.candidates.iter().enumerate() {
            let more = joint[index] / evidence - chosen[index] / whole;
            for (slope, feature) in gradient.iter_mut().zip(features) {
                *slope += more * f64::from(*feature);
            }
        }
    }
    (sum, gradient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Pronouns of which the first feature alone says who is meant; genders as often known as not.
    fn made_up(random: &mut Random, count: usize) -> Vec<Choice> {
        let choice = |_| {
            let meant = random.pick(&[0, 1, 2]).copied().expect("one of three");
            let candidates = (0..3).map(|index| {
                let mut features = [0.0; FEATURES];
                features[0] = f32::from(u8::from(index == meant));
                features[1] = f32::from(u8::from(random.chance(0.5)));
                let agrees = if index == meant { true } else { random.chance(0.5) };
                (features, random.chance(0.5).then_some(agrees))
            });
            Choice { candidates: candidates.collect() }
        };
        (0..count).map(choice).collect()
    }

    #[test]
    fn what_tells_is_learnt_without_being_told() {
        let choices = made_up(&mut Random::new(1), 2000);
        let (weights, likelihood) = fit(&choices);
        assert!(weights[0] > 2.0, "{weights:?}");
        assert!(weights[1].abs() < 0.5, "{weights:?}");
        assert!(weights[2..].iter().all(|weight| *weight == 0.0), "{weights:?}");
        let (without, _) = ascent(&choices.iter().filter(|choice| tells(choice)).collect::<Vec<_>>(), &[0.0; FEATURES]);
        assert!(likelihood > without / telling(&choices) as f64);
    }

    #[test]
    fn the_gradient_is_that_of_the_sum() {
        let choices = made_up(&mut Random::new(2), 20);
        let all: Vec<&Choice> = choices.iter().collect();
        let mut weights = [0.3; FEATURES];
        let (_, gradient) = ascent(&all, &weights);
        for index in [0, 1, 5] {
            let step = 1e-5;
            weights[index] += step;
            let above = ascent(&all, &weights).0;
            weights[index] -= 2.0 * step;
            let below = ascent(&all, &weights).0;
            weights[index] += step;
            let slope = (above - below) / (2.0 * step);
            assert!((slope - gradient[index]).abs() < 1e-5, "{index}: {slope} {}", gradient[index]);
        }
    }
}
