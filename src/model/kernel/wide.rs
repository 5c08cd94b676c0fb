//! The arithmetic of a transformer: rows rounded to whole numbers each by itself, products with many inputs, softmax, GELU.

use super::{BLOCK, LARGEST, LaidOut, Lanes, Matrix, ROWS, TILE, exponential, load, normed};

/// Pairs of inputs whose products are summed as whole numbers: with more, the sum could leave 32 bits.
const PART: usize = 256;

/// The largest numbers of the two sides of a product of 64 inputs, so that it stays within 32 bits.
const QUERY: f32 = 8191.0;
const KEY: f32 = 4095.0;

/// Rows of whole numbers, each row with what its ones are worth.
#[derive(Debug, Default)]
pub(crate) struct Whole {
    values: Vec<i16>,
    steps: Vec<f32>,
    width: usize,
}

impl Whole {
    /// Rounds rows of `width` numbers: the largest of each becomes 32,767.
    pub(crate) fn round<L: Lanes>(&mut self, x: &[f32], width: usize) {
        self.round_to::<L>(x.chunks_exact(width), width, LARGEST);
    }

    /// Rounds the rows of a head's queries.
    pub(crate) fn round_queries<'x, L: Lanes>(&mut self, rows: impl Iterator<Item = &'x [f32]>, width: usize) {
        self.round_to::<L>(rows, width, QUERY);
    }

    fn round_to<'x, L: Lanes>(&mut self, rows: impl Iterator<Item = &'x [f32]>, width: usize, most: f32) {
        self.width = width;
        self.values.clear();
        self.steps.clear();
        for row in rows {
            let step = largest::<L>(row) / most;
            // One over a smaller number is infinite.
            let unit = L::splat(if step >= f32::MIN_POSITIVE { 1.0 / step } else { 0.0 });
            let start = self.values.len();
            self.values.resize(start + width, 0);
            for (x, out) in row.as_chunks::<4>().0.iter().zip(self.values[start..].as_chunks_mut().0) {
                *out = L::narrow(L::mul(L::load(x), unit));
            }
            self.steps.push(step);
        }
    }

    fn row(&self, row: usize) -> &[[i16; 2]] {
        self.values[row * self.width..][..self.width].as_chunks().0
    }
}

/// The largest distance from zero.
fn largest<L: Lanes>(row: &[f32]) -> f32 {
    let zero = L::splat(0.0);
    let most = row.as_chunks::<4>().0.iter().fold(zero, |most, x| {
        let x = L::load(x);
        L::more(most, L::more(x, L::sub(zero, x)))
    });
    let mut lanes = [0.0; 4];
    L::store(most, &mut lanes);
    lanes.into_iter().fold(0.0, f32::max)
}

impl Matrix {
    /// The matrix that gives the products of a head's queries with its keys, each a row of `width` numbers, over the root of
    /// `width`.
    pub(crate) fn of_keys<'x, L: Lanes>(rows: impl Iterator<Item = &'x [f32]>, width: usize) -> Self {
        let mut keys = Whole::default();
        keys.round_to::<L>(rows, width, KEY);
        let (count, root) = (keys.steps.len(), (width as f32).sqrt());
        let scales: Vec<f32> = keys.steps.iter().map(|step| step / root).collect();
        Self::of_short(count, width, &scales, |output, input| keys.values[output * width + input])
    }

    /// The matrix that adds up a head's values, each a row of `width` numbers, as much of each as its input says.
    pub(crate) fn of_values<'x, L: Lanes>(rows: impl Iterator<Item = &'x [f32]> + Clone, width: usize) -> Self {
        let zero = L::splat(0.0);
        let mut steps = vec![0.0; width];
        for row in rows.clone() {
            for (most, x) in steps.as_chunks_mut().0.iter_mut().zip(row.as_chunks::<4>().0) {
                let x = L::load(x);
                L::store(L::more(L::load(most), L::more(x, L::sub(zero, x))), most);
            }
        }
        let unit = |&most: &f32| if most >= LARGEST * f32::MIN_POSITIVE { LARGEST / most } else { 0.0 };
        let units: Vec<f32> = steps.iter().map(unit).collect();
        for most in &mut steps {
            *most /= LARGEST;
        }
        let mut values = Vec::new();
        for row in rows {
            for (x, unit) in row.as_chunks::<4>().0.iter().zip(units.as_chunks::<4>().0) {
                values.extend(L::narrow(L::mul(L::load(x), L::load(unit))));
            }
        }
        let count = values.len() / width;
        // Shares come in whole blocks.
        values.resize(count.next_multiple_of(BLOCK) * width, 0);
        Self::of_short(width, count.next_multiple_of(BLOCK), &steps, |output, input| values[input * width + output])
    }
}

