/**
 * @file The changes from one analysis to the next. The core's thread sends these alone, and an unchanged part stays
 * the same object on both sides: little has to travel, to be drawn and to be compared.
 */

import { spliceOf } from "../state/splice.js";

/** @import {Analysis} from "../pkg/whosaid.js" */
/** @import {Asked, Patch, Splice} from "../types.js" */

/**
 * Whether something is answered with a whole analysis, whose long lists come in pieces.
 * @param {Asked} asked
 */
export function isAnalysis({ op }) {
    return op === "annotate" || op === "settle";
}

/**
 * Whether plain values say the same.
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
function isEqual(one, other) {
    if (one === other || typeof one !== "object" || typeof other !== "object" || !one || !other) {
        return one === other;
    }
    const [these, those] = [Object.entries(one), /** @type {Record<string, unknown>} */ (other)];
    return these.length === Object.keys(other).length && these.every(([name, value]) => isEqual(value, those[name]));
}

/**
 * @param {readonly unknown[]} before
 * @param {readonly unknown[]} after
 * @returns {Splice[]}
 */
function changes(before, after) {
    const { start, gone, come } = spliceOf(before, after, isEqual);
    if (gone.length !== come.length) {
        return [{ at: start, gone: gone.length, come: [...come] }];
    }
    // Here and there one that says something else: each by itself.
    return come.flatMap((item, nth) => (isEqual(gone[nth], item) ? [] : [{ at: start + nth, gone: 1, come: [item] }]));
}

/**
 * @param {unknown[]} items May be changed.
 * @param {Splice} change
 * @returns {unknown[]}
 */
function replaced(items, { at, gone, come }) {
    if (gone !== come.length) {
        return [...items.slice(0, at), ...come, ...items.slice(at + gone)];
    }
    come.forEach((item, nth) => (items[at + nth] = item));
    return items;
}

/**
 * The changes that turn one analysis into another.
 * @param {Analysis} before
 * @param {Analysis} after
 * @returns {Patch}
 */
export function difference(before, after) {
    const [was, is] = /** @type {Record<string, unknown>[]} */ (/** @type {unknown} */ ([before, after]));
    /** @type {Patch} */
    const patch = { lists: {}, rest: {} };
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const [one, other] = [was?.[name], is?.[name]];
        if (Array.isArray(one) && Array.isArray(other)) {
            const list = changes(one, other);
            if (list.length > 0) {
                patch.lists[name] = list;
            }
        } else if (!isEqual(one, other)) {
            patch.rest[name] = other;
        }
    }
    return patch;
}

/**
 * An analysis with a patch applied; the one that was given stays as it is.
 * @param {Analysis} before
 * @param {Patch} patch
 * @returns {Analysis}
 */
export function patched(before, { lists, rest }) {
    const after = /** @type {Record<string, unknown>} */ ({ ...before, ...rest });
    for (const [name, list] of Object.entries(lists)) {
        after[name] = list.reduce(replaced, [.../** @type {unknown[]} */ (after[name])]);
    }
    return /** @type {Analysis} */ (/** @type {unknown} */ (after));
}
