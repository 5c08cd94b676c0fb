/**
 * @file The article that is corrected: its text, the analysis, the log. The session knows neither nodes nor the
 * device; its owner is told about each correction and keeps the log.
 */

import { effectOf, entries, merge, redo, tick, undo } from "../state/log.js";
import { createReplay } from "./replay.js";

/** @import {Analysis, Correction, Edit, Learnt, Revision} from "../pkg/whosaid.js" */
/** @import {Reread, Client, Edited} from "../types.js" */
/** @import {Identity} from "./identity.js" */
/** @import {Replay} from "./replay.js" */

/**
 * What a session needs.
 * @template {Edited} Article
 * @typedef {object} Needs
 * @property {Pick<Client, "ask">} client
 * @property {Identity} identity
 * @property {(correction: Correction) => boolean} [allowed] Whether a correction may be made.
 * @property {(effect: Edit | undefined) => void} making Called before a correction is made, with what it does.
 * @property {(open: Article, correction: Correction) => Promise<void>} made Keeps a correction; called before it is drawn.
 * @property {(open: Article) => void} settled Called when the core has answered, with the article that is open.
 * @property {() => void} changed Called when there is something else to show.
 * @property {(error: Error) => void} failed Called when a correction could not be shown.
 */

/**
 * @template {Edited} Article
 * @typedef {Needs<Article> & {open?: Article, replay: Replay}} State
 */

/**
 * The sources of an article.
 * @typedef {object} Sources
 * @property {string} text
 * @property {readonly Correction[]} log In the order of replay.
 * @property {Analysis} [base] The analysis that the log was made on, if that is known.
 * @property {Promise<Learnt | undefined>} learnt The lessons that an article without corrections is read with.
 */

/**
 * @template {Edited} Article
 * @param {Needs<Article>} needs
 */
export function createSession(needs) {
    /** @type {State<Article>} */
    const state = {
        ...needs,
        replay: createReplay({
            ...needs,
            changed(replayed) {
                const { open } = state;
                if (open && open === replayed) {
                    needs.changed();
                    needs.settled(open);
                }
            },
        }),
    };
    return {
        /** @returns {Article | undefined} */
        current: () => state.open,

        /** @param {Sources} sources */
        async read(sources) {
            const [found] = await Promise.all([read(needs.client, sources), state.replay.prepare()]);
            return found;
        },

        /** @param {Article} article Read, with all of its log. */
        begin(article) {
            state.open = article;
            state.replay.start(article);
            state.changed();
        },

        correct: (/** @type {Edit | undefined} */ edit) => correct(state, edit),
        undo: () => correct(state, state.open && undo(state.open.log)),
        redo: () => correct(state, state.open && redo(state.open.log)),

        /**
         * Puts another log in place of an article's.
         * @param {Article} open
         * @param {readonly Correction[]} log
         */
        async replace(open, log) {
            open.log = log;
            const settled = state.replay.settle(open);
            state.changed();
            await settled;
        },

        /** @returns {Promise<boolean>} Whether the open article was corrected on the analysis of another model. */
        async isOlder() {
            const { open, client } = state;
            return open !== undefined && open.log.length > 0 && open.found.model !== (await client.ask("model"));
        },

        reread: (/** @type {() => Promise<Learnt | undefined>} */ learnt) => reread(state, learnt),
        weigh: (/** @type {Analysis} */ found) => weigh(state, found),

        /** Lets go of the article. */
        close() {
            state.open = undefined;
            state.changed();
        },
    };
}

/**
 * Reads an article. A corrected one is read as it was read before its corrections, so that these hold.
 * @param {Needs<Edited>["client"]} client
 * @param {Sources} sources
 * @returns {Promise<{found: Analysis, revision: Revision, isBased: boolean}>} Based: `found` is the base that was given.
 */
async function read(client, { text, log, base, learnt }) {
    const based = base && (await correctBase(client, text, base, log));
    if (based) {
        return { found: base, revision: based, isBased: true };
    }
    // Corrections that have no base were made on an analysis without lessons.
    const found = await client.ask("annotate", text, log.length === 0 ? await learnt : undefined);
    const bare = { analysis: found, orphans: [], reviewed: false };
    const revision = log.length > 0 ? await client.ask("correct", [...log], { text, found }) : bare;
    return { found, revision, isBased: false };
}

/**
 * Corrects the analysis that an article was corrected on before.
 * @param {Needs<Edited>["client"]} client
 * @param {string} text
 * @param {Analysis} found
 * @param {readonly Correction[]} log
 * @returns {Promise<Revision | undefined>} `undefined` where the analysis is damaged.
 */
async function correctBase(client, text, found, log) {
    try {
        return await client.ask("correct", [...log], { text, found });
    } catch (error) {
        if (!["ArgumentError", "TypeError"].includes(/** @type {Error} */ (error).name)) {
            throw error;
        }
        return undefined;
    }
}

/**
 * Looks how another model than the one that the article was corrected on would read it.
 * @template {Edited} Article
 * @param {State<Article>} state
 * @param {() => Promise<Learnt | undefined>} learnt The lessons that it is to be read with.
 * @returns {Promise<Reread | undefined>} `undefined` where the model is the same.
 */
async function reread(state, learnt) {
    const { open, client } = state;
    if (!open || open.log.length === 0 || (await client.ask("model")) === open.found.model) {
        return undefined;
    }
    return weigh(state, await client.ask("annotate", open.text, await learnt()));
}

/**
 * Looks how the open article would hold on another analysis of its text.
 * @template {Edited} Article
 * @param {State<Article>} state
 * @param {Analysis} found
 * @returns {Promise<Reread | undefined>} `undefined` where no article is open.
 */
async function weigh({ open, client, replay }, found) {
    if (!open) {
        return undefined;
    }
    const { text, log } = open;
    const { orphans } = log.length > 0 ? await client.ask("correct", [...log], { text, found }) : { orphans: [] };
    const before = new Set(open.settled.orphans);
    const lost = orphans.filter((id) => !before.has(id)).length;
    return {
        lost,
        all: entries(log).length,
        async use() {
            open.found = found;
            replay.forget(open);
            await replay.settle(open);
        },
    };
}

/**
 * Appends to the log: the correction is shown and saved, whichever is ready first.
 * @template {Edited} Article
 * @param {State<Article>} state
 * @param {Edit | undefined} edit
 */
async function correct(state, edit) {
    const { open } = state;
    if (!edit || !open) {
        return;
    }
    const correction = state.identity.event(edit, tick(open.log));
    if (state.allowed?.(correction) === false) {
        return;
    }
    state.making(effectOf(open.log, edit));
    open.log = merge(open.log, [correction]);
    state.replay.predict(open, edit);
    // The correction is on its way to the device before it is drawn.
    await Promise.all([state.made(open, correction), state.replay.settle(open), state.changed()]);
}
