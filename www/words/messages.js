/**
 * @file Messages: what happened, what is safe and what to do.
 */

import { plural } from "./plain.js";

/**
 * A message.
 * @typedef {object} Message
 * @property {string} title What happened.
 * @property {string} [safe] What is safe, what is not.
 * @property {string} [todo] What to do.
 * @property {string} [tone] How it looks: `done`, or `alarm` where something can be lost; absent: a warning.
 */

export const messages = {
    missing: { title: "Part of this page could not be loaded.", safe: "Your article is safe.", todo: "Reload this page to try again." },
    /** @param {string} why The core's own words. */
    import: (why) => ({ title: `The backup was not imported: ${why}.`, safe: "Nothing was changed." }),
    /** @param {number} count */
    imported: (count) => ({ tone: "done", title: `The backup was imported: ${plural(count, "new correction", "new corrections")}.` }),
    /** @param {string} why */
    model: (why) => ({
        title: `The model could not be loaded: ${why}.`,
        safe: "Your text and your corrections are safe.",
        todo: "Check the connection and try again.",
    }),
    /** @param {string} why The core's own words, with what to do. */
    unfit: (why) => ({
        title: `The model could not be loaded: ${why}.`,
        safe: "Your text and your corrections are safe.",
        todo: "Try again; if it stays so, reload this page.",
    }),
    /** @param {string} why */
    crash: (why) => ({
        tone: "alarm",
        title: `The analysis stopped: ${why}.`,
        safe: "Your text and your corrections are safe, and the model was loaded again.",
        todo: "Try again; if it stops again, this text shows a fault of whosaid.",
    }),
    /** @param {string} why */
    failed: (why) => ({ tone: "alarm", title: `That did not work: ${why}.`, safe: "Your text and your corrections are safe." }),
    cancelled: { title: "Cancelled.", safe: "Your text and your corrections are safe." },
    storage: {
        tone: "alarm",
        title: "This browser does not let whosaid save anything, as in some private windows.",
        safe: "Your corrections stay on this screen until you close it.",
        todo: "Download them as a file; it can be imported again.",
    },
    quota: {
        tone: "alarm",
        title: "There is no room left to save.",
        safe: "What was saved before is safe; newer corrections stay on this screen until you close it.",
        todo: "Download them as a file, or delete articles that you no longer need, then try again.",
    },
    blocked: {
        tone: "alarm",
        title: "Another tab has whosaid open, as it was before its last update: nothing can be saved until that tab is closed.",
        safe: "Your corrections stay on this screen, and are saved once it is.",
        todo: "Close or reload the other tab.",
    },
    upgrade: {
        tone: "alarm",
        title: "The articles on this device could not be made ready for this version of whosaid.",
        safe: "They stay as they were; new corrections stay on this screen until you close it.",
        todo: "Reload this page to try again.",
    },
    newer: {
        tone: "alarm",
        title: "A newer whosaid is open in another tab.",
        safe: "What was saved before is safe.",
        todo: "Reload this page before you go on.",
    },
};
