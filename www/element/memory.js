/**
 * @file Keeps logs as long as the page is open, in the way in which the device keeps them.
 */

import { isKeptTo } from "../state/records.js";

/** @import {Analysis, Correction} from "../pkg/whosaid.js" */
/** @import {Store} from "../device/store.js" */

/** @typedef {{log: readonly Correction[], text: string, found: Analysis}} Held */

/** @typedef {Pick<Store, "log" | "base" | "append" | "describe">} Place Where logs are kept. */

/**
 * @param {Map<string, Held>} held By article; who has the same map has the same articles.
 * @returns {Place}
 */
export function createMemory(held) {
    return {
        async log(doc) {
            return { log: [...(held.get(doc)?.log ?? [])], unread: [] };
        },

        async base(doc, text) {
            const one = held.get(doc);
            return one && one.text === text && isKeptTo(one.found.model, one.log)
                ? { doc, model: one.found.model, time: "", found: one.found }
                : undefined;
        },

        async append(article, { log, unsaved, found }) {
            held.set(article.doc, { log, text: article.text, found });
            return [...unsaved];
        },

        async describe() {},
    };
}
