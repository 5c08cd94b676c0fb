/**
 * @file Reads articles with a model of its own, in a thread of its own, while the page's thread answers corrections. It tells how
 * far it is; who asks knows nothing of threads, so that several can share an article.
 */

import { createClient } from "./client.js";
import { failure } from "./failure.js";

/** @import {Analysis, Learnt} from "../pkg/whosaid.js" */
/** @import {Doing, ThreadLike} from "../types.js" */

/** @typedef {ReturnType<typeof createReader>} Reader */

/**
 * @param {(model: Uint8Array<ArrayBuffer>) => ThreadLike} start Starts a thread, which takes the bytes of the model over.
 * @param {Uint8Array<ArrayBuffer>} model
 * @param {(doing: Doing | undefined) => void} staged Told what it does; `undefined`: nothing.
 */
export function createReader(start, model, staged) {
    /** @type {Uint8Array<ArrayBuffer> | undefined} */
    let bytes = model;
    const client = createClient(() => {
        if (!bytes) {
            throw failure("CrashError", "its thread ended");
        }
        const thread = start(bytes);
        bytes = undefined;
        return thread;
    }, staged);
    return {
        /**
         * @param {string} text
         * @param {Learnt | undefined} learnt
         * @returns {Promise<Analysis>} Rejects as `Client.ask` does: nothing more can be read then, but by another reader.
         */
        read: (text, learnt) => client.ask("annotate", text, learnt),

        /** Ends it: what is being read rejects with an `AbortError`. */
        dispose: client.dispose,
    };
}
