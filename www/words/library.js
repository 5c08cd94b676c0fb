/**
 * @file The library of articles, in words: dates, counts and sizes as the user's language writes them.
 */

import { counted, plural } from "./plain.js";

/** @import {Row} from "../types.js" */

const LANGUAGE = "en-GB";

const days = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium" });
const near = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

/** @type {readonly [number, string][]} */
const UNITS = [
    [1e9, "gigabyte"],
    [1e6, "megabyte"],
    [1e3, "kilobyte"],
];

/**
 * @param {number} bytes
 * @returns {string}
 */
export function size(bytes) {
    const [worth, unit] = UNITS.find(([least]) => bytes >= least) ?? [1e3, "kilobyte"];
    const count = bytes / worth;
    return count.toLocaleString(LANGUAGE, { style: "unit", unit, maximumFractionDigits: count < 10 ? 1 : 0 });
}

/**
 * A day: today, yesterday, or its date.
 * @param {string} iso RFC 3339.
 * @returns {string}
 */
export function day(iso) {
    const time = new Date(iso);
    if (Number.isNaN(time.getTime())) {
        return iso;
    }
    const midnight = (/** @type {Date} */ at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
    // Half a day more or less: where clocks are put forward or back, days have other lengths.
    const ago = Math.round((midnight(new Date()) - midnight(time)) / 86_400_000);
    return ago === 0 || ago === 1 ? near.format(-ago, "day") : days.format(time);
}

export const library = {
    title: "Your articles",
    none: "Articles that you read are kept here, on this device only.",
    search: "Search titles and texts",
    /** @param {string} query */
    nothing: (query) => `No articles match “${query}”.`,
    /**
     * @param {number} shown
     * @param {number} all
     */
    found: (shown, all) => (shown === all ? plural(all, "article", "articles") : `${shown} of ${plural(all, "article", "articles")}`),
    table: "Export all claims (CSV)",
    backup: "Back up all",
    restore: "Restore a backup",
    day,
    /**
     * @param {Row} row
     * @param {boolean} attitudes Whether beliefs and decisions are shown.
     */
    counts: ({ tally, corrections }, attitudes) => {
        const { wide } = tally ?? {};
        const shown = attitudes ? wide : wide && { ...wide, ...tally };
        return [
            !tally && corrections === 0 && "not read yet",
            shown && shown.sources !== undefined && counted({ attitudes: 0, ...shown, sources: shown.sources, others: 0 }),
            (tally || corrections > 0) && plural(corrections, "correction", "corrections"),
        ]
            .filter((part) => typeof part === "string")
            .join(" · ");
    },
    /**
     * @param {number} checked
     * @param {number} all
     */
    checked: (checked, all) => `${checked.toLocaleString(LANGUAGE)} of ${all.toLocaleString(LANGUAGE)} checked`,
    /** @param {number} count */
    waiting: (count) => `${plural(count, "article", "articles")} ${count === 1 ? "is" : "are"} not read yet.`,
    /** @param {number} count */
    read: (count) => (count === 1 ? "Read it" : "Read them"),
    /** @param {number} count */
    more: (count) => `Show ${count.toLocaleString(LANGUAGE)} more`,
    delete: "Delete",
    undo: "Undo",
    deleted: "deleted",
    /** @param {string} title */
    deleteNamed: (title) => `Delete “${title}” and its corrections`,
    /** @param {string} title */
    undoNamed: (title) => `Undo: keep “${title}”`,
    /** @param {string} title */
    wasDeleted: (title) => `“${title}” was deleted.`,
    /** @param {string} title */
    isBack: (title) => `“${title}” is back.`,
    deleteForGood: "Delete for good",
    /**
     * @param {number} usage In bytes.
     * @param {number} quota
     */
    room: (usage, quota) => `Using ${size(usage)} of ${size(quota)}.`,
    forget: "Forget everything on this device",
    /**
     * @param {number} articles
     * @param {boolean} isPrecise Whether the precise network is kept on this device.
     */
    forgetAsks: (articles, isPrecise) => ({
        tone: "alarm",
        title: `This deletes ${plural(articles, "article", "articles")} with all corrections, ${isPrecise ? "the lessons from them, and the precise network" : "and the lessons from them"}, from this device.`,
        safe: "Nobody can bring them back without a backup.",
        todo: "Back up first what you want to keep.",
    }),
    forgetNow: "Delete everything",
    isForgotten: { tone: "done", title: "Everything that whosaid kept on this device is deleted." },
    promised: "The browser has promised to keep it.",
    notPromised: "The browser may clear it when the disk is full: back up what matters.",

    // Why a backup of the library, or a part of it, cannot be restored.

    /**
     * @param {unknown} version
     * @param {number} newest
     */
    newer: (version, newest) =>
        `this backup has version ${version}, this program reads up to ${newest}: reload the page to get the newest whosaid`,
    /** @param {string} what */
    damaged: (what) => `this backup is damaged (${what}): back up again, or mend the file there`,
    damages: {
        version: "its version is no number",
        articles: "it has no list of articles",
    },
    /**
     * @param {number} nth
     * @param {number} count
     * @param {string} title
     * @param {string} why
     */
    article: (nth, count, title, why) => `article ${nth} of ${count}${title && `, “${title}”`}: ${why}`,
    noText: "it has no text",
    partly: "a part of it cannot be read",
    /** @param {number} count */
    unreadCorrections: (count) => `${plural(count, "correction", "corrections")} of it cannot be read`,
    unfitLearnt: "the lessons in it do not fit this version",
};
