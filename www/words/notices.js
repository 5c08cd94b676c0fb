/**
 * @file The messages of the page around the view.
 */

import { plural } from "./plain.js";

/** So many faults are told. */
const TOLD = 10;

/**
 * @param {readonly string[]} faults
 * @returns {string}
 */
function some(faults) {
    const rest = faults.length - TOLD;
    return [...faults.slice(0, TOLD), ...(rest > 0 ? [`${rest.toLocaleString("en-GB")} more`] : [])].join("; ");
}

const languages = new Intl.DisplayNames(["en"], { type: "language" });

/**
 * The message for a text that is no English article.
 * @param {string} tag BCP 47.
 * @returns {string}
 */
function looks(tag) {
    switch (tag) {
        case "zxx":
            return "does not look like an article: paste the article's own text, not a link, a PDF's source or program code.";
        case "und":
            return "does not look like English, and whosaid reads English.";
        default:
            return `looks like ${languages.of(tag)}, and whosaid reads English.`;
    }
}

export const notices = {
    empty: { title: "There is nothing to read yet.", todo: "Paste an article, or try the sample." },
    tooLong: {
        title: "This is too long: more than 20 million characters.",
        safe: "Nothing was changed.",
        todo: "Paste one article at a time.",
    },
    /** @param {string} file */
    notText: (file) => ({
        title: `“${file}” is not a text file.`,
        safe: "Nothing was changed.",
        todo: "Open a .txt or .html file, or copy the article's text and paste it.",
    }),
    /** @param {string} file */
    unreadable: (file) => ({
        title: `“${file}” could not be opened.`,
        safe: "Nothing was changed.",
        todo: "Check that the file still exists and that you may read it.",
    }),
    /**
     * @param {string} tag BCP 47, of the core.
     * @param {string} file The file's name; empty: it was pasted.
     */
    language: (tag, file) => ({
        title: `${file ? `“${file}”` : "This"} ${looks(tag)}`,
        safe: "Nothing was kept, and the text is still in the box.",
    }),
    /**
     * @param {number} count How many files were opened.
     * @param {readonly string[]} failed A sentence for each of the others.
     */
    opened: (count, failed) => ({
        tone: "done",
        title: `Added ${plural(count, "article", "articles")} to your library.`,
        ...(failed.length > 0 ? { safe: failed.join(" ") } : {}),
    }),
    newVersion: { tone: "done", title: "A new version of whosaid is ready.", safe: "Your articles and corrections stay as they are." },
    notKept: {
        title: "The address asks for an article that is not kept on this device.",
        safe: "An address carries no text. Bring the article over with a backup, or paste it again.",
    },
    /**
     * @param {number} articles
     * @param {number} corrections
     * @param {readonly string[]} faults The parts that could not be read, in words.
     */
    restored: (articles, corrections, faults) => ({
        tone: "done",
        title: `The backup was restored: ${plural(articles, "new article", "new articles")}, ${plural(corrections, "new correction", "new corrections")}.`,
        ...(faults.length > 0 ? { safe: `What cannot be read here is kept as it is: ${some(faults)}.` } : {}),
    }),
    noText: {
        title: "The text of this article cannot be read.",
        safe: "Its corrections are safe, and go into every backup.",
        todo: "Paste the article again: its corrections come back with it.",
    },
    /** @param {number} count */
    unsaved: (count) => ({
        tone: "alarm",
        title: `${plural(count, "correction", "corrections")} of the open article cannot be saved here.`,
        safe: "They are still on this screen.",
        todo: "Download them before you open another article.",
    }),
    noRoomToDelete: {
        title: "There is no room left to note what was deleted.",
        safe: "Nothing was changed.",
        todo: "It can be deleted for good, without a way back.",
    },
    noRoomToRestore: {
        title: "There is no room left for this.",
        safe: "Nothing was changed.",
        todo: "Delete articles that you no longer need, or make room on the disk, then try again.",
    },
};
