/**
 * @file The open article as this device keeps it: saves the log, and takes in the corrections of other tabs.
 */

import { isCorrection, isKeptTo, textOf, unreadEvent } from "../state/records.js";
import { countsOf, merge, putLast } from "../state/log.js";
import { tally } from "../state/tally.js";
import { beginningOf, digest, titleOf } from "../state/text.js";
import { createSession } from "../edit/session.js";
import { pause } from "../kit/pause.js";

/** @import {Analysis, Correction, Edit, Learnt, Notebook} from "../pkg/whosaid.js" */
/** @import {Article, Aside, Client, Kept, Open, Tally} from "../types.js" */
/** @import {Identity} from "../edit/identity.js" */
/** @import {Store} from "../device/store.js" */

/**
 * @typedef {object} Needs
 * @property {Client} client
 * @property {Pick<Store, "log" | "base" | "append" | "describe">} store
 * @property {Identity} identity
 * @property {(doc: string) => Promise<Learnt | undefined>} learnt The lessons that an article is read with.
 * @property {(doc: string, corrections: readonly Correction[]) => void} tell Tells the other tabs what is saved.
 * @property {() => void} described Called when the library has something else to show.
 * @property {(effect: Edit | undefined) => void} making Called before a correction is made, with what it does.
 * @property {() => void} changed Called when there is something else to show.
 * @property {(text: string, found: Analysis) => void} [begun] Called with the beginning of a long text that is being read,
 *   and with what was found there.
 * @property {(correction: Correction) => boolean} [allowed] Whether a correction may be made.
 * @property {(error: Error) => void} failed Called when a correction could not be shown.
 */

/** @typedef {Needs & {session: ReturnType<typeof createSession<Open>>}} State */

/** @typedef {ReturnType<typeof createKeptSession>} KeptSession */

/** @param {Needs} needs */
export function createKeptSession(needs) {
    /** @type {ReturnType<typeof createSession<Open>>} */
    const session = createSession({
        ...needs,
        made(open, correction) {
            open.unsaved = [...open.unsaved, correction];
            return save(state, open);
        },
        settled: (open) => void describe(state, open),
    });
    /** @type {State} */
    const state = { ...needs, session };
    return {
        /** @returns {Readonly<Open> | undefined} */
        current: session.current,
        start: start.bind(null, state),
        correct: session.correct,
        undo: session.undo,
        redo: session.redo,
        takeIn: takeIn.bind(null, state),
        bring: bring.bind(null, state),
        /**
         * Puts another analysis in place of what was found in the open article.
         * @param {Analysis} found
         * @param {boolean} isKept Whether it is kept at once, and not with the next correction.
         */
        async adopt(found, isKept) {
            const open = session.current();
            if (open) {
                open.isBased = false;
                await Promise.all([session.adopt(found), isKept && save(state, open)]);
            }
        },

        /** Takes in corrections that other tabs saved while this one slept, and tries again to save its own. */
        refresh: () => catchUp(state, session.current()?.failure !== undefined),

        /** Saves the open article once more: it may be gone from the device, or could not be saved before. */
        async saveAgain() {
            const open = session.current();
            if (open) {
                open.saved = undefined;
                state.changed();
                await catchUp(state, true);
            }
        },

        close: session.close,

        /** @returns {Notebook | undefined} All of it, to be exported. */
        notebook() {
            const open = session.current();
            const unread = open?.unread.map(({ value }) => /** @type {any} */ (value)) ?? [];
            return (
                open && {
                    text: open.text,
                    analysis: open.settled.analysis,
                    corrections: [...open.log, ...unread.map((event) => ("correction" in event ? event.correction : event))],
                }
            );
        },
    };
}

/**
 * Reads an article and opens it, with the log that is kept for it.
 * @param {State} state
 * @param {string} text
 * @param {readonly unknown[]} [more] Corrections to be merged into its log.
 * @param {string} [name] Its name in the store; absent: the hash of its text.
 * @returns {Promise<number>} How many of `more` were new.
 */
async function start(state, text, more = [], name = undefined) {
    const { session, store } = state;
    const doc = name ?? (await digest(text).catch(() => ""));
    const unreadMore = more.filter((value) => !isCorrection(value)).map((value) => unreadEvent(doc, value));
    let kept = { log: /** @type {Correction[]} */ ([]), unread: /** @type {Aside[]} */ ([]) };
    /** @type {Error | undefined} */
    let failure;
    // Both at once: a device that does not answer is waited for once.
    const learnt = state.learnt(doc);
    try {
        kept = await store.log(doc);
    } catch (error) {
        failure = /** @type {Error} */ (error);
    }
    const log = merge(kept.log, more.filter(isCorrection));
    const there = await store.base(doc, text).catch(() => undefined);
    const base = isKeptTo(there?.model, log) ? there : undefined;
    const beginning = state.begun && log.length === 0 && !base ? beginningOf(text) : undefined;
    if (beginning !== undefined) {
        state.begun?.(beginning, await state.client.askWith({ isPart: true }, "annotate", beginning, await learnt));
    }
    const { found, revision, isBased } = await session.read({ text, log, base: base?.found, learnt });
    if (beginning !== undefined) {
        // The answer of a long text takes long to come in: what comes of it is another task.
        await pause();
    }
    const known = new Set(kept.log.map(({ id }) => id));
    const unsaved = log.filter(({ id }) => !known.has(id));
    const opened = new Date().toISOString();
    const shown = { found, revision, settled: revision, waiting: false, log };
    const unread = together(kept.unread, unreadMore);
    /** @type {Open} */
    const open = { doc, title: titleOf(text, found), text, opened, ...shown, unsaved, unread, isBased, kept: false, failure };
    session.begin(open);
    void save(state, open);
    return unsaved.length;
}

