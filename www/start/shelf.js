/**
 * @file The actions of the library: list and search the articles, delete them and bring them back, save and restore
 * all of them.
 */

import { explainStorage } from "../words/errors.js";
import { download, today } from "../kit/files.js";
import { withUnsaved } from "../state/log.js";
import { canRead, isMemory } from "../state/records.js";
import { fold } from "../state/text.js";
import { isWaiting, touched } from "../state/row.js";
import { forgetPrecise, keepsPrecise } from "../device/forget-precise.js";
import { settings } from "../device/settings.js";
import { downloadUnread } from "./unread.js";
import { words } from "../words/page.js";

/** @import {Attempt} from "../shell/attempt.js" */
/** @import {Library} from "./library.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {Correction} from "../pkg/whosaid.js" */
/** @import {Store} from "../device/store.js" */
/** @import {Client, Row, Session, Whole} from "../types.js" */

/** Held by each tab in which a deleted article can be brought back. */
const LOCK = "whosaid.library";

/**
 * @typedef {object} Needs
 * @property {Store} store
 * @property {Session} session
 * @property {Client} client
 * @property {Library} library
 * @property {ReturnType<typeof createNotices>} notices
 * @property {Attempt} attempt
 * @property {(doc: string, corrections: readonly Correction[]) => void} corrected Tells the other tabs of corrections.
 * @property {() => void} described Tells them that the library has something else to show.
 * @property {() => void} forgotten Tells them that everything was deleted.
 * @property {() => void} letGo Lets go of what this page holds of the precise network.
 * @property {() => void} startAnew Shows the way in.
 * @property {() => void} entered Called when the way in is shown.
 */

/**
 * @typedef {object} Visit While the library is shown.
 * @property {readonly Row[]} rows
 * @property {() => Promise<unknown>} leave Lets go of the lock.
 */

/** @typedef {Needs & {visit?: Visit, turn: number}} State */

/** @typedef {ReturnType<typeof createShelf>} Shelf */

/** @param {Needs} needs */
export function createShelf(needs) {
    /** @type {State} */
    const state = { ...needs, turn: 0 };
    return {
        /** The library is shown from now on. */
        async enter() {
            state.entered();
            state.visit ??= { rows: [], leave: hold() };
            await refresh(state);
            await look(state);
        },

        leave: () => leave(state),
        refresh: () => refresh(state),
        search: () => refresh(state),
        remove: remove.bind(null, state),

        /** @param {Row} row */
        undo: ({ doc, title }) =>
            state.attempt(async () => {
                const isBack = await state.store.mark(doc);
                await changed(state, isBack ? words.library.isBack(title || words.unnamed) : "");
            }),

        backup: backup.bind(null, state),
        forget: forget.bind(null, state),
        wasForgotten: () => wasForgotten(state),
        takeIn: takeIn.bind(null, state),
    };
}

/**
 * Holds the lock, with the other tabs that show the library.
 * @returns {() => Promise<unknown>} Lets go of it.
 */
function hold() {
    /** @type {(value?: unknown) => void} */
    let release = () => undefined;
    const released = new Promise((resolve) => (release = resolve));
    // A browser that keeps nothing has no locks, and nothing to hold them for.
    const held = navigator.locks?.request(LOCK, { mode: "shared" }, () => released).catch(() => undefined);
    return () => {
        release();
        return Promise.resolve(held);
    };
}

/**
 * Leaves the library: articles that were deleted there go for good, unless another tab can bring them back.
 * @param {State} state
 */
async function leave(state) {
    const { visit, store } = state;
    state.visit = undefined;
    if (!visit) {
        return;
    }
    await visit.leave();
    const deleted = visit.rows.flatMap(({ doc, deleted: at }) => (at ? [doc] : []));
    if (deleted.length > 0) {
        const purge = (/** @type {Lock | null} */ lock) => (lock ? store.purge(deleted) : Promise.resolve());
        // An article that cannot be removed now stays marked as deleted, and can be brought back once more.
        await navigator.locks?.request(LOCK, { ifAvailable: true }, purge).catch(() => undefined);
    }
}

/**
 * Shows the articles that match the search.
 * @param {State} state
 */
async function refresh(state) {
    const { visit, store, library } = state;
    if (!visit) {
        return;
    }
    state.turn += 1;
    const { turn } = state;
    const query = library.query().trim();
    const wanted = fold(query).split(/\s+/).filter(Boolean);
    const holds = (/** @type {string} */ text) => {
        const folded = fold(text);
        return wanted.every((word) => folded.includes(word));
    };
    /** @type {string | undefined} */
    let failure;
    const rows = await store.shelf().catch((error) => {
        failure = explainStorage(error).title;
        return [];
    });
    const found = wanted.length > 0 ? await store.search(holds).catch(() => new Set()) : undefined;
    if (turn === state.turn && visit === state.visit) {
        visit.rows = rows.sort((one, other) => (touched(one) < touched(other) ? 1 : -1));
        const articles = visit.rows.filter(({ doc, title }) => !found || found.has(doc) || holds(title));
        const all = rows.filter(({ deleted }) => !deleted).length;
        const isPrecise = await keepsPrecise();
        void library.show({ articles, all, waiting: rows.filter(isWaiting).length, isPrecise, query, failure });
        await showRoom(library);
    }
}

