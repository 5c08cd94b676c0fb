/**
 * @file Where the files of the package are, for a browser: beside the script that this one is bundled into.
 */

import { base } from "./sources.js";

// Bundlers find the files by these very expressions.
export const FILES = {
    worker: () => new URL("./worker.js", import.meta.url),
    wasm: () => new URL("./pkg/whosaid_bg.wasm", import.meta.url).href,
    model: () => new URL("./pkg/model.bin", import.meta.url).href,
    resolve: (/** @type {string | URL} */ address) => new URL(address, base()).href,
    help: 'pass { wasm, model, worker }, or what whosaid/inlined exports (see "Your bundler" in the README of whosaid)',
};
