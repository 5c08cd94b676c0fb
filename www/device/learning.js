/**
 * @file The lessons learnt from corrections. They are kept on this device and brought up to date before an article
 * is read; the user can change them.
 */

import { failure } from "../core/failure.js";
import { merge } from "../state/log.js";
import { isMemory } from "../state/records.js";

/** @import {Learnt} from "../pkg/whosaid.js" */
/** @import {Store} from "./store.js" */
/** @import {Client, Memory} from "../types.js" */

const FORMAT = "whosaid-learnt";
const VERSION = 1;

/** From so many articles is learnt at most before another is read: the rest has its turn with the next. */
const AT_ONCE = 20;

/** @type {Learnt} */
const NOTHING = { articles: 0, names: [], cues: [], delta: { cue: [] } };

/** @typedef {ReturnType<typeof createLearning>} Learning */

/**
 * @param {Learnt} learnt
 * @param {Client} client
 * @returns {Promise<boolean>} Whether the core can read with it.
 */
export async function fitsModel(learnt, client) {
    try {
        await client.ask("try", learnt);
        return true;
    } catch (error) {
        const { name } = /** @type {Error} */ (error);
        if (name !== "LearntError" && name !== "ArgumentError") {
            throw error;
        }
        return false;
    }
}

/**
 * Reads the lessons that are kept.
 * @param {Store} store
 * @param {Client} client
 * @param {() => void} unfit Called once if they cannot be read.
 */
function createMemory(store, client, unfit) {
    let isTold = false;

    /** @returns {Promise<Memory>} */
    async function read() {
        const kept = await store.learnt();
        const { learnt, on, from } = isMemory(kept) ? kept : { learnt: structuredClone(NOTHING), on: true, from: {} };
        return { learnt, on, from };
    }

    /** @returns {Promise<Memory | undefined>} The same, if an article can be read with it. */
    async function usable() {
        const kept = await store.learnt();
        const memory = await read();
        const isNone = !memory.on || memory.learnt.articles === 0;
        const isUsable = kept === undefined || (isMemory(kept) && (isNone || (await fitsModel(memory.learnt, client))));
        if (!isUsable && !isTold) {
            isTold = true;
            unfit();
        }
        return isUsable ? memory : undefined;
    }

    /** @returns {Promise<boolean>} Whether the lessons cannot be read: they can only be forgotten. */
    async function isDamaged() {
        const kept = await store.learnt();
        return kept !== undefined && !isMemory(kept);
    }

    return { read, usable, isDamaged };
}

/**
 * @param {object} needs
 * @param {Store} needs.store
 * @param {Client} needs.client
 * @param {(memory: Memory, isDamaged: boolean) => void} needs.changed Called when there is something else to show;
 *   damaged: the lessons cannot be read.
 * @param {() => void} needs.unfit Called once if the lessons cannot be read, or do not fit the model.
 */
