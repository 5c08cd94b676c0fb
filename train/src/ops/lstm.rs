//! The recurrence of a bidirectional LSTM.

use std::sync::{Arc, Mutex};

use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor};

use super::simd::{LANES, Simd, WithSimd, fast, sigmoid, tanh};
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
    fn multiply<S: Simd, const K: usize, const M: usize>(
        &self,
        simd: S,
        a: &[[f32; K]; GROUP],
        out: &mut [[f32; M]; GROUP],
    ) {
        let width = S::F32_LANES;
        for (panel, first) in self.0.chunks_exact(K).zip((0..M).step_by(LANES)) {
            for part in 0..LANES / width {
                let place = first + part * width;
                let mut sums = [simd.splat_f32s(0.0); GROUP];
                for sequence in 0..GROUP {
                    sums[sequence] = S::as_simd_f32s(&out[sequence][place..place + width]).0[0];
                }
                for (k, weights) in panel.iter().enumerate() {
                    let weights = S::as_simd_f32s(weights).0[part];
                    for sequence in 0..GROUP {
                        sums[sequence] = simd.mul_add_f32s(simd.splat_f32s(a[sequence][k]), weights, sums[sequence]);
                    }
                }
                for sequence in 0..GROUP {
                    S::as_mut_simd_f32s(&mut out[sequence][place..place + width]).0[0] = sums[sequence];
                }
            }
        }
    }
}

/// Where some sequences lie in matrices, and which way they are read.
#[derive(Clone, Copy)]
struct Way<'l> {
    lengths: &'l [usize],
    /// The first of the sequences that go through the loops, and how many they are, at most [`GROUP`].
    first: usize,
    count: usize,
    /// 0 forward, 1 backward.
    direction: usize,
}

impl<'l> Way<'l> {
    /// All groups of sequences, one direction after the other.
    fn all(lengths: &'l [usize], direction: usize) -> impl Iterator<Item = Self> {
        let groups = (0..lengths.len()).step_by(GROUP);
        groups.map(move |first| Self { lengths, first, count: GROUP.min(lengths.len() - first), direction })
    }

    /// Positions of the longest of the sequences.
    #[inline(always)]
    fn longest(&self) -> usize {
        self.lengths[self.first..self.first + self.count].iter().copied().max().unwrap_or(0)
    }

    /// The position of a step.
    #[inline(always)]
    fn position(&self, step: usize, longest: usize) -> usize {
        if self.direction == 0 { step } else { longest - 1 - step }
    }

    /// The row of a sequence of the group at a position, if it is so long.
    #[inline(always)]
    fn row(&self, position: usize, sequence: usize) -> Option<usize> {
        let number = self.first + sequence;
        (position < self.lengths[number]).then_some(position * self.lengths.len() + number)
    }

    /// Where the gates of a row start.
    #[inline(always)]
    fn gates(&self, row: usize) -> usize {
        (2 * row + self.direction) * GATES
    }

    /// Where the units of a row start.
    #[inline(always)]
    fn units(&self, row: usize) -> usize {
        (2 * row + self.direction) * UNITS
    }
}

/// The forward pass of one direction of a group.
struct Read<'a> {
    way: Way<'a>,
    inputs: &'a [f32],
    hidden: &'a Panels,
    saved: &'a mut Saved,
    out: &'a mut [f32],
}

impl WithSimd for Read<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { way, inputs, hidden, saved, out } = self;
        let (mut states, mut cells): (States, States) = ([[0.0; UNITS]; GROUP], [[0.0; UNITS]; GROUP]);
        let mut gates: Gates = [[0.0; GATES]; GROUP];
        let longest = way.longest();
        for step in 0..longest {
            let position = way.position(step, longest);
            for sequence in 0..way.count {
                if let Some(row) = way.row(position, sequence) {
                    gates[sequence].copy_from_slice(&inputs[way.gates(row)..][..GATES]);
                }
            }
            hidden.multiply(simd, &states, &mut gates);
            for sequence in 0..way.count {
                let Some(row) = way.row(position, sequence) else { continue };
                step_on(&mut gates[sequence], &mut cells[sequence], &mut states[sequence]);
                saved.gates[way.gates(row)..][..GATES].copy_from_slice(&gates[sequence]);
                saved.cells[way.units(row)..][..UNITS].copy_from_slice(&cells[sequence]);
                out[way.units(row)..][..UNITS].copy_from_slice(&states[sequence]);
            }
        }
    }
}

/// The backward pass of one direction of a group: the gradient of what the gates were given.
struct Trace<'a> {
    way: Way<'a>,
    gradient: &'a [f32],
    hidden: &'a Panels,
    saved: &'a Saved,
    out: &'a mut [f32],
}

impl WithSimd for Trace<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { way, gradient, hidden, saved, out } = self;
        let (mut to_states, mut to_cells): (States, States) = ([[0.0; UNITS]; GROUP], [[0.0; UNITS]; GROUP]);
        let mut to_gates: Gates = [[0.0; GATES]; GROUP];
        let longest = way.longest();
        for step in (0..longest).rev() {
            let position = way.position(step, longest);
            for sequence in 0..way.count {
                let Some(row) = way.row(position, sequence) else { continue };
                let before = match way.direction {
                    0 => position.checked_sub(1).and_then(|before| way.row(before, sequence)),
                    _ => way.row(position + 1, sequence),
                };
                let before = match before {
                    Some(row) => &saved.cells[way.units(row)..][..UNITS],
                    None => &[0.0; UNITS],
                };
                let gates = &saved.gates[way.gates(row)..][..GATES];
                let cell = &saved.cells[way.units(row)..][..UNITS];
                let gradient = &gradient[way.units(row)..][..UNITS];
                for unit in 0..UNITS {
                    to_states[sequence][unit] += gradient[unit];
                }
                step_back(gates, cell, before, &to_states[sequence], &mut to_cells[sequence], &mut to_gates[sequence]);
                out[way.gates(row)..][..GATES].copy_from_slice(&to_gates[sequence]);
            }
            to_states = [[0.0; UNITS]; GROUP];
            hidden.multiply(simd, &to_gates, &mut to_states);
        }
    }
}

/// A step of one sequence: what its gates were given becomes what they hold; its cell and state are renewed.
#[inline(always)]
fn step_on(gates: &mut [f32; GATES], cell: &mut [f32; UNITS], state: &mut [f32; UNITS]) {
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
fn step_back(
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
            let hidden = Panels::new(UNITS, GATES, |unit, gate| hidden[gate * UNITS + unit]);
            for way in Way::all(&self.lengths, direction) {
                fast(Read { way, inputs, hidden: &hidden, saved: &mut saved, out: &mut out });
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
                let hidden = Panels::new(GATES, UNITS, |gate, unit| hidden[gate * UNITS + unit]);
                for way in Way::all(&self.lengths, direction) {
                    fast(Trace { way, gradient, hidden: &hidden, saved: &saved, out: &mut to_inputs });
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
