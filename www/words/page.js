/**
 * @file What the page says around the view, in the catalogue too: other pages that hold the view do without.
 */

import { help } from "./help.js";
import { learnt } from "./learnt.js";
import { library } from "./library.js";
import { notices } from "./notices.js";
import { counted, plural } from "./plain.js";
import { unreadable } from "./unreadable.js";
import { words as ofView } from "./words.js";

/** @import {Counts} from "../types.js" */

const english = {
    tagline: "Paste a news article. See who said what.",
    preview: "The beginning of the article, while the rest is read",
    paste: {
        label: "Article text",
        placeholder: "Paste the whole page, here or anywhere: headline, byline and all.",
        read: "Show who said what",
        sample: "Try a sample article",
        excerpt: "Sample",
        openSample: "Open it",
        open: "Open a file",
        folder: "Open a folder",
        back: "Back to the article",
        drop: "Drop text files, folders, tables, saved web pages or a whosaid backup",
        /** @param {number} count Of words. */
        held: (count) => `Long article ready (${plural(count, "word", "words")})`,
        letGo: "Clear",
        promise: "The article is read on this device. Nothing is sent anywhere.",
        files: "Files can be texts, saved web pages, tables (CSV) or JSONL with many articles, files of other annotation tools, or whosaid backups, one or several at once; they can also be dropped anywhere on this page.",
    },

    learnt,
    library,
    unreadable,

    stage: {
        load: "Loading whosaid’s language model …",
        read: "Reading the article …",
        draw: "Drawing the article …",
        /** @param {number} part From 0 to 1. */
        share: (part) => `${Math.floor(100 * part)}%`,
        /**
         * @param {number} bytes
         * @param {number} [total]
         */
        fetched(bytes, total) {
            const mega = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
            return total === undefined ? `${mega(bytes)} MB` : `${mega(bytes)} of ${mega(total)} MB`;
        },
        cancel: "Cancel",
    },

    /** @param {Counts} counts */
    found: (counts) => `Found: ${counted(counts)}.`,
    status: {
        here: "On this device",
        saved: "Saved",
        saving: "Saving …",
        // The first part is left out where the bar is narrow.
        /**
         * @param {number} count
         * @returns {[string, string]}
         */
        unsaved: (count) => (count ? [plural(count, "correction", "corrections"), " not saved"] : ["", "Not saved"]),
    },

    help,

    notices,
};

// Another catalogue may be there already.
export const words = Object.assign(ofView, { ...english, ...ofView });
