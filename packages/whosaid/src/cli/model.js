/**
 * @file What reads for the command line: the core with its model, and how sure claims have to be.
 */
import { readFile } from "node:fs/promises";

import init, { Annotator } from "../../pkg/whosaid.js";
import { said, unreadable } from "./bytes.js";

/** @import {Options} from "../../pkg/whosaid.js" */

/** Starts the core. */
export async function start() {
    await init({ module_or_path: await readFile(new URL("./pkg/whosaid_bg.wasm", import.meta.url)) });
}

/** The package of the precise model file, and its name on the command line: `npx` puts the file where nobody knows its path. */
const PRECISE = "whosaid-precise";

/** Where its file is: in a package beside this one. */
function precise() {
    try {
        return new URL(import.meta.resolve(`${PRECISE}/precise.bin`));
    } catch (error) {
        const mend = `npm install ${PRECISE}, or npx --package whosaid --package ${PRECISE} whosaid …, or give the path of a model file`;
        throw new Error(`--model ${PRECISE}: that package is not installed beside this one: ${mend}`, { cause: error });
    }
}

/**
 * The core with its model, once it has started.
 * @param {string} [path] Of another model file, or the name of the package with the precise one.
 */
export async function load(path) {
    if (path === undefined) {
        return new Annotator(await readFile(new URL("./pkg/model.bin", import.meta.url)));
    }
    const bytes = await readFile(path === PRECISE ? precise() : path).catch((error) => {
        throw new Error(unreadable(path, error));
    });
    try {
        return new Annotator(bytes);
    } catch (error) {
        throw new Error(`${path}: ${said(error)}`, { cause: error });
    }
}

/**
 * @param {string | undefined} given
 * @returns {Options}
 */
export function optionsOf(given) {
    if (given === undefined) {
        return {};
    }
    const minConfidence = given.trim() === "" ? NaN : Number(given);
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
        throw new Error(`--min-confidence ${given}: a number from 0 to 1 is needed`);
    }
    return { minConfidence };
}