/// Multiplies rows with a matrix: `out` is [rows, outputs], its rows a multiple of [`ROWS`].
pub(crate) fn project<L: Lanes, P: LaidOut>(matrix: &Matrix<P>, rows: &Whole, out: &mut [f32]) {
    let count = out.len() / matrix.outputs;
    for (tile, out) in out.chunks_mut(TILE * matrix.outputs).enumerate() {
        for (block, weights) in matrix.packed.weights().chunks_exact(matrix.inputs / 2).enumerate() {
            let scale = &matrix.scale[block * BLOCK..][..BLOCK];
            let bias = &matrix.bias[block * BLOCK..][..BLOCK];
            for group in (0..TILE.min(count - tile * TILE)).step_by(ROWS) {
                let first = tile * TILE + group;
                let row = |row: usize| rows.row(first + row);
                let all = [row(0), row(1), row(2), row(3)];
                let mut sums = [[L::splat(0.0); 2]; ROWS];
                for (part, weights) in weights.chunks(PART).enumerate() {
                    let within = |row: &'_ [[i16; 2]]| part * PART..(part * PART + weights.len()).min(row.len());
                    let [a, b, c, d] = all;
                    let own = [&a[within(a)], &b[within(b)], &c[within(c)], &d[within(d)]];
                    let whole = L::multiply(weights, own, [[L::zero(); 2]; ROWS]);
                    for (sum, [first, second]) in sums.iter_mut().zip(whole) {
                        *sum = [L::add(sum[0], L::float(first)), L::add(sum[1], L::float(second))];
                    }
                }
                for (row, sums) in sums.into_iter().enumerate() {
                    let step = L::splat(rows.steps[first + row]);
                    let out = &mut out[(group + row) * matrix.outputs + block * BLOCK..][..BLOCK];
                    for (half, sum) in sums.into_iter().enumerate() {
                        let scaled = L::mul(sum, L::mul(load::<L>(scale, half), step));
                        L::store(L::add(scaled, load::<L>(bias, half)), &mut out.as_chunks_mut().0[half]);
                    }
                }
            }
        }
    }
}

/// Makes shares of the first `count` scores of each row of `width`, after `near` was added to them: their softmax, as whole
/// numbers that add up to about 32,767. What stands beyond `count` becomes 0. The middle of `near` is for a row's own place.
pub(crate) fn shares<L: Lanes>(scores: &mut [f32], width: usize, count: usize, near: &[f32], out: &mut Whole) {
    out.width = width;
    out.values.clear();
    out.values.resize(scores.len(), 0);
    out.steps.clear();
    out.steps.resize(scores.len() / width, 1.0 / LARGEST);
    for ((row, x), out) in scores.chunks_exact_mut(width).enumerate().zip(out.values.chunks_exact_mut(width)) {
        let near = &near[near.len() / 2 - row..][..width];
        for (x, near) in x.as_chunks_mut().0.iter_mut().zip(near.as_chunks::<4>().0) {
            L::store(L::add(L::load(x), L::load(near)), x);
        }
        x[count..].fill(f32::MIN);
        let most = x.as_chunks::<4>().0.iter().fold(L::splat(f32::MIN), |most, x| L::more(most, L::load(x)));
        let mut lanes = [0.0; 4];
        L::store(most, &mut lanes);
        let most = L::splat(lanes.into_iter().fold(f32::MIN, f32::max));
        let mut sum = L::splat(0.0);
        for x in x.as_chunks_mut().0 {
            let power = exponential::<L>(L::sub(L::load(x), most));
            sum = L::add(sum, power);
            L::store(power, x);
        }
        L::store(sum, &mut lanes);
        let unit = L::splat(LARGEST / ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])));
        for (x, out) in x.as_chunks::<4>().0.iter().zip(out.as_chunks_mut().0) {
            *out = L::narrow(L::mul(L::load(x), unit));
        }
    }
}

