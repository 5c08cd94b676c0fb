/**
 * @file The part that one element has in a core, as long as it is in a page.
 */

import { takeCore } from "./cores.js";
import { expected } from "./waiting.js";

/** @import {Core} from "./cores.js" */
/** @import {CoreFiles} from "./outside.js" */

/** @typedef {{model: string, version: string}} Ready */

/**
 * @param {() => CoreFiles} sources Where the files of its core are.
 * @param {(name: "progress" | "ready", detail: object) => void} tell Told how much of the model has come, and once that the core is loaded.
 */
export function createPart(sources, tell) {
    /** @type {Core | undefined} */
    let core;
    let ready = /** @type {typeof expected<Ready>} */ (expected)();
    let isAsked = false;
    let isReady = false;
    const leave = () => {
        core?.leave();
        core = undefined;
    };
    const loaded = (/** @type {Ready} */ about) => {
        if (!isReady) {
            isReady = true;
            ready.resolve(about);
            tell("ready", about);
        }
    };
    return {
        /** Takes part; comes when the core is loaded. */
        take() {
            isAsked = true;
            const own = core ?? takeCore(sources(), (bytes, total) => tell("progress", { bytes, total }));
            if (core !== own) {
                core = own;
                own.connection.then(
                    ({ about: { model, version } }) => core === own && loaded({ model, version }),
                    // The next time it is tried again.
                    () => core === own && leave(),
                );
            }
            return own.connection;
        },

        leave() {
            leave();
            isAsked = false;
        },

        /**
         * Other files count now; the next core is told as the first one was.
         * @returns {boolean} Whether it has taken part, or tried to.
         */
        change() {
            leave();
            ready = isReady ? /** @type {typeof expected<Ready>} */ (expected)() : ready;
            isReady = false;
            return isAsked;
        },

        ready: () => ready.promise,

        /** @param {Error} error Why the core could not be loaded, perhaps. */
        fail(error) {
            if (!isReady) {
                ready.reject(error);
                ready = expected();
            }
        },
    };
}
