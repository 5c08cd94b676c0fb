/**
 * @file How a correction refers to a place in the text, and which words a selection means.
 */

import { trimmed } from "./spans.js";

/** @import {Span, Target} from "../pkg/whosaid.js" */

/** How much of the text around a target is kept, in UTF-16 code units. */
const CONTEXT = 32;

/** How far the next word is looked for, in UTF-16 code units. */
const REACH = 256;

/**
 * A place that cuts no surrogate pair in two.
 * @param {string} text
 * @param {number} at
 * @returns {number}
 */
function whole(text, at) {
    return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}

/**
 * A place with the text there and around it.
 * @param {string} text
 * @param {Span} span
 * @returns {Target}
 */
export function targetOf(text, { start, end }) {
    return {
        start,
        end,
        exact: text.slice(start, end),
        prefix: text.slice(whole(text, Math.max(0, start - CONTEXT)), start),
        suffix: text.slice(end, whole(text, Math.min(text.length, end + CONTEXT))),
    };
}

/**
 * The place that a selection means: without the white space at its ends, and with whole words.
 * @param {string} text
 * @param {Span} selection
 * @returns {Span | undefined} `undefined` when there is nothing but white space.
 */
export function tidy(text, selection) {
    const raw = text.slice(selection.start, selection.end);
    if (raw.trim() === "") {
        return undefined;
    }
    const { start, end } = trimmed(text, selection);
    return { start: wordAt(text, start)?.start ?? start, end: wordAt(text, end - 1)?.end ?? end };
}

/**
 * A place with an edge moved to the next word or character that may be at it.
 * @param {string} text
 * @param {Span} span
 * @param {"start" | "end"} edge
 * @param {1 | -1} way
 * @param {"word" | "grapheme"} unit
 * @param {(at: number) => boolean} canHold Whether the place can hold the character here.
 * @returns {Span | undefined} `undefined` where there is none, or nothing would be left.
 */
export function stepped(text, { start, end }, edge, way, unit, canHold) {
    const first = edge === "start" ? start : end;
    for (let at = edgeBeside(text, first, edge, way, unit); at !== undefined; at = edgeBeside(text, at, edge, way, unit)) {
        const to = edge === "start" ? { start: at, end } : { start, end: at };
        if (to.start >= to.end) {
            return undefined;
        }
        if (canHold(edge === "start" ? at : at - 1)) {
            return to;
        }
    }
    return undefined;
}

/**
 * A place with an edge dragged to a pointer: it moves to the nearest end of a word, or stays.
 * @param {string} text
 * @param {Span} span
 * @param {"start" | "end"} edge
 * @param {number} at Where the pointer is.
 * @param {(at: number) => boolean} canHold Whether the place can hold the character here.
 * @returns {Span | undefined} `undefined` where the edge cannot be here, or would pass the other.
 */
export function dragged(text, span, edge, at, canHold) {
    const edges = [span[edge], edgeBeside(text, at + 1, edge, -1, "word"), edgeBeside(text, at - 1, edge, 1, "word")];
    const [nearest] = edges.filter((each) => each !== undefined).sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
    const to = { ...span, [edge]: nearest };
    const { start, end } = to;
    const isFree = nearest === span[edge] || canHold(edge === "start" ? start : end - 1);
    return start < end && isFree ? { start, end } : undefined;
}

/**
 * The next place where a word, or a character that is no white space, starts or ends.
 * @param {string} text
 * @param {number} at
 * @param {"start" | "end"} edge
 * @param {1 | -1} way
 * @param {"word" | "grapheme"} unit
 * @returns {number | undefined}
 */
function edgeBeside(text, at, edge, way, unit) {
    const from = whole(text, Math.max(0, at - REACH));
    const around = text.slice(from, whole(text, Math.min(text.length, at + REACH)));
    const segments = [...new Intl.Segmenter("en", { granularity: unit }).segment(around)];
    const edges = segments
        .filter(({ segment, isWordLike }) => (unit === "word" ? isWordLike : segment.trim() !== ""))
        .map(({ index, segment }) => from + index + (edge === "start" ? 0 : segment.length));
    return way > 0 ? edges.find((each) => each > at) : edges.findLast((each) => each < at);
}

/**
 * The word that a place lies in.
 * @param {string} text
 * @param {number} at
 * @returns {Span | undefined}
 */
function wordAt(text, at) {
    // Words are looked for in a window: a segmenter reads all that it is given.
    const from = whole(text, Math.max(0, at - 2 * CONTEXT));
    const around = text.slice(from, whole(text, Math.min(text.length, at + 2 * CONTEXT)));
    const found = new Intl.Segmenter("en", { granularity: "word" }).segment(around).containing(at - from);
    return found?.isWordLike ? { start: from + found.index, end: from + found.index + found.segment.length } : undefined;
}
