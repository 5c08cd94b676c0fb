/**
 * @file What the user corrects: it goes to the session, and the page tells it for a while, with a way back.
 */

import { lastInForce, redo, takenBack } from "../state/log.js";
import { words } from "../words/words.js";

/** @import {createNotices} from "../shell/notices.js" */
/** @import {Edit} from "../pkg/whosaid.js" */
/** @import {KeptSession} from "./keep.js" */

/** @typedef {ReturnType<typeof createCorrections>} Corrections */

/** @param {{session: KeptSession, notices: ReturnType<typeof createNotices>}} page */
export function createCorrections({ session, notices }) {
    // What is told can be taken back as long as it is the last.
    const taking = (/** @type {() => Promise<void>} */ take) => () => {
        notices.leave();
        void take();
    };
    const log = () => session.current()?.log ?? [];
    /** The ids of those that were made at once, which are taken back and put back at once. @type {ReadonlySet<string>[]} */
    const groups = [];

    /**
     * @param {string | undefined} id
     * @param {boolean} isBack Whether those are counted that are taken back, or the others.
     * @returns {number} With how many others it goes, and itself.
     */
    function together(id, isBack) {
        const gone = takenBack(log());
        const group = groups.find((each) => id !== undefined && each.has(id));
        return Math.max(1, [...(group ?? [])].filter((each) => gone.has(each) === isBack).length);
    }

    const repeat = (/** @type {number} */ times, /** @type {() => Promise<void>} */ step) => {
        for (let done = 0; done < times; done += 1) {
            void step();
        }
    };

    const undo = taking(async () => repeat(together(lastInForce(log())?.id, false), session.undo));
    const redoes = taking(async () => {
        const back = redo(log());
        const { edit } = log().find(({ id }) => back?.op === "undo" && id === back.correction) ?? {};
        repeat(together(edit?.op === "undo" ? edit.correction : undefined, true), session.redo);
    });

    /**
     * @param {readonly Edit[]} edits They are undone together.
     * @param {string} [what] What they do.
     */
    function correctAll(edits, what) {
        const before = new Set(log().map(({ id }) => id));
        edits.forEach((edit) => void session.correct(edit));
        if (edits.length > 1) {
            groups.push(new Set(log().flatMap(({ id }) => (before.has(id) ? [] : [id]))));
        }
        const [first] = edits;
        if (!first || first.op === "undo") {
            notices.leave();
        } else {
            notices.done(what ?? words.log.sentence(first), undo);
        }
    }

    return { correct: (/** @type {Edit} */ edit) => correctAll([edit]), correctAll, undo, redo: redoes };
}
