/**
 * @file What was learnt, in words.
 */

import { plural } from "./plain.js";

/** @import {Label} from "../pkg/whosaid.js" */

/** @type {Record<Label, string>} */
const LABELS = { person: "person", institution: "institution", place: "place" };

export const learnt = {
    title: "What whosaid has learned from you",
    on: "Use it for new articles",
    none: "Nothing yet. What you correct in one article helps to read the next, on this device only.",
    names: "Names",
    cues: "Reporting verbs",
    save: "Export",
    load: "Import",
    train: "Export training data",
    reset: "Reset",
    forget: "Forget",
    isForgotten: "Forgotten. Articles are read as they were at first.",
    unfit: {
        title: "The lessons from your corrections do not fit this version of whosaid, so articles are read without them.",
        safe: "They stay on this device and go into every backup.",
        todo: "“Reset” under “What whosaid has learned from you” lets whosaid learn from now on.",
    },
    isTaken: "What was learnt elsewhere is used from the next article on.",

    /**
     * @param {number} articles
     * @param {number} size
     * @returns {string}
     */
    sum(articles, size) {
        const from = `From ${plural(articles, "article", "articles")}.`;
        const moved = size.toLocaleString("en-GB", { maximumFractionDigits: 2 });
        return size > 0 ? `${from} Model adjusted by ${moved}; reset at any time.` : from;
    },

    precise: "The precise network reads with these names and verbs; the adjustment is the small network’s alone.",

    /**
     * @param {Label | undefined} label
     * @param {boolean} rejected
     * @param {readonly string[]} facts
     * @returns {string}
     */
    name: (label, rejected, facts) => [rejected ? "not a name" : label && LABELS[label], ...facts].filter(Boolean).join(" · "),

    /**
     * @param {number} right
     * @param {number} wrong
     * @returns {string}
     */
    cue: (right, wrong) => `${right} right, ${wrong} wrong`,

    /** @type {readonly (readonly [string, string])[]} */
    decisions: [
        ["", "Automatic"],
        ["on", "Always a claim"],
        ["off", "Never a claim"],
    ],

    /** @param {string} cue */
    decide: (cue) => `Claims with “${cue}”`,

    /** @param {number} hidden */
    more: (hidden) => `And ${hidden.toLocaleString("en-GB")} older ones.`,
};
