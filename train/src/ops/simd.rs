//! Loops at the width of the processor, and the functions that those loops need without a call.

use pulp::{Arch, NullaryFnOnce};

/// How many numbers go through a loop side by side: one register of AVX-512, two of AVX2.
pub(crate) const LANES: usize = 16;

struct Job<F>(F);

impl<R, F: FnOnce() -> R> NullaryFnOnce for Job<F> {
    type Output = R;

    #[inline(always)]
    fn call(self) -> R {
        (self.0)()
    }
}

/// Runs loops compiled for the processor that runs them: `mul_add` is one instruction there and a slow call elsewhere.
/// What they call must be `#[inline(always)]`.
pub(crate) fn fast<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(Job(work))
}

/// e to the power of `x`, to 2 units in the last place, for -87 < x < 88; beyond, what it is there.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // x = n ln 2 + r; adding 1.5 · 2^23 rounds to a whole number that then stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let rounded = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let n = rounded - ROUND;
    let r = n.mul_add(-0.693_359_375, x);
    let r = n.mul_add(2.121_944_4e-4, r);
    let p = r.mul_add(1.987_569_1e-4, 1.398_199_9e-3);
    let p = r.mul_add(p, 8.333_452e-3);
    let p = r.mul_add(p, 4.166_579_6e-2);
    let p = r.mul_add(p, 1.666_666_5e-1);
    let p = r.mul_add(p, 5.000_000_1e-1);
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

/// The sum of `f` over the places of slices of a length that is a multiple of [`LANES`], in a fixed order.
#[inline(always)]
pub(crate) fn sum(length: usize, f: impl Fn(usize) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let mut at = 0;
    while at + LANES <= length {
        for (lane, place) in lanes.iter_mut().zip(at..) {
            *lane += f(place);
        }
        at += LANES;
    }
    let rest: f32 = (at..length).map(&f).sum();
    lanes.iter().sum::<f32>() + rest
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
        assert!(exp(-1e9) < 1e-37 && exp(1e9).is_finite() && sigmoid(-1e9) < 1e-37 && sigmoid(1e9) == 1.0);
        assert_eq!(fast(|| sum(35, |place| place as f32)), 595.0);
    }
}
