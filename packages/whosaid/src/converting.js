/**
 * @file Opens a converter, and checks what is passed to it.
 */

import { createConverter } from "../../../www/core/conversion.js";
import { failure } from "../../../www/core/failure.js";
import { isAddress, isSource } from "./sources.js";

/** @import {Source} from "../../../www/types.js" */
/** @import {Converter, ConverterOptions} from "../convert.js" */
/** @import {FileSource} from "../index.js" */

/**
 * Where the WebAssembly is, and how this environment reads another one.
 * @typedef {object} Files
 * @property {FileSource} wasm
 * @property {(address: string | URL) => Source | Promise<Source>} resolve
 * @property {string} help What to do where it cannot be loaded.
 */

/**
 * @param {Files} files
 * @param {ConverterOptions} given
 * @returns {Promise<Converter>}
 */
export async function open(files, given) {
    const unknown = Object.keys(Object(given)).find((name) => name !== "wasm");
    if (unknown !== undefined) {
        throw failure("ArgumentError", `there is no option "${unknown}": choose among wasm`);
    }
    const source = Object(given).wasm ?? files.wasm;
    if (!isSource(source)) {
        throw failure("ArgumentError", "wasm has to be an address, the bytes of the file, or a function that gives a promise of them");
    }
    const read = async () => {
        const found = typeof source === "function" ? await source() : source;
        return isAddress(found) ? files.resolve(found) : found;
    };
    const loaded = read().then((wasm) => createConverter(/** @type {Source} */ (wasm)));
    const converter = await loaded.catch(({ message }) => {
        throw failure("LoadError", `${message}: ${files.help}`);
    });
    return Object.freeze({
        formats: converter.formats,
        async export(/** @type {any} */ notebooks, /** @type {string} */ format) {
            const all = Array.isArray(notebooks) ? notebooks : [notebooks];
            const written = converter.export(all, string(format, "the format"));
            if (written === undefined) {
                throw failure("ArgumentError", "there is nothing to write: pass a notebook, or an array of them");
            }
            return written;
        },
        async import(/** @type {string} */ file, /** @type {string} */ format, /** @type {{text?: string} | undefined} */ beside) {
            const text = beside?.text;
            return converter.import(
                string(file, "the file's content"),
                string(format, "the format"),
                text === undefined ? undefined : string(text, "the text beside it"),
            );
        },
    });
}

/**
 * @param {unknown} given
 * @param {string} what
 * @returns {string}
 */
function string(given, what) {
    if (typeof given !== "string") {
        throw failure("ArgumentError", `${what} has to be a string, and ${given === null ? "null" : typeof given} was given`);
    }
    return given;
}
