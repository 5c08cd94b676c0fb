/**
 * @file The database on this device: how it is laid out, how an older layout becomes this one, how it is opened.
 */

import { openDB } from "idb";

import { entries, merge } from "./events.js";

/** @import {DBSchema, IDBPDatabase, IDBPTransaction} from "idb" */
/** @import {Correction} from "./pkg/whosaid.js" */
/** @import {Tally} from "./tally.js" */

/**
 * What the library shows of an article. It stands apart from the text: a correction writes it again, and the library
 * is read without any text.
 * @typedef {object} Row
 * @property {string} doc SHA-256 of the text.
 * @property {string} title
 * @property {string} opened When it was opened last, RFC 3339.
 * @property {number} corrections How many are in force.
 * @property {string} [corrected] When it was corrected last, RFC 3339.
 * @property {Tally} [tally] Absent: it was kept before articles were counted, and not opened since.
 * @property {string} [deleted] When it was deleted, RFC 3339, while that can be undone.
 */

/**
 * In the first layout an article had its title and when it was opened beside its text, and there was nothing else.
 * @typedef {DBSchema & {
 *     articles: {key: string, value: {doc: string, text: string, title?: string, opened?: string}},
 *     shelf: {key: string, value: Row, indexes: {opened: string}},
 *     events: {key: [string, string], value: {doc: string, id: string, correction: Correction}},
 *     learnt: {key: string, value: {key: string, value: object}},
 * }} Schema
 */

/** @typedef {IDBPDatabase<Schema>} Database */

const NAME = "whosaid";
const VERSION = 2;

/** Some browsers never answer when they cannot open a database: after this, in milliseconds, it counts as failed. */
const PATIENCE = 5000;

/**
 * What the library says of a log.
 * @param {readonly Correction[]} log In any order.
 * @returns {Pick<Row, "corrections" | "corrected">}
 */
export function countsOf(log) {
    const corrections = entries(merge(log, [])).filter(({ back }) => !back).length;
    const corrected = log.map(({ time }) => time).reduce((latest, time) => (time > latest ? time : latest), "");
    return { corrections, ...(corrected && { corrected }) };
}

/**
 * The events of an article.
 * @param {string} doc
 */
export function eventsOf(doc) {
    return IDBKeyRange.bound([doc], [doc, []]);
}

/**
 * @param {Database} database
 * @param {number} version The layout that is there; 0: none.
 * @param {IDBPTransaction<Schema, ("articles" | "shelf" | "events" | "learnt")[], "versionchange">} change
 */
async function upgrade(database, version, change) {
    if (version < 1) {
        database.createObjectStore("articles", { keyPath: "doc" });
        database.createObjectStore("events", { keyPath: ["doc", "id"] });
    }
    const shelf = database.createObjectStore("shelf", { keyPath: "doc" });
    shelf.createIndex("opened", "opened");
    database.createObjectStore("learnt", { keyPath: "key" });
    if (version < 1) {
        return;
    }
    // Texts and events stay where they are, untouched: an upgrade needs no room to speak of.
    const articles = change.objectStore("articles");
    /** @type {IDBObjectStore} */ (/** @type {unknown} */ (articles)).deleteIndex("opened");
    for await (const { value } of articles.iterate()) {
        const { doc, title = "", opened = new Date(0).toISOString() } = value;
        const kept = await change.objectStore("events").getAll(eventsOf(doc));
        await shelf.add({ doc, title, opened, ...countsOf(kept.map(({ correction }) => correction)) });
    }
}

/**
 * Opens the database on first use; after a failure the next use tries again.
 * @param {() => void} again Called when what is open should be saved once more: the database can be used at last, or
 *   it was deleted under the page.
 * @returns {() => Promise<Database>}
 */
export function createOpener(again) {
    /** @type {Promise<Database> | undefined} */
    let database;

    function forget() {
        database = undefined;
    }

    function start() {
        let isLate = false;
        /** @type {(why: string, name: string) => void} */
        let refuse = () => undefined;
        const refusal = new Promise((_, reject) => {
            refuse = (why, name) => {
                isLate = true;
                reject(new DOMException(why, name));
            };
        });
        const timer = setTimeout(() => refuse("the database does not answer", "TimeoutError"), PATIENCE);
        const opening = /** @type {Promise<Database>} */ (
            openDB(NAME, VERSION, {
                upgrade: (fresh, version, _, change) => upgrade(fresh, version, change),
                blocked: () => refuse("another tab holds an older layout", "BlockedError"),
                // Another tab brings a newer layout, or deletes everything: this one must not stand in its way.
                blocking(_current, next, event) {
                    /** @type {IDBDatabase} */ (event.target).close();
                    forget();
                    if (next === null) {
                        again();
                    }
                },
                // The browser closed it, as when it clears what a site keeps.
                terminated() {
                    forget();
                    again();
                },
            })
        );
        // What opens late is used from then on.
        const opened = () => {
            clearTimeout(timer);
            database = opening;
            if (isLate) {
                again();
            }
        };
        const failed = () => {
            clearTimeout(timer);
            forget();
        };
        opening.then(opened, failed);
        return /** @type {Promise<Database>} */ (Promise.race([opening, refusal]));
    }

    return () => (database ??= start());
}
