/**
 * @file What is kept on this device: articles by the hash of their text, their logs, which only grow, and what was
 * learnt from them.
 */

import { countsOf, createOpener, eventsOf } from "./database.js";

/** @import {Row} from "./database.js" */
/** @import {Correction} from "./pkg/whosaid.js" */

/**
 * An article with its text.
 * @typedef {Row & {text: string}} Kept
 */

/** @typedef {Kept & {log: readonly Correction[]}} Whole */

/** @typedef {ReturnType<typeof createStore>} Store */

/** "Saved" is said after the data has left the browser's own buffers. */
const STRICT = /** @type {const} */ ({ durability: "strict" });

/** What can be counted again at any time need not wait for the disk. */
const RELAXED = /** @type {const} */ ({ durability: "relaxed" });

const ALL = /** @type {const} */ (["articles", "shelf", "events", "learnt"]);

/** Under what name stands what was learnt. */
const LEARNT = "corrections";

/** How many texts are held at once while they are searched. */
const BATCH = 20;

/**
 * @param {string} one RFC 3339.
 * @param {string} other
 */
function later(one, other) {
    return one > other ? one : other;
}

/** @typedef {ReturnType<typeof createOpener>} Open */

/** @param {() => void} [again] Called when what is open should be saved once more. */
export function createStore(again = () => undefined) {
    const open = createOpener(again);
    return { ...logs(open), ...texts(open), ...deletion(open), ...backups(open) };
}

/**
 * What can be read and written, all of it or nothing.
 * @param {Open} open
 */