/** @param {Library} library */
async function showRoom(library) {
    const storage = /** @type {StorageManager | undefined} */ (navigator.storage);
    const [estimate, isPromised] = await Promise.all([
        storage?.estimate?.().catch(() => undefined),
        storage?.persisted?.().catch(() => false),
    ]);
    library.showRoom(estimate, isPromised === true);
}

/**
 * The library holds something else: it is shown here and in the other tabs, and said.
 * @param {State} state
 * @param {string} what
 */
async function changed(state, what) {
    state.notices.say(what);
    state.described();
    await refresh(state);
}

/**
 * Deletes an article and its corrections, until the library is left with a way back.
 * @param {State} state
 * @param {Row} row
 */
async function remove(state, row) {
    const { session, notices } = state;
    const open = session.current();
    const unsaved = open?.doc === row.doc ? open.unsaved.length : 0;
    const go = () => removeNow(state, row);
    if (unsaved === 0) {
        await go();
        return;
    }
    notices.show(words.notices.unsaved(unsaved), { label: words.actions.goOn, run: () => void go() });
}

/**
 * @param {State} state
 * @param {Row} row
 */
async function removeNow(state, { doc, title }) {
    const { store, session, notices, attempt } = state;
    const done = async () => {
        if (session.current()?.doc === doc) {
            session.close();
        }
        await changed(state, words.library.wasDeleted(title || words.unnamed));
    };
    await attempt(async () => {
        try {
            await store.mark(doc, new Date().toISOString());
            await done();
        } catch (error) {
            if (/** @type {Error} */ (error).name !== "QuotaExceededError") {
                throw error;
            }
            // A full disk has no room for the mark that makes it possible to undo.
            const run = () => void attempt(() => store.purge([doc], true).then(done));
            notices.show(words.notices.noRoomToDelete, { label: words.library.deleteForGood, run });
        }
    });
}

/**
 * Downloads the whole library as a file.
 * @param {State} state
 */
async function backup({ store, session, attempt }) {
    await attempt(async () => {
        const open = session.current();
        const rows = await store.shelf();
        const there = rows.filter(({ deleted }) => !deleted).sort((one, other) => (touched(one) < touched(other) ? 1 : -1));
        const wholes = await Promise.all(
            there.map(async (row) => {
                const [text, kept, base] = await Promise.all([store.text(row.doc), store.log(row.doc), store.base(row.doc)]);
                const log = withUnsaved(kept.log, row.doc, open);
                return text === undefined ? [] : [/** @type {Whole} */ ({ ...row, text, log, base })];
            }),
        );
        const held = new Set([...wholes.flat(), ...rows.filter(({ deleted }) => deleted)].map(({ doc }) => doc));
        const learnt = await store.learnt();
        const { writeLibrary } = await import("../device/backup.js");
        const parts = writeLibrary(wholes.flat(), isMemory(learnt) ? learnt : undefined, await store.odd((doc) => held.has(doc)));
        download(`whosaid-library-${today()}.json`, parts, "application/json");
    });
}

/**
 * Takes the file of a library in: articles that can be read are added, other records are set aside.
 * @param {State} state
 * @param {string} content
 */
async function takeIn(state, content) {
    const { store, session, client, notices } = state;
    const { readLibrary } = await import("../device/backup.js");
    const { articles, learnt, aside, faults } = await readLibrary(content, client);
    const taken = await store.takeIn(articles, aside, learnt);
    for (const [index, { doc }] of articles.entries()) {
        const corrections = taken.corrections[index] ?? [];
        state.corrected(doc, corrections);
        void session.takeIn(doc, corrections);
    }
    const count = taken.corrections.reduce((sum, { length }) => sum + length, 0);
    state.described();
    await refresh(state);
    await look(state);
    const unread = aside.filter(({ store: name, value }) => !canRead(name, value));
    const save = { label: words.unreadable.download(unread.length), run: () => downloadUnread(unread) };
    notices.show(words.notices.restored(taken.articles, count, faults), ...(unread.length > 0 ? [save] : []));
}

/**
 * Deletes everything on this device, after it has asked and offered a backup.
 * @param {State} state
 */
async function forget(state) {
    const { store, notices, attempt } = state;
    await attempt(async () => {
        const count = (await store.shelf()).filter(({ deleted }) => !deleted).length;
        const isPrecise = await keepsPrecise();
        const ask = () => {
            // The question stays while the backup is made.
            const save = { label: words.library.backup, run: () => void backup(state).then(ask) };
            const go = { label: words.library.forgetNow, run: () => void forgetNow(state) };
            notices.show(words.library.forgetAsks(count, isPrecise), save, go);
        };
        ask();
    });
}

/** @param {State} state */
async function forgetNow(state) {
    await state.attempt(async () => {
        state.letGo();
        await Promise.all([state.store.forget(), forgetPrecise()]);
        // The settings stand outside of the database, the name of this profile among them.
        settings.forget();
        state.forgotten();
        wasForgotten(state);
        state.notices.show(words.library.isForgotten);
    });
}

/**
 * Leaves the open article, which is deleted.
 * @param {State} state
 */
function wasForgotten({ session, startAnew }) {
    session.close();
    startAnew();
}

/**
 * Shows which records cannot be read.
 * @param {State} state
 */
async function look({ store, library }) {
    const odd = await store.odd().catch(() => []);
    library.showUnread(odd.filter(({ store: name, value }) => !canRead(name, value)));
}
