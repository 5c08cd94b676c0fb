//! Layer norm, and each position beside its neighbours: what a convolution of width 3 multiplies.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Shape, Tensor};

use super::simd::{Loops, dot, fast, sum};
use super::{Floats, floats, matrix, result, tensor};

const EPSILON: f32 = 1e-5;

/// How sequences lie in a matrix.
#[derive(Debug, Clone)]
pub(crate) struct Sequences {
    /// Rows a position: how many sequences there are.
    pub(crate) width: usize,
    /// Whether each row of the matrix lies inside its sequence.
    pub(crate) inside: Arc<[bool]>,
}

/// The layer norm of `x [N, C]`; rows outside their sequence give zeros. `scale` and `shift` are `[C]`.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn norm(x: &Tensor, scale: &Tensor, shift: &Tensor, sequences: &Sequences) -> Result<Tensor> {
    x.apply_op3(scale, shift, Context { sequences: sequences.clone(), dilation: None })
}

/// [`norm`] of the position `dilation` before, of each position, and of that `dilation` after: `[N, 3 C]`.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn context(
    x: &Tensor,
    scale: &Tensor,
    shift: &Tensor,
    sequences: &Sequences,
    dilation: usize,
) -> Result<Tensor> {
    x.apply_op3(scale, shift, Context { sequences: sequences.clone(), dilation: Some(dilation) })
}

struct Context {
    sequences: Sequences,
    /// How many positions away the neighbours are; none are wanted where absent.
    dilation: Option<usize>,
}

/// Where a row's normed numbers go: the row and the column to start at.
#[inline(always)]
fn places(row: usize, rows: usize, distance: Option<usize>, channels: usize) -> [Option<usize>; 3] {
    let Some(distance) = distance else { return [Some(row * channels), None, None] };
    let after = row + distance;
    [
        Some((3 * row + 1) * channels),
        (after < rows).then_some(3 * after * channels),
        row.checked_sub(distance).map(|before| (3 * before + 2) * channels),
    ]
}

/// Norms a row to mean 0 and variance 1; returns one over its standard deviation.
#[inline(always)]
fn norm_row(row: &[f32], normed: &mut [f32]) -> f32 {
    let length = row.len() as f32;
    let mean = sum(row) / length;
    for (normed, number) in normed.iter_mut().zip(row) {
        *normed = number - mean;
    }
    let inverse = 1.0 / (dot(normed, normed) / length + EPSILON).sqrt();
    for normed in normed.iter_mut() {
        *normed *= inverse;
    }
    inverse
}

/// The forward pass.
struct Forward<'a> {
    x: &'a [f32],
    scale: &'a [f32],
    shift: &'a [f32],
    inside: &'a [bool],
    distance: Option<usize>,
    out: &'a mut [f32],
}

impl Loops for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { x, scale, shift, inside, distance, out } = self;
        let channels = scale.len();
        let mut normed = vec![0.0; channels];
        for (row, numbers) in x.chunks_exact(channels).enumerate() {
            if !inside[row] {
                continue;
            }
            norm_row(numbers, &mut normed);
            for ((normed, scale), shift) in normed.iter_mut().zip(scale).zip(shift) {
                *normed = normed.mul_add(*scale, *shift);
            }
            for place in places(row, inside.len(), distance, channels).into_iter().flatten() {
                out[place..place + channels].copy_from_slice(&normed);
            }
        }
    }
}

/// The backward pass.
struct Backward<'a> {
    x: &'a [f32],
    scale: &'a [f32],
    gradient: &'a [f32],
    inside: &'a [bool],
    distance: Option<usize>,
    to_x: &'a mut [f32],
    to_scale: &'a mut [f32],
    to_shift: &'a mut [f32],
}

impl Loops for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { x, scale, gradient, inside, distance, to_x, to_scale, to_shift } = self;
        let channels = scale.len();
        let (to_scale, to_shift) = (&mut to_scale[..channels], &mut to_shift[..channels]);
        // Of one row: the gradient of its normed numbers, before and after their scale; the normed numbers.
        let mut of_out = vec![0.0; channels];
        let (mut of_normed, mut normed) = (vec![0.0; channels], vec![0.0; channels]);
        let (of_out, of_normed, normed) = (&mut of_out[..], &mut of_normed[..channels], &mut normed[..channels]);
        for (row, (numbers, to_x)) in x.chunks_exact(channels).zip(to_x.chunks_exact_mut(channels)).enumerate() {
            if !inside[row] {
                continue;
            }
            of_out.fill(0.0);
            for place in places(row, inside.len(), distance, channels).into_iter().flatten() {
                for (sum, part) in of_out.iter_mut().zip(&gradient[place..place + channels]) {
                    *sum += part;
                }
            }
            let of_out = &of_out[..channels];
            let inverse = norm_row(numbers, normed);
            for at in 0..channels {
                of_normed[at] = of_out[at] * scale[at];
                to_scale[at] += of_out[at] * normed[at];
                to_shift[at] += of_out[at];
            }
            let mean = sum(of_normed) / channels as f32;
            let slope = dot(of_normed, normed) / channels as f32;
            for at in 0..channels {
                to_x[at] = inverse * (of_normed[at] - mean - normed[at] * slope);
            }
        }
    }
}

