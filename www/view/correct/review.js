/**
 * @file The review: the marks that need a look, the least sure first, and a bar that shows the progress.
 */

import { element, fill } from "../../kit/dom.js";
import { annotationsOf } from "../../state/segments.js";
import { needsReview } from "../../state/tally.js";
import { targetOf } from "../../state/target.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Edit} from "../../pkg/whosaid.js" */
/** @import {Annotation, Tally} from "../../types.js" */

/**
 * The marks that still need a look: the least sure first, then in the order of the text.
 * @param {Analysis} analysis
 * @returns {Annotation[]}
 */
export function toLookAt(analysis) {
    const { mentions, claims } = analysis;
    const left = (/** @type {Analysis["mentions"][number] | Analysis["claims"][number]} */ found) =>
        needsReview(found) && found.origin !== "user";
    const all = annotationsOf({ ...analysis, mentions: mentions.filter(left), claims: claims.filter(left) });
    return all.sort(compare);
}

/**
 * @param {Annotation} one
 * @param {Annotation} other
 */
function compare(one, other) {
    return one.confidence - other.confidence || one.start - other.start || other.end - one.end;
}

/**
 * The edit that accepts all marks that are shown and were not looked at.
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {Extract<Edit, {op: "review"}>}
 */
export function restIsRight(text, analysis) {
    const seen = toLookAt(analysis).sort((one, other) => one.start - other.start);
    return { op: "review", marks: seen.map((each) => ({ target: targetOf(text, each), mark: each.mark })) };
}

/**
 * The other places of a name that was accepted last: those with the same mark that nobody has looked at.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Edit | undefined} edit The last one.
 * @returns {{count: number, name: string} | undefined}
 */
export function sameName(text, { mentions }, edit) {
    if (edit?.op !== "add" || edit.mark === "claim" || edit.everywhere) {
        return undefined;
    }
    const { exact: name } = edit.target;
    const same = mentions.filter(
        ({ label, origin, form, span }) =>
            label === edit.mark && origin !== "user" && form === "name" && text.slice(span.start, span.end) === name,
    );
    return same.length > 0 ? { count: same.length, name } : undefined;
}

/**
 * @typedef {object} ReviewActions
 * @property {() => void} next
 * @property {() => void} rest
 * @property {() => void} same
 */

/** @param {ReviewActions} actions */
export function createReview({ next, rest, same }) {
    const count = element("span", { class: "review-count", id: "review-count" });
    const bar = element("progress", { class: "review-bar", "aria-labelledby": "review-count" });
    const go = element("button", { type: "button", class: "quiet", onclick: next }, words.review.next);
    const right = element("button", { type: "button", class: "quiet", onclick: rest }, words.review.rest);
    const also = element("button", { type: "button", class: "quiet", hidden: true, onclick: same });
    const node = element(
        "div",
        { class: "review", role: "group", "aria-label": words.review.label, hidden: true },
        count,
        bar,
        go,
        right,
        also,
    );
    /** @type {Annotation | undefined} */
    let last;
    /** @type {string | undefined} */
    let brought;
    return {
        node,

        /**
         * The next mark; after the surest the least sure comes again.
         * @param {Analysis} analysis
         * @returns {Annotation | undefined} `undefined`: all have been looked at.
         */
        next(analysis) {
            const all = toLookAt(analysis);
            const before = last;
            last = (before && all.find((each) => compare(before, each) < 0)) ?? all[0];
            brought = last?.key;
            return last;
        },

        /** @returns {string | undefined} The key of the mark that was brought up. */
        key: () => brought,

        /** @param {string | undefined} key The new key of the mark that was brought up; `undefined`: the review is left. */
        moveTo: (key) => (brought = key),

        /** Starts from the beginning the next time. */
        stop() {
            brought = undefined;
            last = undefined;
        },

        /**
         * @param {Tally} tally
         * @param {{count: number, name: string} | undefined} others Other places that can be accepted.
         */
        show({ reviewed, all }, others) {
            node.hidden = all === 0;
            fill(count, words.review.progress(reviewed, all));
            bar.max = Math.max(1, all);
            bar.value = reviewed;
            go.disabled = reviewed === all;
            right.disabled = reviewed === all;
            also.hidden = !others;
            fill(also, others && words.review.same(others.count, others.name));
        },

        hide() {
            node.hidden = true;
        },
    };
}
