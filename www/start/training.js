/**
 * @file The corrected articles as training data: one line of JSON for each article, in the shape of the corpora.
 */

import { merge } from "../state/log.js";

/** @import {Store} from "../device/store.js" */
/** @import {Client} from "../types.js" */

/**
 * All articles with corrections, the oldest first, each as its corrections leave it.
 * @param {Store} store
 * @param {Client} client
 * @returns {Promise<string[]>} Parts of a file.
 */
export async function writeTraining(store, client) {
    const rows = (await store.shelf()).filter(({ corrections, deleted }) => corrections > 0 && !deleted);
    rows.sort((one, other) => one.opened.localeCompare(other.opened));
    const lines = [];
    for (const { doc } of rows) {
        const [text, { log }] = await Promise.all([store.text(doc), store.log(doc)]);
        if (text !== undefined) {
            // Without a base the article is read without lessons: those of other articles are no annotation.
            const found = (await store.base(doc))?.found ?? (await client.ask("annotate", text));
            const corrections = merge(log, []);
            const { analysis } = await client.ask("correct", corrections, { text, found });
            lines.push(await client.ask("export", { text, analysis, corrections }, "training"));
        }
    }
    return lines;
}
