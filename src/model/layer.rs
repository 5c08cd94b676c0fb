//! The layers of the network, with their weights: norm, gated convolution, LSTM both ways, linear.
//!
//! Rows of numbers stand one after the other; their count is filled up to a multiple of [`ROWS`], and what the rows beyond
//! hold is nobody's.

use super::file::{File, ModelError, Rows};
use super::kernel::{Inputs, LARGEST, Matrix, Native, ROWS, gate, interleaved, normalise, product, step};

/// Rows that go through a layer at a time: their products stay in the cache.
const TILE: usize = 32;

/// The most inputs of a product: with more, its sum could leave 32 bits.
const MOST_INPUTS: usize = 516;

/// Room for what a layer computes on its way, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    short: Vec<i16>,
    outputs: Vec<i16>,
    float: [Vec<f32>; 2],
}

/// No layer is wider, so that no product of sizes leaves the 32 bits that a number of WebAssembly has.
const WIDEST: usize = 1 << 16;

/// Widths are multiples of eight, so that rows are made of whole vectors.
pub(super) fn width(name: &str, width: usize) -> Result<usize, ModelError> {
    let wrong = || {
        let expected = format!("multiples of 8 up to {WIDEST}");
        ModelError::Misshapen(name.to_owned(), format!("of width {width}"), expected)
    };
    (width > 0 && width <= WIDEST && width.is_multiple_of(8)).then_some(width).ok_or_else(wrong)
}

/// A matrix of the file for inputs that are counted in `step`s, its rows in the order that is asked for.
fn matrix(rows: &Rows, bias: &[f32], step: f32, order: &[usize]) -> Matrix {
    let weights: Vec<&[u8]> = order.iter().map(|&row| rows.row(row).0).collect();
    let scales: Vec<f32> = order.iter().map(|&row| rows.scales[row]).collect();
    let bias: Vec<f32> = order.iter().filter_map(|&row| bias.get(row).copied()).collect();
    Matrix::new(&weights, &scales, &bias, step)
}

/// A linear layer: `NAME.weight` [outputs, inputs] and `NAME.bias` [outputs].
pub(super) fn linear(file: &File, name: &str, shape: [usize; 2], step: f32) -> Result<Matrix, ModelError> {
    biased(file, name, shape, step, &file.floats(&format!("{name}.bias"), shape[0])?)
}

/// A linear layer with nothing to add: `NAME.weight` [outputs, inputs].
pub(super) fn unbiased(file: &File, name: &str, shape: [usize; 2], step: f32) -> Result<Matrix, ModelError> {
    biased(file, name, shape, step, &[])
}

fn biased(
    file: &File,
    name: &str,
    [outputs, inputs]: [usize; 2],
    step: f32,
    bias: &[f32],
) -> Result<Matrix, ModelError> {
    let name = format!("{name}.weight");
    if inputs > MOST_INPUTS {
        let expected = format!("at most {MOST_INPUTS} columns");
        return Err(ModelError::Misshapen(name, format!("of {inputs} columns"), expected));
    }
    Ok(matrix(&file.rows(&name, Some(outputs), inputs)?, bias, step, &(0..outputs).collect::<Vec<_>>()))
}

/// Layer norm; what it gives is quantised.
#[derive(Debug, Clone)]
pub(super) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    /// Scale of the quantised outputs.
    pub step: f32,
}

impl Norm {
    /// `NAME.weight` and `NAME.bias` [width].
    pub(super) fn new(file: &File, name: &str, width: usize) -> Result<Self, ModelError> {
        let weight = file.floats(&format!("{name}.weight"), width)?;
        let bias = file.floats(&format!("{name}.bias"), width)?;
        // A normed number is at most the root of width - 1: when all others are equal.
        let bound = |(weight, bias): (&f32, &f32)| ((width - 1) as f32).sqrt() * weight.abs() + bias.abs();
        let most = weight.iter().zip(&bias).map(bound).fold(f32::MIN_POSITIVE, f32::max);
        let scaled = |values: Vec<f32>| values.iter().map(|value| value * (LARGEST / most)).collect();
        Ok(Self { weight: scaled(weight), bias: scaled(bias), step: most / LARGEST })
    }

    /// Norms rows of `x` into as many of `out`.
    pub(super) fn apply(&self, x: &[f32], out: &mut [i16]) {
        let width = self.weight.len();
        for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
            normalise::<Native>(x, &self.weight, &self.bias, out);
        }
    }

    fn width(&self) -> usize {
        self.weight.len()
    }
}

/// x + gate(linear[x(t - dilation); x(t); x(t + dilation)]), x normed; zeros beyond the ends.
#[derive(Debug, Clone)]
pub(super) struct Convolution {
    norm: Norm,
    matrix: Matrix,
    dilation: usize,
}

impl Convolution {
    /// `NAME.norm` [width], `NAME` [2 · width, 3 · width].
    pub(super) fn new(file: &File, name: &str, width: usize, dilation: usize) -> Result<Self, ModelError> {
        let norm = Norm::new(file, &format!("{name}.norm"), width)?;
        let matrix = linear(file, name, [2 * width, 3 * width], norm.step)?;
        Ok(Self { norm, matrix, dilation })
    }

    /// Applies it to `count` rows, in place.
    pub(super) fn apply(&self, x: &mut [f32], count: usize, room: &mut Room) {
        let width = self.norm.width();
        let around = self.dilation * width;
        room.short.clear();
        room.short.resize(x.len() + 2 * around, 0);
        self.norm.apply(&x[..count * width], &mut room.short[around..]);
        let product = &mut room.float[0];
        for (tile, x) in x.chunks_mut(TILE * width).enumerate() {
            product.resize(2 * x.len(), 0.0);
            let values = &room.short[tile * TILE * width..];
            let inputs = Inputs { values, width, step: self.dilation };
            self::product::<Native>(&self.matrix, inputs, product);
            gate::<Native>(product, x, width);
        }
    }

