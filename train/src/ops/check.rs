//! Tests of operations: against the formula in candle's own operations, and against finite differences.

use candle_core::{Device, Result, Tensor, Var};

use super::Floats;
use crate::noise;
use crate::random::Random;

/// A tensor of normal numbers, the same ones for the same shape.
pub(crate) fn random(shape: &[usize]) -> Tensor {
    let seed = shape.iter().fold(7, |seed, &length| 31 * seed + length as u64);
    let numbers: Vec<f32> = noise::normal(&mut Random::new(seed), shape.iter().product(), 1.0);
    Tensor::from_vec(numbers, shape, &Device::Cpu).expect("as many numbers as the shape has")
}

/// Asserts that an operation gives what a formula in candle's operations gives, forward and backward, and that its gradients
/// are those of finite differences. The formula's own gradients are taken only where candle has them: for all inputs.
pub(crate) fn check(
    inputs: &[Tensor],
    operation: impl Fn(&[Tensor]) -> Result<Tensor>,
    formula: impl Fn(&[Tensor]) -> Result<Tensor>,
) {
    let (ours, gradients) = run(inputs, &operation);
    let (stock, expected) = run(inputs, &formula);
    assert_eq!(ours.shape(), stock.shape());
    close("the result", &numbers(&ours), &numbers(&stock), 2e-4);
    for (number, (ours, stock)) in gradients.iter().zip(&expected).enumerate() {
        close(&format!("the gradient of input {number}"), ours, stock, 1e-3);
    }
    differences(inputs, &operation);
}

/// Asserts that an operation's gradients are those of finite differences.
pub(crate) fn differences(inputs: &[Tensor], operation: &impl Fn(&[Tensor]) -> Result<Tensor>) {
    const STEP: f32 = 1e-2;
    let (result, gradients) = run(inputs, operation);
    let weights = numbers(&random(result.dims()));
    let value = |inputs: &[Tensor]| -> f64 {
        let result = numbers(&operation(inputs).expect("the operation runs"));
        result.iter().zip(&weights).map(|(result, weight)| f64::from(*result) * f64::from(*weight)).sum()
    };
    for (number, (input, gradient)) in inputs.iter().zip(&gradients).enumerate() {
        let start = numbers(input);
        let stride = (start.len() / 24).max(1);
        for at in (0..start.len()).step_by(stride) {
            let moved = |step: f32| {
                let mut moved = start.clone();
                moved[at] += step;
                let mut inputs = inputs.to_vec();
                inputs[number] = Tensor::from_vec(moved, input.dims(), &Device::Cpu).expect("the same shape");
                value(&inputs)
            };
            let slope = (moved(STEP) - moved(-STEP)) / f64::from(2.0 * STEP);
            let ours = f64::from(gradient[at]);
            assert!(
                (slope - ours).abs() < 2e-2 * (1.0 + slope.abs()),
                "input {number} at {at}: the gradient is {ours}, finite differences say {slope}"
            );
        }
    }
}

/// The result, and the gradient of its sum weighted at random in each input.
fn run(inputs: &[Tensor], operation: &impl Fn(&[Tensor]) -> Result<Tensor>) -> (Tensor, Vec<Vec<f32>>) {
    let variables: Vec<Var> = inputs.iter().map(|input| Var::from_tensor(input).expect("a variable")).collect();
    let tensors: Vec<Tensor> = variables.iter().map(|variable| variable.as_tensor().clone()).collect();
    let result = operation(&tensors).expect("the operation runs");
    let sum = result.mul(&random(result.dims())).and_then(|weighted| weighted.sum_all()).expect("a sum");
    let gradients = sum.backward().expect("a backward pass");
    let gradient = |tensor: &Tensor| numbers(gradients.get(tensor).expect("every input has a gradient"));
    (result, tensors.iter().map(gradient).collect())
}

fn numbers(tensor: &Tensor) -> Vec<f32> {
    Floats::of(&tensor.contiguous().expect("a copy")).expect("no gaps").to_vec()
}

fn close(what: &str, ours: &[f32], stock: &[f32], tolerance: f32) {
    assert_eq!(ours.len(), stock.len(), "{what}");
    for (at, (ours, stock)) in ours.iter().zip(stock).enumerate() {
        assert!((ours - stock).abs() <= tolerance * (1.0 + stock.abs()), "{what} at {at}: {ours} and not {stock}");
    }
}
