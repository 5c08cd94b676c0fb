/**
 * @file What the user corrects: it goes to the session, and the page tells it for a while, with a way back.
 */

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
    const undo = taking(session.undo);

    /**
     * @param {readonly Edit[]} edits They are undone together.
     * @param {string} [what] What they do.
     */
    function correctAll(edits, what) {
        edits.forEach((edit) => void session.correct(edit));
        const [first] = edits;
        if (!first || first.op === "undo") {
            notices.leave();
        } else {
            notices.done(what ?? words.log.sentence(first), () => edits.forEach(undo));
        }
    }

    return { correct: (/** @type {Edit} */ edit) => correctAll([edit]), correctAll, undo, redo: taking(session.redo) };
}
