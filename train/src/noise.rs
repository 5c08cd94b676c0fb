//! Chance for the network: initial weights, dropout and the order of examples, the same for the same seed.

/// A source of numbers that look random: wyrand, which is small and good enough to train with.
#[derive(Debug, Clone)]
pub struct Noise(u64);

impl Noise {
    /// A source that gives the same numbers for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x2545_f491_4f6c_dd1d))
    }

    /// 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0xa076_1d64_78bd_642f);
        let product = u128::from(self.0) * u128::from(self.0 ^ 0xe703_7ed1_a0b4_28db);
        (product >> 64) as u64 ^ product as u64
    }

    /// A whole number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number from 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Brings a list into a random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }

    /// Numbers of a normal distribution around 0.
    pub fn normal(&mut self, count: usize, deviation: f32) -> Vec<f32> {
        let mut one = || {
            let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
            deviation * radius * (std::f32::consts::TAU * self.unit()).cos()
        };
        (0..count).map(|_| one()).collect()
    }

    /// Numbers between `-bound` and `bound`.
    pub fn uniform(&mut self, count: usize, bound: f32) -> Vec<f32> {
        (0..count).map(|_| bound * (2.0 * self.unit() - 1.0)).collect()
    }

    /// Which of some numbers dropout lets through: 1 for those, 0 with about `probability`, to the next 256th.
    pub fn mask(&mut self, count: usize, probability: f32) -> Vec<u8> {
        let dropped = (probability * 256.0).round() as u16;
        let mut mask = Vec::with_capacity(count.next_multiple_of(8));
        while mask.len() < count {
            let bytes = self.bits().to_le_bytes();
            mask.extend(bytes.map(|byte| u8::from(u16::from(byte) >= dropped)));
        }
        mask.truncate(count);
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_as_they_should_be() {
        let count = 100_000;
        let mean = |numbers: &[f32]| numbers.iter().sum::<f32>() / numbers.len() as f32;
        let square = |numbers: &[f32]| numbers.iter().map(|x| x * x).sum::<f32>() / numbers.len() as f32;
        let mut noise = Noise::new(1);
        let normal = noise.normal(count, 2.0);
        assert!(mean(&normal).abs() < 0.03 && (square(&normal) - 4.0).abs() < 0.1);
        let uniform = noise.uniform(count, 3.0);
        assert!(mean(&uniform).abs() < 0.03 && (square(&uniform) - 3.0).abs() < 0.05);
        let kept: usize = noise.mask(count, 0.2).iter().map(|&kept| usize::from(kept)).sum();
        assert!(kept.abs_diff(80_000) < 600, "{kept} of 100 000 are kept");
        let mut hits = [0; 7];
        (0..count).for_each(|_| hits[noise.below(7)] += 1);
        assert!(hits.iter().all(|&hits: &usize| hits.abs_diff(count / 7) < 500), "{hits:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_order() {
        let order = |seed| {
            let mut list: Vec<u8> = (0..50).collect();
            Noise::new(seed).shuffle(&mut list);
            list
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
        let mut sorted = order(1);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<u8>>());
    }
}