/**
 * Takes corrections in that are on the device already.
 * @param {State} state
 * @param {string} doc
 * @param {readonly unknown[]} corrections
 */
async function takeIn(state, doc, corrections) {
    const open = state.session.current();
    if (open?.doc !== doc) {
        return;
    }
    const unread = corrections.filter((value) => !isCorrection(value)).map((value) => unreadEvent(doc, value));
    if (unread.length > 0) {
        open.unread = together(open.unread, unread);
        state.changed();
    }
    const log = merge(open.log, corrections.filter(isCorrection));
    if (log.length > open.log.length) {
        await replace(state, open, log);
    }
}

/**
 * Takes corrections in that come from elsewhere, and saves them.
 * @param {State} state
 * @param {readonly Correction[]} corrections
 * @returns {Promise<Correction[]>} Those that are new.
 */
async function bring(state, corrections) {
    const open = state.session.current();
    const known = new Set(open?.log.map(({ id }) => id));
    const more = corrections.filter(({ id }) => !known.has(id));
    if (open && more.length > 0) {
        open.unsaved = [...open.unsaved, ...more];
        await Promise.all([save(state, open), state.session.replace(open, merge(open.log, more))]);
    }
    return more;
}

/**
 * Puts another log in place of an article's, in which the corrections that this tab has not saved come last: when they
 * are saved, they get the next clocks.
 * @param {State} state
 * @param {Open} open
 * @param {readonly Correction[]} log
 */
async function replace(state, open, log) {
    const own = putLast(log, open.unsaved.filter(state.identity.isOwn));
    open.unsaved = merge(own, open.unsaved);
    await state.session.replace(open, merge(own, log));
}

/**
 * Takes in the log that is on the device.
 * @param {State} state
 * @param {boolean} isUnsure Whether the article may be gone from the device: then it is saved again.
 */
async function catchUp(state, isUnsure) {
    const open = state.session.current();
    if (open?.doc) {
        const { log, unread } = await state.store.log(open.doc).catch(() => ({ log: [], unread: [] }));
        open.unread = together(unread, open.unread);
        await takeIn(state, open.doc, log);
        state.changed();
    }
    if (open && isUnsure) {
        await save(state, open);
    }
}

/**
 * Saves everything that is not saved yet, so a correction that could not be saved is tried again with the next one.
 * @param {State} state
 * @param {Open} open
 */
async function save(state, open) {
    const { doc, log, unsaved, unread, failure } = open;
    try {
        if (!doc) {
            throw new DOMException("no secure address", "SecurityError");
        }
        const { isOwn } = state.identity;
        const { found, isBased } = open;
        const saved = await state.store.append(keptOf(open), { log, unsaved, isOwn, isFirst: !open.kept, unread, found, isBased });
        const ids = new Set(saved.map(({ id }) => id));
        open.kept = true;
        open.isBased ||= log.length > 0 && found === open.found;
        open.unsaved = open.unsaved.filter(({ id }) => !ids.has(id));
        open.saved = new Date();
        open.failure = undefined;
        state.tell(doc, saved);
        state.described();
        const shown = new Set(open.log);
        if (saved.some((correction) => !shown.has(correction))) {
            void replace(state, open, merge(saved, open.log));
        }
        if (failure) {
            // While nothing could be saved, nothing could be read either.
            void catchUp(state, false);
        }
    } catch (error) {
        open.failure = /** @type {Error} */ (error);
    }
    state.changed();
}

/**
 * Updates the row that the library shows. A failure loses no correction, so nothing is said of it.
 * @param {State} state
 * @param {Open} open
 */
async function describe(state, open) {
    if (open.doc) {
        await state.store.describe(keptOf(open)).then(state.described, () => undefined);
    }
}

/**
 * @param {Readonly<Open>} open
 * @returns {Article} As the view is given it.
 */
export function articleOf({ text, title, log, revision: { analysis, orphans, reviewed }, waiting }) {
    return { text, title, log, analysis, orphans, reviewed, waiting };
}

/** @type {WeakMap<Analysis, Tally>} */
const tallies = new WeakMap();

/**
 * @param {Open} open
 * @returns {Kept} With the numbers of the core's last answer: while a correction is predicted, nothing is counted.
 */
function keptOf({ doc, title, text, opened, log, settled: { analysis } }) {
    const counted = tallies.get(analysis) ?? tally(analysis);
    tallies.set(analysis, counted);
    return { doc, title, text, opened, ...countsOf(log), tally: counted };
}

/**
 * Events of two lists, each correction once.
 * @param {readonly Aside[]} records
 * @param {readonly Aside[]} more
 * @returns {Aside[]}
 */
function together(records, more) {
    const correctionOf = (/** @type {Aside} */ { value }) =>
        textOf(Object.hasOwn(/** @type {object} */ (value), "correction") ? /** @type {any} */ (value).correction : value);
    const known = new Set(records.map(correctionOf));
    return [...records, ...more.filter((record) => !known.has(correctionOf(record)))];
}