impl Context {
    /// How many rows away the neighbours are.
    fn distance(&self) -> Option<usize> {
        self.dilation.map(|dilation| dilation * self.sequences.width)
    }
}

impl CustomOp3 for Context {
    fn name(&self) -> &'static str {
        "context"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        scale: &CpuStorage,
        scale_layout: &Layout,
        shift: &CpuStorage,
        shift_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (rows, channels) = matrix(x_layout)?;
        let (x, scale, shift) = (floats(x, x_layout)?, floats(scale, scale_layout)?, floats(shift, shift_layout)?);
        let columns = if self.dilation.is_some() { 3 * channels } else { channels };
        let (distance, inside) = (self.distance(), &self.sequences.inside[..rows]);
        let mut out = vec![0.0; rows * columns];
        fast(Forward { x, scale, shift, inside, distance, out: &mut out });
        Ok(result(out, (rows, columns)))
    }

    fn bwd(
        &self,
        x: &Tensor,
        scale: &Tensor,
        _: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let (rows, channels) = x.dims2()?;
        let gradient = gradient.contiguous()?;
        let (x, scale, gradient) = (Floats::of(x)?, Floats::of(scale)?, Floats::of(&gradient)?);
        let (distance, inside) = (self.distance(), &self.sequences.inside[..rows]);
        let mut to_x = vec![0.0; rows * channels];
        let (mut to_scale, mut to_shift) = (vec![0.0; channels], vec![0.0; channels]);
        fast(Backward {
            x: &x,
            scale: &scale,
            gradient: &gradient,
            inside,
            distance,
            to_x: &mut to_x,
            to_scale: &mut to_scale,
            to_shift: &mut to_shift,
        });
        Ok((
            Some(tensor(to_x, (rows, channels))?),
            Some(tensor(to_scale, channels)?),
            Some(tensor(to_shift, channels)?),
        ))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{D, Device};

    use super::super::check::{check, random};
    use super::*;

    const CHANNELS: usize = 20;

    /// Three sequences of 5, 3 and 1 positions.
    fn sequences() -> Sequences {
        let inside = (0..15).map(|row| row / 3 < [5, 3, 1][row % 3]).collect();
        Sequences { width: 3, inside }
    }

    fn stock_norm(all: &[Tensor]) -> Result<Tensor> {
        let centred = all[0].broadcast_sub(&all[0].mean_keepdim(D::Minus1)?)?;
        let variance = centred.sqr()?.mean_keepdim(D::Minus1)?;
        let normed = centred.broadcast_div(&(variance + f64::from(EPSILON))?.sqrt()?)?;
        let mask: Vec<f32> = sequences().inside.iter().map(|&inside| f32::from(u8::from(inside))).collect();
        let mask = Tensor::from_vec(mask, (15, 1), &Device::Cpu)?;
        normed.broadcast_mul(&all[1])?.broadcast_add(&all[2])?.broadcast_mul(&mask)
    }

    fn inputs() -> [Tensor; 3] {
        [random(&[15, CHANNELS]), random(&[CHANNELS]), random(&[CHANNELS])]
    }

    #[test]
    fn it_is_a_layer_norm() {
        check(&inputs(), |all| norm(&all[0], &all[1], &all[2], &sequences()), stock_norm);
    }

    #[test]
    fn it_shows_the_neighbours() {
        for dilation in [1, 2, 4, 9] {
            let stock = |all: &[Tensor]| {
                let normed = stock_norm(all)?;
                let rows = (3 * dilation).min(15);
                let zeros = Tensor::zeros((rows, CHANNELS), normed.dtype(), &Device::Cpu)?;
                let before = Tensor::cat(&[&zeros, &normed.narrow(0, 0, 15 - rows)?], 0)?;
                let after = Tensor::cat(&[&normed.narrow(0, rows, 15 - rows)?, &zeros], 0)?;
                Tensor::cat(&[&before, &normed, &after], 1)
            };
            check(&inputs(), |all| context(&all[0], &all[1], &all[2], &sequences(), dilation), stock);
        }
    }
}
