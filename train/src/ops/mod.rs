//! The operations of the network that candle has not, or has slowly: each a forward pass and its own backward pass.
//!
//! Sequences lie position-major: of a batch of `B` sequences of `T` positions, row `t * B + b` of a matrix `[T * B, C]` is
//! position `t` of sequence `b`. A neighbour is then a whole number of rows away, and a step in time is one block.
//!
//! | module | what |
//! |---|---|
//! | [`embed`] | rows of a table, or sums of some |
//! | [`linear`] | `x · Wᵀ + b` |
//! | [`context`] | layer norm, and each position beside its neighbours |
//! | [`gate`] | gated unit, dropout, residual sum |
//! | [`lstm`] | the recurrence of a bidirectional LSTM |
//! | [`window`] | what the span head sees: the window around each anchor |
//! | [`loss`] | losses of the heads that look at each token |
//! | [`chain`] | sums over sequences of tags, for the next two |
//! | [`names`] | loss of the tags of names |
//! | [`crf`] | loss of the span head |

#![expect(
    clippy::inline_always,
    clippy::needless_range_loop,
    reason = "loops must become part of a function that may use the processor's instructions; places in several arrays read best as places"
)]

mod chain;
pub(crate) mod context;
pub(crate) mod crf;
pub(crate) mod embed;
pub(crate) mod gate;
pub(crate) mod linear;
pub(crate) mod loss;
pub(crate) mod lstm;
pub(crate) mod names;
pub(crate) mod simd;
pub(crate) mod window;

#[cfg(test)]
mod check;

use candle_core::{CpuStorage, Device, Layout, Result, Shape, Storage, StorageRef, Tensor, bail};

/// The numbers that an operation is given: a tensor without gaps.
fn floats<'s>(storage: &'s CpuStorage, layout: &Layout) -> Result<&'s [f32]> {
    match layout.contiguous_offsets() {
        Some((start, end)) => Ok(&storage.as_slice::<f32>()?[start..end]),
        None => bail!("the tensor has gaps: {layout:?}"),
    }
}

/// A tensor's numbers, held for reading.
pub(crate) struct Floats<'t> {
    storage: StorageRef<'t>,
    start: usize,
    end: usize,
}

impl Floats<'_> {
    /// Holds the numbers of a tensor on the CPU that has no gaps.
    ///
    /// # Errors
    /// When it has gaps.
    pub(crate) fn of(tensor: &Tensor) -> Result<Floats<'_>> {
        let (storage, layout) = tensor.storage_and_layout();
        match layout.contiguous_offsets() {
            Some((start, end)) => Ok(Floats { storage, start, end }),
            None => bail!("the tensor has gaps: {layout:?}"),
        }
    }
}

impl std::ops::Deref for Floats<'_> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        match &*self.storage {
            Storage::Cpu(CpuStorage::F32(all)) => &all[self.start..self.end],
            _ => unreachable!("everything here is f32 on the CPU"),
        }
    }
}

/// What a forward pass returns.
fn result(numbers: Vec<f32>, shape: impl Into<Shape>) -> (CpuStorage, Shape) {
    (CpuStorage::F32(numbers), shape.into())
}

/// A tensor of some numbers.
pub(crate) fn tensor(numbers: Vec<f32>, shape: impl Into<Shape>) -> Result<Tensor> {
    Tensor::from_vec(numbers, shape.into(), &Device::Cpu)
}

/// Rows and columns of a matrix.
fn matrix(layout: &Layout) -> Result<(usize, usize)> {
    layout.shape().dims2()
}
