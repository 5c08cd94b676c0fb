/**
 * @file The files of other tools, in whichever thread: holds the second WebAssembly, which has neither the network nor the
 * model. Who needs none of these files loads none of this.
 */

import init, { Conversion, formats } from "../pkg/converter.js";
import { failure } from "./failure.js";

/** @import {Notebook} from "../pkg/whosaid.js" */
/** @import {Converted, Format, Imported, Lost, Source} from "../types.js" */

/**
 * @typedef {object} Converter
 * @property {readonly Format[]} formats
 * @property {(to: string) => Converting} start Begins a file; throws an `ArgumentError` where there is no such format.
 * @property {(notebooks: readonly Notebook[], format: string) => Converted | undefined} export
 * @property {(file: string, format: string, text?: string) => Imported[]} import Throws an `ImportError` that says what to mend.
 */

/**
 * Articles on their way into one file.
 * @typedef {object} Converting
 * @property {(from: string, file: string, text?: string) => Lost[][]} add Takes a file's articles in, and tells what of each was not
 *   understood; throws an `ImportError` that says what to mend.
 * @property {(notebook: Notebook) => void} notebook Takes an article in; throws an `ArgumentError` where it is none.
 * @property {() => Converted | undefined} write Nothing where nothing was taken in; throws an `ArgumentError` where one file cannot
 *   hold it.
 */

/**
 * Loads the WebAssembly; one thread has one, and the first counts.
 * @param {Source} wasm
 * @returns {Promise<Converter>}
 */
export async function createConverter(wasm) {
    try {
        await init({ module_or_path: wasm });
    } catch (error) {
        throw failure("LoadError", /** @type {Error} */ (error).message);
    }
    /** @type {readonly Format[]} */
    const all = JSON.parse(formats());
    return {
        formats: all,
        start,
        export(notebooks, format) {
            const file = start(format);
            notebooks.forEach(file.notebook);
            return file.write();
        },
        import: (file, format, text) => imported(all, file, format, text),
    };
}

/**
 * @template Result
 * @param {string} name Of the error where it fails.
 * @param {() => Result} run
 * @returns {Result}
 */
function named(name, run) {
    try {
        return run();
    } catch (error) {
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
            throw error;
        }
        throw failure(name, /** @type {Error} */ (error).message);
    }
}

/**
 * @param {string} to
 * @returns {Converting}
 */
function start(to) {
    const conversion = named("ArgumentError", () => new Conversion(to));
    return {
        add: (from, file, text) => named("ImportError", () => JSON.parse(conversion.add(from, file, text))),
        notebook: (notebook) => named("ArgumentError", () => conversion.notebook(json(notebook))),
        write: () =>
            named("ArgumentError", () => {
                const out = conversion.write();
                if (!out) {
                    return undefined;
                }
                const { file, text, lost } = out;
                out.free();
                return { file, ...(text !== undefined && { text }), lost: JSON.parse(lost) };
            }),
    };
}

/**
 * A value as JSON. Half a character becomes U+FFFD, as it does where strings cross.
 * @param {unknown} value
 */
function json(value) {
    return (JSON.stringify(value) ?? "null").replace(/\\(?:\\|ud[89a-f][0-9a-f]{2})/gu, (found) => (found === "\\\\" ? found : "\ufffd"));
}

/**
 * The articles of a file, each as a notebook by itself.
 * @param {readonly Format[]} all
 * @param {string} file
 * @param {string} format
 * @param {string} [text]
 * @returns {Imported[]}
 */
function imported(all, file, format, text) {
    const known = all.filter(({ isRead }) => isRead).map(({ name }) => name);
    if (!known.includes(format)) {
        throw failure("ArgumentError", `there is no format "${format}" that can be read: choose one of ${known.join(", ")}`);
    }
    const conversion = named("ArgumentError", () => new Conversion("json"));
    const misread = named("ImportError", () => JSON.parse(conversion.add(format, file, text)));
    // One after the other: whosaid's own file holds one article.
    const found = named("ArgumentError", () => conversion.each());
    return found.map((each, index) => {
        const { file: own, lost } = each;
        each.free();
        const { format: _format, version: _version, ...notebook } = JSON.parse(own);
        return { notebook, lost: [...misread[index], ...JSON.parse(lost)] };
    });
}
