/**
 * @file The files of other tools, in a browser: the second WebAssembly stands beside this script.
 */

import { open } from "./converting.js";
import { base } from "./sources.js";

/** @import {ConverterOptions} from "../convert.js" */

const FILES = {
    wasm: () => new URL("./pkg/converter_bg.wasm", import.meta.url).href,
    resolve: (/** @type {string | URL} */ address) => new URL(address, base()).href,
    help: "pass { wasm }, the address of a copy of whosaid/converter.wasm",
};

/** @param {ConverterOptions} [from] */
export function createConverter(from = {}) {
    return open(FILES, from);
}
