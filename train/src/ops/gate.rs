//! The ends of a layer: the gated unit, dropout, and the sum with what the layer was given.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Result, Shape, Tensor};

use super::simd::{fast, sigmoid};
use super::{Floats, floats, matrix, result, tensor};
use crate::noise::Noise;

/// Which numbers dropout lets through, and by how much those grow.
#[derive(Debug, Clone)]
pub(crate) struct Mask {
    /// 1 for what is let through, else 0.
    kept: Arc<[u8]>,
    scale: f32,
}

impl Mask {
    /// A mask that drops each of some numbers with a probability.
    pub(crate) fn new(count: usize, probability: f32, noise: &mut Noise) -> Self {
        Self { kept: noise.mask(count, probability).into(), scale: 1.0 / (1.0 - probability) }
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

struct Gate(Mask);

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
        fast(|| {
            let rows = out.chunks_exact_mut(channels).zip(x.chunks_exact(channels));
            let given = halves.chunks_exact(2 * channels).zip(self.0.kept.chunks_exact(channels));
            for ((out, x), (halves, kept)) in rows.zip(given) {
                let (a, b) = halves.split_at(channels);
                for ((((out, x), a), b), kept) in out.iter_mut().zip(x).zip(a).zip(b).zip(kept) {
                    *out = (a * sigmoid(*b)).mul_add(f32::from(*kept) * self.0.scale, *x);
                }
            }
        });
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
        {
            let (halves, gradient) = (Floats::of(halves)?, Floats::of(&gradient)?);
            let (halves, gradient): (&[f32], &[f32]) = (&halves, &gradient);
            fast(|| {
                let rows = to_halves.chunks_exact_mut(2 * channels).zip(gradient.chunks_exact(channels));
                let given = halves.chunks_exact(2 * channels).zip(self.0.kept.chunks_exact(channels));
                for ((to_halves, gradient), (halves, kept)) in rows.zip(given) {
                    let (a, b) = halves.split_at(channels);
                    let (to_a, to_b) = to_halves.split_at_mut(channels);
                    let places = to_a.iter_mut().zip(to_b).zip(gradient).zip(a).zip(b).zip(kept);
                    for (((((to_a, to_b), gradient), a), b), kept) in places {
                        let open = sigmoid(*b);
                        *to_a = gradient * f32::from(*kept) * self.0.scale * open;
                        *to_b = *to_a * a * (1.0 - open);
                    }
                }
            });
        }
        Ok((Some(gradient), Some(tensor(to_halves, (rows, 2 * channels))?)))
    }
}

struct Dropout(Mask);

impl Dropout {
    fn apply(&self, x: &[f32]) -> Vec<f32> {
        fast(|| x.iter().zip(&*self.0.kept).map(|(x, kept)| x * f32::from(*kept) * self.0.scale).collect())
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
        let mask = Mask::new(6 * 20, 0.25, &mut Noise::new(3));
        let factors: Vec<f32> = mask.kept.iter().map(|&kept| f32::from(kept) / 0.75).collect();
        assert!(factors.contains(&0.0) && factors.iter().any(|factor| *factor > 1.3));
        (mask, Tensor::from_vec(factors, (6, 20), &Device::Cpu).expect("6 rows of 20"))
    }

    fn stock(all: &[Tensor], factors: &Tensor) -> Result<Tensor> {
        let (a, b) = (all[1].narrow(1, 0, 20)?, all[1].narrow(1, 20, 20)?);
        let open = (b.neg()?.exp()? + 1.0)?.recip()?;
        &all[0] + a.mul(&open)?.mul(factors)?
    }

    #[test]
    fn a_gate_lets_through_what_its_other_half_says() {
        let inputs = [random(&[6, 20]), random(&[6, 40])];
        let (mask, factors) = mask();
        check(&inputs, |all| gate(&all[0], &all[1], Some(mask.clone())), |all| stock(all, &factors));
        let ones = factors.ones_like().expect("ones");
        check(&inputs, |all| gate(&all[0], &all[1], None), |all| stock(all, &ones));
    }

    #[test]
    fn dropout_drops_and_makes_up_for_it() {
        let inputs = [random(&[6, 20]), random(&[6, 20])];
        let (mask, factors) = mask();
        let ours = |all: &[Tensor]| residual(&all[0], &all[1], Some(mask.clone()));
        check(&inputs, ours, |all| &all[0] + all[1].mul(&factors)?);
    }
}
