/**
 * @file The page's side of the second WebAssembly: asks it one thing, in a thread that ends with the answer.
 */

import { failure } from "./failure.js";

/** @import {ConversionAnswer, ConversionAsked, Converted, Format, Imported, ThreadLike} from "../types.js" */
/** @import {Notebook} from "../pkg/whosaid.js" */

/**
 * @param {() => ThreadLike} start Starts the thread.
 * @param {ConversionAsked} asked
 * @returns {Promise<ConversionAnswer>}
 */
function ask(start, asked) {
    return new Promise((resolve, reject) => {
        const thread = start();
        const end = (/** @type {() => void} */ tell) => {
            thread.terminate();
            tell();
        };
        thread.onmessage = ({ data }) =>
            end(() => ("error" in data ? reject(failure(data.error.name, data.error.message)) : resolve(data)));
        thread.onerror = (event) => {
            event.preventDefault();
            // A script that fails before it runs gives no message.
            const name = event.message ? "CrashError" : "LoadError";
            end(() => reject(failure(name, event.message || "its file cannot be reached")));
        };
        thread.onmessageerror = () => end(() => reject(failure("CrashError", "its answer could not be read")));
        thread.postMessage(asked);
    });
}

/**
 * An article as another tool's file.
 * @param {() => ThreadLike} start
 * @param {Notebook} notebook
 * @param {string} format
 * @returns {Promise<{converted: Converted, format: Format}>}
 */
export async function converted(start, notebook, format) {
    const answer = await ask(start, { notebooks: [notebook], format });
    if (!("converted" in answer)) {
        throw failure("CrashError", "nothing was written");
    }
    return answer;
}

/**
 * The articles of another tool's file.
 * @param {() => ThreadLike} start
 * @param {{file: string, format: string, text?: string}} given
 * @returns {Promise<Imported[]>}
 */
export async function imported(start, given) {
    const answer = await ask(start, given);
    return "imported" in answer ? answer.imported : [];
}