/// x · Φ(x) of each number, Φ the distribution of the normal curve: to about 2e-7. Abramowitz and Stegun's 7.1.26.
pub(crate) fn gelu<L: Lanes>(x: &mut [f32]) {
    let series = [1.061_405_4, -1.453_152, 1.421_413_8, -0.284_496_74, 0.254_829_6];
    let (zero, one, half) = (L::splat(0.0), L::splat(1.0), L::splat(0.5));
    for x in x.as_chunks_mut().0 {
        let value = L::load(x);
        let far = L::mul(L::more(value, L::sub(zero, value)), L::splat(std::f32::consts::FRAC_1_SQRT_2));
        let t = L::div(one, L::add(one, L::mul(L::splat(0.327_591_1), far)));
        let mut sum = L::splat(series[0]);
        for &coefficient in &series[1..] {
            sum = L::add(L::mul(sum, t), L::splat(coefficient));
        }
        // What lies beyond x on its side of the curve, twice.
        let tail = L::mul(L::mul(sum, t), exponential::<L>(L::sub(zero, L::mul(far, far))));
        // max(x, 0) less |x| times half of the tail.
        let part = L::mul(L::mul(L::more(value, L::sub(zero, value)), half), tail);
        L::store(L::sub(L::more(value, zero), part), x);
    }
}

/// Layer norm of rows of `width` numbers, in place.
pub(crate) fn normalise_rows<L: Lanes>(x: &mut [f32], weight: &[f32], bias: &[f32], width: usize) {
    for row in x.chunks_exact_mut(width) {
        let (mean, scale) = normed::<L>(row);
        let parameters = weight.as_chunks::<4>().0.iter().zip(bias.as_chunks::<4>().0);
        for (x, (weight, bias)) in row.as_chunks_mut().0.iter_mut().zip(parameters) {
            let normal = L::mul(L::sub(L::load(x), mean), scale);
            L::store(L::add(L::mul(normal, L::load(weight)), L::load(bias)), x);
        }
    }
}

/// Adds `more` to `x`, number by number.
pub(crate) fn add<L: Lanes>(x: &mut [f32], more: &[f32]) {
    for (x, more) in x.as_chunks_mut().0.iter_mut().zip(more.as_chunks::<4>().0) {
        L::store(L::add(L::load(x), L::load(more)), x);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Native;
    use super::*;

    #[test]
    fn a_row_of_next_to_nothing_is_nothing() {
        for tiny in [0.0, 1e-45, 1e-40, f32::MIN_POSITIVE] {
            let row = [tiny, -tiny, 0.0, tiny];
            let mut whole = Whole::default();
            whole.round::<Native>(&row, 4);
            assert_eq!(whole.values, [0; 4], "{tiny}");
            let matrix = Matrix::of_values::<Native>([&row[..]].into_iter(), 4);
            assert!(matrix.scale.iter().all(|scale| scale.is_finite()), "{tiny}");
            assert!(matrix.packed.iter().flatten().flatten().all(|&weight| weight == 0), "{tiny}");
        }
        let mut whole = Whole::default();
        whole.round::<Native>(&[1.0, -0.5, 0.0, 0.25], 4);
        assert_eq!(whole.values, [32767, -16384, 0, 8192]);
    }
}
