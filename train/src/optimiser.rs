//! Gradients -> better parameters: Adam with decoupled decay of weights, and a running mean of what it gives.

use std::cell::RefCell;
use std::collections::HashMap;

use candle_core::backprop::GradStore;
use candle_core::{CpuStorage, Device, InplaceOp1, Layout, Result, Tensor, Var, bail};

use crate::ops::Floats;
use crate::ops::simd::{Loops, dot, fast};
use crate::parameter::Parameter;

/// How fast the running means of the gradient and of its square forget.
const BETAS: (f32, f32) = (0.9, 0.98);
const EPSILON: f32 = 1e-8;
/// How much of a weight goes in a step at rate 1.
const DECAY: f32 = 0.01;
/// A longer gradient is shortened to this.
const LONGEST: f32 = 1.0;
/// How slowly the running mean of the parameters forgets, after its first steps.
const MEMORY: f32 = 0.998;

/// A parameter in training.
struct Trained {
    name: String,
    variable: Var,
    state: RefCell<State>,
}

/// What is kept of a parameter beside its values: running means of its gradient, of that squared, and of its values.
struct State {
    first: Vec<f32>,
    second: Vec<f32>,
    mean: Vec<f32>,
}

/// Adam over all parameters.
pub(crate) struct Optimiser {
    parameters: Vec<Trained>,
    steps: i32,
}

/// A step of one parameter.
struct Step<'s> {
    state: &'s RefCell<State>,
    gradient: &'s [f32],
    /// What the gradient is multiplied with, so that it is not too long.
    shorten: f32,
    rate: f32,
    /// One over what is missing in the running means, which start at 0.
    corrections: (f32, f32),
    /// How much of the mean of the values stays.
    memory: f32,
}

impl InplaceOp1 for Step<'_> {
    fn name(&self) -> &'static str {
        "adam"
    }

    fn cpu_fwd(&self, values: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let (CpuStorage::F32(values), true) = (values, layout.is_contiguous()) else { bail!("parameters are f32") };
        let State { first, second, mean } = &mut *self.state.borrow_mut();
        let (one, two) = BETAS;
        let places = values.iter_mut().zip(self.gradient).zip(first).zip(second).zip(mean);
        for ((((value, gradient), first), second), mean) in places {
            let gradient = gradient * self.shorten;
            *first += (1.0 - one) * (gradient - *first);
            *second += (1.0 - two) * (gradient * gradient - *second);
            let slope = *first * self.corrections.0 / ((*second * self.corrections.1).sqrt() + EPSILON);
            *value -= self.rate * (slope + DECAY * *value);
            *mean += (1.0 - self.memory) * (*value - *mean);
        }
        Ok(())
    }
}

impl Optimiser {
    /// Starts from some parameters.
    ///
    /// # Errors
    /// When their numbers do not fill their shapes.
    pub(crate) fn new(parameters: &[Parameter]) -> Result<Self> {
        let trained = |parameter: &Parameter| {
            let tensor = Tensor::from_slice(&parameter.values, parameter.shape.as_slice(), &Device::Cpu)?;
            let zeros = vec![0.0; parameter.values.len()];
            let state = State { first: zeros.clone(), second: zeros, mean: parameter.values.clone() };
            let variable = Var::from_tensor(&tensor)?;
            Ok(Trained { name: parameter.name.clone(), variable, state: RefCell::new(state) })
        };
        Ok(Self { parameters: parameters.iter().map(trained).collect::<Result<_>>()?, steps: 0 })
    }

    /// Goes on from where another one stood: its steps, and [`numbers`](Self::numbers).
    ///
    /// # Errors
    /// When they do not fit the parameters.
    pub(crate) fn go_on(&mut self, steps: i32, numbers: &[[Vec<f32>; 4]]) -> Result<()> {
        self.steps = steps;
        for (trained, [values, first, second, mean]) in self.parameters.iter().zip(numbers) {
            trained.variable.set(&Tensor::from_slice(values, trained.variable.shape(), &Device::Cpu)?)?;
            let (first, second, mean) = (first.clone(), second.clone(), mean.clone());
            *trained.state.borrow_mut() = State { first, second, mean };
        }
        Ok(())
    }

    /// Steps taken.
    pub(crate) const fn steps(&self) -> i32 {
        self.steps
    }

    /// Of each parameter its values, the running means of its gradient and of that squared, and the mean of its values.
    ///
    /// # Errors
    /// When the values have gaps.
    pub(crate) fn numbers(&self) -> Result<Vec<[Vec<f32>; 4]>> {
        let of = |trained: &Trained| {
            let values = trained.variable.flatten_all()?.to_vec1()?;
            let State { first, second, mean } = &*trained.state.borrow();
            Ok([values, first.clone(), second.clone(), mean.clone()])
        };
        self.parameters.iter().map(of).collect()
    }

