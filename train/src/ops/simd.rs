//! Loops at the width of the processor, and the functions that those loops need without a call.

use pulp::Arch;
pub(crate) use pulp::{NullaryFnOnce as Loops, Simd, WithSimd};

/// How many numbers go through a loop side by side: two registers of AVX2.
pub(crate) const LANES: usize = 16;

/// Runs loops compiled for the processor that runs them: `mul_add` is one instruction there and a slow call elsewhere.
/// `call` of the loops and what it calls must be `#[inline(always)]`, so that it becomes part of a function that may use
/// the processor's instructions; a closure would stay outside it.
pub(crate) fn fast<L: WithSimd>(loops: L) -> L::Output {
    Arch::new().dispatch(loops)
}

/// e to the power of `x`, to 2 units in the last place, for -87 < x < 88; beyond, what it is there.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // x = n ln 2 + r; adding 1.5 · 2^23 rounds to a whole number that then stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let rounded = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let n = rounded - ROUND;
    let r = n.mul_add(-0.693_359_4, x);
    let r = n.mul_add(2.121_944_4e-4, r);
    let p = r.mul_add(1.987_569_1e-4, 1.398_199_9e-3);
    let p = r.mul_add(p, 8.333_452e-3);
    let p = r.mul_add(p, 4.166_579_6e-2);
    let p = r.mul_add(p, 1.666_666_5e-1);
    let p = r.mul_add(p, 0.5);
    let p = (r * r).mul_add(p, r) + 1.0;
    p * f32::from_bits((rounded.to_bits() << 23).wrapping_add(127 << 23))
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent, to 1e-7.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0f32.mul_add(sigmoid(2.0 * x), -1.0)
}

/// The numbers from a place on: arrays of a known length are what the compiler makes vectors of.
#[inline(always)]
pub(crate) fn lanes<T>(numbers: &[T], at: usize) -> &[T; LANES] {
    numbers[at..].first_chunk().expect("lengths are multiples of LANES")
}

/// The numbers from a place on, to be written.
#[inline(always)]
pub(crate) fn lanes_mut<T>(numbers: &mut [T], at: usize) -> &mut [T; LANES] {
    numbers[at..].first_chunk_mut().expect("lengths are multiples of LANES")
}

/// The sum of some numbers, in an order that does not depend on the processor.
#[inline(always)]
pub(crate) fn sum(numbers: &[f32]) -> f32 {
    let mut chunks = numbers.chunks_exact(LANES);
    let mut sums = [0.0f32; LANES];
    for chunk in &mut chunks {
        for lane in 0..LANES {
            sums[lane] += chunk[lane];
        }
    }
    sums.iter().sum::<f32>() + chunks.remainder().iter().sum::<f32>()
}

/// The sum of the products of two rows of numbers, likewise.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut chunks = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let mut sums = [0.0f32; LANES];
    for (a, b) in (&mut chunks.0).zip(&mut chunks.1) {
        for lane in 0..LANES {
            sums[lane] = a[lane].mul_add(b[lane], sums[lane]);
        }
    }
    let rest = chunks.0.remainder().iter().zip(chunks.1.remainder());
    sums.iter().sum::<f32>() + rest.map(|(a, b)| a * b).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_what_they_are_called() {
        for step in -1200..=1200_i16 {
            let x = f32::from(step) / 14.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 3e-7, "exp({x}) = {} and not {exact}", exp(x));
            assert!((f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 2e-7, "tanh({x}) = {}", tanh(x));
            assert!((f64::from(sigmoid(x)) - 1.0 / (1.0 + f64::from(-x).exp())).abs() < 2e-7, "sigmoid({x})");
        }
        assert!(exp(-1e9) < 1e-37 && exp(1e9).is_finite() && sigmoid(-1e9) < 1e-37 && sigmoid(1e9) > 0.999_999);
        let numbers: Vec<f32> = (0..35).map(|number| number as f32).collect();
        assert_eq!((sum(&numbers), dot(&numbers, &numbers)), (595.0, 13685.0));
    }
}
