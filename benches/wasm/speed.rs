//! What scripts/bench.mjs times in Node: the network's products by themselves, and the network by itself.

use wasm_bindgen::prelude::*;
use whosaid::model::Model;
use whosaid::model::speed::{Course, products};

/// Multiplies matrices: how many multiply-adds.
#[wasm_bindgen]
pub fn multiply(rounds: u32) -> f64 {
    products(rounds as usize)
}

/// Lets the network of a model file read a text a number of times, at each of which `clock` is called: tokens, cues,
/// multiply-adds; nothing for a file that holds no network.
///
/// # Panics
/// When the file is no model file.
#[wasm_bindgen]
pub fn read(model: &[u8], text: &str, rounds: u32, clock: &js_sys::Function) -> Vec<f64> {
    let model = Model::from_bytes(model).expect("a model file");
    let Some(course) = Course::new(&model, text) else { return Vec::new() };
    let mut work = course.read();
    for _ in 0..rounds {
        let _ = clock.call0(&JsValue::UNDEFINED);
        work = course.read();
    }
    let _ = clock.call0(&JsValue::UNDEFINED);
    vec![work.tokens, work.cues, work.products]
}
