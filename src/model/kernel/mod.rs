//! The arithmetic of the network: products of whole numbers, gates, norms, one step of an LSTM.
//!
//! Every function is written once over [`Lanes`]: vectors of four that exist as WebAssembly's and in plain Rust. Both
//! compute the same operations in the same order, and nothing here asks the platform's mathematical library, so an
//! article gives the same reading everywhere, to the bit.
//!
//! Matrices and what they are applied to are 16-bit whole numbers; products add up in 32 bits, which 516 products of a
//! weight of 8 bits with an input of 16 cannot leave.

#![expect(
    clippy::inline_always,
    reason = "the page's build copies nothing else into callers, and these are a line each"
)]

mod lanes;
#[cfg(any(test, not(target_arch = "wasm32")))]
mod scalar;
#[cfg(target_arch = "wasm32")]
mod simd;
pub(crate) mod wide;

use lanes::{Block, Lanes, MAGIC};
pub(crate) use lanes::{Bytes, LaidOut, ROWS};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use scalar::Scalar as Native;
#[cfg(target_arch = "wasm32")]
pub(crate) use simd::Simd as Native;

/// Outputs of a product come in blocks of so many.
pub(crate) const BLOCK: usize = 8;

/// The largest number an input is quantised to.
pub(crate) const LARGEST: f32 = 32767.0;

/// e to the power of each lane, to about 1e-7 of it; powers beyond ±87 count as ±87. Cephes' `expf`.
#[inline(always)]
fn exponential<L: Lanes>(x: L::Float) -> L::Float {
    let x = L::more(L::less(x, L::splat(87.0)), L::splat(-87.0));
    let power = L::add(L::mul(x, L::splat(std::f32::consts::LOG2_E)), L::splat(MAGIC));
    let whole = L::sub(power, L::splat(MAGIC));
    // The rest after whole powers of two, whose logarithm is given in two parts: the first is exact in few bits.
    let rest = L::sub(x, L::mul(whole, L::splat(0.693_359_4)));
    let rest = L::sub(rest, L::mul(whole, L::splat(-2.121_944_4e-4)));
    let series = [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    let mut sum = L::splat(series[0]);
    for &coefficient in &series[1..] {
        sum = L::add(L::mul(sum, rest), L::splat(coefficient));
    }
    let sum = L::add(L::add(L::mul(sum, L::mul(rest, rest)), rest), L::splat(1.0));
    L::raise(sum, power)
}

/// 1 / (1 + e^-x).
#[inline(always)]
fn sigmoid_of<L: Lanes>(x: L::Float) -> L::Float {
    let one = L::splat(1.0);
    L::div(one, L::add(one, exponential::<L>(L::sub(L::splat(0.0), x))))
}

/// The hyperbolic tangent, as 2 · sigmoid(2x) - 1.
#[inline(always)]
fn tangent<L: Lanes>(x: L::Float) -> L::Float {
    let half = sigmoid_of::<L>(L::add(x, x));
    L::sub(L::add(half, half), L::splat(1.0))
}

/// e to the power of each of four numbers.
#[inline(always)]
pub(crate) fn exponentials(x: [f32; 4]) -> [f32; 4] {
    let mut out = [0.0; 4];
    Native::store(exponential::<Native>(Native::load(&x)), &mut out);
    out
}

/// 1 / (1 + e^-x).
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exponentials([-x; 4])[0])
}

/// The natural logarithm of a number that is normal and above zero, to about 1e-7. Cephes' `logf`.
pub(crate) fn logarithm(x: f32) -> f32 {
    let bits = x.to_bits();
    let mut power = (bits >> 23).cast_signed() - 126;
    let mut mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f00_0000);
    if mantissa < std::f32::consts::FRAC_1_SQRT_2 {
        power -= 1;
        mantissa += mantissa;
    }
    let rest = mantissa - 1.0;
    let series = [
        7.037_683_6e-2,
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ];
    let sum = series.iter().fold(0.0, |sum, coefficient| sum * rest + coefficient);
    let square = rest * rest;
    let power = power as f32;
    let small = sum * rest * square + power * -2.121_944_4e-4 - 0.5 * square;
    rest + small + power * 0.693_359_4
}

