//! Rows of a table.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};

use super::linear::add;
use super::{Floats, floats, matrix, result, tensor};

/// The number of a row of zeros.
pub(crate) const NONE: u32 = u32::MAX;

/// Which rows of a table make up each row of a result.
#[derive(Debug, Clone)]
pub(crate) enum Rows {
    /// One each, or [`NONE`].
    One(Arc<[u32]>),
    /// The sum of those whose bits are set.
    Sum(Arc<[u64]>),
}

/// The rows of a table `[V, C]`, as a matrix `[N, C]`.
///
/// # Errors
/// When a row is asked for that the table has not.
pub(crate) fn embed(table: &Tensor, rows: &Rows) -> Result<Tensor> {
    table.apply_op1(Embed(rows.clone()))
}

struct Embed(Rows);

impl Embed {
    fn len(&self) -> usize {
        match &self.0 {
            Rows::One(rows) => rows.len(),
            Rows::Sum(rows) => rows.len(),
        }
    }

    /// Calls `f` with each row of the result and each row of the table that is part of it.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(usize, usize)) {
        match &self.0 {
            Rows::One(rows) => {
                let known = rows.iter().enumerate().filter(|(_, row)| **row != NONE);
                known.for_each(|(at, &row)| f(at, row as usize));
            }
            Rows::Sum(rows) => {
                for (at, &bits) in rows.iter().enumerate() {
                    let mut left = bits;
                    while left != 0 {
                        f(at, left.trailing_zeros() as usize);
                        left &= left - 1;
                    }
                }
            }
        }
    }
}

impl CustomOp1 for Embed {
    fn name(&self) -> &'static str {
        "embed"
    }

    fn cpu_fwd(&self, table: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (_, columns) = matrix(layout)?;
        let table = floats(table, layout)?;
        let mut out = vec![0.0; self.len() * columns];
        self.each(|at, row| add(&mut out[at * columns..][..columns], &table[row * columns..][..columns]));
        Ok(result(out, (self.len(), columns)))
    }

    fn bwd(&self, table: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        let (_, columns) = table.dims2()?;
        let gradient = gradient.contiguous()?;
        let gradient = Floats::of(&gradient)?;
        let gradient: &[f32] = &gradient;
        let mut out = vec![0.0; table.elem_count()];
        self.each(|at, row| add(&mut out[row * columns..][..columns], &gradient[at * columns..][..columns]));
        Ok(Some(tensor(out, table.shape())?))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::super::check::{check, random};
    use super::*;

    #[test]
    fn rows_are_found_and_summed() {
        let table = [random(&[7, 5])];
        let ids = [3, 0, 3, NONE, 6];
        let stock = |all: &[Tensor]| {
            let rows = all[0].index_select(&Tensor::new(&[3_u32, 0, 3, 0, 6], &Device::Cpu)?, 0)?;
            rows.broadcast_mul(&Tensor::new(&[1.0_f32, 1.0, 1.0, 0.0, 1.0], &Device::Cpu)?.reshape((5, 1))?)
        };
        check(&table, |all| embed(&all[0], &Rows::One(ids.into())), stock);
        let sets = [0b100_0001_u64, 0, 0b11];
        let hot: Vec<f32> = sets.iter().flat_map(|set| (0..7).map(move |bit| (set >> bit & 1) as f32)).collect();
        let stock = |all: &[Tensor]| Tensor::from_slice(&hot, (3, 7), &Device::Cpu)?.matmul(&all[0]);
        check(&table, |all| embed(&all[0], &Rows::Sum(sets.into())), stock);
    }
}
