/**
 * @file The records on this device: articles by the hash of their text, their logs, which only grow, and the
 * lessons. A record that cannot be read stays where it is; when another record needs its place, it is set aside.
 */

import { readBase } from "./base.js";
import { createChange } from "./change.js";
import { clocksOf, createOpener, eventsOf } from "./database.js";
import { many, together } from "./many.js";
import { countsOf, latest, numbered } from "../state/log.js";
import { KEPT, canRead, isKeptTo, isPlain, mended } from "../state/records.js";
import { wasOpened } from "../state/row.js";

/** @import {Opener} from "./change.js" */
/** @import {Analysis, Correction} from "../pkg/whosaid.js" */
/** @import {Aside, Base, Kept, Row, Whole} from "../types.js" */

/** @typedef {ReturnType<typeof createStore>} Store */

/** The key of the lessons. */
const LEARNT = "corrections";

/** How many texts, and how many other records, are held at once while all are looked through. */
const TEXTS = 20;
const RECORDS = 500;

/**
 * @param {string} one RFC 3339.
 * @param {string} other
 */
function later(one, other) {
    return one > other ? one : other;
}

/** @param {() => void} [again] Called when what is open should be saved once more. */
export function createStore(again = () => undefined) {
    const open = createOpener(again);
    return { ...logs(open), ...texts(open), ...deletion(open), ...backups(open), ...oddities(open), ...many(open) };
}

/**
 * The greatest clock in an article's log on this device.
 * @param {Awaited<ReturnType<typeof createChange>>["store"]} store
 * @param {string} doc
 * @returns {Promise<number>}
 */
async function latestKept(store, doc) {
    for await (const { value } of store("events").index("clock").iterate(clocksOf(doc), "prev")) {
        if (canRead("events", value)) {
            return value.correction.lamport;
        }
    }
    return 0;
}

/**
 * The open article and its log.
 * @param {Opener} open
 */
function logs(open) {
    return {
        /**
         * Appends events to an article's log, and keeps the article if it is not kept; a deleted one comes back.
         * @param {Kept} article
         * @param {object} given
         * @param {readonly Correction[]} given.log All of it.
         * @param {readonly Correction[]} given.unsaved Those of it that are new, in the order in which they were made.
         * @param {(correction: Correction) => boolean} given.isOwn Whether one was made in this tab: its clock is set
         *   here, so that it comes after all that is in the log by now.
         * @param {boolean} given.isFirst Whether the article was not saved since it was opened.
         * @param {readonly Aside[]} given.unread Events of the article that cannot be read.
         * @param {Analysis} given.found The analysis that the corrections are made on: it is kept with the first one, or at once where another tool's file has it.
         * @param {boolean} given.isBased Whether it is kept.
         * @returns {Promise<Correction[]>} The new ones, as they are saved.
         */
        async append({ text, ...row }, { log, unsaved, isOwn, isFirst, unread, found, isBased }) {
            const { doc } = row;
            const fresh = new Set(unsaved);
            const [own, brought] = [unsaved.filter(isOwn), unsaved.filter((correction) => !isOwn(correction))];
            const others = log.filter((correction) => !(fresh.has(correction) && isOwn(correction)));
            const { store, put, row: rowOf, add, setAside, complete } = await createChange(open);
            /** @type {Correction[]} */
            let made = [];
            const keep = async () => {
                const there = await Promise.all(own.map(({ id }) => store("events").get([doc, id])));
                // An earlier save, which this tab has not heard of yet, can have numbered some.
                const saved = there.flatMap((event) => (event && canRead("events", event) ? [event.correction] : []));
                const ids = new Set(saved.map(({ id }) => id));
                const rest = own.filter(({ id }) => !ids.has(id));
                made = [...saved, ...numbered(rest, Math.max(latest(others), await latestKept(store, doc)))];
                const kept = await rowOf(doc);
                // Another tab may have deleted it meanwhile: all that this one shows as saved is saved again.
                const isGone = kept === undefined;
                if ((isGone || isFirst) && (await store("articles").get(doc))?.text !== text) {
                    await put("articles", doc, { doc, text });
                }
                await put("shelf", doc, { ...row, ...together(row, kept), opened: later(row.opened, kept?.opened ?? "") });
                await Promise.all([...(isGone ? others : brought), ...made].map((correction) => add(doc, correction)));
                if (isFirst && unread.length > 0) {
                    await setAside(unread);
                }
                if (isKeptTo(found.model, log) && (isGone || !isBased)) {
                    await store("bases").put({ doc, model: found.model, time: new Date().toISOString(), found });
                }
            };
            await complete(keep());
            return [...brought, ...made];
        },

        /**
         * Updates the row of an article in the library, if that is kept.
         * @param {Row} row
         */
        async describe({ doc, corrections, corrected, tally }) {
            const { put, row, complete } = await createChange(open, "relaxed");
            const note = async () => {
                const kept = await row(doc);
                if (kept) {
                    await put("shelf", doc, { ...kept, corrections, corrected, tally });
                }
            };
            await complete(note());
        },

        /**
         * The analysis that an article was corrected on last.
         * @param {string} doc
         * @param {string} [text] The article's: what was found in another text of that name says nothing of it.
         * @returns {Promise<Base | undefined>}
         */
        async base(doc, text) {
            const database = await open();
            const [kept, article] = await Promise.all([database.getAll("bases", eventsOf(doc)), database.get("articles", doc)]);
            if (text !== undefined && article && article.text !== text) {
                return undefined;
            }
            const bases = kept.flatMap((record) => readBase(record) ?? []);
            return bases.reduce((last, base) => (last && last.time > base.time ? last : base), /** @type {Base | undefined} */ (undefined));
        },

        /**
         * An article's log, in no particular order.
         * @param {string} doc
         * @returns {Promise<{log: Correction[], unread: Aside[]}>} The corrections that can be read, and the other records.
         */
        async log(doc) {
            const kept = await (await open()).getAll("events", eventsOf(doc));
            const isRead = (/** @type {object} */ record) => canRead("events", record);
            return {
                log: kept.filter(isRead).map(({ correction }) => correction),
                unread: kept.filter((record) => !isRead(record)).map((value) => ({ store: "events", value })),
            };
        },
    };
}

