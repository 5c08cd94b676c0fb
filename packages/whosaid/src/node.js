/**
 * @file The package in Node: the core runs in the thread of its caller, and its files are read from the disk.
 */

import { readFile } from "node:fs/promises";

import { open } from "./open.js";
import { createShared } from "./shared.js";

/** @import {AnnotatorOptions} from "../index.js" */

const FILES = {
    worker: /** @type {const} */ (false),
    wasm: () => readFile(new URL("./pkg/whosaid_bg.wasm", import.meta.url)),
    model: () => readFile(new URL("./pkg/model.bin", import.meta.url)),
    // An address is fetched by the thread; anything else is a file.
    resolve(/** @type {string | URL} */ address) {
        const text = String(address);
        return /^https?:/.test(text) ? text : readFile(text.startsWith("file:") ? new URL(text) : address);
    },
    help: "leave out { wasm, model }, and the package's own files are read",
};

/** @param {AnnotatorOptions} [from] */
export function createAnnotator(from = {}) {
    return open(FILES, from);
}

export const annotate = /* @__PURE__ */ createShared(createAnnotator);
