/**
 * @file The files of other tools, in words: what can be exported, and what came of a file that was opened.
 */

import { plural } from "./plain.js";

/** @import {Lost} from "../types.js" */

/** So many faults, and kinds of what is lost, are told. */
const TOLD = 12;

/** @param {readonly string[]} all */
function some(all) {
    const rest = all.length - TOLD;
    return [...all.slice(0, TOLD), ...(rest > 0 ? [plural(rest, "more", "more")] : [])].join("; ");
}

/**
 * What is lost, in the core's own words; what several articles lose together is told once.
 * @param {readonly Lost[]} lost
 */
function list(lost) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    lost.forEach(({ what, count }) => counts.set(what, (counts.get(what) ?? 0) + count));
    return some([...counts].map(([what, count]) => `${what} (${count.toLocaleString("en-GB")})`));
}

export const tools = {
    group: "For other tools",

    /** What a format is called, by its name in the core; `csv` is the table of claims. */
    names: {
        csv: "Table of claims (CSV)",
        html: "Marked article (HTML)",
        markdown: "List of claims (Markdown)",
        w3c: "Web Annotation (W3C)",
        "w3c-utf16": "Web Annotation, UTF-16 places",
        brat: "brat",
        "label-studio": "Label Studio",
        doccano: "doccano",
        prodigy: "Prodigy",
        tei: "TEI",
        iob2: "CoNLL columns (IOB2)",
        "schema-org": "schema.org",
        uima: "INCEpTION (UIMA CAS JSON)",
        json: "whosaid",
    },

    /** What goes on. */
    working: "Converting …",

    /**
     * @param {string} file The name of the file that was saved.
     * @param {readonly Lost[]} lost
     */
    saved: (file, lost) => ({
        tone: "done",
        title: `Saved ${file}.`,
        ...(lost.length > 0 ? { safe: `This format cannot hold: ${list(lost)}.` } : {}),
    }),
    saveText: "Save the text too",
    saveSetup: "Save the labelling configuration",

    /**
     * @param {object} what
     * @param {string} what.format
     * @param {number} what.articles How many came in.
     * @param {readonly string[]} what.left Titles of those that have corrections in the library.
     * @param {readonly Lost[]} what.lost
     * @param {readonly string[]} what.faults In sentences.
     */
    opened({ format, articles, left, lost, faults }) {
        const notes = [
            lost.length > 0 && `Not understood, and left out: ${list(lost)}.`,
            left.length > 0 &&
                `In your library with corrections of yours, and left as ${left.length === 1 ? "it is" : "they are"}: ${some(left.map((title) => `“${title}”`))}. Delete ${left.length === 1 ? "it" : "them"} there to take the marks of the file.`,
            faults.length > 0 && some(faults),
        ].filter((note) => typeof note === "string");
        return {
            tone: left.length + faults.length + lost.length > 0 ? "warning" : "done",
            title: `Opened ${plural(articles, "article", "articles")} with the marks of ${format}.`,
            ...(notes.length > 0 ? { safe: notes.join(" ") } : {}),
        };
    },
    /** @param {string} file */
    noText: (file) => `“${file}” holds marks alone: open it together with the .txt that holds the text.`,
    /**
     * @param {string} file
     * @param {string} why The core's own words.
     */
    unread: (file, why) => `“${file}” cannot be read: ${why}.`,
    noArticle: (/** @type {string} */ file) => `“${file}” holds no article.`,
};
