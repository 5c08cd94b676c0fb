/**
 * @file Spans: half-open places in a text, in UTF-16 code units, and how they lie to each other.
 */

/** @import {Span} from "../pkg/whosaid.js" */

/** @param {Span} span */
export function isFilled({ start, end }) {
    return start < end;
}

/**
 * @param {Span} one
 * @param {Span} other
 */
export function isSame(one, other) {
    return one.start === other.start && one.end === other.end;
}

/**
 * @param {Span} one
 * @param {Span} other
 * @returns {boolean} Whether they share a character.
 */
export function overlap(one, other) {
    return one.start < other.end && other.start < one.end;
}

/**
 * @param {Span} outer
 * @param {Span} inner
 * @returns {boolean} Whether all of the inner span lies in the outer one.
 */
export function holds(outer, inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * @param {Span} span
 * @param {number} at
 * @returns {boolean} Whether the character at an offset lies in the span.
 */
export function holdsAt({ start, end }, at) {
    return start <= at && at < end;
}

/**
 * From the start of the first span to the end of the last.
 * @param {readonly Span[]} spans
 * @returns {Span}
 */
export function extentOf(spans) {
    const [first] = spans;
    if (first && spans.length === 1) {
        return first;
    }
    return {
        start: Math.min(...spans.map(({ start }) => start)),
        end: Math.max(...spans.map(({ end }) => end)),
    };
}

/**
 * The parts of a span that lie outside of another.
 * @param {Span} span
 * @param {Span} hole
 * @returns {Span[]}
 */
export function without({ start, end }, hole) {
    return [
        { start, end: Math.min(end, hole.start) },
        { start: Math.max(start, hole.end), end },
    ].filter(isFilled);
}

/**
 * A span without the white space at its ends.
 * @param {string} text
 * @param {Span} span
 * @returns {Span}
 */
export function trimmed(text, { start, end }) {
    const words = text.slice(start, end);
    return { start: end - words.trimStart().length, end: start + words.trimEnd().length };
}

/**
 * The item that is nearest to an offset.
 * @template {Span} Item
 * @param {readonly Item[]} items
 * @param {number} at
 * @param {number} most How far it may be, in the unit of the places.
 * @returns {Item | undefined}
 */
export function nearestTo(items, at, most) {
    const far = (/** @type {Item} */ { start, end }) => Math.max(0, start - at, at - end);
    const [nearest] = items.toSorted((one, other) => far(one) - far(other));
    return nearest && far(nearest) <= most ? nearest : undefined;
}

/**
 * @param {number} offset
 * @param {readonly Span[]} spans In order.
 * @returns {number} The index of the first span that ends after the offset.
 */
export function firstAfter(offset, spans) {
    let low = 0;
    let high = spans.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((spans[middle]?.end ?? 0) <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
