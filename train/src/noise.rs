//! Many random numbers at once: initial weights and what dropout drops.

use crate::random::Random;

/// A number from 0 to 1, 1 excluded.
fn unit(random: &mut Random) -> f32 {
    (random.next() >> 40) as f32 / (1_u32 << 24) as f32
}

/// Numbers of a normal distribution around 0.
pub(crate) fn normal(random: &mut Random, count: usize, deviation: f32) -> Vec<f32> {
    let mut one = || {
        let radius = (-2.0 * (1.0 - unit(random)).ln()).sqrt();
        deviation * radius * (std::f32::consts::TAU * unit(random)).cos()
    };
    (0..count).map(|_| one()).collect()
}

/// Numbers between `-bound` and `bound`.
pub(crate) fn uniform(random: &mut Random, count: usize, bound: f32) -> Vec<f32> {
    (0..count).map(|_| bound * (2.0 * unit(random) - 1.0)).collect()
}

/// Which of some numbers dropout lets through: 1 for those, 0 with about `probability`, to the next 256th.
pub(crate) fn mask(random: &mut Random, count: usize, probability: f32) -> Vec<u8> {
    #[expect(clippy::cast_sign_loss, reason = "a probability is not negative")]
    let dropped = (probability * 256.0).round() as u16;
    let mut mask = Vec::with_capacity(count.next_multiple_of(8));
    while mask.len() < count {
        let bytes = random.next().to_le_bytes();
        mask.extend(bytes.map(|byte| u8::from(u16::from(byte) >= dropped)));
    }
    mask.truncate(count);
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_as_they_should_be() {
        let count = 100_000;
        let mean = |numbers: &[f32]| numbers.iter().sum::<f32>() / numbers.len() as f32;
        let square = |numbers: &[f32]| numbers.iter().map(|x| x * x).sum::<f32>() / numbers.len() as f32;
        let mut random = Random::new(1);
        let normal = normal(&mut random, count, 2.0);
        assert!(mean(&normal).abs() < 0.03 && (square(&normal) - 4.0).abs() < 0.1);
        let uniform = uniform(&mut random, count, 3.0);
        assert!(mean(&uniform).abs() < 0.03 && (square(&uniform) - 3.0).abs() < 0.05);
        let kept: usize = mask(&mut random, count, 0.2).iter().map(|&kept| usize::from(kept)).sum();
        assert!(kept.abs_diff(80_000) < 600, "{kept} of 100 000 are kept");
    }
}
