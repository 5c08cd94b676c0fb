/**
 * @file Many articles at once, loaded when they come: takes them into the library, reads those that wait there, and writes the
 * table of all claims. What is done is on the device at once, so a tab that is closed halfway loses nothing.
 */

import { element, fill, setAttribute } from "../kit/dom.js";
import { pathOf, today } from "../kit/files.js";
import { withUnsaved } from "../state/log.js";
import { isKeptTo } from "../state/records.js";
import { tally } from "../state/tally.js";
import { digest, kindOf, titleOf } from "../state/text.js";
import { isWaiting } from "../state/row.js";
import { many } from "../words/many.js";
import { later } from "../words/words.js";
import { articlesOf } from "./articles.js";

/** @import {Correction, Learnt} from "../pkg/whosaid.js" */
/** @import {Client, Given, Listed, Row} from "../types.js" */
/** @import {Needs} from "./many.js" */

const words = later("many", many);

/** More threads would wait for one another's memory. */
const THREADS = 2;

/** So many articles go into one transaction. */
const AT_ONCE = 50;

/** Errors that every other article would meet too. */
const GRAVE = ["AbortError", "LoadError", "ModelError", "QuotaExceededError", "InvalidStateError", "TimeoutError"];

/** What goes on, as the page shows it. */
function createBar() {
    const label = element("span", { id: "batch-label", role: "status" });
    const amount = element("span", { class: "amount", "aria-hidden": "true" });
    const bar = element("progress", { "aria-labelledby": "batch-label" });
    const stop = element("button", { type: "button", class: "quiet" }, words.cancel);
    const question = element("form", { class: "tools", hidden: true });
    const node = element("div", { class: "progress" }, label, bar, amount, question, stop);
    return {
        node,
        stop,

        /**
         * Asks which column of a table holds the texts.
         * @param {string} file
         * @param {readonly string[]} columns
         * @param {AbortSignal} signal
         * @returns {Promise<string>}
         */
        choose(file, columns, signal) {
            const select = element(
                "select",
                { "aria-labelledby": "batch-label" },
                ...columns.map((column) => element("option", {}, column)),
            );
            fill(question, select, element("button", { class: "main" }, words.takeColumn));
            const show = (/** @type {boolean} */ isAsked) => {
                question.hidden = !isAsked;
                bar.hidden = isAsked;
                amount.hidden = isAsked;
            };
            show(true);
            fill(label, words.column(file));
            select.focus();
            return new Promise((resolve, reject) => {
                question.onsubmit = (event) => {
                    event.preventDefault();
                    show(false);
                    resolve(select.value);
                };
                signal.addEventListener("abort", () => reject(signal.reason));
            });
        },

        /**
         * @param {"take" | "read" | "list"} stage
         * @param {number} done
         * @param {number} all
         * @param {string} [text] How much is done, in words.
         */
        show(stage, done, all, text = words.of(done, all)) {
            if (label.textContent !== words.stages[stage]) {
                fill(label, words.stages[stage]);
            }
            setAttribute(bar, "max", all || undefined);
            setAttribute(bar, "value", done);
            setAttribute(bar, "aria-valuetext", text);
            fill(amount, text);
        },
    };
}

/** @typedef {{clients: Client[], signal: AbortSignal, faults: string[], bar: ReturnType<typeof createBar>}} Work */

/** @param {Needs} needs */
export function createBatch(needs) {
    return {
        /**
         * @param {readonly File[]} files
         * @param {readonly string[]} faults What is to be told of others.
         */
        takeIn: (files, faults) => during(needs, (work) => takeIn(needs, { ...work, faults: [...faults] }, files)),
        readWaiting: () => during(needs, (work) => readAndTell(needs, work, { fresh: 0, known: 0, passed: 0 })),
        table: () => during(needs, (work) => writeTable(needs, work)),
    };
}

/**
 * Does something with threads of its own, while a bar shows how far it is and can stop it.
 * @param {Needs} needs
 * @param {(work: Work) => Promise<void>} run
 */
