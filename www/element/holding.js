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
/** @import {Of} from "./edits.js" */
/** @import {Held, Place} from "./memory.js" */

/** @typedef {typeof import("./device.js")} Device */
/** @typedef {typeof import("./edits.js")} Edits */

/**
 * What a method is given, after the article.
 * @template {keyof Edits} Name
 * @typedef {Parameters<Edits[Name]> extends [any, ...infer Rest] ? Rest : never} Given
 */

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
 * @property {(error: Error) => void} unsaved The log could not be kept.
 * @property {() => boolean} isStaying Whether the element is in a page.
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
 * @property {Map<string, Held>} own What `storage="none"` keeps: as much as the element itself.
 * @property {Place} place Where logs are kept.
 * @property {Device} [device] Loaded where logs are kept on the device.
 * @property {ReturnType<Device["joinDevice"]>} [joined] Its other tabs and elements, while this one is in a page.
 * @property {string} [name] Under which the open article is kept, and where.
 * @property {Error} [failure] Why the log could not be kept, as was told last.
 * @property {Date} [saved] When all of it was saved, as was told last.
 * @property {(() => void)[]} waiting Called when something was saved, or could not be.
 * @property {Promise<unknown>} reading
 * @property {number} turn How many times reading was asked for: only the last one counts.
 */

/**
 * @param {HTMLElement} node
 * @param {Hooks} hooks
 */
