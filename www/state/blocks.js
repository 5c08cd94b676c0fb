/**
 * @file Text -> the paragraphs that are drawn.
 */

/** @import {Zone, ZoneSpan} from "../pkg/whosaid.js" */
/** @import {Block} from "../types.js" */

/** A paragraph longer than this, in UTF-16 code units, is drawn as several. */
const LONGEST_BLOCK = 20_000;

/**
 * The paragraphs of a text; together they hold all of it but white space.
 * @param {string} text
 * @param {readonly ZoneSpan[]} zones In order.
 * @returns {Block[]}
 */
export function blocksOf(text, zones) {
    /** @type {Block[]} */
    const blocks = [];
    let at = 0;
    for (const { span, zone } of zones) {
        blocks.push(...split(text, at, span.start, "body"), ...split(text, span.start, span.end, zone));
        at = span.end;
    }
    return [...blocks, ...split(text, at, text.length, "body")];
}

/**
 * A piece of text as blocks that are not too long, cut at white space where there is any.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Zone} zone
 * @returns {Block[]} None when there is nothing but white space.
 */
function split(text, start, end, zone) {
    /** @type {Block[]} */
    const blocks = [];
    for (let at = start; at < end;) {
        const limit = at + LONGEST_BLOCK;
        const space = limit < end ? text.lastIndexOf(" ", limit) : end;
        const next = space > at ? space : limit;
        const piece = text.slice(at, next);
        const lead = piece.length - piece.trimStart().length;
        if (lead < piece.length) {
            blocks.push({ start: at + lead, end: next - (piece.length - piece.trimEnd().length), zone });
        }
        at = next;
    }
    return blocks;
}
