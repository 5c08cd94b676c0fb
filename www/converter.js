/**
 * @file The second WebAssembly's thread, as a script of its own: what a worker is started with, for one conversion.
 */

import { createConverter } from "./core/conversion.js";

/** @import {ConversionAsked, ConversionAnswer} from "./types.js" */

/** The used part of the thread's scope: TypeScript's types of a page and of a worker exclude each other. */
const scope = /** @type {{postMessage(answer: ConversionAnswer): void, onmessage: ((event: {data: ConversionAsked}) => void) | null}} */ (
    /** @type {unknown} */ (globalThis)
);

/** @param {ConversionAsked} asked */
async function answer(asked) {
    const converter = await createConverter(new URL("./pkg/converter_bg.wasm", import.meta.url));
    if ("file" in asked) {
        return { imported: converter.import(asked.file, asked.format, asked.text) };
    }
    const converted = converter.export(asked.notebooks, asked.format);
    const format = converter.formats.find(({ name }) => name === asked.format);
    return converted && format ? { converted, format } : {};
}

scope.onmessage = ({ data }) => {
    answer(data).then(
        (found) => scope.postMessage(found),
        ({ name, message }) => scope.postMessage({ error: { name, message } }),
    );
};
