//! What the span head sees: the window around each anchor.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Shape, Tensor};

use super::linear::add;
use super::{Floats, floats, matrix, result, tensor};

/// How many rows of the tables are added at each position of a window.
pub(crate) const PARTS: usize = 5;

/// The row of a position outside its text.
pub(crate) const OUTSIDE: u32 = u32::MAX;

/// Where the positions of windows are, `[positions * windows]` position-major.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// How many windows there are.
    pub(crate) windows: usize,
    /// The row of the token at each position, or [`OUTSIDE`].
    pub(crate) tokens: Vec<u32>,
    /// The rows of the tables for each position.
    pub(crate) parts: Vec<[u16; PARTS]>,
}

/// For each position of each window the sum of its token's row of `tokens [N, C]`, the window's row of `anchors [windows, C]`
/// and some rows of `tables [R, C]`, negative numbers as 0: `[positions * windows, C]`. Outside the text it is 0.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn windows(tokens: &Tensor, anchors: &Tensor, tables: &Tensor, places: Arc<Places>) -> Result<Tensor> {
    tokens.apply_op3(anchors, tables, Windows(places))
}

struct Windows(Arc<Places>);

impl Windows {
    /// The positions inside their texts: number, token's row, rows of the tables.
    fn inside(&self) -> impl Iterator<Item = (usize, usize, &[u16; PARTS])> {
        let places = self.0.tokens.iter().zip(&self.0.parts).enumerate();
        places.filter_map(|(at, (&token, parts))| (token != OUTSIDE).then_some((at, token as usize, parts)))
    }
}

/// The row of a matrix.
#[inline(always)]
fn row(matrix: &[f32], row: usize, channels: usize) -> &[f32] {
    &matrix[row * channels..][..channels]
}

impl CustomOp3 for Windows {
    fn name(&self) -> &'static str {
        "windows"
    }

    fn cpu_fwd(
        &self,
        tokens: &CpuStorage,
        tokens_layout: &Layout,
        anchors: &CpuStorage,
        anchors_layout: &Layout,
        tables: &CpuStorage,
        tables_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (_, channels) = matrix(tokens_layout)?;
        let tokens = floats(tokens, tokens_layout)?;
        let anchors = floats(anchors, anchors_layout)?;
        let tables = floats(tables, tables_layout)?;
        let mut out = vec![0.0; self.0.tokens.len() * channels];
        for (at, token, parts) in self.inside() {
            let out = &mut out[at * channels..][..channels];
            out.copy_from_slice(row(tokens, token, channels));
            add(out, row(anchors, at % self.0.windows, channels));
            for &part in parts {
                add(out, row(tables, part.into(), channels));
            }
            for number in out {
                *number = number.max(0.0);
            }
        }
        Ok(result(out, (self.0.tokens.len(), channels)))
    }

    fn bwd(
        &self,
        tokens: &Tensor,
        anchors: &Tensor,
        tables: &Tensor,
        out: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let (_, channels) = tokens.dims2()?;
        let gradient = gradient.contiguous()?;
        let (out, gradient) = (Floats::of(out)?, Floats::of(&gradient)?);
        let (out, gradient): (&[f32], &[f32]) = (&out, &gradient);
        let mut to_tokens = vec![0.0; tokens.elem_count()];
        let mut to_anchors = vec![0.0; anchors.elem_count()];
        let mut to_tables = vec![0.0; tables.elem_count()];
        let mut own = vec![0.0; channels];
        for (at, token, parts) in self.inside() {
            let numbers = row(out, at, channels).iter().zip(row(gradient, at, channels));
            own.iter_mut().zip(numbers).for_each(|(own, (out, to))| *own = if *out > 0.0 { *to } else { 0.0 });
            add(&mut to_tokens[token * channels..][..channels], &own);
            add(&mut to_anchors[at % self.0.windows * channels..][..channels], &own);
            for &part in parts {
                add(&mut to_tables[usize::from(part) * channels..][..channels], &own);
            }
        }
        Ok((
            Some(tensor(to_tokens, tokens.shape())?),
            Some(tensor(to_anchors, anchors.shape())?),
            Some(tensor(to_tables, tables.shape())?),
        ))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::super::check::{check, random};
    use super::*;

    #[test]
    fn a_window_sums_what_is_known_of_its_positions() {
        let places = Places {
            windows: 2,
            tokens: vec![1, OUTSIDE, 2, 0, 3, 1],
            parts: (0..6).map(|at| [at, at % 3, 6, 1, 1]).collect(),
        };
        let stock = |all: &[Tensor]| {
            let pick = |matrix: &Tensor, rows: &[u32]| matrix.index_select(&Tensor::new(rows, &Device::Cpu)?, 0);
            let mut sum = (pick(&all[0], &[1, 0, 2, 0, 3, 1])? + pick(&all[1], &[0, 1, 0, 1, 0, 1])?)?;
            for part in 0..PARTS {
                let rows: Vec<u32> = places.parts.iter().map(|parts| u32::from(parts[part])).collect();
                sum = (sum + pick(&all[2], &rows)?)?;
            }
            let mask = Tensor::new(&[1.0f32, 0.0, 1.0, 1.0, 1.0, 1.0], &Device::Cpu)?.reshape((6, 1))?;
            sum.relu()?.broadcast_mul(&mask)
        };
        // Halves and a twentieth: no sum of seven is near 0, where the slope changes.
        let clear = |shape: &[usize]| -> Tensor {
            let halves = (random(shape) * 4.0).and_then(|x| x.round()).and_then(|x| x * 0.5);
            halves.and_then(|x| x + 0.05).expect("a sum")
        };
        let inputs = [clear(&[5, 18]), clear(&[2, 18]), clear(&[7, 18])];
        check(&inputs, |all| windows(&all[0], &all[1], &all[2], places.clone().into()), stock);
    }
}
