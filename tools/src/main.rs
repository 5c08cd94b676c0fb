//! `tools bindgen …` and `tools test-runner …`: the two halves of wasm-bindgen-cli, at the version that Cargo.lock holds.

use std::ffi::OsString;

use wasm_bindgen_cli::{wasm_bindgen, wasm_bindgen_test_runner};

fn main() -> anyhow::Result<()> {
    let mut args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let half = args.first().and_then(|arg| arg.to_str()).map(str::to_owned);
    match half.as_deref() {
        // Each half expects its own name in front of its arguments: what stands there is the word that chose it.
        Some("bindgen") => wasm_bindgen::run_cli_with_args(args.drain(..)),
        Some("test-runner") => wasm_bindgen_test_runner::run_cli_with_args(args.drain(..)),
        _ => anyhow::bail!("usage: tools bindgen|test-runner ARGUMENTS"),
    }
}
