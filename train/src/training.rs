//! Lessons -> parameters.

use std::time::{Duration, Instant};

use candle_core::Result;

use crate::batch::{Batch, TERMS};
use crate::checkpoint::Checkpoint;
use crate::network::{Chance, Network};
use crate::optimiser::Optimiser;
use crate::parameter::Parameter;
use crate::random::Random;
use crate::target::Lesson;
use crate::vectors::WordVectors;

/// Tokens that are read at once, filled up to the longest lesson: about eight lessons of an article, or a hundred tweets, so
/// that a tweet's token counts no more than an article's.
const BATCH: usize = 2_400;
/// Batches among which lessons are sorted by length, to save filling up.
const GROUP: usize = 16;
/// The greatest rate of learning.
const RATE: f32 = 3e-3;
/// The rate never falls below this.
const LEAST_RATE: f32 = 1e-5;
/// Steps until the greatest rate is reached.
const WARM_UP: f32 = 100.0;

/// How one learns.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How often all lessons are read.
    pub epochs: usize,
    /// What chance starts from.
    pub seed: u64,
}

/// What an epoch brought.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Its number, from 1.
    pub epoch: usize,
    /// How many there will be.
    pub epochs: usize,
    /// The mean loss of each term, with its name.
    pub losses: [(&'static str, f32); TERMS.len()],
    /// Tokens that were read.
    pub tokens: usize,
    /// How long it took.
    pub took: Duration,
}

/// Trains a network from its initial parameters, or from where it was broken off, on the lessons of each epoch, and gives
/// the running mean of the parameters. `report` is told of each epoch, and where the training stands after it.
///
/// # Errors
/// When the parameters do not fit the network.
pub fn train(
    plan: Plan,
    words: &WordVectors,
    initial: &[Parameter],
    begun: Option<&Checkpoint>,
    mut lessons: impl FnMut(usize) -> Vec<Lesson>,
    mut report: impl FnMut(&Progress, &Checkpoint),
) -> Result<Vec<Parameter>> {
    let mut random = begun.map_or_else(|| Random::new(plan.seed), |begun| begun.random.clone());
    let mut optimiser = Optimiser::new(initial)?;
    if let Some(begun) = begun {
        optimiser.go_on(begun.steps, &begun.numbers)?;
    }
    let network = Network::new(words.tensor()?, &optimiser.tensors());
    let mut steps = optimiser.steps() as f32;
    for epoch in begun.map_or(0, |begun| begun.epochs)..plan.epochs {
        let start = Instant::now();
        let lessons = lessons(epoch);
        let batches = batches(&lessons, &mut random);
        let mut losses = TERMS.map(|name| (name, 0.0));
        for (number, batch) in batches.iter().enumerate() {
            let done = (epoch as f32 + number as f32 / batches.len() as f32) / plan.epochs as f32;
            let rate = RATE * (steps / WARM_UP).min(1.0) * (1.0 - done) + LEAST_RATE;
            let batch = Batch::to_learn(batch, network.deep(), &mut random)?;
            let loss = network.loss(&batch, &mut Chance(Some(&mut random)))?;
            optimiser.step(&loss.total.backward()?, rate)?;
            steps += 1.0;
            for ((_, sum), part) in losses.iter_mut().zip(loss.parts) {
                *sum += part / batches.len() as f32;
            }
        }
        let tokens = lessons.iter().map(Lesson::len).sum();
        let progress = Progress { epoch: epoch + 1, epochs: plan.epochs, losses, tokens, took: start.elapsed() };
        let (steps, numbers) = (optimiser.steps(), optimiser.numbers()?);
        report(&progress, &Checkpoint { epochs: epoch + 1, steps, random: random.clone(), numbers });
    }
    Ok(optimiser.means())
}

/// The batches of an epoch: in random order, each of lessons that are about as long.
fn batches<'l>(lessons: &'l [Lesson], random: &mut Random) -> Vec<Vec<&'l Lesson>> {
    let mut order: Vec<&Lesson> = lessons.iter().filter(|lesson| !lesson.is_empty()).collect();
    random.shuffle(&mut order);
    let mut all = Vec::new();
    let mut rest = &mut order[..];
    while !rest.is_empty() {
        let mut tokens = 0;
        let is_full = |lesson: &&Lesson| {
            tokens += lesson.len();
            tokens > GROUP * BATCH
        };
        let end = rest.iter().position(is_full).map_or(rest.len(), |last| last + 1);
        let (group, others) = rest.split_at_mut(end);
        group.sort_by_key(|lesson| lesson.len());
        let mut batches: Vec<Vec<&Lesson>> = Vec::new();
        for &lesson in &*group {
            match batches.last_mut() {
                Some(batch) if (batch.len() + 1) * lesson.len() <= BATCH => batch.push(lesson),
                _ => batches.push(vec![lesson]),
            }
        }
        random.shuffle(&mut batches);
        all.extend(batches);
        rest = others;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{lessons, vocabulary, words};
    use crate::parameter::initial;

    #[test]
    fn every_parameter_gets_a_gradient() {
        let (vocabulary, words) = (vocabulary(), words());
        let start = initial(&vocabulary, &words, None, &mut Random::new(1));
        let optimiser = Optimiser::new(&start).expect("whole parameters");
        let tensors = optimiser.tensors();
        let network = Network::new(words.tensor().expect("a table"), &tensors);
        let (lessons, mut random) = (lessons(3), Random::new(2));
        let batch = Batch::to_learn(&lessons.iter().collect::<Vec<_>>(), None, &mut random).expect("a batch");
        let loss = network.loss(&batch, &mut Chance(Some(&mut random))).expect("a loss");
        let gradients = loss.total.backward().expect("gradients");
        for (name, tensor) in tensors {
            let gradient = gradients.get(&tensor).unwrap_or_else(|| panic!("{name} has no gradient"));
            let numbers: Vec<f32> = gradient.flatten_all().and_then(|flat| flat.to_vec1()).expect("numbers");
            assert!(numbers.iter().all(|number| number.is_finite()), "{name}: not a number");
            assert!(numbers.iter().any(|number| *number != 0.0), "{name}: its gradient is 0");
        }
    }

    #[test]
    fn it_learns_and_the_same_seed_gives_the_same_network() {
        let words = words();
        let start = initial(&vocabulary(), &words, None, &mut Random::new(1));
        let run = |begun: Option<&Checkpoint>| {
            let (mut sums, mut stands) = (Vec::new(), Vec::new());
            let plan = Plan { epochs: 8, seed: 3 };
            let report = |progress: &Progress, checkpoint: &Checkpoint| {
                sums.push(progress.losses.iter().map(|(_, loss)| loss).sum::<f32>());
                stands.push(checkpoint.clone());
            };
            let end = train(plan, &words, &start, begun, |_| lessons(3), report).expect("it trains");
            (sums, end, stands)
        };
        let (sums, end, stands) = run(None);
        assert!(sums[7] < 0.9 * sums[0], "{sums:?}");
        let (rest, again, _) = run(Some(&stands[4]));
        assert!(again == end && rest == sums[5..], "it goes on as if it had never been broken off");
        let (same, again, _) = run(None);
        assert!(again == end && same == sums, "two runs differ");
    }

    #[test]
    fn each_lesson_is_in_one_batch() {
        let lessons = lessons(210);
        let batches = batches(&lessons, &mut Random::new(1));
        let mut lengths: Vec<usize> = batches.iter().flatten().map(|lesson| lesson.len()).collect();
        let mut expected: Vec<usize> = lessons.iter().map(Lesson::len).collect();
        lengths.sort_unstable();
        expected.sort_unstable();
        assert_eq!(lengths, expected);
        let filled =
            batches.iter().map(|batch| batch.len() * batch.iter().map(|lesson| lesson.len()).max().unwrap_or(0));
        assert!(filled.clone().all(|tokens| tokens <= BATCH), "too many at once");
        assert!(filled.sum::<usize>() < lengths.iter().sum::<usize>() * 5 / 4, "much is filled up");
    }
}
