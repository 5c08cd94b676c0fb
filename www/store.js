/**
 * @file What is kept on this device: articles by the hash of their text, and their logs, which only grow.
 */

import { openDB } from "idb";

/** @import {Correction} from "./pkg/whosaid.js" */
/** @import {DBSchema, IDBPDatabase} from "idb" */

/**
 * @typedef {object} Kept
 * @property {string} doc SHA-256 of the text.
 * @property {string} title
 * @property {string} text
 * @property {string} opened RFC 3339.
 */

/**
 * @typedef {DBSchema & {
 *     articles: {key: string, value: Kept, indexes: {opened: string}},
 *     events: {key: [string, string], value: {doc: string, id: string, correction: Correction}},
 * }} Schema
 */

/** @typedef {ReturnType<typeof createStore>} Store */

/** "Saved" is said after the data has left the browser's own buffers. */
const STRICT = /** @type {const} */ ({ durability: "strict" });

/** Some browsers never answer when they cannot open a database: after this, in milliseconds, it counts as failed. */
const PATIENCE = 5000;

/** @returns {Promise<never>} */
function silence() {
    return new Promise((_, reject) => {
        setTimeout(() => reject(new DOMException("the database does not answer", "TimeoutError")), PATIENCE);
    });
}

/** @typedef {() => Promise<IDBPDatabase<Schema>>} Opener */

/** @returns {Opener} Opens the database on first use; after a failure the next use tries again. */
function createOpener() {
    /** @type {Promise<IDBPDatabase<Schema>> | undefined} */
    let database;

    function forget() {
        database = undefined;
    }

    function start() {
        const opening = /** @type {Promise<IDBPDatabase<Schema>>} */ (
            openDB("whosaid", 1, {
                upgrade(fresh) {
                    const articles = fresh.createObjectStore("articles", { keyPath: "doc" });
                    articles.createIndex("opened", "opened");
                    fresh.createObjectStore("events", { keyPath: ["doc", "id"] });
                },
                // Another tab brings a newer layout: this one must not stand in its way.
                blocking(_current, _blocked, event) {
                    /** @type {IDBDatabase} */ (event.target).close();
                    forget();
                },
                terminated: forget,
            })
        );
        // What opens late is used from then on.
        opening.then(() => (database = opening), forget);
        return Promise.race([opening, silence()]);
    }

    return () => (database ??= start());
}

export function createStore() {
    const open = createOpener();
    return {
        /**
         * Appends events to an article's log; an event that is there already stays as it is.
         * @param {Kept} article Kept with them, where it is not.
         * @param {readonly Correction[]} log All of it.
         * @param {readonly Correction[]} unsaved Those of it that are new.
         * @param {boolean} fresh Whether it was opened since it was kept last.
         */
        async append(article, log, unsaved, fresh) {
            const { doc } = article;
            const write = (await open()).transaction(["articles", "events"], "readwrite", STRICT);
            const articles = write.objectStore("articles");
            const events = write.objectStore("events");
            const add = async (/** @type {Correction} */ correction) => {
                if ((await events.getKey([doc, correction.id])) === undefined) {
                    await events.add({ doc, id: correction.id, correction });
                }
            };
            const keep = async () => {
                // Another tab may have forgotten it meanwhile: what this one shows as saved is saved again, all of it.
                const gone = (await articles.getKey(doc)) === undefined;
                const put = fresh || gone ? articles.put(article) : undefined;
                await Promise.all([put, ...(gone ? log : unsaved).map(add)]);
            };
            // All are waited for together: when one fails, the others' errors must not go unheard.
            await Promise.all([keep(), write.done]);
        },

        /**
         * An article's log, in no particular order.
         * @param {string} doc
         * @returns {Promise<Correction[]>}
         */
        async log(doc) {
            const kept = await (await open()).getAll("events", IDBKeyRange.bound([doc], [doc, []]));
            return kept.map(({ correction }) => correction);
        },

        /**
         * An article.
         * @param {string} doc
         * @returns {Promise<Kept | undefined>}
         */
        async article(doc) {
            return (await open()).get("articles", doc);
        },

        /**
         * The articles, those that were opened last first.
         * @param {number} most How many at most.
         * @returns {Promise<Kept[]>}
         */
        async recent(most) {
            const kept = [];
            const read = (await open()).transaction("articles").store.index("opened").iterate(null, "prev");
            for await (const cursor of read) {
                kept.push(cursor.value);
                if (kept.length === most) {
                    break;
                }
            }
            return kept;
        },

        /**
         * Deletes an article and its log.
         * @param {string} doc
         */
        async forget(doc) {
            const write = (await open()).transaction(["articles", "events"], "readwrite", STRICT);
            await Promise.all([
                write.objectStore("articles").delete(doc),
                write.objectStore("events").delete(IDBKeyRange.bound([doc], [doc, []])),
                write.done,
            ]);
        },
    };
}
