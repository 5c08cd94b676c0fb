/**
 * @file What an element holds, whether it is in a page or not: the article with its log, and what is told of it.
 */

import { failure } from "../core/failure.js";
import { createKeptSession } from "../keep/keep.js";
import { isCorrection } from "../state/records.js";
import { createAuthor } from "./author.js";
import { valueOf } from "./attributes.js";
import { createMemory } from "./memory.js";

/** @import {Analysis, Correction, Edit} from "../pkg/whosaid.js" */
/** @import {Client} from "../types.js" */
/** @import {KeptSession} from "../keep/keep.js" */
/** @import {Connection} from "./outside.js" */
/** @import {Held, Place} from "./memory.js" */

/** What `storage="memory"` keeps for all elements of the page. @type {Map<string, Held>} */
const MEMORY = new Map();

/** The language that is read. */
const READ = "en";

/** Of these states of the element one holds at a time. */
const STAGES = /** @type {const} */ (["loading", "reading", "ready", "error"]);

/** @typedef {ReturnType<typeof createHolding>} Holding */

/**
 * @typedef {object} Hooks
 * @property {() => Promise<Connection>} core The core, which is started where it is not there.
 * @property {(name: string, detail: object, cancelable?: boolean) => boolean} tell Sends an event; tells whether nobody prevented it.
 * @property {() => void} changed Something else is to be shown.
 * @property {(effect: Edit | undefined) => void} following A correction is made, with this effect.
 * @property {(states: Record<string, boolean>) => void} stated
 * @property {(error: Error) => void} failed
 */

/**
 * @typedef {object} State
 * @property {HTMLElement} node
 * @property {Hooks} hooks
 * @property {KeptSession} session
 * @property {(correction: Correction) => boolean} isOwn Whether a correction was made in this element.
 * @property {Set<string>} told The ids of the corrections that events have told.
 * @property {readonly Correction[]} brought Corrections that came before the article was read.
 * @property {readonly string[]} orphans Ids of those that fit no more.
 * @property {string} text
 * @property {Map<string, Held>} own What `storage="none"` keeps: as much as the element itself.
 * @property {Place} place Where logs are kept.
 * @property {Promise<unknown>} reading
 * @property {number} turn How many times reading was asked for: only the last one counts.
 */

/**
 * @param {HTMLElement} node
 * @param {Hooks} hooks
 */
export function createHolding(node, hooks) {
    const { event, isOwn } = createAuthor(() => String(valueOf(node, "annotator")));
    const own = new Map();
    /** @type {State} */
    const state = {
        ...{ node, hooks, isOwn, own, told: new Set(), brought: [], orphans: [], text: "", turn: 0, reading: Promise.resolve() },
        place: createMemory(own, () => state.text),
        session: createKeptSession({
            client: /** @type {Client} */ ({ ask: async (...asked) => (await hooks.core()).queue.ask(...asked) }),
            store: {
                log: (...given) => state.place.log(...given),
                base: (...given) => state.place.base(...given),
                append: (...given) => state.place.append(...given),
                describe: (...given) => state.place.describe(...given),
            },
            identity: { event, isOwn },
            learnt: async () => undefined,
            tell() {},
            described() {},
            allowed: (correction) => hooks.tell("before-change", { correction }, true),
            making: hooks.following,
            changed: () => changed(state),
            failed: hooks.failed,
        }),
    };
    return {
        session: state.session,
        open: state.session.current,
        corrections: () => state.session.current()?.log ?? state.brought,
        read: read.bind(null, state),
        bring: bring.bind(null, state),

        /** Comes when nothing is being read. */
        settled: () => state.reading,

        /** @param {unknown} from See the element's `import`. */
        async import(from) {
            const given = typeof from === "string" ? await (await hooks.core()).queue.ask("import", from) : from;
            const list = Array.isArray(given) ? given : /** @type {{corrections?: unknown}} */ (given)?.corrections;
            if (!Array.isArray(list)) {
                throw failure("ArgumentError", "pass corrections, a notebook, or the file that export() writes as json");
            }
            return bring(state, list);
        },
    };
}

/**
 * Shows what the session holds, and tells of what is new: a correction once it is kept, or cannot be, and the core has answered.
 * @param {State} state
 */
function changed(state) {
    const { hooks, session, told } = state;
    const open = session.current();
    hooks.changed();
    if (!open) {
        return;
    }
    hooks.stated({ dirty: open.unsaved.length > 0 });
    if (open.waiting) {
        return;
    }
    const unsaved = new Set(open.failure ? [] : open.unsaved.map(({ id }) => id));
    const made = open.log.filter((each) => state.isOwn(each) && !told.has(each.id) && !unsaved.has(each.id));
    made.forEach(({ id }) => told.add(id));
    const { analysis, orphans } = open.revision;
    if (made.length > 0) {
        hooks.tell("change", { corrections: made, analysis });
    }
    const before = new Set(state.orphans);
    state.orphans = orphans;
    const lost = new Set(orphans.filter((id) => !before.has(id)));
    if (lost.size > 0) {
        hooks.tell("orphan", { corrections: open.log.filter(({ id }) => lost.has(id)) });
    }
}

/**
 * Reads a text, after what is being read.
 * @param {State} state
 * @param {string} text
 * @param {boolean} isAnew Whether it is read again where it is read already.
 * @returns {Promise<Analysis>}
 */
function read(state, text, isAnew) {
    state.turn += 1;
    const own = state.turn;
    const run = async () => {
        const open = state.session.current();
        const isDone = own !== state.turn || text.trim() === "" || (!isAnew && open?.text === text);
        return isDone ? /** @type {Analysis} */ (open?.revision.analysis) : readNow(state, text);
    };
    const reads = state.reading.then(run, run);
    state.reading = reads.catch(() => undefined);
    return reads;
}

/**
 * @param {State} state
 * @param {string} text
 */
async function readNow(state, text) {
    const { node, hooks, session } = state;
    const reaches = (/** @type {string} */ stage) => hooks.stated(Object.fromEntries(STAGES.map((each) => [each, each === stage])));
    const before = session.current();
    Object.assign(state, { text, orphans: [] });
    try {
        reaches("loading");
        await hooks.core();
        reaches("reading");
        state.place = createMemory(valueOf(node, "storage") === "memory" ? MEMORY : state.own, () => state.text);
        // An article without a name is known by its text.
        const name = String(valueOf(node, "doc-id")) || text;
        await session.start(text, [...state.brought, ...(before?.text === text ? before.log : [])], name);
        state.brought = [];
        reaches("ready");
    } catch (error) {
        reaches("error");
        hooks.failed(/** @type {Error} */ (error));
        throw error;
    }
    const { analysis } = /** @type {NonNullable<ReturnType<typeof session.current>>} */ (session.current()).revision;
    const isForeign = analysis.language !== READ && node.lang.split("-")[0] !== READ;
    hooks.stated({ foreign: isForeign });
    hooks.tell("annotated", { analysis });
    if (isForeign) {
        hooks.tell("language", { language: analysis.language });
    }
    return analysis;
}

/**
 * Takes corrections in that were made elsewhere.
 * @param {State} state
 * @param {readonly Correction[]} corrections
 * @returns {Promise<number>} How many are new.
 */
async function bring(state, corrections) {
    const fit = corrections.filter(isCorrection);
    if (!state.session.current()) {
        state.brought = [...state.brought, ...fit];
        return fit.length;
    }
    return (await state.session.bring(fit)).length;
}