/// A matrix, laid out for [`product`] and [`project`](wide::project): of weights of 16 bits, or of 8.
#[derive(Debug, Clone)]
pub(crate) struct Matrix<P = Vec<Block>> {
    /// How many numbers go in; even.
    pub inputs: usize,
    /// How many come out: those of the file, and zeros up to a multiple of [`BLOCK`].
    pub outputs: usize,
    /// For each block of outputs and each pair of inputs: the pair's weights for each output.
    packed: P,
    /// What the sum of products of an output is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// A matrix of rows of weights, each an i8 and each row an output: inputs are counted in `step`s, the weights of a row
    /// in its of `scales`.
    pub(crate) fn new(rows: &[&[u8]], scales: &[f32], bias: &[f32], step: f32) -> Self {
        let inputs = rows.first().map_or(0, |row| row.len());
        let weight = |output: usize, input: usize| i16::from(rows[output][input].cast_signed());
        let scales: Vec<f32> = scales.iter().map(|scale| scale * step).collect();
        let mut matrix = Self::of_short(rows.len(), inputs, &scales, weight);
        matrix.bias[..bias.len()].copy_from_slice(bias);
        matrix
    }

    /// A matrix of the weight of each output and input, with what the products of each output are worth.
    fn of_short(outputs: usize, inputs: usize, scales: &[f32], weight: impl Fn(usize, usize) -> i16) -> Self {
        let blocks = outputs.div_ceil(BLOCK);
        let mut packed: Vec<Block> = vec![Default::default(); blocks * inputs / 2];
        for output in 0..outputs {
            let (block, lane) = (output / BLOCK, output % BLOCK);
            let block = &mut packed[block * inputs / 2..][..inputs / 2];
            for (pair, weights) in block.iter_mut().enumerate() {
                let both = [weight(output, 2 * pair), weight(output, 2 * pair + 1)];
                weights[lane / 4][lane % 4 * 2..][..2].copy_from_slice(&both);
            }
        }
        let outputs = blocks * BLOCK;
        let mut scale = scales.to_vec();
        scale.resize(outputs, 0.0);
        Self { inputs, outputs, packed, scale, bias: vec![0.0; outputs] }
    }

    /// Multiply-adds of one row of a product.
    pub(crate) fn work(&self) -> usize {
        self.inputs * self.outputs
    }
}

impl<P: LaidOut> Matrix<P> {
    /// A matrix of weights that are laid out already, with what the products of each output are worth, and as many biases.
    pub(crate) fn of_laid_out(packed: P, inputs: usize, scale: Vec<f32>, bias: Vec<f32>) -> Self {
        Self { inputs, outputs: scale.len(), packed, scale, bias }
    }
}

/// Lays the rows of a matrix, a multiple of [`BLOCK`] with an even number of inputs each, out in place: as [`Bytes`].
pub(crate) fn lay_out(rows: &mut [u8], inputs: usize) {
    let mut before = Vec::new();
    for block in rows.chunks_exact_mut(BLOCK * inputs) {
        before.clear();
        before.extend_from_slice(block);
        for (pair, weights) in block.chunks_exact_mut(2 * BLOCK).enumerate() {
            for (output, both) in weights.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                both.copy_from_slice(&before[output * inputs + 2 * pair..][..2]);
            }
        }
    }
}

/// What a product is applied to: rows of `width` numbers. Input row r of the product is rows r, r + `step`, r + 2 · `step`
/// … one after the other, as many as the matrix takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inputs<'x> {
    pub values: &'x [i16],
    pub width: usize,
    pub step: usize,
}

/// How many rows are multiplied with one block of the matrix before the next: both stay in the first cache.
const TILE: usize = 8 * ROWS;

