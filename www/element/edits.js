/**
 * @file What the element's methods correct, as edits. A mark is meant by its key, `label:start:end`, as the events tell it; a speaker
 * by its index in the analysis, or by its name.
 */

import { failure } from "../core/failure.js";
import { whoOf } from "../state/speaker-ref.js";
import { targetOf } from "../state/target.js";
import { aboutKey } from "./about.js";

/** @import {Analysis, ClaimForm, ClaimKind, Edit, Mark, Span, Target} from "../pkg/whosaid.js" */

/** @typedef {{text: string, analysis: Analysis}} Of The article. */

/**
 * @param {Of} of
 * @param {string} key
 * @returns {{mark: Mark, range: Span, target: Target}}
 */
function markOf({ text, analysis }, key) {
    const { range, claim, mention } = aboutKey(analysis, String(key));
    if (!claim && !mention) {
        throw failure("ArgumentError", `there is no mark "${key}": pass a key such as "claim:0:12", as whosaid-select tells it`);
    }
    return { mark: claim ? "claim" : /** @type {NonNullable<typeof mention>} */ (mention).label, range, target: targetOf(text, range) };
}

/**
 * @param {Of} of
 * @param {number | string} speaker
 */
function speakerOf({ text, analysis }, speaker) {
    const index = typeof speaker === "string" ? analysis.speakers.findIndex(({ name }) => name === speaker) : speaker;
    if (!analysis.speakers[index]) {
        throw failure("ArgumentError", `there is no speaker ${JSON.stringify(speaker)}: pass its index or its name in the analysis`);
    }
    return whoOf(text, analysis, index);
}

/**
 * @param {Of} of
 * @param {{mark: Mark, start: number, end: number, everywhere?: boolean}} what
 * @returns {Edit[]}
 */
export function added({ text }, { mark, start, end, everywhere }) {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length)) {
        throw failure(
            "ArgumentError",
            `there is no place ${start} to ${end} in the text: pass UTF-16 code units, as text.slice counts them`,
        );
    }
    return [{ op: "add", target: targetOf(text, { start, end }), mark, ...(everywhere && { everywhere }) }];
}

/**
 * @param {Of} of
 * @param {string} key
 * @param {{mark?: Mark, start?: number, end?: number, kind?: ClaimKind, form?: ClaimForm}} what
 * @returns {Edit[]}
 */
export function updated(of, key, { mark: to, start, end, kind, form }) {
    const { mark, range, target } = markOf(of, key);
    const place = { start: start ?? range.start, end: end ?? range.end };
    /** @type {Edit[]} */
    const edits = [];
    if (kind !== undefined || form !== undefined) {
        edits.push({ op: "qualify", target, ...(kind && { kind }), ...(form && { form }) });
    }
    if (to !== undefined && to !== mark) {
        edits.push({ op: "relabel", target, mark, to });
    }
    if (place.start !== range.start || place.end !== range.end) {
        edits.push({ op: "respan", target, mark: to ?? mark, to: targetOf(of.text, place) });
    }
    return edits;
}

/**
 * @param {Of} of
 * @param {string} key
 * @param {{everywhere?: boolean}} [how]
 * @returns {Edit[]}
 */
export function removed(of, key, { everywhere } = {}) {
    const { mark, target } = markOf(of, key);
    return [{ op: "delete", target, mark, ...(everywhere && { everywhere }) }];
}

/**
 * @param {Of} of
 * @param {string} key
 * @param {string | null} [speaker] A name; absent: nobody in particular makes the claim, or the name means somebody else.
 * @returns {Edit[]}
 */
export function attributed(of, key, speaker) {
    const { mark, target } = markOf(of, key);
    const op = mark === "claim" ? "attribute" : "split";
    return [speaker === undefined || speaker === null ? { op, target } : { op, target, speaker }];
}

/**
 * @param {Of} of
 * @param {number | string} speaker
 * @param {number | string} into
 * @returns {Edit[]}
 */
export function merged(of, speaker, into) {
    return [{ op: "merge", speaker: speakerOf(of, speaker), into: speakerOf(of, into) }];
}

/**
 * @param {Of} of
 * @param {string} key Of a name.
 * @param {string} [speaker] Who is meant there instead; absent: somebody else.
 * @returns {Edit[]}
 */
export function split(of, key, speaker) {
    const { mark, target } = markOf(of, key);
    if (mark === "claim") {
        throw failure("ArgumentError", `"${key}" is a claim: pass the key of a name, or call attribute()`);
    }
    return [speaker === undefined ? { op: "split", target } : { op: "split", target, speaker }];
}
