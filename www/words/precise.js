/**
 * @file Reading with the precise network, in words.
 */

import { plural } from "./plain.js";

/**
 * @param {number} bytes
 * @returns {string} How much is fetched.
 */
const once = (bytes) => `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString("en-GB")} MB, once`;

const stays = "The article stays as it was read, and no correction is lost.";

const notKept =
    "There is no room left to keep the precise network: it is used until this page is closed, and will be fetched again next time.";

export const precise = {
    read: "Read more precisely",
    /** @param {number} bytes How much is fetched. */
    fetch: (bytes) => `Read more precisely (${once(bytes)})`,
    once,
    what: "With a larger network, on this device too.",
    always: "Always read more precisely",
    by: "Read by the precise network.",
    byPart: "Read in part by the precise network.",
    byOlder: "Read by an earlier precise network.",
    stages: {
        fetch: "Fetching the precise network …",
        keep: "Keeping the precise network …",
        load: "Starting the precise network …",
        read: "Reading more precisely …",
    },
    again: "Try again",
    notKept,
    cancelled: { tone: "done", title: "Cancelled.", safe: stays },
    /**
     * @param {string} now The article in numbers.
     * @param {string} before
     * @param {string} [note] What else is to be told.
     */
    done: (now, before, note) => ({
        ...(note ? {} : { tone: "done" }),
        title: `Read more precisely: ${now}.`,
        safe: `Before: ${before}.`,
        todo: note,
    }),
    /**
     * @param {number} lost
     * @param {number} all
     * @param {string} [note] What else is to be told.
     */
    costs: (lost, all, note) => ({
        title:
            lost === 0
                ? `All ${plural(all, "correction", "corrections")} would fit what the precise network finds.`
                : `${lost.toLocaleString("en-GB")} of ${plural(all, "correction", "corrections")} would no longer fit what the precise network finds.`,
        safe: "No correction is deleted; those that do not fit are listed in the log.",
        todo: note,
    }),
    use: "Use the precise reading",

    // Why it is not read more precisely.

    offline: {
        title: "The precise network cannot be fetched: there is no connection.",
        safe: stays,
        todo: "Try again when you are connected.",
    },
    /** @param {string} status */
    server: (status) => ({
        title: `The precise network cannot be fetched: the server answered ${status}.`,
        safe: stays,
        todo: "Try again later.",
    }),
    /**
     * @param {number} bytes How much came.
     * @param {number} all
     */
    cut: (bytes, all) => ({
        title: `The precise network came only in part (${(bytes / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB), and was not kept.`,
        safe: stays,
        todo: "Check the connection and try again.",
    }),
    damaged: {
        title: "The precise network came damaged, and was not kept.",
        safe: stays,
        todo: "Try again; if it stays so, reload this page.",
    },
    spoilt: {
        title: "The precise network on this device was damaged, and is deleted.",
        safe: stays,
        todo: "It can be fetched again.",
    },
    gone: {
        title: "The precise network is on this device no more: the browser has cleared it, or another tab has.",
        safe: stays,
        todo: "It can be fetched again.",
    },
    memory: {
        title: "There is too little memory for the precise network.",
        safe: stays,
        todo: "Close other tabs or programs, then try again.",
    },
    /** @param {string} why */
    stopped: (why) => ({
        title: `The precise network stopped: ${why}.`,
        safe: stays,
        todo: "Try again; where there is too little memory, close other tabs before.",
    }),
    /** @param {string} why */
    failed: (why) => ({
        title: `The precise network cannot read here: ${why}.`,
        safe: stays,
        todo: "Reload this page, then try again.",
    }),
};
