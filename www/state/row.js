/**
 * @file What the row of an article in the library says of it.
 */

import { NEVER } from "./records.js";

/** @import {Row} from "../types.js" */

/**
 * @param {Row} row
 * @returns {boolean} Whether its article was taken in with others and is not read yet.
 */
export function isWaiting({ given, tally, corrections, deleted }) {
    return given !== undefined && !tally && corrections === 0 && !deleted;
}

/**
 * @param {Row} row
 * @returns {boolean} Whether the user has seen the article; one that was taken in with others may never have been opened.
 */
export function wasOpened({ given, opened }) {
    return given === undefined || opened !== NEVER;
}

/**
 * @param {Row} row
 * @returns {string} When the article was taken in, opened or corrected last, RFC 3339.
 */
export function touched({ opened, corrected = "", given = [] }) {
    return [opened, corrected, ...given.map(({ time }) => time)].reduce((last, time) => (time > last ? time : last));
}