/// Multiplies as many rows as `out` has room for, a multiple of [`ROWS`]: [rows, outputs].
pub(crate) fn product<L: Lanes>(matrix: &Matrix, inputs: Inputs<'_>, out: &mut [f32]) {
    let pairs = inputs.width / 2;
    let rows = out.len() / matrix.outputs;
    let values = &inputs.values.as_chunks::<2>().0;
    for (tile, out) in out.chunks_mut(TILE * matrix.outputs).enumerate() {
        for (block, weights) in matrix.packed.chunks_exact(matrix.inputs / 2).enumerate() {
            for group in (0..TILE.min(rows - tile * TILE)).step_by(ROWS) {
                let first = tile * TILE + group;
                let mut sums = [[L::zero(); 2]; ROWS];
                for (tap, weights) in weights.chunks_exact(pairs).enumerate() {
                    let rows = &values[(first + tap * inputs.step) * pairs..][..ROWS * pairs];
                    let ((first, second), (third, fourth)) = (rows.split_at(pairs), rows[2 * pairs..].split_at(pairs));
                    let rows = [first, &second[..pairs], third, fourth];
                    sums = L::multiply(weights, rows, sums);
                }
                let scale = &matrix.scale[block * BLOCK..][..BLOCK];
                let bias = &matrix.bias[block * BLOCK..][..BLOCK];
                for (row, sums) in sums.into_iter().enumerate() {
                    let out = &mut out[(group + row) * matrix.outputs + block * BLOCK..][..BLOCK];
                    for (half, sum) in sums.into_iter().enumerate() {
                        let scaled = L::mul(L::float(sum), load::<L>(scale, half));
                        L::store(L::add(scaled, load::<L>(bias, half)), &mut out.as_chunks_mut().0[half]);
                    }
                }
            }
        }
    }
}

/// The vector at `index` of a slice that is cut in fours.
#[inline(always)]
fn load<L: Lanes>(values: &[f32], index: usize) -> L::Float {
    L::load(&values.as_chunks().0[index])
}

/// Adds the first half of each row of `product`, times the sigmoid of the second, to the rows of `x`: [rows, width].
pub(crate) fn gate<L: Lanes>(product: &[f32], x: &mut [f32], width: usize) {
    for (x, product) in x.chunks_exact_mut(width).zip(product.chunks_exact(2 * width)) {
        let (value, gate) = product.split_at(width);
        let (value, gate) = (value.as_chunks().0, gate.as_chunks().0);
        for ((x, value), gate) in x.as_chunks_mut().0.iter_mut().zip(value).zip(gate) {
            let open = L::mul(L::load(value), sigmoid_of::<L>(L::load(gate)));
            L::store(L::add(L::load(x), open), x);
        }
    }
}

/// Multiplies one row with eight columns of weights that stay f32, [inputs, 8], and adds what `sums` holds already.
pub(crate) fn multiply_floats<L: Lanes>(weights: &[[f32; 8]], x: &[f32], sums: &mut [f32; 8]) {
    let mut both = [load::<L>(sums, 0), load::<L>(sums, 1)];
    for (weights, &x) in weights.iter().zip(x) {
        let x = L::splat(x);
        both = [0, 1].map(|half| L::add(both[half], L::mul(x, load::<L>(weights, half))));
    }
    for (half, sum) in both.into_iter().enumerate() {
        L::store(sum, &mut sums.as_chunks_mut().0[half]);
    }
}

/// Quantises numbers that were scaled to -32767..=32767.
pub(crate) fn quantise<L: Lanes>(x: &[f32], out: &mut [i16]) {
    for (x, out) in x.as_chunks().0.iter().zip(out.as_chunks_mut().0) {
        *out = L::narrow(L::load(x));
    }
}

