/**
 * @file What stands between quotation marks, by the marks alone: the words of a partly quoted claim that are quoted.
 */

import { holds, overlap } from "./spans.js";

/** @import {Span} from "../pkg/whosaid.js" */

/** One quotation each; a double one may stay open to the end. Single marks are also apostrophes, between or after letters. */
const QUOTATIONS = /“[^”]*”?|„[^“”]*[“”]?|«[^»]*»?|"[^"]*"?|(?<![\p{L}\p{N}])[‘'](?=\S)(?:[^‘’']|(?<=\p{L})[’'](?=\p{L}))+[’'](?!\p{L})/gu;

/**
 * @param {string} text
 * @param {Span} within A paragraph.
 * @returns {Span[]} In order, with their marks.
 */
export function quotesIn(text, { start, end }) {
    return [...text.slice(start, end).matchAll(QUOTATIONS)].map(({ index, 0: quotation }) => ({
        start: start + index,
        end: start + index + quotation.length,
    }));
}

/**
 * A span, cut where quotations begin and end.
 * @param {Span} span
 * @param {readonly Span[]} quotes In order.
 * @returns {(Span & {isQuoted: boolean})[]}
 */
export function cutAt(span, quotes) {
    const { start, end } = span;
    const inside = quotes.filter((quote) => overlap(quote, span));
    const edges = [start, ...inside.flatMap((quote) => [quote.start, quote.end]).filter((at) => start < at && at < end), end];
    return edges.slice(1).map((to, nth) => {
        const from = /** @type {number} */ (edges[nth]);
        return { start: from, end: to, isQuoted: inside.some((quote) => holds(quote, { start: from, end: to })) };
    });
}