    /// The parameters by their names; they change with each step.
    pub(crate) fn tensors(&self) -> HashMap<String, Tensor> {
        let pair = |trained: &Trained| (trained.name.clone(), trained.variable.as_tensor().clone());
        self.parameters.iter().map(pair).collect()
    }

    /// Takes a step against some gradients. A parameter without a gradient stays as it is.
    ///
    /// # Errors
    /// When a gradient has gaps.
    pub(crate) fn step(&mut self, gradients: &GradStore, rate: f32) -> Result<()> {
        self.steps += 1;
        let length = self.gradients(gradients)?.iter().flatten().map(|gradient| square(gradient)).sum::<f64>().sqrt();
        let correction = |beta: f32| 1.0 / (1.0 - beta.powi(self.steps));
        let step = self.steps as f32;
        let memory = MEMORY.min((1.0 + step) / (10.0 + step));
        for (trained, gradient) in self.parameters.iter().zip(self.gradients(gradients)?) {
            let Some(gradient) = &gradient else { continue };
            trained.variable.inplace_op1(&Step {
                state: &trained.state,
                gradient,
                shorten: (LONGEST / (length as f32 + 1e-6)).min(1.0),
                rate,
                corrections: (correction(BETAS.0), correction(BETAS.1)),
                memory,
            })?;
        }
        Ok(())
    }

    /// The gradient of each parameter.
    fn gradients<'g>(&self, gradients: &'g GradStore) -> Result<Vec<Option<Floats<'g>>>> {
        let of = |trained: &Trained| gradients.get(trained.variable.as_tensor()).map(Floats::of).transpose();
        self.parameters.iter().map(of).collect()
    }

    /// The running means of the parameters: what is kept in the end.
    pub(crate) fn means(&self) -> Vec<Parameter> {
        let mean = |trained: &Trained| Parameter {
            name: trained.name.clone(),
            shape: trained.variable.dims().to_vec(),
            values: trained.state.borrow().mean.clone(),
        };
        self.parameters.iter().map(mean).collect()
    }
}

/// The sum of the squares of some numbers.
struct Square<'v>(&'v [f32]);

impl Loops for Square<'_> {
    type Output = f32;

    #[expect(clippy::inline_always, reason = "see `fast`")]
    #[inline(always)]
    fn call(self) -> f32 {
        dot(self.0, self.0)
    }
}

/// The square of a vector's length.
fn square(vector: &[f32]) -> f64 {
    // In parts, so that f32 is enough for each.
    vector.chunks(4096).map(|part| f64::from(fast(Square(part)))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_bottom_and_its_mean_comes_after() {
        let start = Parameter { name: "x".to_owned(), shape: vec![3], values: vec![3.0, -2.0, 1.0] };
        let mut optimiser = Optimiser::new(&[start]).expect("three numbers");
        let x = optimiser.tensors()["x"].clone();
        let goal = Tensor::new(&[1.0f32, 2.0, 3.0], &Device::Cpu).expect("three numbers");
        for step in 0..600_i16 {
            let loss = (&x - &goal).and_then(|x| x.sqr()).and_then(|x| x.sum_all()).expect("a number");
            let rate = 0.05 * (1.0 - f32::from(step) / 600.0);
            optimiser.step(&loss.backward().expect("gradients"), rate).expect("a step");
        }
        let found: Vec<f32> = x.to_vec1().expect("a vector");
        let mean = &optimiser.means()[0].values;
        for (at, goal) in [1.0, 2.0, 3.0].into_iter().enumerate() {
            assert!((found[at] - goal).abs() < 0.01, "{found:?}");
            assert!((mean[at] - goal).abs() < 0.1, "{mean:?}");
        }
    }

    #[test]
    fn a_step_is_what_the_formula_says() {
        // Adam's first step has the length of the rate, whatever the gradient; the weight decays by the rate's hundredth.
        let start = Parameter { name: "x".to_owned(), shape: vec![1], values: vec![2.0] };
        let mut optimiser = Optimiser::new(&[start]).expect("a number");
        let x = optimiser.tensors()["x"].clone();
        let loss = (&x * 50.0).and_then(|x| x.sum_all()).expect("a number");
        optimiser.step(&loss.backward().expect("gradients"), 0.1).expect("a step");
        let found: Vec<f32> = x.to_vec1().expect("a vector");
        assert!((found[0] - (2.0 - 0.1 - 0.1 * 0.01 * 2.0)).abs() < 1e-5, "{found:?}");
    }
}
