/**
 * @file The corrected articles as training data: a line of JSON an article, in the shape of the corpora.
 */

import { merge } from "./events.js";

/** @import {Reader} from "./reader.js" */
/** @import {Store} from "./store.js" */

/**
 * All articles with corrections, the oldest first, each as its corrections leave it.
 * @param {Store} store
 * @param {Reader} reader
 * @returns {Promise<string[]>} Parts of a file.
 */
export async function writeTraining(store, reader) {
    const rows = (await store.shelf()).filter(({ corrections, deleted }) => corrections > 0 && !deleted);
    rows.sort((one, other) => one.opened.localeCompare(other.opened));
    const lines = [];
    for (const { doc } of rows) {
        const [text, { log }] = await Promise.all([store.text(doc), store.log(doc)]);
        if (text !== undefined) {
            // Otherwise as the core was shipped: what was learnt elsewhere is no annotation.
            const found = (await store.base(doc))?.found ?? (await reader.ask("annotate", text));
            const corrections = merge(log, []);
            const { analysis } = await reader.ask("correct", corrections, { text, found });
            lines.push(await reader.ask("export", { text, analysis, corrections }, "training"));
        }
    }
    return lines;
}
