/**
 * @file How cargo is told to make the crate that the page gets.
 */

/** The flags that make the crate the one that the page gets. */
export const WASM = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "wasm"];
