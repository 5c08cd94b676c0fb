/**
 * @file The table of claims, in the core's thread: the articles of its lines, and their rows.
 */

import { Stream } from "../pkg/whosaid.js";

/** @import {Annotator, Learnt} from "../pkg/whosaid.js" */
/** @import {Listed, Requests} from "../types.js" */

/**
 * Does something with what writes the table of claims.
 * @template Result
 * @param {(table: Stream) => Result} work
 * @param {readonly string[]} [keep] Fields that are columns too.
 * @returns {Result}
 */
export function inTable(work, keep = []) {
    const table = new Stream("csv", [...keep]);
    try {
        return work(table);
    } finally {
        table.free();
    }
}

/**
 * @param {Stream} table
 * @param {string} line
 * @param {number} number
 * @returns {Requests["articles"]["answer"][number]}
 */
export function articleOf(table, line, number) {
    try {
        const [id, text] = table.article(line, number);
        return { id, text };
    } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        if (name !== "ArgumentError") {
            throw error;
        }
        return { fault: message };
    }
}

/**
 * The claims of an article as lines of the table, as its corrections leave them.
 * @param {Annotator} core
 * @param {Listed} article
 * @param {Learnt | undefined} before The lessons that the core goes on with.
 */
export function rowsOf(core, { text, given, log, found, learnt, keep }, before) {
    core.teach(learnt);
    try {
        const base = found ?? core.annotate(text);
        const { analysis } = log.length > 0 ? core.correct(text, base, [...log]) : { analysis: base };
        const line = (/** @type {Listed["given"][number]} */ { id, file }) => `{"id":${id},${JSON.stringify({ text, file }).slice(1)}`;
        return inTable((table) => given.map((place) => table.write(line(place), place.row, analysis)).join(""), keep);
    } finally {
        core.teach(before);
    }
}