export function createHolding(node, hooks) {
    const { event, isOwn } = createAuthor(
        () => String(valueOf(node, "annotator")),
        () => state.device?.profile,
    );
    const own = new Map();
    /** @type {State} */
    const state = {
        ...{ node, hooks, isOwn, own, told: new Set(), brought: [], orphans: [], turn: 0, reading: Promise.resolve(), waiting: [] },
        place: createMemory(own),
        session: createKeptSession({
            client: createAsking(node, hooks),
            store: {
                log: (...given) => state.place.log(...given),
                base: (...given) => state.place.base(...given),
                append: (...given) => state.place.append(...given),
                describe: (...given) => state.place.describe(...given),
            },
            identity: { event, isOwn },
            learnt: async () => undefined,
            tell: (...saved) => state.joined?.tell(...saved),
            described() {},
            allowed: (correction) => hooks.tell("before-change", { correction }, true),
            making: hooks.following,
            changed: () => changed(state),
            failed: hooks.failed,
        }),
    };
    const make = (/** @type {(edits: Edits, of: Of) => Edit[]} */ of) => correct(state, of);
    return {
        session: state.session,
        open: state.session.current,
        corrections: () => state.session.current()?.log ?? state.brought,
        read: read.bind(null, state),
        bring: bring.bind(null, state),

        flush: flush.bind(null, state),
        stay: stay.bind(null, state),
        leave: leave.bind(null, state),

        /** Comes when nothing is being read. */
        settled: () => state.reading,

        /** @type {(...given: Given<"added">) => Promise<void>} */
        add: (...given) => make((edits, of) => edits.added(of, ...given)),
        /** @type {(...given: Given<"updated">) => Promise<void>} */
        update: (...given) => make((edits, of) => edits.updated(of, ...given)),
        /** @type {(...given: Given<"removed">) => Promise<void>} */
        remove: (...given) => make((edits, of) => edits.removed(of, ...given)),
        /** @type {(...given: Given<"attributed">) => Promise<void>} */
        attribute: (...given) => make((edits, of) => edits.attributed(of, ...given)),
        /** @type {(...given: Given<"merged">) => Promise<void>} */
        merge: (...given) => make((edits, of) => edits.merged(of, ...given)),
        /** @type {(...given: Given<"split">) => Promise<void>} */
        split: (...given) => make((edits, of) => edits.split(of, ...given)),

        /** @param {string} format One that the core writes. */
        async export(format) {
            await state.reading;
            return (await hooks.core()).queue.ask("export", notebookOf(state), format);
        },

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
 * The core, as the session asks it: the options of the element go along.
 * @param {HTMLElement} node
 * @param {Hooks} hooks
 * @returns {Client}
 */
function createAsking(node, hooks) {
    return /** @type {Client} */ ({
        async ask(op, ...args) {
            const { queue } = await hooks.core();
            const least = String(valueOf(node, "min-confidence"));
            const [text, learnt] = /** @type {[string, undefined]} */ (args);
            return op === "annotate" && least !== ""
                ? queue.ask("annotate", text, learnt, { minConfidence: Number(least) })
                : queue.ask(op, ...args);
        },
    });
}

/** @param {State} state */
function notebookOf({ session }) {
    const notebook = session.notebook();
    if (!notebook) {
        throw failure("ArgumentError", "there is no article: put a text into the element, or call annotate(text)");
    }
    return notebook;
}

/**
 * Makes corrections that a program asks for; comes when the core has answered.
 * @param {State} state
 * @param {(edits: Edits, of: Of) => Edit[]} make
 */
async function correct(state, make) {
    const edits = await import("./edits.js");
    await state.reading;
    const { text } = notebookOf(state);
    const { analysis } = /** @type {NonNullable<ReturnType<KeptSession["current"]>>} */ (state.session.current()).revision;
    await Promise.all(make(edits, { text, analysis }).map((edit) => state.session.correct(edit)));
}

/**
 * Comes when all corrections are kept; rejects where they cannot be.
 * @param {State} state
 */
async function flush(state) {
    await state.reading;
    for (let isAgain = true; (state.session.current()?.unsaved.length ?? 0) > 0;) {
        const failed = state.session.current()?.failure;
        if (failed && !isAgain) {
            throw failed;
        }
        if (failed) {
            isAgain = false;
            await state.session.saveAgain();
        } else {
            await new Promise((resolve) => state.waiting.push(() => resolve(undefined)));
        }
    }
}

/**
 * The element is in a page now: it hears what other tabs and elements save.
 * @param {State} state
 */
function stay(state) {
    // It may have been taken out while it was read.
    if (state.hooks.isStaying() && state.device && !state.joined && state.place === state.device.store) {
        const { session } = state;
        state.joined = state.device.joinDevice({
            corrected: (doc, corrections) => void session.takeIn(doc, corrections),
            again: () => void session.saveAgain(),
        });
        void session.refresh();
    }
}

/** @param {State} state */
function leave(state) {
    state.joined?.leave();
    state.joined = undefined;
}

/**
 * Chooses where the log of a text is kept.
 * @param {State} state
 * @param {string} text
 * @returns {Promise<string | undefined>} What the article is called there; `undefined`: as its text is hashed.
 */
async function choosePlace(state, text) {
    const [storage, id] = [valueOf(state.node, "storage"), String(valueOf(state.node, "doc-id"))];
    if (storage === "indexeddb") {
        state.device ??= await import("./device.js");
        state.place = state.device.store;
        return id || undefined;
    }
    leave(state);
    state.place = createMemory(storage === "memory" ? MEMORY : state.own);
    return id || text;
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
    if (open.failure && open.failure !== state.failure) {
        hooks.unsaved(open.failure);
    }
    state.failure = open.failure;
    state.waiting.splice(0).forEach((run) => run());
    if (open.saved && open.saved !== state.saved && open.unsaved.length === 0 && valueOf(state.node, "storage") !== "none") {
        state.saved = open.saved;
        hooks.tell("saved", { at: open.saved.toISOString() });
    }
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
 * @returns {Promise<Analysis | undefined>} `undefined` where nothing had to be read.
 */
function read(state, text, isAnew) {
    state.turn += 1;
    const own = state.turn;
    const run = async () => {
        const open = state.session.current();
        if (own !== state.turn) {
            throw failure("AbortError", "another text was given meanwhile");
        }
        if (!isAnew && open && text.trim() === "") {
            state.session.close();
        }
        const isDone = !isAnew && (text.trim() === "" || open?.text === text || !state.hooks.isStaying());
        return isDone ? undefined : readNow(state, text);
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
    state.orphans = [];
    try {
        reaches("loading");
        await hooks.core();
        reaches("reading");
        const name = await choosePlace(state, text);
        const kept = `${valueOf(node, "storage")} ${name}`;
        // Read again, it keeps what could not be saved; another article has a log of its own.
        const log = before?.text === text && state.name === kept ? before.log : [];
        await session.start(text, [...state.brought, ...log], name);
        Object.assign(state, { brought: [], name: kept });
        stay(state);
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
