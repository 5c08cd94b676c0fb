/**
 * @file Many articles at once, in words: what is taken in and read, and the table of their claims.
 */

import { plural } from "./plain.js";

const LANGUAGE = "en-GB";

/** So many faults are told. */
const TOLD = 10;

/** @param {number} count */
const articles = (count) => plural(count, "article", "articles");

/** @param {readonly string[]} sentences */
function some(sentences) {
    const rest = sentences.length - TOLD;
    return [...sentences.slice(0, TOLD), ...(rest > 0 ? [`And ${plural(rest, "more fault", "more faults")}.`] : [])].join(" ");
}

export const many = {
    cancel: "Cancel",

    /** What goes on. */
    stages: { take: "Taking articles in …", read: "Reading articles …", list: "Writing the table …" },
    /**
     * @param {number} done
     * @param {number} all
     */
    of: (done, all) => `${done.toLocaleString(LANGUAGE)} of ${articles(all)}`,
    taken: articles,

    /** @param {string} file */
    column: (file) => `Which column of “${file}” holds the texts of the articles?`,
    takeColumn: "Take it",
    goOn: "Go on",

    /**
     * What came of it.
     * @param {object} what
     * @param {number} what.fresh How many articles are new.
     * @param {number} what.known How many were there already.
     * @param {number} what.left How many are not read yet.
     * @param {number} what.passed How many files of a folder are of another kind.
     * @param {readonly string[]} what.foreign Titles of articles that are not English.
     * @param {readonly string[]} what.faults In sentences.
     * @param {boolean} what.isStopped
     */
    done({ fresh, known, left, passed, foreign, faults, isStopped }) {
        const notes = [
            known > 0 && `${articles(known)} ${known === 1 ? "was" : "were"} there already.`,
            left > 0 && `${articles(left)} ${left === 1 ? "is" : "are"} not read yet.`,
            foreign.length > 0 &&
                `${articles(foreign.length)} ${foreign.length === 1 ? "does" : "do"} not look like English, which is what whosaid reads: ${some(foreign.map((title) => `“${title}”`))}.`,
            passed > 0 && `${plural(passed, "file", "files")} of other kinds ${passed === 1 ? "was" : "were"} passed over.`,
            faults.length > 0 && some(faults),
        ].filter((note) => typeof note === "string");
        return {
            tone: faults.length > 0 || isStopped ? "warning" : "done",
            title: `${isStopped ? "Stopped: added" : "Added"} ${articles(fresh)} to your library.`,
            ...(notes.length > 0 ? { safe: notes.join(" ") } : {}),
        };
    },
    stopped: { title: "Stopped.", safe: "Your articles are as they were." },

    /**
     * @param {string} file
     * @param {number} line
     * @param {string} why
     */
    line: (file, line, why) => `“${file}”, line ${line.toLocaleString(LANGUAGE)}: ${why}.`,
    /**
     * @param {number} found
     * @param {number} wanted
     */
    cells: (found, wanted) =>
        `${plural(found, "cell", "cells")} where the head has ${wanted}: put a cell that holds the separator, a quotation mark or the end of a line in quotation marks`,
    quotation: "a quotation mark is not closed: close it, or write two of them for one in a cell; nothing was read from here on",
    noTable: (/** @type {string} */ file) => `“${file}” is empty: a table needs a head and rows.`,
    broken: (/** @type {string} */ file, /** @type {string} */ why) => `“${file}” cannot be read to its end: ${why}.`,
    noText: "it has no text",
    unread: (/** @type {string} */ title, /** @type {string} */ why) => `“${title}” could not be read: ${why}.`,
};
