/**
 * @file The article that is corrected: its text, the analysis, the log. The session knows neither nodes nor the
 * device; its owner is told about each correction and keeps the log.
 */

import { effectOf, merge, redo, tick, undo } from "../state/log.js";
import { createReplay } from "./replay.js";

/** @import {Analysis, Correction, Edit, Learnt, Revision} from "../pkg/whosaid.js" */
/** @import {Client, Edited} from "../types.js" */
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

        /**
         * Puts another analysis in place of what was found in the open article.
         * @param {Analysis} found
         */
        async adopt(found) {
            const { open, replay } = state;
            if (!open) {
                return;
            }
            open.found = found;
            replay.forget(open);
            if (open.log.length > 0) {
                await replay.settle(open);
            } else {
                open.revision = open.settled = { analysis: found, orphans: [], reviewed: false };
                replay.start(open);
                state.changed();
            }
        },

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
