/**
 * @file Finds words in a text as a user types them: without regard to case, accents, the look of quotation marks and
 * how white space is broken.
 */

import { fold } from "./text.js";

/** @import {Span} from "../pkg/whosaid.js" */

/** Typed characters for printed ones. */
const PLAIN = new Map([
    ["‘", "'"],
    ["’", "'"],
    ["“", '"'],
    ["”", '"'],
    ["«", '"'],
    ["»", '"'],
    ["–", "-"],
    ["—", "-"],
    ["\u2011", "-"],
]);

/**
 * A text in the form that is searched, with the origin of each of its UTF-16 code units.
 * @typedef {object} Searched
 * @property {string} plain
 * @property {Uint32Array} from One more than there are code units: the last is the text's length.
 */

/** @type {{text: string, searched: Searched}} The text that was searched last: it is searched again at each key. */
let last = { text: "", searched: prepare("") };

/**
 * All places of some words, from the first to the last; they do not overlap.
 * @param {string} text
 * @param {string} query
 * @returns {Span[]} In UTF-16 code units of the text.
 */
export function findIn(text, query) {
    const wanted = prepare(query).plain.trim();
    if (wanted === "") {
        return [];
    }
    if (last.text !== text) {
        last = { text, searched: prepare(text) };
    }
    const { plain, from } = last.searched;
    const found = [];
    for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
        // The parts of a character belong together: "ﬁ" is found by "f", as a whole.
        const start = /** @type {number} */ (from[at]);
        let after = at + wanted.length;
        while (from[after] === from[after - 1]) {
            after += 1;
        }
        found.push({ start, end: /** @type {number} */ (from[after]) });
    }
    return found;
}

/**
 * @param {string} text
 * @returns {Searched}
 */
function prepare(text) {
    const from = [];
    let plain = "";
    let at = 0;
    let isSpace = false;
    for (const character of text) {
        const folded = /\s/.test(character) ? " " : (PLAIN.get(character) ?? fold(character));
        if (!(folded === " " && isSpace)) {
            plain += folded;
            while (from.length < plain.length) {
                from.push(at);
            }
        }
        isSpace = folded === " ";
        at += character.length;
    }
    from.push(text.length);
    return { plain, from: Uint32Array.from(from) };
}
