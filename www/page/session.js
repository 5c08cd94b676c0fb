/**
 * @file The open article: its text, what was found in it, its log. Knows no node; tells when something changed.
 */

import { countsOf } from "../device/database.js";
import { effectOf, entries, merge, putLast, redo, tick, undo } from "../state/log.js";
import { isCorrection, textOf, unreadEvent } from "../state/records.js";
import { createReplay } from "../edit/replay.js";
import { tally } from "../state/tally.js";
import { digest, firstLine } from "../state/text.js";

/** @import {Analysis, Correction, Edit, Learnt, Notebook, Revision} from "../pkg/whosaid.js" */
/** @import {Identity} from "../edit/identity.js" */
/** @import {Replay} from "../edit/replay.js" */
/** @import {Store} from "../device/store.js" */
/** @import {Again, Aside, Client, Kept, Open} from "../types.js" */

/**
 * What a session needs.
 * @typedef {object} Needs
 * @property {Client} client
 * @property {Store} store
 * @property {Identity} identity
 * @property {(doc: string) => Promise<Learnt | undefined>} learnt What an article is to be read with.
 * @property {(doc: string, corrections: readonly Correction[]) => void} tell Tells the other tabs what is saved.
 * @property {() => void} described Called when the library has something else to show.
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
            changed(replayed) {
                const { open } = state;
                if (open && open === replayed) {
                    needs.changed();
                    void describe(state, open);
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
        readAgain: () => readAgain(state),

        /** @returns {Promise<boolean>} Whether the open article was corrected on what another model found. */
        async isOlder() {
            const { open, client } = state;
            return open !== undefined && open.log.length > 0 && open.found.model !== (await client.ask("model"));
        },

        /** Looks for what other tabs saved while this one slept, and tries again to save what could not be saved. */
        refresh: () => catchUp(state, state.open?.failure !== undefined),

        /** Saves the open article once more: it may be gone from the device, or could not be saved before. */
        async saveAgain() {
            if (state.open) {
                state.open.saved = undefined;
                state.changed();
                await catchUp(state, true);
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
            const unread = open?.unread.map(({ value }) => /** @type {any} */ (value)) ?? [];
            return open && { text: open.text, analysis: open.settled.analysis, corrections: [...open.log, ...unread.map((event) => ("correction" in event ? event.correction : event))] };
        },
    };
}

/**
 * Reads an article and opens it, with the log that is kept for it.
 * @param {State} state
 * @param {string} text
 * @param {readonly unknown[]} [more] Corrections to be merged into its log.
 * @param {string} [name] What it is kept under; absent: the hash of its text.
 * @returns {Promise<number>} How many of `more` were new.
 */
async function start(state, text, more = [], name = undefined) {
    const { client, store } = state;
    const doc = name ?? (await digest(text).catch(() => ""));
    const unreadMore = more.filter((value) => !isCorrection(value)).map((value) => unreadEvent(doc, value));
    let kept = { log: /** @type {Correction[]} */ ([]), unread: /** @type {Aside[]} */ ([]) };
    /** @type {Error | undefined} */
    let failure;
    // Both at once: where the device does not answer, that is waited for once.
    const learnt = state.learnt(doc);
    try {
        kept = await store.log(doc);
    } catch (error) {
        failure = /** @type {Error} */ (error);
    }
    const log = merge(kept.log, more.filter(isCorrection));
    const base = log.length > 0 ? await store.base(doc).catch(() => undefined) : undefined;
    const based = base && (await correctBase(state, text, base.found, log));
    // What was corrected before the first analysis was kept is read as it was then, so that its corrections hold.
    const found = based ? base.found : await client.ask("annotate", text, log.length === 0 ? await learnt : undefined);
    const bare = { analysis: found, orphans: [], reviewed: false };
    const revision = based ?? (log.length > 0 ? await client.ask("correct", log, { text, found }) : bare);
    const known = new Set(kept.log.map(({ id }) => id));
    const unsaved = log.filter(({ id }) => !known.has(id));
    const opened = new Date().toISOString();
    const shown = { found, revision, settled: revision, waiting: false, log };
    const unread = together(kept.unread, unreadMore);
    const isBased = based !== undefined;
    state.open = { doc, title: titleOf(text, found), text, opened, ...shown, unsaved, unread, isBased, kept: false, failure };
    state.replay.start(state.open);
    state.changed();
    void save(state, state.open);
    return unsaved.length;
}

