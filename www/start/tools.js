/**
 * @file The files of other tools: what writes and reads them is loaded when somebody wants one.
 */

import { element } from "../kit/dom.js";

/** @import {Store} from "../device/store.js" */
/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {Notebook} from "../pkg/whosaid.js" */
/** @import {Client, Session, ThreadLike} from "../types.js" */
/** @import {Shelf} from "./shelf.js" */

/**
 * @typedef {object} Needs
 * @property {Client} client
 * @property {() => ThreadLike} startConverter Starts the thread of the second WebAssembly.
 * @property {Session} session
 * @property {Store} store
 * @property {Shelf} shelf
 * @property {ReturnType<typeof createNotices>} notices
 * @property {Attempt} attempt
 * @property {(doc: string, text: string) => Promise<void>} open Opens an article of the library.
 * @property {() => void} showLibrary
 */

/** The endings of files that another tool may have written. */
const MAYBE = /\.(?:ann|json|jsonl|jsonld)$/i;

/** @typedef {ReturnType<typeof createTools>} Tools */

/** @param {Needs} needs */
export function createTools(needs) {
    const node = element("div", {});
    return {
        node,

        /** Shows what can be written; where it cannot be loaded, it is tried again when the menu opens next. */
        async show() {
            if (!node.firstChild) {
                const { linesOf } = await import("./exports.js");
                node.replaceChildren(...linesOf(needs));
            }
        },

        /**
         * Opens the files among some that other tools wrote.
         * @param {readonly File[]} files
         * @returns {Promise<import("./foreign.js").Taken>}
         */
        async takeOut(files) {
            const isOne = files.some(({ name }) => MAYBE.test(name));
            return isOne ? (await import("./foreign.js")).takeOut(needs, files) : { others: files, notes: [] };
        },

        /**
         * Opens an article of whosaid's own file that another tool marked.
         * @param {Notebook} notebook
         */
        reopen: async (notebook) => (await import("./foreign.js")).reopen(needs, notebook),
    };
}
