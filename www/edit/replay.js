/**
 * @file Applies the log after each correction: predicted at once, then by the core. The core is asked for one answer
 * at a time; corrections that come meanwhile are asked about together.
 */

import { effectOf, entries } from "../state/log.js";

/** @import {Correction, Edit, Revision} from "../pkg/whosaid.js" */
/** @import {predict} from "../state/predict.js" */
/** @import {Client, Edited} from "../types.js" */

/** How many earlier states are remembered: undo and redo show these at once. */
const REMEMBERED = 64;

/** @typedef {ReturnType<typeof createReplay>} Replay */

/**
 * @param {object} needs
 * @param {Pick<Client, "ask">} needs.client
 * @param {(open: Edited) => void} needs.changed Called when something else holds.
 * @param {(error: Error) => void} needs.failed
 */
export function createReplay({ client, changed, failed }) {
    /** @type {WeakMap<Edited, Map<string, Revision>>} What held, by the corrections in force. */
    const known = new WeakMap();
    /** @type {typeof predict | undefined} */
    let foresee;

    /**
     * @param {Edited} open
     * @returns {Map<string, Revision>}
     */
    function knownOf(open) {
        const map = known.get(open) ?? new Map();
        known.set(open, map);
        return map;
    }

    /**
     * @param {Edited} open
     * @param {string} after
     * @param {Revision} revision
     */
    function remember(open, after, revision) {
        const map = knownOf(open);
        map.delete(after);
        map.set(after, revision);
        for (const oldest of [...map.keys()].slice(0, Math.max(0, map.size - REMEMBERED))) {
            map.delete(oldest);
        }
    }

    /**
     * Asks until the answer is about all of the log.
     * @param {Edited} open
     */
    async function ask(open) {
        for (let isNew = true; isNew;) {
            const { log, text, found } = open;
            try {
                const revision = await client.ask("correct", [...log], { text, found });
                // Where it was read anew meanwhile, this held before.
                if (found === open.found) {
                    remember(open, inForce(log), revision);
                    open.settled = revision;
                    open.revision = log === open.log ? revision : open.revision;
                }
            } catch (error) {
                failed(/** @type {Error} */ (error));
            }
            isNew = log !== open.log || found !== open.found;
        }
    }

    return {
        /** Fetches what predicts; without it corrections are shown when the core has answered. */
        async prepare() {
            foresee ??= (await import("../state/predict.js").catch(() => undefined))?.predict;
        },

        /**
         * Predicts the effect of an edit that stands in the log already, where that can be done.
         * @param {Edited} open
         * @param {Edit} edit
         */
        predict(open, edit) {
            const after = inForce(open.log);
            const { revision } = open;
            const before = knownOf(open).get(after);
            const effect = before ? undefined : effectOf(open.log, edit);
            const analysis = effect && foresee?.(open.text, revision.analysis, effect, open);
            if (before) {
                open.revision = before;
            } else if (analysis) {
                open.revision = { ...revision, analysis, reviewed: revision.reviewed || edit.op === "review" };
            }
        },

        /**
         * Asks the core for the analysis after all of the log.
         * @param {Edited} open
         */
        async settle(open) {
            if (open.waiting) {
                // Whoever waits for the last answer asks again.
                return;
            }
            open.waiting = true;
            await ask(open);
            open.waiting = false;
            changed(open);
        },

        /**
         * Forgets what held before: the article was read anew.
         * @param {Edited} open
         */
        forget: (open) => known.delete(open),

        /** @param {Edited} open With the core's answer to all of its log. */
        start: (open) => remember(open, inForce(open.log), open.revision),
    };
}

/**
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {string} The corrections that are in force: the same ones, the same analysis.
 */
function inForce(log) {
    return entries(log)
        .flatMap(({ correction, back }) => (back ? [] : [correction.id]))
        .join(" ");
}