/**
 * Corrects the analysis that an article was corrected on before.
 * @param {State} state
 * @param {string} text
 * @param {Analysis} found
 * @param {Correction[]} log
 * @returns {Promise<Revision | undefined>} `undefined` where the analysis is damaged.
 */
async function correctBase({ client }, text, found, log) {
    try {
        return await client.ask("correct", log, { text, found });
    } catch (error) {
        if (!["ArgumentError", "TypeError"].includes(/** @type {Error} */ (error).name)) {
            throw error;
        }
        return undefined;
    }
}

/**
 * Looks how another model than the one that the article was corrected on would read it.
 * @param {State} state
 * @returns {Promise<Again | undefined>} `undefined` where the model is the same.
 */
async function readAgain(state) {
    const { open, client } = state;
    if (!open || open.log.length === 0 || (await client.ask("model")) === open.found.model) {
        return undefined;
    }
    const found = await client.ask("annotate", open.text, await state.learnt(open.doc));
    const { text } = open;
    const { orphans } = await client.ask("correct", [...open.log], { text, found });
    const before = new Set(open.settled.orphans);
    const lost = orphans.filter((id) => !before.has(id)).length;
    return {
        lost,
        all: entries(open.log).length,
        async use() {
            Object.assign(open, { found, isBased: false });
            await Promise.all([state.replay.settle(open), save(state, open)]);
        },
    };
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
    const correction = state.identity.event(edit, tick(open.log));
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
 * @param {readonly unknown[]} corrections
 */
async function takeIn(state, doc, corrections) {
    const { open } = state;
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
 * Puts another log in place of an article's, in which the corrections that this tab has not saved come last: when they
 * are saved, they get the next clocks.
 * @param {State} state
 * @param {Open} open
 * @param {readonly Correction[]} log
 */
async function replace(state, open, log) {
    const own = putLast(log, open.unsaved.filter(state.identity.isOwn));
    open.unsaved = merge(own, open.unsaved);
    open.log = merge(own, log);
    const settled = state.replay.settle(open);
    state.changed();
    await settled;
}

/**
 * Takes in what is on the device.
 * @param {State} state
 * @param {boolean} isUnsure Whether what is open may not be there: then it is saved again.
 */
async function catchUp(state, isUnsure) {
    const { open } = state;
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
 * Saves what is not saved, the text too where it is not: what failed once is tried again with the next correction.
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
 * Notes for the library what holds now. It is not what was made: when it fails, nothing is lost and nothing is said.
 * @param {State} state
 * @param {Open} open
 */
async function describe(state, open) {
    if (open.doc) {
        await state.store.describe(keptOf(open)).then(state.described, () => undefined);
    }
}

/**
 * @param {Open} open
 * @returns {Kept}
 */
function keptOf({ doc, title, text, opened, log, revision }) {
    return { doc, title, text, opened, ...countsOf(log), tally: tally(revision.analysis) };
}

/**
 * Events of two lists, each correction once.
 * @param {readonly Aside[]} records
 * @param {readonly Aside[]} more
 * @returns {Aside[]}
 */
function together(records, more) {
    const correctionOf = (/** @type {Aside} */ { value }) => textOf(Object.hasOwn(/** @type {object} */ (value), "correction") ? /** @type {any} */ (value).correction : value);
    const known = new Set(records.map(correctionOf));
    return [...records, ...more.filter((record) => !known.has(correctionOf(record)))];
}

/**
 * What an article is called: its headline, or its first line.
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {string}
 */
function titleOf(text, { zones }) {
    const place = zones.find(({ zone }) => zone === "headline")?.span ?? zones[0]?.span;
    return firstLine(place ? text.slice(place.start, place.end) : text);
}
