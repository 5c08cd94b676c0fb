/**
 * @file Many articles at once. What takes them in and reads them is loaded when there are any.
 */

import { element } from "../kit/dom.js";

/** @import {Learnt} from "../pkg/whosaid.js" */
/** @import {Store} from "../device/store.js" */
/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {download} from "../kit/files.js" */
/** @import {Message} from "../words/messages.js" */
/** @import {Client, Open} from "../types.js" */

/**
 * @typedef {object} Given
 * @property {Store} store
 * @property {Client} client
 * @property {() => Client} startClient Gives a client with a thread of its own.
 * @property {ReturnType<typeof createNotices>} notices
 * @property {Attempt} attempt
 * @property {typeof download} download
 * @property {(error: Error, file: string) => Message} explain
 * @property {() => Promise<Learnt | undefined>} learnt The lessons that articles are read with.
 * @property {() => Readonly<Open> | undefined} open The open article.
 * @property {() => Promise<void>} refresh Shows the library anew.
 * @property {() => void} described Tells the other tabs that the library has something else to show.
 */

/**
 * @typedef {Given & {
 *     node: HTMLElement,
 *     readWaiting: () => void,
 * }} Needs
 */

/** @param {Given} given */
export function createMany(given) {
    const node = element("div", { class: "batch" });
    /** @type {Promise<ReturnType<typeof import("./batch.js").createBatch>> | undefined} */
    let loaded;
    let last = Promise.resolve();

    /**
     * One thing after the other: each has all threads.
     * @param {(batch: ReturnType<typeof import("./batch.js").createBatch>) => Promise<void>} run
     */
    function inTurn(run) {
        loaded ??= import("./batch.js").then(({ createBatch }) => createBatch({ ...given, node, readWaiting }));
        const batch = loaded;
        last = last.then(() =>
            batch.then(run).catch((error) => {
                // It could not be loaded: the next time it is tried again.
                loaded = undefined;
                given.notices.show(given.explain(error, ""));
            }),
        );
        return last;
    }

    const readWaiting = () => void inTurn((batch) => batch.readWaiting());
    return {
        node,

        /**
         * @param {readonly File[]} files
         * @param {readonly string[]} faults What is to be told of others, in sentences.
         */
        takeIn: (files, faults) => inTurn((batch) => batch.takeIn(files, faults)),
        readWaiting,
        table: () => void inTurn((batch) => batch.table()),
    };
}
