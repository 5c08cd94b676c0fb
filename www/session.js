/**
 * @file The open article: its text, what was found in it, its log. Knows no node; tells when something changed.
 */

import { merge, redo, tick, undo } from "./events.js";
import { digest } from "./text.js";

/** @import {Analysis, Correction, Edit, Notebook, Revision} from "./pkg/whosaid.js" */
/** @import {Reader} from "./reader.js" */
/** @import {Store} from "./store.js" */

/**
 * @typedef {object} Open
 * @property {string} doc SHA-256 of the text; empty where the browser gives none.
 * @property {string} title
 * @property {string} text
 * @property {Analysis} found What the core found, without corrections.
 * @property {Revision} revision What holds.
 * @property {readonly Correction[]} log In the order of replay.
 * @property {readonly Correction[]} unsaved Those of the log that are not on the device yet.
 * @property {boolean} kept Whether the text is on the device.
 * @property {Date} [saved] When the last save was complete.
 * @property {Error} [failure] Why the last save failed.
 */

/**
 * What a session needs.
 * @typedef {object} Needs
 * @property {Reader} reader
 * @property {Store} store
 * @property {(edit: Edit, lamport: number) => Correction} event
 * @property {(doc: string, corrections: readonly Correction[]) => void} tell Tells the other tabs.
 * @property {() => void} changed Called when there is something else to show.
 * @property {(error: Error) => void} failed Called when a correction could not be shown.
 */

/** @typedef {Needs & {open?: Open, replays: number}} State */

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {Needs} needs */
export function createSession(needs) {
    /** @type {State} */
    const state = { ...needs, replays: 0 };
    return {
        /** @returns {Readonly<Open> | undefined} */
        open: () => state.open,
        start: start.bind(null, state),
        correct: correct.bind(null, state),
        undo: () => correct(state, state.open && undo(state.open.log)),
        redo: () => correct(state, state.open && redo(state.open.log)),
        takeIn: takeIn.bind(null, state),

        /** Looks for what other tabs saved while this one slept. */
        async refresh() {
            const doc = state.open?.doc;
            if (doc) {
                await takeIn(state, doc, await state.store.log(doc).catch(() => []));
            }
        },

        /** Lets go of the article. */
        close() {
            state.open = undefined;
            state.changed();
        },

        /** @returns {Notebook | undefined} All of it, to be exported. */
        notebook() {
            const { open } = state;
            return open && { text: open.text, analysis: open.revision.analysis, corrections: [...open.log] };
        },
    };
}

/**
 * Reads an article and opens it, with the log that is kept for it.
 * @param {State} state
 * @param {string} text
 * @param {readonly Correction[]} [more] To be merged into its log.
 * @returns {Promise<number>} How many of `more` were new.
 */
async function start(state, text, more = []) {
    const { reader, store } = state;
    const doc = await digest(text).catch(() => "");
    /** @type {Correction[]} */
    let kept = [];
    /** @type {Error | undefined} */
    let failure;
    try {
        kept = await store.log(doc);
    } catch (error) {
        failure = /** @type {Error} */ (error);
    }
    const found = await reader.ask("annotate", text);
    const log = merge(kept, more);
    const revision = log.length > 0 ? await reader.ask("correct", text, found, log) : { analysis: found, orphans: [] };
    const known = new Set(kept.map(({ id }) => id));
    const unsaved = log.filter(({ id }) => !known.has(id));
    state.open = { doc, title: titleOf(text, found), text, found, revision, log, unsaved, kept: false, failure };
    state.changed();
    void save(state, state.open);
    return unsaved.length;
}

/**
 * Appends to the log: the correction is shown and saved, whichever is ready first.
 * @param {State} state
 * @param {Edit | undefined} edit
 */
async function correct(state, edit) {
    const { open } = state;
    if (!edit || !open) {
        return;
    }
    const correction = state.event(edit, tick(open.log));
    open.log = merge(open.log, [correction]);
    open.unsaved = [...open.unsaved, correction];
    state.changed();
    await Promise.all([replay(state, open), save(state, open)]);
}

/**
 * Takes corrections in that are on the device already.
 * @param {State} state
 * @param {string} doc
 * @param {readonly Correction[]} corrections
 */
async function takeIn(state, doc, corrections) {
    const { open } = state;
    if (open?.doc !== doc) {
        return;
    }
    const log = merge(open.log, corrections);
    if (log.length > open.log.length) {
        open.log = log;
        state.changed();
        await replay(state, open);
    }
}

/**
 * @param {State} state
 * @param {Open} open
 */
async function replay(state, open) {
    state.replays += 1;
    const { replays } = state;
    try {
        const revision = await state.reader.ask("correct", open.text, open.found, [...open.log]);
        // A later replay knows more.
        if (replays === state.replays && open === state.open) {
            open.revision = revision;
            state.changed();
        }
    } catch (error) {
        state.failed(/** @type {Error} */ (error));
    }
}

/**
 * Saves what is not saved, the text too where it is not: what failed once is tried again with the next correction.
 * @param {State} state
 * @param {Open} open
 */
async function save(state, open) {
    const { doc, title, text, log, unsaved, kept } = open;
    try {
        if (!doc) {
            throw new DOMException("no secure address", "SecurityError");
        }
        const article = { doc, title, text, opened: new Date().toISOString() };
        await state.store.append(article, log, unsaved, !kept);
        open.kept = true;
        open.unsaved = open.unsaved.filter((correction) => !unsaved.includes(correction));
        open.saved = new Date();
        open.failure = undefined;
        state.tell(doc, unsaved);
    } catch (error) {
        open.failure = /** @type {Error} */ (error);
    }
    state.changed();
}

/**
 * What an article is called: its headline, or its first line.
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {string}
 */
function titleOf(text, { zones }) {
    const place = zones.find(({ zone }) => zone === "headline")?.span ?? zones[0]?.span;
    const line = (place ? text.slice(place.start, place.end) : text).trim().split("\n", 1)[0] ?? "";
    return line.slice(0, 200);
}
