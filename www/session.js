/**
 * @file The open article: its text, what was found in it, its log. Knows no node; tells when something changed.
 */

import { effectOf, merge, redo, tick, undo } from "./events.js";
import { createReplay } from "./replay.js";
import { digest } from "./text.js";

/** @import {Analysis, Correction, Edit, Notebook, Revision} from "./pkg/whosaid.js" */
/** @import {Reader} from "./reader.js" */
/** @import {Replay} from "./replay.js" */
/** @import {Store} from "./store.js" */

/**
 * @typedef {object} Open
 * @property {string} doc SHA-256 of the text; empty where the browser gives none.
 * @property {string} title
 * @property {string} text
 * @property {Analysis} found What the core found, without corrections.
 * @property {Revision} revision What holds, foreseen until the core has answered.
 * @property {Revision} settled What the core answered last.
 * @property {boolean} waiting Whether the core's answer is on its way.
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
 * @property {(effect: Edit | undefined) => void} making Called before a correction is made, with what it does.
 * @property {() => void} changed Called when there is something else to show.
 * @property {(error: Error) => void} failed Called when a correction could not be shown.
 */

/** @typedef {Needs & {open?: Open, replay: Replay}} State */

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {Needs} needs */
export function createSession(needs) {
    /** @type {State} */
    const state = {
        ...needs,
        replay: createReplay({
            ...needs,
            changed(open) {
                if (open === state.open) {
                    needs.changed();
                }
            },
        }),
    };
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
            return open && { text: open.text, analysis: open.settled.analysis, corrections: [...open.log] };
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
    const revision = log.length > 0 ? await reader.ask("correct", log, { text, found }) : { analysis: found, orphans: [], reviewed: false };
    const known = new Set(kept.map(({ id }) => id));
    const unsaved = log.filter(({ id }) => !known.has(id));
    state.open = { doc, title: titleOf(text, found), text, found, revision, settled: revision, waiting: false, log, unsaved, kept: false, failure };
    state.replay.start(state.open);
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
    state.making(effectOf(open.log, edit));
    const correction = state.event(edit, tick(open.log));
    open.log = merge(open.log, [correction]);
    open.unsaved = [...open.unsaved, correction];
    state.replay.foresee(open, edit);
    // What was made is on its way to the device before it is drawn.
    await Promise.all([save(state, open), state.replay.settle(open), state.changed()]);
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
        const settled = state.replay.settle(open);
        state.changed();
        await settled;
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
