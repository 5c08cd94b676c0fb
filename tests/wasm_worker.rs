//! The boundary, in a dedicated worker in Chromium, where the page runs it.

#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

mod boundary;
