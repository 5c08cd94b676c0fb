/**
 * @file The package in a browser: the core runs in a worker, and its files stand beside this one.
 */

import { open } from "./open.js";
import { createShared } from "./shared.js";
import { base } from "./sources.js";

/** @import {AnnotatorOptions} from "../index.js" */

// Bundlers find the files by these very expressions.
const FILES = {
    worker: () => new URL("./worker.js", import.meta.url),
    wasm: () => new URL("./pkg/whosaid_bg.wasm", import.meta.url).href,
    model: () => new URL("./pkg/model.bin", import.meta.url).href,
    resolve: (/** @type {string | URL} */ address) => new URL(address, base()).href,
    help: 'pass { wasm, model, worker }, or what whosaid/inlined exports (see "Your bundler" in the README of whosaid)',
};

/** @param {AnnotatorOptions} [from] */
export function createAnnotator(from = {}) {
    return open(FILES, from);
}

export const annotate = /* @__PURE__ */ createShared(createAnnotator);
