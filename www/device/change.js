/**
 * @file One transaction over everything that this device keeps: all of it happens or nothing.
 */

import { canRead, isPlain, mended, textOf } from "../state/records.js";

/** @import {createOpener} from "./database.js" */
/** @import {Correction} from "../pkg/whosaid.js" */
/** @import {Aside, Row} from "../types.js" */

/** @typedef {ReturnType<typeof createOpener>} Opener */

const ALL = /** @type {const} */ (["articles", "shelf", "events", "learnt", "aside", "bases"]);

/**
 * Opens a transaction.
 * @param {Opener} open
 * @param {"strict" | "relaxed"} [durability] Strict: "Saved" is said after the data has left the browser's own buffers.
 *   Relaxed: for numbers that can be counted again at any time.
 */
export async function createChange(open, durability = "strict") {
    const write = (await open()).transaction(ALL, "readwrite", { durability });
    const store = /** @type {typeof write.objectStore} */ (write.objectStore.bind(write));

    /**
     * Replaces a record; one that this version would not write in the same form is set aside first.
     * @param {"articles" | "shelf" | "events" | "learnt"} name
     * @param {any} key
     * @param {any} record
     */
    async function put(name, key, record) {
        const before = await store(name).get(key);
        // The text of an article is never written over.
        if (before !== undefined && (name === "articles" || !isPlain(name, before))) {
            await store("aside").add({ store: name, value: before });
        }
        await store(name).put(record);
    }

    return {
        store,
        put,

        /**
         * The row of an article in the library.
         * @param {string} doc
         * @returns {Promise<Row | undefined>}
         */
        async row(doc) {
            const row = await store("shelf").get(doc);
            return row && mended(row);
        },

        /**
         * Appends an event; one that is there already stays as it is.
         * @param {string} doc
         * @param {Correction} correction
         * @returns {Promise<boolean>} Whether it is new.
         */
        async add(doc, correction) {
            const { id } = correction;
            const isNew = !canRead("events", await store("events").get([doc, id]));
            if (isNew) {
                await put("events", [doc, id], { doc, id, correction });
            }
            return isNew;
        },

        /**
         * Takes in records that were set aside elsewhere: an event goes to its place if that is free, everything else is set aside, once.
         * @param {readonly Aside[]} records
         */
        async setAside(records) {
            const known = new Set((await store("aside").getAll()).map((record) => textOf(record)));
            for (const { store: name, value } of records) {
                const record = { store: name, value };
                if (!(await isPut(record)) && !known.has(textOf(record))) {
                    known.add(textOf(record));
                    await store("aside").add(record);
                }
            }
        },

        /** Deletes everything. */
        clear: () => Promise.all(ALL.map((name) => store(name).clear())),

        /**
         * Waits until the work is on the disk; when a part of it fails, nothing of it stays.
         * @param {Promise<unknown>} work
         */
        async complete(work) {
            const ended = await Promise.allSettled([work.catch(giveUp), write.done]);
            const failures = ended.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
            if (failures.length > 0) {
                // That it was broken off is said of all its parts; why, of one.
                throw failures.find(({ name }) => name !== "AbortError") ?? failures[0];
            }
        },
    };

    /**
     * @param {Aside} record
     * @returns {Promise<boolean>} Whether it is at its place now.
     */
    async function isPut({ store: name, value }) {
        const { doc, id } = /** @type {any} */ (value) ?? {};
        if (name !== "events" || typeof doc !== "string" || typeof id !== "string") {
            return false;
        }
        const kept = await store("events").get([doc, id]);
        if (kept === undefined) {
            await store("events").add(/** @type {any} */ (value));
        }
        return kept === undefined || textOf(kept) === textOf(value);
    }

    /** @param {Error} error */
    function giveUp(error) {
        try {
            write.abort();
        } catch {
            // It has ended already.
        }
        throw error;
    }
}