async function change(open) {
    const write = (await open()).transaction(ALL, "readwrite", STRICT);
    const [articles, shelf, events] = [write.objectStore("articles"), write.objectStore("shelf"), write.objectStore("events")];

    /**
     * Appends an event; one that is there already stays as it is.
     * @param {string} doc
     * @param {Correction} correction
     * @returns {Promise<boolean>} Whether it is new.
     */
    async function add(doc, correction) {
        const isNew = (await events.getKey([doc, correction.id])) === undefined;
        if (isNew) {
            await events.add({ doc, id: correction.id, correction });
        }
        return isNew;
    }

    return {
        articles,
        shelf,
        events,
        learnt: write.objectStore("learnt"),
        add,

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

/**
 * The open article and its log.
 * @param {Open} open
 */
function logs(open) {
    return {
        /**
         * Appends events to an article's log, and keeps the article, where it is not kept; a deleted one comes back.
         * @param {Kept} article
         * @param {readonly Correction[]} log All of it.
         * @param {readonly Correction[]} unsaved Those of it that are new.
         */
        async append({ text, ...row }, log, unsaved) {
            const { doc } = row;
            const { articles, shelf, add, complete } = await change(open);
            const keep = async () => {
                const kept = await shelf.get(doc);
                // Another tab may have deleted it meanwhile: what this one shows as saved is saved again, all of it.
                const isGone = kept === undefined;
                await Promise.all([
                    isGone && articles.put({ doc, text }),
                    shelf.put({ ...row, opened: later(row.opened, kept?.opened ?? "") }),
                    ...(isGone ? log : unsaved).map((correction) => add(doc, correction)),
                ]);
            };
            await complete(keep());
        },

        /**
         * Notes what the library shows of an article, where that is kept.
         * @param {Row} row
         */
        async describe({ doc, corrections, corrected, tally }) {
            const write = (await open()).transaction("shelf", "readwrite", RELAXED);
            const kept = await write.store.get(doc);
            await Promise.all([kept && write.store.put({ ...kept, corrections, corrected, tally }), write.done]);
        },

        /**
         * An article's log, in no particular order.
         * @param {string} doc
         * @returns {Promise<Correction[]>}
         */
        async log(doc) {
            const kept = await (await open()).getAll("events", eventsOf(doc));
            return kept.map(({ correction }) => correction);
        },
    };
}

/**
 * What is read of many articles.
 * @param {Open} open
 */
function texts(open) {
    return {
        /**
         * An article's text.
         * @param {string} doc
         * @returns {Promise<string | undefined>} `undefined` where it is not kept, or deleted.
         */
        async text(doc) {
            const database = await open();
            const [row, article] = await Promise.all([database.get("shelf", doc), database.get("articles", doc)]);
            return row?.deleted ? undefined : article?.text;
        },

        /**
         * The article that was opened last.
         * @returns {Promise<string | undefined>} Its name.
         */
        async last() {
            const read = (await open()).transaction("shelf").store.index("opened").iterate(null, "prev");
            for await (const { value } of read) {
                if (!value.deleted) {
                    return value.doc;
                }
            }
            return undefined;
        },

        /**
         * All articles, without their texts, in no particular order; deleted ones with them.
         * @returns {Promise<Row[]>}
         */
        async shelf() {
            return (await open()).getAll("shelf");
        },

        /**
         * The articles whose texts are wanted.
         * @param {(text: string) => boolean} isWanted
         * @returns {Promise<Set<string>>}
         */
        async search(isWanted) {
            const database = await open();
            /** @type {Set<string>} */
            const found = new Set();
            /** @type {IDBKeyRange | undefined} */
            let rest;
            for (;;) {
                const batch = await database.getAll("articles", rest, BATCH);
                for (const { doc, text } of batch) {
                    if (isWanted(text)) {
                        found.add(doc);
                    }
                }
                const last = batch.at(-1);
                if (!last || batch.length < BATCH) {
                    return found;
                }
                rest = IDBKeyRange.lowerBound(last.doc, true);
            }
        },
    };
}

/**
 * How articles go, and come back.
 * @param {Open} open
 */
function deletion(open) {
    return {
        /**
         * Deletes an article, or brings it back while that can be done.
         * @param {string} doc
         * @param {string} [deleted] When, RFC 3339; absent: it is brought back.
         * @returns {Promise<boolean>} Whether it is there.
         */
        async mark(doc, deleted) {
            const { shelf, complete } = await change(open);
            let isThere = false;
            const put = async () => {
                const kept = await shelf.get(doc);
                if (kept) {
                    isThere = true;
                    const { deleted: _before, ...row } = kept;
                    await shelf.put(deleted ? { ...row, deleted } : row);
                }
            };
            await complete(put());
            return isThere;
        },

        /**
         * Lets go for good of those articles that are deleted still, with their logs.
         * @param {readonly string[]} docs
         * @param {boolean} [isSure] Of the others as well.
         */
        async purge(docs, isSure = false) {
            const { articles, shelf, events, complete } = await change(open);
            const drop = async (/** @type {string} */ doc) => {
                if (isSure || (await shelf.get(doc))?.deleted) {
                    await Promise.all([articles.delete(doc), shelf.delete(doc), events.delete(eventsOf(doc))]);
                }
            };
            await complete(Promise.all(docs.map(drop)));
        },
    };
}

/**
 * What comes from a file, and what was learnt.
 * @param {Open} open
 */
function backups(open) {
    return {
        /**
         * Takes articles in with their logs, all or none; what is here already stays, and deleted ones come back.
         * @param {readonly Whole[]} wholes
         * @param {object} [value] What was learnt: kept where nothing is.
         * @returns {Promise<{articles: number, corrections: Correction[][]}>} How many articles are new, and of each
         *   one of the given the corrections that are.
         */
        async takeIn(wholes, value) {
            const { articles, shelf, events, learnt, add, complete } = await change(open);
            let fresh = 0;
            const put = async (/** @type {Whole} */ { text, log, ...row }) => {
                const { doc } = row;
                const kept = await shelf.get(doc);
                if (!kept) {
                    fresh += 1;
                    await articles.put({ doc, text });
                }
                const isNew = await Promise.all(log.map((correction) => add(doc, correction)));
                const all = (await events.getAll(eventsOf(doc))).map(({ correction }) => correction);
                const { deleted: _before, ...now } = kept ?? row;
                await shelf.put({ ...now, ...countsOf(all) });
                return log.filter((_, index) => isNew[index]);
            };
            // One after the other: a file may hold an article twice.
            /** @type {Correction[][]} */
            const corrections = [];
            const work = async () => {
                for (const whole of wholes) {
                    corrections.push(await put(whole));
                }
                if (value && (await learnt.getKey(LEARNT)) === undefined) {
                    await learnt.put({ key: LEARNT, value });
                }
            };
            await complete(work());
            return { articles: fresh, corrections };
        },

        /**
         * What was learnt from corrections.
         * @returns {Promise<object | undefined>}
         */
        async learnt() {
            return (await (await open()).get("learnt", LEARNT))?.value;
        },

        /**
         * Keeps what was learnt from corrections in place of what was kept before.
         * @param {object} value Plain: it is cloned.
         */
        async keepLearnt(value) {
            const write = (await open()).transaction("learnt", "readwrite", STRICT);
            await Promise.all([write.store.put({ key: LEARNT, value }), write.done]);
        },
    };
}
