/**
 * @file The database: its layout, the upgrade from older layouts, how it is opened.
 */

import { openDB } from "idb";

import { LAST_TICK, countsOf } from "../state/log.js";
import { isCorrection, mended } from "../state/records.js";
import { firstLine } from "../state/text.js";

/** @import {DBSchema, IDBPDatabase, IDBPTransaction, OpenDBCallbacks} from "idb" */
/** @import {Correction} from "../pkg/whosaid.js" */
/** @import {Aside, Base, Row} from "../types.js" */

/**
 * In the first layout an article had its title and when it was opened beside its text, and there were only articles and
 * events. The second one had no `aside`, no `bases` and no index of the clocks.
 * @typedef {DBSchema & {
 *     articles: {key: string, value: {doc: string, text: string, title?: string, opened?: string}},
 *     shelf: {key: string, value: Row, indexes: {opened: string}},
 *     events: {key: [string, string], value: {doc: string, id: string, correction: Correction}, indexes: {clock: [string, number]}},
 *     learnt: {key: string, value: {key: string, value: object}},
 *     aside: {key: number, value: Aside},
 *     bases: {key: [string, string], value: Base},
 * }} Schema
 */

/** @typedef {IDBPDatabase<Schema>} Database */

const NAME = "whosaid";
const VERSION = 3;

/** Some browsers never answer when they cannot open a database: after this, in milliseconds, it counts as failed. */
const PATIENCE = 5000;

/**
 * The events of an article.
 * @param {string} doc
 */
export function eventsOf(doc) {
    return IDBKeyRange.bound([doc], [doc, []]);
}

/**
 * The places in an article's log by their clock, those that no correction can have left out.
 * @param {string} doc
 */
export function clocksOf(doc) {
    return IDBKeyRange.bound([doc, 0], [doc, LAST_TICK]);
}

/** @typedef {"articles" | "shelf" | "events" | "learnt" | "aside" | "bases"} StoreName */

/** @typedef {IDBPTransaction<Schema, StoreName[], "versionchange">} Change */

/**
 * @param {Database} database
 * @param {Change} change
 */
function makeStores(database, change) {
    const make = (/** @type {StoreName} */ name, /** @type {IDBObjectStoreParameters} */ options) =>
        database.objectStoreNames.contains(name) ? change.objectStore(name) : database.createObjectStore(name, options);
    const articles = make("articles", { keyPath: "doc" });
    if (articles.indexNames.contains(/** @type {never} */ ("opened"))) {
        articles.deleteIndex("opened");
    }
    const indexes = [
        { store: make("events", { keyPath: ["doc", "id"] }), index: "clock", path: ["doc", "correction.lamport"] },
        { store: make("shelf", { keyPath: "doc" }), index: "opened", path: "opened" },
    ];
    for (const { store, index, path } of indexes) {
        if (!store.indexNames.contains(/** @type {never} */ (index))) {
            store.createIndex(/** @type {never} */ (index), path);
        }
    }
    make("learnt", { keyPath: "key" });
    make("aside", { autoIncrement: true });
    make("bases", { keyPath: ["doc", "model"] });
}

/**
 * Makes the missing rows of the shelf. Texts and events stay where they are, untouched.
 * @param {Change} change
 */
async function fillShelf(change) {
    const [articles, shelf] = [change.objectStore("articles"), change.objectStore("shelf")];
    const shelved = new Set(await shelf.getAllKeys());
    for (const doc of await articles.getAllKeys()) {
        if (typeof doc === "string" && !shelved.has(doc)) {
            const article = await articles.get(doc);
            const events = await change.objectStore("events").getAll(eventsOf(doc));
            const log = events.map(({ correction }) => correction).filter(isCorrection);
            const { title, opened } = mended({ ...article, doc });
            await shelf.add({ doc, title: title || firstLine(String(article?.text ?? "")), opened, ...countsOf(log) });
        }
    }
}

/**
 * Opens the database, and brings an older layout to this one: all of it or nothing.
 * @param {OpenDBCallbacks<Schema>} on
 * @returns {Promise<Database>}
 */
async function openNow(on) {
    /** @type {unknown} */
    let failure;
    const upgrade = async (/** @type {Database} */ database, /** @type {Change} */ change) => {
        change.done.catch(() => undefined);
        try {
            makeStores(database, change);
            await fillShelf(change);
        } catch (error) {
            failure = error;
            change.abort();
        }
    };
    try {
        return await openDB(NAME, VERSION, {
            ...on,
            upgrade: (fresh, _old, _new, change) => void upgrade(fresh, /** @type {Change} */ (change)),
        });
    } catch (error) {
        throw failure ? new DOMException(String(failure), "UpgradeError") : error;
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
        const opening = openNow({
            blocked: () => refuse("another tab holds an older layout", "BlockedError"),
            // Another tab brings a newer layout, or deletes everything: this one must not stand in its way.
            blocking(_current, next, event) {
                /** @type {IDBDatabase} */ (event.target).close();
                forget();
                if (next === null) {
                    again();
                }
            },
            // The browser closed it, for example to clear the data of the site.
            terminated() {
                forget();
                again();
            },
        });
        // A database that opens late is used from then on.
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
