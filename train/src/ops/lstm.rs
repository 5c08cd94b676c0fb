//! The recurrence of a bidirectional LSTM.

use std::sync::{Arc, Mutex};

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};

use super::simd::{LANES, fast, sigmoid, tanh};
use super::{Floats, floats, matrix, result, tensor};

/// Units of each direction.
pub(crate) const UNITS: usize = 64;
/// Numbers of the four gates of each direction: input, forget, cell, output.
pub(crate) const GATES: usize = 4 * UNITS;
/// Sequences that go through the loops side by side.
const GROUP: usize = 8;

/// What the four gates hold, or the gradient of that, for [`GROUP`] sequences at one position.
type Gates = [[f32; GATES]; GROUP];
/// States of [`GROUP`] sequences.
type States = [[f32; UNITS]; GROUP];

/// Both directions of an LSTM over sequences of `lengths` positions, position-major: from `inputs [N, 512]`, what the gates
/// get from each token (forward first), and `hidden [512, 64]`, what they get from the state before, to the states
/// `[N, 128]`. Each direction starts from nothing at the sequence's own end; rows outside a sequence are zeros.
///
/// # Errors
/// When the shapes do not fit.
pub(crate) fn lstm(inputs: &Tensor, hidden: &Tensor, lengths: Arc<[usize]>) -> Result<Tensor> {
    inputs.apply_op2(hidden, Lstm { lengths, saved: Mutex::default() })
}

struct Lstm {
    lengths: Arc<[usize]>,
    saved: Mutex<Saved>,
}

/// What the backward pass needs of the forward pass.
#[derive(Default)]
struct Saved {
    /// The gates, open or shut `[N, 512]`.
    gates: Vec<f32>,
    /// The cells `[N, 128]`.
    cells: Vec<f32>,
}

/// A matrix `[K, M]` in panels of [`LANES`] columns, so that each is read from front to back.
struct Panels(Vec<[f32; LANES]>);

impl Panels {
    fn new(rows: usize, columns: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let panel = |first: usize| (0..rows).map(move |row| (first, row));
        let lanes = (0..columns).step_by(LANES).flat_map(panel);
        Self(lanes.map(|(first, row)| std::array::from_fn(|lane| at(row, first + lane))).collect())
    }

    /// `out += a · panels`, of `a [K]` and `out [M]` for each sequence of the group.
    #[inline(always)]
    fn multiply<const K: usize, const M: usize>(&self, a: &[[f32; K]; GROUP], out: &mut [[f32; M]; GROUP]) {
        for (panel, first) in self.0.chunks_exact(K).zip((0..M).step_by(LANES)) {
            let mut sums = [[0.0; LANES]; GROUP];
            for (sums, out) in sums.iter_mut().zip(&*out) {
                sums.copy_from_slice(&out[first..first + LANES]);
            }
            for (k, weights) in panel.iter().enumerate() {
                for sequence in 0..GROUP {
                    let factor = a[sequence][k];
                    for lane in 0..LANES {
                        sums[sequence][lane] = factor.mul_add(weights[lane], sums[sequence][lane]);
                    }
                }
            }
            for (sums, out) in sums.iter().zip(&mut *out) {
                out[first..first + LANES].copy_from_slice(sums);
            }
        }
    }
}

impl Lstm {
    /// The groups of sequences that go through the loops side by side: the first of each, and how many they are.
    fn groups(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.lengths.len();
        (0..count).step_by(GROUP).map(move |first| (first, GROUP.min(count - first)))
    }

    /// The positions of a group in the order in which a direction reads them.
    fn positions(&self, first: usize, count: usize, direction: usize) -> impl DoubleEndedIterator<Item = usize> {
        let longest = self.lengths[first..first + count].iter().copied().max().unwrap_or(0);
        (0..longest).map(move |step| if direction == 0 { step } else { longest - 1 - step })
    }

    /// The forward pass of one direction of a group.
    #[inline(always)]
    fn read(
        &self,
        (first, count): (usize, usize),
        direction: usize,
        inputs: &[f32],
        hidden: &Panels,
        saved: &mut Saved,
        out: &mut [f32],
    ) {
        let (mut state, mut cell): (States, States) = ([[0.0; UNITS]; GROUP], [[0.0; UNITS]; GROUP]);
        let mut gates: Gates = [[0.0; GATES]; GROUP];
        for position in self.positions(first, count, direction) {
            let row = |sequence: usize| position * self.lengths.len() + first + sequence;
            for sequence in 0..count {
                gates[sequence].copy_from_slice(&inputs[row(sequence) * 2 * GATES + direction * GATES..][..GATES]);
            }
            hidden.multiply(&state, &mut gates);
            for sequence in (0..count).filter(|sequence| position < self.lengths[first + sequence]) {
                step(&mut gates[sequence], &mut cell[sequence], &mut state[sequence]);
                let row = row(sequence);
                saved.gates[row * 2 * GATES + direction * GATES..][..GATES].copy_from_slice(&gates[sequence]);
                saved.cells[(2 * row + direction) * UNITS..][..UNITS].copy_from_slice(&cell[sequence]);
                out[(2 * row + direction) * UNITS..][..UNITS].copy_from_slice(&state[sequence]);
            }
        }
    }

