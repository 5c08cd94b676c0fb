/**
 * @file The review: the claims that nobody has checked, the least sure first, and the button of the bar that brings them up.
 */

import { element, fill } from "../../kit/dom.js";
import { annotationsOf } from "../../state/annotations.js";
import { checkable, isChecked } from "../../state/tally.js";
import { targetOf } from "../../state/target.js";
import { sureness } from "../../state/unsure.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Edit} from "../../pkg/whosaid.js" */
/** @import {Annotation, Checked, Scope} from "../../types.js" */

/** @typedef {Extract<Edit, {op: "review"}>} Review */

/**
 * The marks that are to be checked: the least sure first, then in the order of the text.
 * @param {Analysis} analysis
 * @param {Scope} scope
 * @returns {Annotation[]}
 */
export function toCheck(analysis, scope) {
    const { claims, mentions } = checkable(analysis, scope);
    const left = { claims: claims.filter((one) => !isChecked(one)), mentions: mentions.filter((one) => !isChecked(one)) };
    return annotationsOf({ ...analysis, ...left }).toSorted(compare);
}

/**
 * How sure a mark is: a claim by its words and by its speaker.
 * @param {Annotation} annotation
 */
export function surenessOf({ claim, confidence }) {
    return claim ? sureness(claim) : confidence;
}

/**
 * @param {Annotation} one
 * @param {Annotation} other
 */
function compare(one, other) {
    return surenessOf(one) - surenessOf(other) || one.start - other.start || other.end - one.end;
}

/**
 * The marks that are shown and nobody has checked, in the order of the text: claims and names.
 * @param {Analysis} view
 * @returns {Annotation[]}
 */
export function unchecked(view) {
    return toCheck(view, { attitudes: true, names: true }).sort((one, other) => one.start - other.start);
}

/**
 * The edit that accepts marks, and says that nothing is missing beside them.
 * @param {string} text
 * @param {readonly Annotation[]} marks
 * @returns {Review}
 */
export function acceptance(text, marks) {
    return { op: "review", marks: marks.map((each) => ({ target: targetOf(text, each), mark: each.mark })) };
}

/**
 * @param {object} given
 * @param {() => void} given.next Brings the next mark up.
 * @param {() => Scope} given.scope
 */
export function createReview({ next, scope }) {
    const count = element("span", { class: "review-count", id: "review-count" });
    const bar = element("progress", { class: "review-bar", "aria-labelledby": "review-count" });
    const go = element("button", { type: "button", class: "check", onclick: next });
    const node = element("div", { class: "review", role: "group", "aria-label": words.review.label, hidden: true }, count, bar, go);
    /** @type {Annotation | undefined} */
    let last;
    /** @type {string | undefined} */
    let brought;
    /** @type {Checked | undefined} */
    let told;

    /** @param {Checked} state */
    function show({ checked, all, unsure }) {
        const { names } = scope();
        const isOn = brought !== undefined;
        node.hidden = all === 0;
        node.classList.toggle("on", isOn);
        fill(count, words.review.progress(checked, all, names));
        bar.max = Math.max(1, all);
        bar.value = checked;
        go.disabled = checked === all;
        go.classList.toggle("main", isOn || unsure > 0);
        go.classList.toggle("quiet", !isOn && unsure === 0);
        const [face, more] =
            checked === all ? words.review.checked : isOn ? words.review.next : words.review.check(unsure, all - checked, names);
        fill(go, face, more && element("span", { class: "more-words" }, more));
    }

    return {
        node,

        /**
         * The next mark; after the surest the least sure comes again.
         * @param {Analysis} analysis
         * @returns {Annotation | undefined} `undefined`: all have been checked.
         */
        next(analysis) {
            const all = toCheck(analysis, scope());
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
            if (told) {
                show(told);
            }
        },

        /** @param {Checked} state */
        show(state) {
            told = state;
            show(state);
        },

        hide() {
            node.hidden = true;
        },
    };
}