export function createLearning({ store, client, changed, unfit }) {
    const { read, usable, isDamaged } = createMemory(store, client, unfit);

    /** @param {Memory} memory */
    async function keep(memory) {
        await store.keepLearnt(memory);
        changed(memory, false);
    }

    /** @type {Promise<unknown>} */
    let last = Promise.resolve();

    /**
     * Runs one change after the other, so that none works on lessons that another is about to change.
     * @template Result
     * @param {() => Promise<Result>} work
     * @returns {Promise<Result>}
     */
    function inTurn(work) {
        const done = last.then(work);
        last = done.catch(() => undefined);
        return done;
    }

    /** @param {(memory: Memory) => void} make */
    function change(make) {
        return inTurn(async () => {
            const memory = await read();
            make(memory);
            await keep(memory);
        });
    }

    /**
     * @param {string} doc
     * @returns {Promise<Learnt | undefined>}
     */
    async function prepare(doc) {
        const memory = await usable().catch(() => undefined);
        if (!memory?.on) {
            return undefined;
        }
        try {
            if (await learn({ store, client }, memory, doc)) {
                await keep(memory);
            }
        } catch {
            // Lessons that cannot be learnt or kept now are learnt another time; the article is read all the same.
        }
        return memory.learnt.articles > 0 ? memory.learnt : undefined;
    }

    return {
        /** Shows the lessons. */
        show: () =>
            Promise.all([read(), isDamaged()]).then(
                (shown) => changed(...shown),
                () => undefined,
            ),

        /**
         * The lessons that an article is read with: none where they are switched off or cannot be read.
         * @param {string} doc
         * @returns {Promise<Learnt | undefined>}
         */
        prepare: (doc) => inTurn(() => prepare(doc)),

        /** @param {boolean} on */
        turn: (on) => change((memory) => (memory.on = on)),

        /** @param {string} words A name that is forgotten. */
        forget: (words) => change(({ learnt }) => (learnt.names = learnt.names.filter((name) => name.words !== words))),

        /**
         * Decides whether a cue tells claims.
         * @param {string} words
         * @param {boolean | undefined} on `undefined`: as its claims say.
         */
        decide: (words, on) =>
            change(({ learnt }) => {
                const cue = learnt.cues.find((each) => each.words === words);
                if (cue && on === undefined) {
                    delete cue.on;
                } else if (cue) {
                    cue.on = on;
                }
            }),

        /** Forgets all lessons; earlier corrections teach nothing any more. */
        reset: () => change((memory) => (memory.learnt = structuredClone(NOTHING))),

        /** @returns {Promise<string>} A file's content. */
        async write() {
            const { learnt } = await read();
            return `${JSON.stringify({ format: FORMAT, version: VERSION, learnt }, null, 1)}\n`;
        },

        /**
         * @param {string} start How a file starts.
         * @returns {boolean} Whether it is such a file.
         */
        isLearnt: (start) => new RegExp(`^\\uFEFF?\\s*\\{\\s*"format":\\s*"${FORMAT}"`).test(start),

        /**
         * Replaces the lessons by the content of a file.
         * @param {string} content
         * @throws {Error} An `ImportError` for a damaged or newer file, a `LearntError` for one of another model: nothing
         *   changes then.
         */
        async takeIn(content) {
            const learnt = parse(content);
            await client.ask("try", learnt);
            await change((memory) => (memory.learnt = { ...NOTHING, ...learnt }));
        },
    };
}

/**
 * Learns from the articles that were corrected since they taught something last.
 * @param {{store: Store, client: Client}} needs
 * @param {Memory} memory
 * @param {string} but This one is about to be read: it does not learn from itself.
 * @returns {Promise<boolean>} Whether there were such articles.
 */
async function learn({ store, client }, memory, but) {
    const rows = (await store.shelf()).filter(({ doc, corrected, deleted }) => {
        return corrected && !deleted && doc !== but && memory.from[doc] !== corrected;
    });
    rows.sort((one, other) => (one.corrected ?? "").localeCompare(other.corrected ?? ""));
    for (const { doc, corrected } of rows.slice(0, AT_ONCE)) {
        const [text, { log }] = await Promise.all([store.text(doc), store.log(doc)]);
        if (text !== undefined) {
            memory.learnt = await client.ask("learn", memory.learnt, text, merge(log, []));
        }
        memory.from = { ...memory.from, [doc]: corrected ?? "" };
    }
    return rows.length > 0;
}

/**
 * @param {string} content
 * @returns {Learnt}
 */
function parse(content) {
    /** @type {{version?: unknown, learnt?: Learnt}} */
    let file;
    try {
        file = JSON.parse(content.replace(/^\uFEFF/, ""));
    } catch {
        throw failure("ImportError", "this file is cut short or damaged: export it again");
    }
    if (typeof file.version !== "number" || file.version > VERSION) {
        throw failure(
            "ImportError",
            `this file has version ${file.version}, this program reads up to ${VERSION}: reload the page to get the newest whosaid`,
        );
    }
    if (typeof file.learnt !== "object" || file.learnt === null) {
        throw failure("ImportError", "this file holds nothing that was learnt: export it again");
    }
    return file.learnt;
}
