//! Windows of words -> what the transformer says of each: `vectors PACKAGE TUNED LINES SECTIONS [PYTORCH]`.
//!
//! SECTIONS is where the transformer's sections go, for `benches/transformer`. A line of LINES is `{"words": […]}`. With a
//! file that vectors.py made of the same lines it prints how far the two are apart.
#![expect(clippy::print_stdout, reason = "it reports what it measured")]

use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use train::pretrained::Pretrained;
use whosaid::model::{Transformer, pack};

#[derive(serde::Deserialize)]
struct Window {
    words: Vec<String>,
}

fn main() -> Result<(), String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [package, tuned, lines, sections, rest @ ..] = &arguments[..] else {
        return Err("vectors PACKAGE TUNED LINES SECTIONS [PYTORCH]".to_owned());
    };
    let pretrained = Pretrained::read(Path::new(package), Path::new(tuned))?;
    let bytes = pack(pretrained.sections());
    fs::write(sections, &bytes).map_err(|error| error.to_string())?;
    println!("{} bytes", bytes.len());
    let transformer = Transformer::from_bytes(&bytes).map_err(|error| error.to_string())?.ok_or("no transformer")?;
    let text = fs::read_to_string(lines).map_err(|error| error.to_string())?;
    let other = rest.first().map(fs::read).transpose().map_err(|error| error.to_string())?;
    let (mut tokens, mut at, mut far, mut squares, mut all) = (0, 0, 0.0_f32, 0.0_f64, 0.0_f64);
    let mut took = 0.0;
    for line in text.lines() {
        let window: Window = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let start = Instant::now();
        let vectors = transformer.vectors(window.words.iter().map(String::as_str));
        took += start.elapsed().as_secs_f64();
        tokens += window.words.len();
        if let Some(other) = &other {
            at += 4;
            let numbers = other[at..at + 4 * vectors.len()].as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
            for (own, exact) in vectors.iter().zip(numbers) {
                far = far.max((own - exact).abs());
                squares += f64::from(own - exact).powi(2);
                all += f64::from(exact).powi(2);
            }
            at += 4 * vectors.len();
        }
    }
    println!("{tokens} tokens in {took:.2} s: {:.0} a second", tokens as f64 / took);
    if other.is_some() {
        println!("farthest {far:.5}; error {:.6} of the vectors' length", (squares / all).sqrt());
    }
    Ok(())
}