    /// Multiply-adds of a row.
    pub(super) fn work(&self) -> usize {
        self.matrix.work()
    }
}

/// One direction of an LSTM.
#[derive(Debug, Clone)]
struct Direction {
    input: Matrix,
    hidden: Matrix,
}

impl Direction {
    /// `NAME.input` [4 · units, width], `NAME.hidden` [4 · units, units], `NAME.bias` [4 · units].
    fn new(file: &File, name: &str, [units, width]: [usize; 2], step: f32) -> Result<Self, ModelError> {
        let input = file.rows(&format!("{name}.input"), Some(4 * units), width)?;
        let hidden = file.rows(&format!("{name}.hidden"), Some(4 * units), units)?;
        let bias = file.floats(&format!("{name}.bias"), 4 * units)?;
        let order: Vec<usize> = interleaved(units).collect();
        Ok(Self { input: matrix(&input, &bias, step, &order), hidden: matrix(&hidden, &[], 1.0 / LARGEST, &order) })
    }
}

/// Where one direction has come to.
struct State {
    /// What its last step gave, [units], and room for what the next one gives.
    outputs: [Vec<i16>; 2],
    cell: Vec<f32>,
}

impl State {
    fn new(units: usize) -> Self {
        Self { outputs: [vec![0; units], vec![0; units]], cell: vec![0.0; units] }
    }

    fn step(&mut self, direction: &Direction, projected: &[f32], out: &mut [i16]) {
        let [before, after] = &mut self.outputs;
        step::<Native>(&direction.hidden, projected, before, &mut self.cell, after);
        out.copy_from_slice(after);
        self.outputs.swap(0, 1);
    }
}

/// x + linear[forward LSTM; backward LSTM], x normed.
#[derive(Debug, Clone)]
pub(super) struct Lstm {
    norm: Norm,
    forward: Direction,
    backward: Direction,
    out: Matrix,
    units: usize,
}

impl Lstm {
    /// `lstm.norm` [width], `lstm.forward` and `lstm.backward`, `lstm.out` [width, 2 · units].
    pub(super) fn new(file: &File, width: usize) -> Result<Self, ModelError> {
        let norm = Norm::new(file, "lstm.norm", width)?;
        let units = self::width("lstm.forward.hidden", file.shape("lstm.forward.hidden")?[1])?;
        let direction = |name: &str| Direction::new(file, name, [units, width], norm.step);
        Ok(Self {
            forward: direction("lstm.forward")?,
            backward: direction("lstm.backward")?,
            out: linear(file, "lstm.out", [width, 2 * units], 1.0 / LARGEST)?,
            norm,
            units,
        })
    }

    /// Applies it to `count` rows, in place.
    pub(super) fn apply(&self, x: &mut [f32], count: usize, room: &mut Room) {
        let width = self.norm.width();
        room.short.clear();
        room.short.resize(x.len(), 0);
        self.norm.apply(&x[..count * width], &mut room.short);
        self.run(count, room);
        let product = &mut room.float[0];
        for (tile, x) in x.chunks_mut(TILE * width).enumerate() {
            product.resize(x.len(), 0.0);
            let values = &room.outputs[tile * TILE * 2 * self.units..];
            self::product::<Native>(&self.out, Inputs { values, width: 2 * self.units, step: 0 }, product);
            for (x, product) in x.iter_mut().zip(product.iter()) {
                *x += product;
            }
        }
    }

    /// Fills `room.outputs`, [rows, 2 · units], from the normed rows in `room.short`. The two directions take their steps in
    /// turn: neither waits for the other, so the processor works on both at once.
    fn run(&self, count: usize, room: &mut Room) {
        let width = self.norm.width();
        let rows = room.short.len() / width;
        room.outputs.clear();
        room.outputs.resize(rows * 2 * self.units, 0);
        let (mut forward, mut backward) = (State::new(self.units), State::new(self.units));
        let tiles = rows.div_ceil(TILE);
        let [ahead, behind] = &mut room.float;
        for tile in 0..tiles {
            let starts = [tile * TILE, (tiles - 1 - tile) * TILE];
            for ((start, direction), out) in
                starts.into_iter().zip([&self.forward, &self.backward]).zip([&mut *ahead, &mut *behind])
            {
                out.resize(TILE.min(rows - start) * 4 * self.units, 0.0);
                let inputs = Inputs { values: &room.short[start * width..], width, step: 0 };
                product::<Native>(&direction.input, inputs, out);
            }
            for row in 0..TILE {
                let (first, last) = (starts[0] + row, starts[1] + TILE - 1 - row);
                if first < count {
                    let out = &mut room.outputs[first * 2 * self.units..][..self.units];
                    forward.step(&self.forward, &ahead[row * 4 * self.units..][..4 * self.units], out);
                }
                if last < count {
                    let out = &mut room.outputs[(last * 2 + 1) * self.units..][..self.units];
                    let row = TILE - 1 - row;
                    backward.step(&self.backward, &behind[row * 4 * self.units..][..4 * self.units], out);
                }
            }
        }
    }

    /// Multiply-adds of a row.
    pub(super) fn work(&self) -> usize {
        let directions = [&self.forward, &self.backward];
        let each = directions.map(|direction| direction.input.work() + direction.hidden.work());
        each.iter().sum::<usize>() + self.out.work()
    }
}

/// How many rows there is room for where so many are used.
pub(super) const fn padded(rows: usize) -> usize {
    rows.next_multiple_of(ROWS)
}