/// Layer norm of one row, quantised: `weight` and `bias` carry the scale.
pub(crate) fn normalise<L: Lanes>(x: &[f32], weight: &[f32], bias: &[f32], out: &mut [i16]) {
    let (mean, scale) = normed::<L>(x);
    let (x, weight, bias) = (x.as_chunks::<4>().0, weight.as_chunks::<4>().0, bias.as_chunks::<4>().0);
    for (((x, weight), bias), out) in x.iter().zip(weight).zip(bias).zip(out.as_chunks_mut().0) {
        let normal = L::mul(L::sub(L::load(x), mean), scale);
        *out = L::narrow(L::add(L::mul(normal, L::load(weight)), L::load(bias)));
    }
}

/// The mean of a row, and what brings its numbers to a variance of one.
#[inline]
fn normed<L: Lanes>(x: &[f32]) -> (L::Float, L::Float) {
    let x = x.as_chunks::<4>().0;
    let total = |sum: L::Float| {
        let mut lanes = [0.0; 4];
        L::store(sum, &mut lanes);
        (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
    };
    let count = (4 * x.len()) as f32;
    let sum = x.iter().fold(L::splat(0.0), |sum, x| L::add(sum, L::load(x)));
    let mean = L::splat(total(sum) / count);
    let squares = x.iter().fold(L::splat(0.0), |sum, x| {
        let difference = L::sub(L::load(x), mean);
        L::add(sum, L::mul(difference, difference))
    });
    (mean, L::splat(1.0 / (total(squares) / count + 1e-5).sqrt()))
}

/// The order in which the rows of an LSTM's matrices are laid out for [`step`]: of the gates input, forget, cell, output,
/// each with a row a unit, four units of each after four units of the one before.
pub(crate) fn interleaved(units: usize) -> impl Iterator<Item = usize> {
    (0..units / 4)
        .flat_map(move |four| (0..4).flat_map(move |gate| (0..4).map(move |unit| gate * units + 4 * four + unit)))
}

/// One step of an LSTM: `projected` [4 · units] is what the input gives, `before` [units] the output of the step before and
/// `cell` [units] its memory; `out` [units] is the output, quantised as -32767..=32767.
pub(crate) fn step<L: Lanes>(hidden: &Matrix, projected: &[f32], before: &[i16], cell: &mut [f32], out: &mut [i16]) {
    let pairs = hidden.inputs / 2;
    let before = &before.as_chunks::<2>().0[..pairs];
    let projected = projected.as_chunks::<16>().0;
    let scale = hidden.scale.as_chunks::<16>().0;
    let cells = cell.as_chunks_mut().0.iter_mut().zip(out.as_chunks_mut().0);
    let gates = hidden.packed.chunks_exact(2 * pairs).zip(projected.iter().zip(scale));
    for ((packed, (projected, scale)), (cell, out)) in gates.zip(cells) {
        let (first, second) = packed.split_at(pairs);
        let mut sums = [L::zero(); 4];
        for ((pair, first), second) in before.iter().zip(first).zip(second) {
            let pair = L::pair(pair);
            sums[0] = L::dot(sums[0], pair, L::weights(&first[0]));
            sums[1] = L::dot(sums[1], pair, L::weights(&first[1]));
            sums[2] = L::dot(sums[2], pair, L::weights(&second[0]));
            sums[3] = L::dot(sums[3], pair, L::weights(&second[1]));
        }
        let gate =
            |gate: usize| L::add(L::mul(L::float(sums[gate]), load::<L>(scale, gate)), load::<L>(projected, gate));
        let kept = L::mul(sigmoid_of::<L>(gate(1)), L::load(cell));
        let memory = L::add(kept, L::mul(sigmoid_of::<L>(gate(0)), tangent::<L>(gate(2))));
        L::store(memory, cell);
        let output = L::mul(sigmoid_of::<L>(gate(3)), tangent::<L>(memory));
        *out = L::narrow(L::mul(output, L::splat(LARGEST)));
    }
}

#[cfg(test)]
mod tests {
    use super::lanes::Weights;
    use super::scalar::Scalar;
    use super::*;
    use proptest::prelude::*;

    /// A matrix of these weights, [outputs, inputs], that are worth a hundredth each.
    fn matrix(weights: &[u8], inputs: usize, bias: &[f32]) -> Matrix {
        let rows: Vec<&[u8]> = weights.chunks_exact(inputs).collect();
        Matrix::new(&rows, &vec![0.01; rows.len()], bias, 0.5)
    }

    proptest! {
        #[test]
        fn functions_are_what_they_are_called(x in -80.0_f32..80.0, y in 1e-30_f32..1e30) {
            let exact = f64::from(x);
            let power = f64::from(exponentials([x; 4])[2]);
            prop_assert!((power / exact.exp() - 1.0).abs() < 1e-6, "{power}");
            prop_assert!((f64::from(sigmoid(x)) - 1.0 / (1.0 + (-exact).exp())).abs() < 1e-6);
            let mut tanh = [0.0; 4];
            Scalar::store(tangent::<Scalar>([x; 4]), &mut tanh);
            prop_assert!((f64::from(tanh[3]) - exact.tanh()).abs() < 1e-6);
            let exact = f64::from(y).ln();
            prop_assert!((f64::from(logarithm(y)) - exact).abs() < 1e-6 * exact.abs().max(1.0));
        }

        #[test]
        fn a_product_is_the_sum_of_products(
            (outputs, taps, step) in (1_usize..20, 1_usize..4, 0_usize..3),
            weights in prop::collection::vec(any::<u8>(), 20 * 24),
            values in prop::collection::vec(any::<i16>(), 64 * 8),
        ) {
            let (inputs, rows) = (8 * taps, 36);
            let bias: Vec<f32> = (0..outputs).map(|output| output as f32).collect();
            let matrix = matrix(&weights[..outputs * inputs], inputs, &bias);
            let mut out = vec![0.0; rows * matrix.outputs];
            product::<Scalar>(&matrix, Inputs { values: &values, width: 8, step }, &mut out);
            for (at, &found) in out.iter().enumerate() {
                let (row, output) = (at / matrix.outputs, at % matrix.outputs);
                let term = |input: usize| {
                    let value = values[(row + input / 8 * step) * 8 + input % 8];
                    i64::from(weights[output * inputs + input].cast_signed()) * i64::from(value)
                };
                let sum: i64 = if output < outputs { (0..inputs).map(term).sum() } else { 0 };
                let (product, bias) = (sum as f64 * 0.005, bias.get(output).map_or(0.0, |&bias| f64::from(bias)));
                // Both are rounded before they are added.
                let error = 1e-6 * (product.abs() + bias).max(1.0);
                prop_assert!((f64::from(found) - product - bias).abs() <= error, "{found} {product} {bias}");
            }
        }

        #[test]
        fn a_norm_has_its_mean_and_variance(x in prop::collection::vec(-50.0_f32..50.0, 16)) {
            let mut out = vec![0; 16];
            normalise::<Scalar>(&x, &[1000.0; 16], &[7.0; 16], &mut out);
            let mean = x.iter().map(|&x| f64::from(x)).sum::<f64>() / 16.0;
            let variance = x.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / 16.0;
            for (x, found) in x.iter().zip(out) {
                let exact = (f64::from(*x) - mean) / (variance + 1e-5).sqrt() * 1000.0 + 7.0;
                prop_assert!((f64::from(found) - exact).abs() < 0.6, "{found} {exact}");
            }
        }
    }

    #[test]
    fn rows_are_laid_out_where_they_stand() {
        const INPUTS: usize = 10;
        let mut weights: Vec<u8> = (0..16 * INPUTS).map(|at| (at * 37 % 256) as u8).collect();
        let rows: Vec<&[u8]> = weights.chunks_exact(INPUTS).collect();
        let matrix = Matrix::new(&rows, &[1.0; 16], &[], 1.0);
        lay_out(&mut weights, INPUTS);
        let bytes: &[Bytes] = weights.as_chunks().0;
        assert_eq!(bytes.iter().map(Weights::widened).collect::<Vec<_>>(), matrix.packed);
    }

    #[test]
    fn what_is_too_large_is_held() {
        assert_eq!(Scalar::narrow([40_000.0, -40_000.0, 2.5, 3.5]), [i16::MAX, i16::MIN, 2, 4]);
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod twins {
    use super::scalar::Scalar;
    use super::wide::{Whole, add, gelu, normalise_rows, project, shares};
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Everything that the lanes do, on numbers made of a seed, as bits.
    fn bits<L: Lanes>(seed: &[i16]) -> Vec<u32> {
        let short = |count: usize| seed.iter().copied().cycle().take(count).collect::<Vec<i16>>();
        let float = |count: usize| seed.iter().cycle().take(count).map(|&x| f32::from(x) / 900.0).collect::<Vec<f32>>();
        let weights: Vec<u8> = short(24 * 16).into_iter().map(|x| x.to_le_bytes()[0]).collect();
        let (mut out, mut x, mut normed) = (vec![0.0; 8 * 24], float(8 * 12), vec![0; 96]);
        let inputs = Inputs { values: &short(12 * 8), width: 8, step: 1 };
        let rows: Vec<&[u8]> = weights.chunks_exact(16).collect();
        product::<L>(&Matrix::new(&rows, &[0.01; 24], &float(24), 0.5), inputs, &mut out);
        gate::<L>(&out, &mut x, 12);
        normalise::<L>(&x, &float(96), &float(96), &mut normed);
        let (mut cell, mut after, mut sums) = (float(8), vec![0; 8], [0.5; 8]);
        let order: Vec<&[u8]> = interleaved(8).map(|row| &weights[row * 8..][..8]).collect();
        step::<L>(&Matrix::new(&order, &[0.001; 32], &[], 0.01), &float(32), &short(8), &mut cell, &mut after);
        multiply_floats::<L>(&[[0.7; 8], [-1.3; 8]], &float(2), &mut sums);
        let (mut wide, mut scores, mut whole) = (vec![0.0; 8 * 24], float(8 * 8), Whole::default());
        whole.round::<L>(&float(8 * 16), 16);
        let mut laid_out = weights.clone();
        lay_out(&mut laid_out, 16);
        let bytes: Vec<Bytes> = laid_out.as_chunks().0.to_vec();
        let large = Matrix::of_laid_out(bytes, 16, vec![0.01; 24], vec![0.0; 24]);
        whole.round::<L>(&float(8 * 16), 16);
        project::<L, _>(&large, &whole, &mut wide);
        let mut more = wide.clone();
        project::<L, _>(&Matrix::of_keys::<L>(float(24 * 16).chunks_exact(16), 16), &whole, &mut wide);
        gelu::<L>(&mut wide);
        normalise_rows::<L>(&mut wide, &float(24), &float(24), 24);
        shares::<L>(&mut scores, 8, 7, &float(15), &mut whole);
        let mut taken = vec![0.0; 8 * 16];
        project::<L, _>(&Matrix::of_values::<L>(float(7 * 16).chunks_exact(16), 16), &whole, &mut taken);
        add::<L>(&mut more, &wide);
        add::<L>(&mut wide, &taken);
        let floats = [out, x, cell, sums.to_vec(), more, wide, scores, taken].concat().into_iter().map(f32::to_bits);
        floats.chain([normed, after].concat().into_iter().map(|x| u32::from(x.cast_unsigned()))).collect()
    }

    #[wasm_bindgen_test]
    fn the_twins_agree_to_the_bit() {
        // There are no files here to keep failures in.
        let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
        let numbers = prop::collection::vec(any::<i16>(), 1..400);
        let agree = runner.run(&numbers, |seed| {
            prop_assert_eq!(bits::<Native>(&seed), bits::<Scalar>(&seed));
            Ok(())
        });
        agree.expect("the same bits");
    }
}