/**
 * Reads many articles.
 * @param {Opener} open
 */
function texts(open) {
    return {
        /**
         * An article's text.
         * @param {string} doc
         * @returns {Promise<string | undefined>} `undefined` where it is not kept, cannot be read, or is deleted.
         */
        async text(doc) {
            const database = await open();
            const [row, article] = await Promise.all([database.get("shelf", doc), database.get("articles", doc)]);
            return (row && mended(row).deleted) || !canRead("articles", article) ? undefined : article?.text;
        },

        /**
         * The article that was opened last.
         * @returns {Promise<string | undefined>} Its name.
         */
        async last() {
            const read = (await open()).transaction("shelf").store.index("opened").iterate(null, "prev");
            for await (const { value } of read) {
                const row = mended(value);
                if (!row.deleted && wasOpened(row)) {
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
            const database = await open();
            const rows = (await database.getAll("shelf")).map(mended);
            const shelved = new Set(rows.map(({ doc }) => doc));
            const others = (await database.getAllKeys("articles")).filter((doc) => !shelved.has(doc));
            return [...rows, ...others.map((doc) => mended({ doc }))];
        },

        /**
         * The articles whose texts are wanted.
         * @param {(text: string) => boolean} isWanted
         * @returns {Promise<Set<string>>}
         */
        async search(isWanted) {
            /** @type {Set<string>} */
            const found = new Set();
            for await (const article of each(open, "articles")) {
                if (canRead("articles", article) && isWanted(article.text)) {
                    found.add(article.doc);
                }
            }
            return found;
        },
    };
}

/**
 * The records of a store, a few at a time.
 * @param {Opener} open
 * @param {"articles" | "shelf" | "events" | "learnt"} name
 * @returns {AsyncGenerator<any>}
 */
async function* each(open, name) {
    const database = await open();
    const batch = name === "articles" ? TEXTS : RECORDS;
    /** @type {IDBKeyRange | undefined} */
    let rest;
    for (;;) {
        const { store } = database.transaction(name);
        const [records, keys] = await Promise.all([store.getAll(rest, batch), store.getAllKeys(rest, batch)]);
        yield* records;
        if (keys.length < batch) {
            return;
        }
        rest = IDBKeyRange.lowerBound(keys.at(-1), true);
    }
}

/**
 * Deletes articles, and brings them back.
 * @param {Opener} open
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
            const { put, row, complete } = await createChange(open);
            let isThere = false;
            const note = async () => {
                const kept = await row(doc);
                if (kept) {
                    isThere = true;
                    const { deleted: _before, ...rest } = kept;
                    await put("shelf", doc, deleted ? { ...rest, deleted } : rest);
                }
            };
            await complete(note());
            return isThere;
        },

        /**
         * Lets go for good of those articles that are deleted still, with their logs.
         * @param {readonly string[]} docs
         * @param {boolean} [isSure] Of the others as well.
         */
        async purge(docs, isSure = false) {
            const { store, complete } = await createChange(open);
            const drop = async (/** @type {string} */ doc) => {
                const row = await store("shelf").get(doc);
                if (isSure || (row && mended(row).deleted)) {
                    await Promise.all([
                        store("articles").delete(doc),
                        store("shelf").delete(doc),
                        store("events").delete(eventsOf(doc)),
                        store("bases").delete(eventsOf(doc)),
                    ]);
                }
            };
            await complete(Promise.all(docs.map(drop)));
        },

        /** Deletes everything, in all stores. */
        async forget() {
            const { clear, complete } = await createChange(open);
            await complete(clear());
        },
    };
}

