/**
 * @file Runs something that can fail. A failure is shown, with a way to try again where that can help. An error's
 * `anyway` goes on although the error advises against it.
 */

import { explain } from "../words/faults.js";
import { words } from "../words/words.js";

/** @import {createNotices} from "./notices.js" */

/** @typedef {ReturnType<typeof createAttempt>} Attempt */

/** @param {ReturnType<typeof createNotices>} notices */
export function createAttempt(notices) {
    /**
     * @param {() => Promise<void>} work
     * @param {string} [file] The file that it is about.
     */
    return async function attempt(work, file) {
        try {
            notices.clear();
            await work();
        } catch (error) {
            const { again, ...message } = explain(/** @type {Error} */ (error), file);
            const { anyway } = /** @type {{anyway?: () => Promise<void>}} */ (error);
            const retry = { label: words.actions.retry, run: () => void attempt(work, file) };
            const goOn = anyway && { label: words.actions.anyway, run: () => void attempt(anyway, file) };
            notices.show(message, ...(again ? [retry] : []), ...(goOn ? [goOn] : []));
        }
    };
}
