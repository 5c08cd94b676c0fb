/**
 * @file The files of other tools, in Node: the second WebAssembly is read from the disk.
 */

import { readFile } from "node:fs/promises";

import { open } from "./converting.js";

/** @import {ConverterOptions} from "../convert.js" */

const FILES = {
    wasm: () => readFile(new URL("./pkg/converter_bg.wasm", import.meta.url)),
    // An address is fetched by the glue; anything else is a path.
    resolve: (/** @type {string | URL} */ address) => (/^https?:/u.test(String(address)) ? String(address) : readFile(address)),
    help: "leave out { wasm }, and the package's own file is read",
};

/** @param {ConverterOptions} [from] */
export function createConverter(from = {}) {
    return open(FILES, from);
}