/**
 * Backups and lessons.
 * @param {Opener} open
 */
function backups(open) {
    return {
        /**
         * Takes articles in with their logs, all or none; what is here already stays, and deleted ones come back.
         * @param {readonly Whole[]} wholes
         * @param {readonly Aside[]} [aside] Records that cannot be read.
         * @param {object} [value] Lessons: kept if there are none yet.
         * @returns {Promise<{articles: number, corrections: Correction[][]}>} How many articles are new, and of each
         *   one of the given the corrections that are.
         */
        async takeIn(wholes, aside = [], value = undefined) {
            const { store, put, row: rowOf, add, setAside, complete } = await createChange(open);
            let fresh = 0;
            const keep = async (/** @type {Whole} */ { text, log, base, ...row }) => {
                const { doc } = row;
                if (!canRead("articles", await store("articles").get(doc))) {
                    fresh += 1;
                    await put("articles", doc, { doc, text });
                }
                if (base && (await store("bases").count(eventsOf(doc))) === 0) {
                    await store("bases").put(base);
                }
                const isNew = await Promise.all(log.map((correction) => add(doc, correction)));
                const all = (await store("events").getAll(eventsOf(doc))).filter((record) => canRead("events", record));
                const { deleted: _before, ...now } = (await rowOf(doc)) ?? row;
                await put("shelf", doc, { ...now, ...together(now, row), ...countsOf(all.map(({ correction }) => correction)) });
                return log.filter((_, index) => isNew[index]);
            };
            // One after the other: a file may hold an article twice.
            /** @type {Correction[][]} */
            const corrections = [];
            const work = async () => {
                await setAside(aside);
                for (const whole of wholes) {
                    corrections.push(await keep(whole));
                }
                if (value && !canRead("learnt", await store("learnt").get(LEARNT))) {
                    await put("learnt", LEARNT, { key: LEARNT, value });
                }
            };
            await complete(work());
            return { articles: fresh, corrections };
        },

        /**
         * The lessons.
         * @returns {Promise<unknown>} As they are kept: they can be damaged; `undefined` if there are none.
         */
        async learnt() {
            const kept = await (await open()).get("learnt", LEARNT);
            return kept && (kept.value ?? null);
        },

        /**
         * Replaces the lessons.
         * @param {object} value Plain: it is cloned.
         */
        async keepLearnt(value) {
            const { put, complete } = await createChange(open);
            await complete(put("learnt", LEARNT, { key: LEARNT, value }));
        },
    };
}

/**
 * The records that this version cannot read, or would not write in the same form.
 * @param {Opener} open
 */
function oddities(open) {
    return {
        /**
         * The records that a backup holds unchanged.
         * @param {(doc: string) => boolean} [isHeld] Whether the backup holds an article: events of the others stand alone.
         * @returns {Promise<Aside[]>}
         */
        async odd(isHeld = () => true) {
            /** @type {Aside[]} */
            const found = [];
            for (const store of KEPT) {
                for await (const value of each(open, store)) {
                    if (!isPlain(store, value) || (store === "events" && !isHeld(value.doc))) {
                        found.push({ store, value });
                    }
                }
            }
            return [...found, ...(await (await open()).getAll("aside"))];
        },
    };
}
