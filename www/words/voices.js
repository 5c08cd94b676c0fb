/**
 * @file The words of the figures.
 */

import { percent, plural } from "./plain.js";

/** @typedef {"words" | "claims"} Measure */

/** @param {number} count */
function number(count) {
    return count.toLocaleString("en-GB");
}

export const voices = {
    none: "No claims yet",
    measure: "Measured in",
    measures: { words: "Words", claims: "Claims" },
    percent,
    number,
    /**
     * A number, and which share that is.
     * @param {number} count
     * @param {number} part 0 to 1.
     */
    amount: (count, part) => `${number(count)} · ${percent(part)}`,
    /** @param {number} count */
    more: (count) => `and ${count.toLocaleString("en-GB")} more`,
    fewer: "Show fewer",
    table: "Table",
    copyTable: "Copy table",
    copyImage: "Copy as image",
    copied: "Copied",
    downloaded: "Downloaded: this browser does not let images be copied",
    notCopied: "The browser did not let it be copied",
    /**
     * What is counted.
     * @param {number} attributed
     * @param {number} all
     */
    counted: (attributed, all) =>
        `${attributed.toLocaleString("en-GB")} of ${plural(all, "claim", "claims")} ${attributed === 1 ? "has" : "have"} a source.`,

    speakers: {
        title: "Share by speaker",
        /**
         * @param {string} name
         * @param {string} share
         * @param {Measure} measure
         */
        caption: (name, share, measure) => `${name} has ${share} of the attributed ${measure}.`,
        none: "No claim has a speaker.",
        head: ["Speaker", "Words", "Share of words", "Claims", "Share of claims"],
    },
    institutions: {
        title: "Share by institution",
        /**
         * @param {string} name
         * @param {string} share
         * @param {Measure} measure
         */
        caption: (name, share, measure) => `${name}, with those who speak for it, has ${share} of the attributed ${measure}.`,
        none: "No institution says anything.",
        head: ["Institution", "Words", "Share of words", "Claims", "Share of claims"],
    },
    sources: {
        title: "Kinds of sources",
        kinds: { named: "Named persons", anonymous: "Anonymous", institutional: "Institutions", documents: "Documents", groups: "Groups" },
        /**
         * @param {string} kind
         * @param {number} count
         * @param {number} all
         */
        caption: (kind, count, all) => `${kind}: ${count.toLocaleString("en-GB")} of ${plural(all, "source", "sources")}.`,
        head: ["Kind of source", "Sources", "Share"],
    },
    timeline: {
        title: "Order of speaking",
        /**
         * @param {string} first
         * @param {number} more
         */
        caption: (first, more) =>
            `First to speak: ${first}. From left to right: from the beginning of the article to its end.` +
            (more > 0 ? ` ${plural(more, "speaker", "speakers")} with fewer words ${more === 1 ? "is" : "are"} left out.` : ""),
        none: "No claim that is shown has a speaker.",
        head: ["Place in the article", "Speaker", "Form", "Claim"],
    },
    graph: {
        title: "Affiliations",
        /**
         * @param {number} ties
         * @param {number} institutions
         * @param {string} name Of the one to which most belong.
         * @param {number} count How many.
         */
        caption: (ties, institutions, name, count) =>
            `${plural(ties, "tie", "ties")} to ${plural(institutions, "institution", "institutions")}` +
            (institutions > 1 && count > 1
                ? `; ${count.toLocaleString("en-GB")} speakers belong to ${name}.`
                : `: ${name}${institutions > 1 ? " and others" : ""}.`),
        none: "No speaker is said to belong to an institution that is found here.",
        head: ["Speaker", "Institution", "Now or before"],
        now: "now",
        former: "former",
        legend: "Dashed: formerly",
        columns: /** @type {[string, string]} */ (["Speaker", "Institution"]),
    },
    paper: { claims: "Claims", head: ["", "Speaker", "Form", "Kind", "Claim"] },
};