async function during({ node, startClient, attempt }, run) {
    const bar = createBar();
    const count = Math.min(THREADS, Math.max(1, navigator.hardwareConcurrency || 1));
    const clients = Array.from({ length: count }, startClient);
    const stop = new AbortController();
    const { signal } = stop;
    const end = () => clients.forEach((client) => client.dispose());
    signal.addEventListener("abort", end);
    bar.stop.addEventListener("click", () => stop.abort());
    await attempt(async () => {
        fill(node, bar.node);
        try {
            await run({ clients, signal, faults: [], bar });
        } finally {
            fill(node);
            end();
        }
    });
}

/**
 * @param {Needs} needs
 * @param {Work} work
 * @param {readonly File[]} given
 */
async function takeIn(needs, work, given) {
    // A folder holds whatever it holds; a file that was chosen by itself is meant.
    const files = given.filter((file) => kindOf(file.name) !== undefined || !pathOf(file).includes("/"));
    const { store, described, explain } = needs;
    const choose = (/** @type {string} */ file, /** @type {readonly string[]} */ columns) => work.bar.choose(file, columns, work.signal);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    let [bytes, taken, fresh] = [0, 0, 0];
    const time = new Date().toISOString();
    const counted = (/** @type {number} */ more) => (bytes += more);
    /** @type {{doc: string, text: string, given: Given}[]} */
    let some = [];
    const shelve = async () => {
        fresh += await store.shelve(some);
        taken += some.length;
        some = [];
        work.bar.show("take", bytes, size, words.taken(taken));
        described();
    };
    work.bar.show("take", 0, size, words.taken(0));
    const [client = needs.client] = work.clients;
    try {
        for await (const item of articlesOf(files, { client, choose, counted, explain: (error, file) => explain(error, file).title })) {
            if (work.signal.aborted) {
                break;
            }
            if ("fault" in item) {
                work.faults.push(item.fault);
            } else {
                some.push({ doc: await digest(item.text), text: item.text, given: { ...item.given, time } });
            }
            if (some.length === AT_ONCE) {
                await shelve();
            }
        }
    } catch (error) {
        if (!work.signal.aborted) {
            throw error;
        }
    } finally {
        await shelve();
        await needs.refresh();
    }
    await readAndTell(needs, work, { fresh, known: taken - fresh, passed: given.length - files.length });
}

/**
 * Reads the articles that wait, and tells what came of all.
 * @param {Needs} needs
 * @param {Work} work
 * @param {{fresh: number, known: number, passed: number}} counts
 */
async function readAndTell(needs, work, counts) {
    const { store, notices, refresh, readWaiting } = needs;
    /** @type {string[]} */
    const foreign = [];
    try {
        if (!work.signal.aborted) {
            await readAll(needs, work, foreign);
        }
    } finally {
        await refresh();
    }
    const left = (await store.shelf()).filter(isWaiting).length;
    const goOn = { label: words.goOn, run: readWaiting };
    const isStopped = work.signal.aborted;
    notices.show(words.done({ ...counts, left, foreign, faults: work.faults, isStopped }), ...(left > 0 ? [goOn] : []));
}

/**
 * @param {Needs} needs
 * @param {Work} work
 * @param {string[]} foreign Gets the titles of the articles that are not English.
 */
async function readAll({ store, learnt }, work, foreign) {
    const rows = (await store.shelf()).filter(isWaiting).sort(inOrder);
    const lessons = rows.length > 0 ? await learnt() : undefined;
    let done = 0;
    work.bar.show("read", 0, rows.length);
    await inThreads(work, rows, async (client, { doc, title }) => {
        const text = await store.text(doc);
        if (text === undefined) {
            return;
        }
        try {
            const found = await client.ask("annotate", text, lessons);
            const name = titleOf(text, found);
            await store.noteRead(doc, { title: name, tally: tally(found) });
            if (found.language !== "en") {
                foreign.push(name);
            }
        } catch (error) {
            const { name, message } = /** @type {Error} */ (error);
            if (GRAVE.includes(name)) {
                throw error;
            }
            work.faults.push(words.unread(title, message));
        }
        done += 1;
        work.bar.show("read", done, rows.length);
    });
}

