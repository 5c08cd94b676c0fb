//! The ends of a layer: the gated unit, dropout, and the sum with what the layer was given.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Result, Shape, Tensor};

use super::simd::{LANES, Loops, fast, lanes, lanes_mut, sigmoid};
use super::{Floats, floats, matrix, result, tensor};
use crate::noise;
use crate::random::Random;

/// Which numbers dropout lets through, and by how much those grow.
#[derive(Debug, Clone)]
pub(crate) struct Mask {
    /// 1 for what is let through, else 0.
    kept: Arc<[u8]>,
    scale: f32,
}

impl Mask {
    /// A mask that drops each of some numbers with a probability.
    pub(crate) fn new(count: usize, probability: f32, random: &mut Random) -> Self {
        Self { kept: noise::mask(random, count, probability).into(), scale: 1.0 / (1.0 - probability) }
    }

    /// A mask that drops nothing.
    fn open(count: usize) -> Self {
        Self { kept: vec![1; count].into(), scale: 1.0 }
    }
}

/// `x + a · σ(b)` of `x [N, C]` and `[a; b] [N, 2 C]`, with dropout before the sum.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn gate(x: &Tensor, halves: &Tensor, mask: Option<Mask>) -> Result<Tensor> {
    let mask = mask.unwrap_or_else(|| Mask::open(x.elem_count()));
    x.apply_op2(halves, Gate(mask))
}

/// `x + y`, with dropout of `y` before the sum.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn residual(x: &Tensor, y: &Tensor, mask: Option<Mask>) -> Result<Tensor> {
    x + dropout(y, mask)?
}

/// `x` with dropout.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn dropout(x: &Tensor, mask: Option<Mask>) -> Result<Tensor> {
    mask.map_or_else(|| Ok(x.clone()), |mask| x.apply_op1(Dropout(mask)))
}

/// What the numbers from a place on are multiplied with.
#[inline(always)]
fn factors(kept: &[u8], at: usize, scale: f32) -> [f32; LANES] {
    let kept = lanes(kept, at);
    std::array::from_fn(|lane| f32::from(kept[lane]) * scale)
}

/// The channels are a multiple of [`LANES`].
struct Gate(Mask);

/// The forward pass of a gate.
struct Forward<'a> {
    mask: &'a Mask,
    channels: usize,
    x: &'a [f32],
    halves: &'a [f32],
    out: &'a mut [f32],
}

impl Loops for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { mask, channels, x, halves, out } = self;
        let rows = out.chunks_exact_mut(channels).zip(x.chunks_exact(channels));
        let given = halves.chunks_exact(2 * channels).zip(mask.kept.chunks_exact(channels));
        for ((out, x), (halves, kept)) in rows.zip(given) {
            let (a, b) = halves.split_at(channels);
            for at in (0..channels).step_by(LANES) {
                let kept = factors(kept, at, mask.scale);
                let (x, a, b) = (lanes(x, at), lanes(a, at), lanes(b, at));
                let out = lanes_mut(out, at);
                for lane in 0..LANES {
                    out[lane] = (a[lane] * sigmoid(b[lane])).mul_add(kept[lane], x[lane]);
                }
            }
        }
    }
}

/// The backward pass of a gate: the gradient of its halves.
struct Backward<'a> {
    mask: &'a Mask,
    channels: usize,
    halves: &'a [f32],
    gradient: &'a [f32],
    out: &'a mut [f32],
}

impl Loops for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { mask, channels, halves, gradient, out } = self;
        let rows = out.chunks_exact_mut(2 * channels).zip(gradient.chunks_exact(channels));
        let given = halves.chunks_exact(2 * channels).zip(mask.kept.chunks_exact(channels));
        for ((out, gradient), (halves, kept)) in rows.zip(given) {
            let (a, b) = halves.split_at(channels);
            let (to_a, to_b) = out.split_at_mut(channels);
            for at in (0..channels).step_by(LANES) {
                let kept = factors(kept, at, mask.scale);
                let (gradient, a, b) = (lanes(gradient, at), lanes(a, at), lanes(b, at));
                let (to_a, to_b) = (lanes_mut(to_a, at), lanes_mut(to_b, at));
                for lane in 0..LANES {
                    let open = sigmoid(b[lane]);
                    to_a[lane] = gradient[lane] * kept[lane] * open;
                    to_b[lane] = to_a[lane] * a[lane] * (1.0 - open);
                }
            }
        }
    }
}

impl CustomOp2 for Gate {
    fn name(&self) -> &'static str {
        "gate"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        halves: &CpuStorage,
        halves_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (rows, channels) = matrix(x_layout)?;
        let (x, halves) = (floats(x, x_layout)?, floats(halves, halves_layout)?);
        let mut out = vec![0.0; rows * channels];
        fast(Forward { mask: &self.0, channels, x, halves, out: &mut out });
        Ok(result(out, (rows, channels)))
    }

    fn bwd(
        &self,
        x: &Tensor,
        halves: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let (rows, channels) = x.dims2()?;
        let gradient = gradient.contiguous()?;
        let mut to_halves = vec![0.0; 2 * rows * channels];
        let (halves, given) = (Floats::of(halves)?, Floats::of(&gradient)?);
        fast(Backward { mask: &self.0, channels, halves: &halves, gradient: &given, out: &mut to_halves });
        drop(given);
        Ok((Some(gradient), Some(tensor(to_halves, (rows, 2 * channels))?)))
    }
}

struct Dropout(Mask);

impl Dropout {
    fn apply(&self, x: &[f32]) -> Vec<f32> {
        x.iter().zip(&*self.0.kept).map(|(x, kept)| x * f32::from(*kept) * self.0.scale).collect()
    }
}

impl CustomOp1 for Dropout {
    fn name(&self) -> &'static str {
        "dropout"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        Ok(result(self.apply(floats(x, layout)?), layout.shape()))
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        Ok(Some(tensor(self.apply(&Floats::of(&gradient.contiguous()?)?), x.shape())?))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::super::check::{check, random};
    use super::*;

    fn mask() -> (Mask, Tensor) {
        let mask = Mask::new(6 * 32, 0.25, &mut Random::new(3));
        let factors: Vec<f32> = mask.kept.iter().map(|&kept| f32::from(kept) / 0.75).collect();
        assert!(factors.contains(&0.0) && factors.iter().any(|factor| *factor > 1.3));
        (mask, Tensor::from_vec(factors, (6, 32), &Device::Cpu).expect("6 rows of 32"))
    }

    fn stock(all: &[Tensor], factors: &Tensor) -> Result<Tensor> {
        let (a, b) = (all[1].narrow(1, 0, 32)?, all[1].narrow(1, 32, 32)?);
        let open = (b.neg()?.exp()? + 1.0)?.recip()?;
        &all[0] + a.mul(&open)?.mul(factors)?
    }

    #[test]
    fn a_gate_lets_through_what_its_other_half_says() {
        let inputs = [random(&[6, 32]), random(&[6, 64])];
        let (mask, factors) = mask();
        check(&inputs, |all| gate(&all[0], &all[1], Some(mask.clone())), |all| stock(all, &factors));
        let ones = factors.ones_like().expect("ones");
        check(&inputs, |all| gate(&all[0], &all[1], None), |all| stock(all, &ones));
    }

    #[test]
    fn dropout_drops_and_makes_up_for_it() {
        let inputs = [random(&[6, 32]), random(&[6, 32])];
        let (mask, factors) = mask();
        let ours = |all: &[Tensor]| residual(&all[0], &all[1], Some(mask.clone()));
        check(&inputs, ours, |all| &all[0] + all[1].mul(&factors)?);
    }
}
