/**
 * @file The annotator that all callers of `annotate` share.
 */

/** @import {Client} from "../index.js" */
/** @import {Analysis, Options} from "../pkg/whosaid.js" */

/**
 * @param {() => Promise<Client>} create Called when something is asked first, and again after it failed.
 * @returns {(text: string, options?: Options) => Promise<Analysis>}
 */
export function createShared(create) {
    /** @type {Promise<Client> | undefined} */
    let opened;
    return async (text, options) => {
        opened ??= create().catch((error) => {
            opened = undefined;
            throw error;
        });
        return (await opened).annotate(text, options);
    };
}
