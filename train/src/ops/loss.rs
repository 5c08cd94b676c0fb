//! Losses of the heads that look at each token.

use std::ops::Range;
use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};

use super::simd::{Loops, exp, fast, sigmoid};
use super::{Floats, floats, matrix, result, tensor};

/// What a head's numbers mean, which decides how their distance to a target is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// One number, the log odds of something; the target is its probability. Cross entropy.
    Odds,
    /// Log probabilities but for a constant; the target is a distribution, one-hot where one class is right. Cross entropy.
    Distribution,
}

/// One loss over the rows of a matrix of heads.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// The columns of the head.
    pub(crate) columns: Range<usize>,
    pub(crate) measure: Measure,
    /// `[N, columns]`
    pub(crate) target: Vec<f32>,
    /// How much each row counts `[N]`; 0 for those of which nothing is known.
    pub(crate) weight: Vec<f32>,
}

/// The losses of heads `[N, C]`: `[terms]`, each the sum of its weighted rows.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn losses(heads: &Tensor, terms: Arc<[Term]>) -> Result<Tensor> {
    heads.apply_op1(Losses(terms))
}

struct Losses(Arc<[Term]>);

/// The most classes that a head has.
const MOST: usize = 64;

impl Term {
    /// The loss of a row, whose gradient is written to `to`.
    #[inline(always)]
    fn row(&self, row: &[f32], target: &[f32], to: &mut [f32]) -> f32 {
        if self.measure == Measure::Odds {
            let (z, y) = (row[0], target[0]);
            to[0] = sigmoid(z) - y;
            // In this form it overflows nowhere.
            return z.max(0.0) - z * y + exp(-z.abs()).ln_1p();
        }
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        to.iter_mut().zip(row).for_each(|(to, z)| *to = exp(z - top));
        let all: f32 = to.iter().sum();
        let log_all = all.ln() + top;
        let mass: f32 = target.iter().sum();
        let mut loss = 0.0;
        for ((to, z), y) in to.iter_mut().zip(row).zip(target) {
            loss += y * (log_all - z);
            *to = mass * *to / all - y;
        }
        loss
    }
}

/// The loss of a term; its gradient, times a factor, is added where that is asked for.
struct Sum<'a> {
    term: &'a Term,
    heads: &'a [f32],
    channels: usize,
    gradient: Option<(f32, &'a mut [f32])>,
}

impl Loops for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn call(mut self) -> f64 {
        let Self { term, heads, channels, .. } = self;
        let width = term.columns.len();
        let mut to = [0.0; MOST];
        let to = &mut to[..width];
        let mut total = 0.0;
        for (row, &weight) in term.weight.iter().enumerate() {
            if weight == 0.0 {
                continue;
            }
            let place = row * channels + term.columns.start;
            let loss = term.row(&heads[place..place + width], &term.target[row * width..][..width], to);
            total += f64::from(loss * weight);
            if let Some((factor, gradient)) = &mut self.gradient {
                for (gradient, to) in gradient[place..place + width].iter_mut().zip(&*to) {
                    *gradient += *factor * weight * to;
                }
            }
        }
        total
    }
}

impl CustomOp1 for Losses {
    fn name(&self) -> &'static str {
        "losses"
    }

    fn cpu_fwd(&self, heads: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (_, channels) = matrix(layout)?;
        let heads = floats(heads, layout)?;
        let total = |term: &Term| fast(Sum { term, heads, channels, gradient: None }) as f32;
        Ok(result(self.0.iter().map(total).collect(), self.0.len()))
    }

    fn bwd(&self, heads: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        let (_, channels) = heads.dims2()?;
        let gradient = gradient.contiguous()?;
        let (heads, gradient) = (Floats::of(heads)?, Floats::of(&gradient)?);
        let mut out = vec![0.0; heads.len()];
        for (term, gradient) in self.0.iter().zip(&*gradient) {
            fast(Sum { term, heads: &heads, channels, gradient: Some((*gradient, &mut out)) });
        }
        let rows = out.len() / channels;
        Ok(Some(tensor(out, (rows, channels))?))
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::super::check::{check, random};
    use super::*;

    const ROWS: usize = 6;

    fn term(columns: Range<usize>, measure: Measure, target: impl Fn(usize, usize) -> f32) -> Term {
        let cells = (0..ROWS).flat_map(|row| (0..columns.len()).map(move |column| (row, column)));
        let target = cells.map(|(row, column)| target(row, column)).collect();
        let weight = (0..ROWS).map(|row| [1.0, 0.0, 0.5][row % 3]).collect();
        Term { columns, measure, target, weight }
    }

    fn terms() -> Arc<[Term]> {
        let odds = term(0..1, Measure::Odds, |row, _| row as f32 / 5.0);
        let hard = term(1..8, Measure::Distribution, |row, column| if column == row { 1.0 } else { 0.0 });
        let soft = term(1..8, Measure::Distribution, |row, column| ((row + column) % 3) as f32 / 6.0);
        [odds, hard, soft].into()
    }

    fn stock(heads: &Tensor) -> Result<Tensor> {
        let mut losses = Vec::new();
        for term in &*terms() {
            let z = heads.narrow(1, term.columns.start, term.columns.len())?;
            let y = Tensor::from_slice(&term.target, (ROWS, term.columns.len()), &Device::Cpu)?;
            let log_all = z.exp()?.sum_keepdim(1)?.log()?;
            let rows = match term.measure {
                Measure::Odds => (((z.exp()? + 1.0)?.log()?) - (&z * &y)?)?,
                Measure::Distribution => (&y * log_all.broadcast_sub(&z)?)?.sum_keepdim(1)?,
            };
            let weight = Tensor::from_slice(&term.weight, (ROWS, 1), &Device::Cpu)?;
            losses.push((rows * weight)?.sum_all()?.reshape(1)?);
        }
        Tensor::cat(&losses, 0)
    }

    #[test]
    fn they_are_cross_entropies() {
        check(&[random(&[ROWS, 12])], |all| losses(&all[0], terms()), |all| stock(&all[0]));
    }

    #[test]
    fn nothing_overflows() {
        for size in [1e4, -1e4] {
            let heads = (random(&[ROWS, 12]) * size).expect("a product");
            let heads = candle_core::Var::from_tensor(&heads).expect("a variable");
            let total = losses(&heads, terms()).and_then(|losses| losses.sum_all()).expect("losses");
            let gradients = total.backward().expect("a backward pass");
            let gradient = Floats::of(gradients.get(&heads).expect("a gradient")).expect("no gaps").to_vec();
            assert!(gradient.iter().all(|gradient| gradient.abs() <= 2.0), "{gradient:?}");
            assert!(total.to_scalar::<f32>().expect("a number").is_finite());
        }
    }
}
