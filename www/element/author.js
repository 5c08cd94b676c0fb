/**
 * @file Who corrects, as the attribute `annotator` says; each name has an identity of its own.
 */

import { createIdentity } from "../edit/identity.js";

/** @import {Identity} from "../edit/identity.js" */

/**
 * @param {() => string} name Now; empty: somebody without a name.
 * @returns {Identity}
 */
export function createAuthor(name) {
    /** @type {Map<string, Identity>} */
    const authors = new Map();
    const now = () => {
        const author = authors.get(name()) ?? createIdentity({ get: () => name() || undefined, set() {} });
        authors.set(name(), author);
        return author;
    };
    return {
        event: (edit, lamport) => now().event(edit, lamport),
        isOwn: (correction) => [...authors.values()].some((author) => author.isOwn(correction)),
    };
}