    /// The backward pass of one direction of a group: the gradient of what the gates were given.
    #[inline(always)]
    fn trace(
        &self,
        (first, count): (usize, usize),
        direction: usize,
        gradient: &[f32],
        hidden: &Panels,
        saved: &Saved,
        out: &mut [f32],
    ) {
        let (mut to_state, mut to_cell): (States, States) = ([[0.0; UNITS]; GROUP], [[0.0; UNITS]; GROUP]);
        let width = self.lengths.len();
        for position in self.positions(first, count, direction).rev() {
            let mut to_gates: Gates = [[0.0; GATES]; GROUP];
            for sequence in (0..count).filter(|sequence| position < self.lengths[first + sequence]) {
                let row = position * width + first + sequence;
                let unit = |row: usize| (2 * row + direction) * UNITS;
                let before = match direction {
                    0 => position.checked_sub(1).map(|_| row - width),
                    _ => (position + 1 < self.lengths[first + sequence]).then_some(row + width),
                };
                let before = before.map_or(&[0.0; UNITS][..], |row| &saved.cells[unit(row)..][..UNITS]);
                let cell = &saved.cells[unit(row)..][..UNITS];
                let gates = &saved.gates[row * 2 * GATES + direction * GATES..][..GATES];
                for (to_state, gradient) in to_state[sequence].iter_mut().zip(&gradient[unit(row)..]) {
                    *to_state += gradient;
                }
                back(gates, cell, before, &to_state[sequence], &mut to_cell[sequence], &mut to_gates[sequence]);
                out[row * 2 * GATES + direction * GATES..][..GATES].copy_from_slice(&to_gates[sequence]);
            }
            to_state = [[0.0; UNITS]; GROUP];
            hidden.multiply(&to_gates, &mut to_state);
        }
    }
}

/// A step of one sequence: what its gates were given becomes what they hold; its cell and state are renewed.
#[inline(always)]
fn step(gates: &mut [f32; GATES], cell: &mut [f32; UNITS], state: &mut [f32; UNITS]) {
    for unit in 0..UNITS {
        let input = sigmoid(gates[unit]);
        let forget = sigmoid(gates[UNITS + unit]);
        let fresh = tanh(gates[2 * UNITS + unit]);
        let output = sigmoid(gates[3 * UNITS + unit]);
        cell[unit] = forget.mul_add(cell[unit], input * fresh);
        state[unit] = output * tanh(cell[unit]);
        gates[unit] = input;
        gates[UNITS + unit] = forget;
        gates[2 * UNITS + unit] = fresh;
        gates[3 * UNITS + unit] = output;
    }
}

/// A step back: from the gradient of a state and of its cell to that of what the gates were given and of the cell before.
#[inline(always)]
fn back(
    gates: &[f32],
    cell: &[f32],
    before: &[f32],
    to_state: &[f32; UNITS],
    to_cell: &mut [f32; UNITS],
    to_gates: &mut [f32; GATES],
) {
    let (gates, cell, before) = (&gates[..GATES], &cell[..UNITS], &before[..UNITS]);
    for unit in 0..UNITS {
        let (input, forget) = (gates[unit], gates[UNITS + unit]);
        let (fresh, output) = (gates[2 * UNITS + unit], gates[3 * UNITS + unit]);
        let shown = tanh(cell[unit]);
        let to = (to_state[unit] * output).mul_add(1.0 - shown * shown, to_cell[unit]);
        to_gates[unit] = to * fresh * input * (1.0 - input);
        to_gates[UNITS + unit] = to * before[unit] * forget * (1.0 - forget);
        to_gates[2 * UNITS + unit] = to * input * (1.0 - fresh * fresh);
        to_gates[3 * UNITS + unit] = to_state[unit] * shown * output * (1.0 - output);
        to_cell[unit] = to * forget;
    }
}