/**
 * Does something for each item, each thread with the next one.
 * @template Item
 * @param {Work} work
 * @param {readonly Item[]} items
 * @param {(client: Client, item: Item, index: number) => Promise<void>} each
 */
async function inThreads(work, items, each) {
    const rest = items.entries();
    const lane = async (/** @type {Client} */ client) => {
        for (const [index, item] of rest) {
            if (work.signal.aborted) {
                return;
            }
            await each(client, item, index);
        }
    };
    const lanes = await Promise.allSettled(work.clients.map(lane));
    const failed = lanes.find((end) => end.status === "rejected");
    // What was asked of a thread that the user stopped fails, and nothing is wrong with that.
    if (failed && !work.signal.aborted) {
        throw failed.reason;
    }
}

/**
 * The order of the files, and in a file that of its lines; articles that came by themselves follow, the oldest first.
 * @param {Row} one
 * @param {Row} other
 */
function inOrder({ given: [place] = [], opened }, { given: [other] = [], opened: then }) {
    if (!place || !other) {
        return place ? -1 : other ? 1 : opened < then ? -1 : 1;
    }
    return place.file === other.file ? place.row - other.row : place.file < other.file ? -1 : 1;
}

/**
 * Gives the user the claims of all articles as one table.
 * @param {Needs} needs
 * @param {Work} work
 */
async function writeTable({ store, open, learnt, download, notices }, work) {
    const rows = (await store.shelf()).filter(({ deleted }) => !deleted).sort(inOrder);
    const lessons = await learnt();
    const [client] = work.clients;
    // An article is listed once for each place where it stood; one that came by itself has its title as its id.
    const places = [
        ...rows.flatMap((row) => (row.given ?? []).map((given) => ({ ...row, given: [given] }))).sort(inOrder),
        ...rows.filter(({ given }) => !given).map((row, index) => ({ ...row, given: [{ row: index + 1, id: JSON.stringify(row.title) }] })),
    ];
    const keep = columnsFor(places);
    const parts = [];
    let done = 0;
    work.bar.show("list", 0, places.length);
    await inThreads(work, places, async (thread, { doc, given }, index) => {
        const [text, kept] = await Promise.all([store.text(doc), store.log(doc)]);
        if (text !== undefined) {
            const log = withUnsaved(kept.log, doc, open());
            parts[index + 1] = await thread.ask("rows", { text, given, keep, ...(await basis(store, doc, log, lessons)) });
        }
        done += 1;
        work.bar.show("list", done, places.length);
    });
    if (work.signal.aborted) {
        notices.show(words.stopped);
        return;
    }
    parts[0] = (await client?.ask("head", keep)) ?? "";
    download(`whosaid-claims-${today()}.csv`, parts.filter(Boolean), "text/csv");
}

/**
 * The columns besides the usual ones: the file, where several tables were taken in, in which ids and rows repeat. What came as a
 * file of its own has its name as its id.
 * @param {readonly Pick<Listed, "given">[]} places
 * @returns {string[]}
 */
function columnsFor(places) {
    const files = places.flatMap(({ given }) => given.flatMap(({ file, id }) => (file && JSON.stringify(file) !== id ? file : [])));
    return new Set(files).size > 1 ? ["file"] : [];
}

/**
 * What the claims of an article are listed after: as the open article is read, so that the table says the same as the page.
 * @param {Needs["store"]} store
 * @param {string} doc
 * @param {readonly Correction[]} log
 * @param {Learnt | undefined} learnt
 */
async function basis(store, doc, log, learnt) {
    const base = await store.base(doc);
    return isKeptTo(base?.model, log) ? { log, ...(base && { found: base.found }) } : { log, learnt };
}
