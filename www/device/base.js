/**
 * @file Reads the analyses that corrections were made on. They are kept as they were written: before version 2 of the
 * own format claims were called "attributions", and "reader" was the origin of what the user marked.
 */

import { isBase } from "../state/records.js";

/** @import {Base} from "../types.js" */

/**
 * An analysis under the names of today.
 * @param {any} found Of any version; it can be damaged.
 */
function renamed({ attributions, ...rest }) {
    const found = attributions === undefined ? rest : { claims: attributions, ...rest };
    const isList = (/** @type {string} */ name) => Array.isArray(found[name]);
    const lists = ["mentions", "claims"].filter(isList).map((name) => [name, found[name].map(withOrigin)]);
    return { ...found, ...Object.fromEntries(lists) };
}

/** @param {any} mark A mention or a claim. */
function withOrigin(mark) {
    return mark?.origin === "reader" ? { ...mark, origin: "user" } : mark;
}

/**
 * Reads an analysis that is kept.
 * @param {unknown} record
 * @returns {Base | undefined} `undefined` where it is none.
 */
export function readBase(record) {
    return isBase(record) ? { ...record, found: renamed(record.found) } : undefined;
}
