/**
 * @file The annotator that all callers of `annotate` share.
 */

import { failure } from "../../../www/core/failure.js";

/** @import {AnnotateOptions, Client} from "../index.js" */
/** @import {Analysis} from "../pkg/whosaid.js" */

/**
 * @param {() => Promise<Client>} create Called when something is asked first, and again after it failed.
 * @returns {(text: string, options?: AnnotateOptions) => Promise<Analysis>}
 */
export function createShared(create) {
    /** @type {Promise<Client> | undefined} */
    let opened;
    return async (text, options) => {
        const { signal } = options ?? {};
        if (signal?.aborted) {
            throw aborted();
        }
        opened ??= create().catch((error) => {
            opened = undefined;
            throw error;
        });
        return (await unlessAborted(opened, signal)).annotate(text, options);
    };
}

function aborted() {
    return failure("AbortError", "the request was aborted");
}

/**
 * Waits for the annotator, which goes on loading for the others where a signal ends the waiting.
 * @param {Promise<Client>} opened
 * @param {AbortSignal} [signal] What is none is for the annotator to refuse.
 * @returns {Promise<Client>}
 */
function unlessAborted(opened, signal) {
    if (typeof signal?.addEventListener !== "function") {
        return opened;
    }
    return new Promise((resolve, reject) => {
        const abort = () => reject(aborted());
        signal.addEventListener("abort", abort);
        opened.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
}
