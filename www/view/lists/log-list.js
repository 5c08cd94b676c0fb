/**
 * @file The log in plain sentences, newest first. Each correction can be taken back, and put back.
 */

import { element, fill } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { entries } from "../../state/log.js";
import { words } from "../../words/words.js";

/** @import {Correction, Edit} from "../../pkg/whosaid.js" */
/** @import {Entry} from "../../state/log.js" */
/** @import {Row} from "../../kit/keyed.js" */

/** @typedef {Entry & {orphan: boolean}} Item */

/**
 * @param {object} given
 * @param {(edit: Edit) => void} given.correct
 * @param {() => void} given.importFile
 */
export function createHistory(given) {
    const list = element("ol", { class: "rows log" });
    const none = element("p", { class: "none" }, words.log.none);
    const load = element("button", { type: "button", class: "quiet", onclick: given.importFile }, words.log.import);
    const misfits = element("p", { class: "misfits", hidden: true });
    const rows = createKeyed(
        list,
        (/** @type {Item} */ { correction }) => correction.id,
        () => entryRow(given.correct),
    );
    return {
        node: element("div", {}, element("div", { class: "tools" }, load), misfits, none, list),

        /**
         * @param {readonly Correction[]} log In the order of replay.
         * @param {readonly string[]} orphans Ids of those that fit no more.
         */
        show(log, orphans) {
            const items = entries(log).map((entry) => ({ ...entry, orphan: orphans.includes(entry.correction.id) }));
            none.hidden = items.length > 0;
            // Corrections that no longer fit come first, so that they are not overlooked.
            const [fit, misfit] = [items.filter(({ orphan }) => !orphan), items.filter(({ orphan }) => orphan)];
            misfits.hidden = misfit.length === 0;
            fill(misfits, misfit.length > 0 && words.log.orphans(misfit.length));
            return rows.show([...misfit.toReversed(), ...fit.toReversed()]);
        },
    };
}

/**
 * @param {(edit: Edit) => void} correct
 * @returns {Row<Item>}
 */
function entryRow(correct) {
    let taken = "";
    const what = element("p", {});
    const button = element("button", {
        type: "button",
        class: "quiet",
        onclick: () => correct({ op: "undo", correction: taken }),
    });
    const time = element("span", { class: "tags" });
    const node = element("li", { class: "log-entry" }, what, element("div", { class: "entry-foot" }, time, button));
    return {
        node,
        update({ correction, back, orphan }) {
            const { edit } = correction;
            // A correction is put back by undoing the undo.
            taken = back ? back.id : correction.id;
            const sentence = edit.op === "undo" ? "" : words.log.sentence(edit);
            fill(what, back ? element("s", {}, sentence) : sentence);
            const notes = [words.when(correction.time), back && words.log.takenBack(words.when(back.time)), orphan && words.log.orphan];
            fill(time, notes.filter(Boolean).join(" · "));
            node.classList.toggle("orphan", orphan);
            fill(button, back ? words.log.restore : words.log.back);
            button.setAttribute("aria-label", `${button.textContent}: ${sentence}`);
        },
    };
}