impl CustomOp2 for Lstm {
    fn name(&self) -> &'static str {
        "lstm"
    }

    fn cpu_fwd(
        &self,
        inputs: &CpuStorage,
        inputs_layout: &Layout,
        hidden: &CpuStorage,
        hidden_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (rows, _) = matrix(inputs_layout)?;
        let (inputs, hidden) = (floats(inputs, inputs_layout)?, floats(hidden, hidden_layout)?);
        let mut saved = Saved { gates: vec![0.0; rows * 2 * GATES], cells: vec![0.0; rows * 2 * UNITS] };
        let mut out = vec![0.0; rows * 2 * UNITS];
        for (direction, hidden) in hidden.chunks_exact(GATES * UNITS).enumerate() {
            let panels = Panels::new(UNITS, GATES, |unit, gate| hidden[gate * UNITS + unit]);
            for group in self.groups() {
                fast(|| self.read(group, direction, inputs, &panels, &mut saved, &mut out));
            }
        }
        *self.saved.lock().expect("nobody panics holding it") = saved;
        Ok(result(out, (rows, 2 * UNITS)))
    }

    fn bwd(
        &self,
        inputs: &Tensor,
        hidden: &Tensor,
        states: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let (rows, width) = (inputs.dim(0)?, self.lengths.len());
        let gradient = gradient.contiguous()?;
        let mut to_inputs = vec![0.0; rows * 2 * GATES];
        {
            let (hidden, gradient) = (Floats::of(hidden)?, Floats::of(&gradient)?);
            let gradient: &[f32] = &gradient;
            let saved = self.saved.lock().expect("nobody panics holding it");
            for (direction, hidden) in hidden.chunks_exact(GATES * UNITS).enumerate() {
                let panels = Panels::new(GATES, UNITS, |gate, unit| hidden[gate * UNITS + unit]);
                for group in self.groups() {
                    fast(|| self.trace(group, direction, gradient, &panels, &saved, &mut to_inputs));
                }
            }
        }
        let to_inputs = tensor(to_inputs, (rows, 2 * GATES))?;
        if rows == width {
            return Ok((Some(to_inputs), Some(hidden.zeros_like()?)));
        }
        // What a gate was given times the state before it, at all positions at once.
        let (early, late) = (0, width);
        let product = |direction: usize, gates: usize, before: usize| {
            let gates = to_inputs.narrow(0, gates, rows - width)?.narrow(1, direction * GATES, GATES)?;
            gates.t()?.matmul(&states.narrow(0, before, rows - width)?.narrow(1, direction * UNITS, UNITS)?)
        };
        let to_hidden = Tensor::cat(&[product(0, late, early)?, product(1, early, late)?], 0)?;
        Ok((Some(to_inputs), Some(to_hidden)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{check, random};
    use super::*;

    /// One sequence and direction, step by step in candle's operations: states `[length, 64]` in the order of the text.
    fn stock_direction(inputs: &Tensor, hidden: &Tensor, backward: bool) -> Result<Tensor> {
        let length = inputs.dim(0)?;
        let mut states = Vec::new();
        let (mut state, mut cell) = (random(&[1, UNITS]).zeros_like()?, random(&[1, UNITS]).zeros_like()?);
        for step in 0..length {
            let at = if backward { length - 1 - step } else { step };
            let gates = (inputs.narrow(0, at, 1)? + state.matmul(&hidden.t()?)?)?;
            let gate = |number: usize| gates.narrow(1, number * UNITS, UNITS);
            let open = |number: usize| (gate(number)?.neg()?.exp()? + 1.0)?.recip();
            cell = ((open(1)? * cell)? + (open(0)? * gate(2)?.tanh()?)?)?;
            state = (open(3)? * cell.tanh()?)?;
            states.push(state.clone());
        }
        if backward {
            states.reverse();
        }
        Tensor::cat(&states, 0)
    }

    fn stock(inputs: &Tensor, hidden: &Tensor, lengths: &[usize]) -> Result<Tensor> {
        let width = lengths.len();
        let positions = inputs.dim(0)? / width;
        let mut sequences = Vec::new();
        for (number, &length) in lengths.iter().enumerate() {
            let own = inputs.reshape((positions, width, 2 * GATES))?.narrow(1, number, 1)?.squeeze(1)?;
            let own = own.narrow(0, 0, length)?;
            let ways = [0, 1].map(|way| {
                stock_direction(&own.narrow(1, way * GATES, GATES)?, &hidden.narrow(0, way * GATES, GATES)?, way == 1)
            });
            let [forward, backward] = ways;
            let states = Tensor::cat(&[forward?, backward?], 1)?.pad_with_zeros(0, 0, positions - length)?;
            sequences.push(states.unsqueeze(1)?);
        }
        Tensor::cat(&sequences, 1)?.reshape((positions * width, 2 * UNITS))
    }

    #[test]
    fn it_is_an_lstm_that_starts_at_each_sequence_s_own_ends() {
        // More sequences than a group, and one position only.
        for lengths in [vec![4, 1, 3], vec![2; 10], vec![1, 1]] {
            let rows = lengths.len() * lengths.iter().max().expect("a sequence");
            let hidden = (random(&[2 * GATES, UNITS]) * 0.2).expect("a product");
            let inputs = [random(&[rows, 2 * GATES]), hidden];
            let ours = |all: &[Tensor]| lstm(&all[0], &all[1], lengths.clone().into());
            check(&inputs, ours, |all| stock(&all[0], &all[1], &lengths));
        }
    }
}
