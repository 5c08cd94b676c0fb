/**
 * @file Says that saving fails: once, and again when there are new corrections to lose.
 */

import { explainStorage } from "../words/errors.js";
import { words } from "../words/words.js";

/** @import {createNotices} from "./notices.js" */
/** @import {Open} from "../types.js" */

/**
 * @param {object} given
 * @param {ReturnType<typeof createNotices>} given.notices
 * @param {() => Promise<void>} given.again Tries to save once more.
 * @param {() => void} given.rescue Saves the article with its corrections as a file.
 * @returns {(open: Readonly<Open>) => void} To be called after each save.
 */
export function createWarning({ notices, again, rescue }) {
    /** @type {{kind?: string, dismiss?: () => void}} What was said. */
    let said = {};
    return function warn({ failure, unsaved }) {
        const kind = failure && `${failure.name} ${unsaved.length > 0}`;
        if (failure && kind !== said.kind) {
            const tryAgain = () => {
                // A further failure is shown again.
                said = {};
                void again();
            };
            const retry = { label: words.actions.retry, run: tryAgain };
            const save = { label: words.actions.download, run: rescue };
            said = { kind, dismiss: notices.show(explainStorage(failure), retry, ...(unsaved.length > 0 ? [save] : [])) };
        } else if (!failure) {
            // Saving works again: the message goes.
            said.dismiss?.();
            said = {};
        }
    };
}
