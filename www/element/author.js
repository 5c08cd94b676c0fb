/**
 * @file Who corrects, as the attribute `annotator` says; each name has an identity of its own.
 */

import { createIdentity } from "../edit/identity.js";

/** @import {Identity} from "../edit/identity.js" */
/** @import {Setting} from "../types.js" */

/**
 * @param {() => string} name Now; empty: somebody without a name.
 * @param {() => Setting<string | undefined> | undefined} profile Where the random name of such a one is kept, if it is.
 * @returns {Identity}
 */
export function createAuthor(name, profile) {
    /** @type {Map<string, Identity>} */
    const authors = new Map();
    const now = () => {
        const nobody = profile() ?? { get: () => undefined, set() {} };
        const author = authors.get(name()) ?? createIdentity(name() ? { get: name, set() {} } : nobody);
        authors.set(name(), author);
        return author;
    };
    return {
        event: (edit, lamport) => now().event(edit, lamport),
        isOwn: (correction) => [...authors.values()].some((author) => author.isOwn(correction)),
    };
}
