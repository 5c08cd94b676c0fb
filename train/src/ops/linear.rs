//! `x · Wᵀ + b`.

use candle_core::backend::BackendStorage;
use candle_core::{CpuStorage, CustomOp3, Layout, Result, Shape, Tensor};

use super::{Floats, floats, matrix, tensor};

/// `x · Wᵀ + b` of `x [N, K]`, `W [M, K]` and `b [M]`: `[N, M]`.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn linear(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor> {
    x.apply_op3(weight, bias, Linear)
}

struct Linear;

impl CustomOp3 for Linear {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let ((n, k), (m, _)) = (matrix(x_layout)?, matrix(weight_layout)?);
        let bias = floats(bias, bias_layout)?;
        let mut out = x.matmul(weight, (1, n, m, k), x_layout, &weight_layout.transpose(0, 1)?)?;
        if let CpuStorage::F32(out) = &mut out {
            out.chunks_exact_mut(m).for_each(|row| add(row, bias));
        }
        Ok((out, (n, m).into()))
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        _: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gradient = gradient.contiguous()?;
        let bias = column_sums(&Floats::of(&gradient)?, weight.dim(0)?);
        let length = bias.len();
        Ok((Some(gradient.matmul(weight)?), Some(gradient.t()?.matmul(x)?), Some(tensor(bias, length)?)))
    }
}

/// `to += what`.
#[inline(always)]
pub(crate) fn add(to: &mut [f32], what: &[f32]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += what);
}

/// The sums of a matrix's columns.
fn column_sums(matrix: &[f32], columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0; columns];
    // Several rows at a time: each sum is then loaded and stored less often.
    let mut blocks = matrix.chunks_exact(4 * columns);
    for block in &mut blocks {
        let (a, rest) = block.split_at(columns);
        let (b, rest) = rest.split_at(columns);
        let (c, d) = rest.split_at(columns);
        for ((((sum, a), b), c), d) in sums.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *sum += (a + b) + (c + d);
        }
    }
    blocks.remainder().chunks_exact(columns).for_each(|row| add(&mut sums, row));
    sums
}

#[cfg(test)]
mod tests {
    use super::super::check::{check, random};
    use super::*;

    #[test]
    fn it_is_a_product_and_a_sum() {
        let inputs = [random(&[7, 5]), random(&[19, 5]), random(&[19])];
        check(
            &inputs,
            |all| linear(&all[0], &all[1], &all[2]),
            |all| all[0].matmul(&all[1].t()?)?.broadcast_add(&all[2]),
        );
    }
}
