/**
 * @file Asks once before all marks that are left are accepted, and lists them.
 */

import { element, fill } from "../../kit/dom.js";
import { createChip } from "../article/chip.js";
import { contentOf } from "../lists/rows.js";
import { NOBODY } from "../../state/signs.js";
import { words } from "../../words/words.js";

/** @import {Annotation} from "../../types.js" */

/** @param {(marks: readonly Annotation[]) => void} accept */
export function createRest(accept) {
    /** @type {readonly Annotation[]} */
    let asked = [];
    const title = element("h2", { id: "rest-title" });
    const note = element("p", {}, words.review.nothingMissing);
    const list = element("ul", { class: "rest-list", tabindex: 0, "aria-labelledby": "rest-title" });
    const yes = element("button", { class: "main", value: "yes", autofocus: true });
    const node = element(
        "dialog",
        { class: "rest", "aria-labelledby": "rest-title", onclose: () => answer() },
        title,
        list,
        note,
        element("form", { method: "dialog", class: "tools" }, yes, element("button", { class: "quiet", value: "no" }, words.review.cancel)),
    );
    function answer() {
        const isYes = node.returnValue === "yes";
        // A browser that is busy tells of an earlier closing after this one: one answer counts once.
        node.returnValue = "";
        if (isYes) {
            accept(asked);
        }
    }

    return {
        node,

        /**
         * @param {string} text The article's.
         * @param {readonly Annotation[]} marks What would be accepted, in the order of the text.
         */
        ask(text, marks) {
            asked = marks;
            const claims = marks.filter(({ mark }) => mark === "claim");
            const names = marks.filter(({ mark }) => mark !== "claim");
            fill(title, words.review.acceptTitle(claims.length, names.length));
            fill(yes, marks.length > 0 ? words.review.accept(marks.length) : words.review.complete);
            list.hidden = marks.length === 0;
            fill(list, ...claims.map((claim) => claimLine(text, claim)), ...nameLines(text, names));
            // What an earlier question was answered says nothing of this one.
            node.returnValue = "";
            node.showModal();
        },
    };
}

/**
 * @param {string} text
 * @param {Annotation} claim
 */
function claimLine(text, { parts, sign = NOBODY }) {
    const name = element("strong", {}, sign.name || words.claims.nobody);
    return element("li", {}, createChip(sign), element("span", {}, name, " ", words.review.line(contentOf(text, parts))));
}

/**
 * The names, each once with the number of its places.
 * @param {string} text
 * @param {readonly Annotation[]} names
 * @returns {Node[]}
 */
function nameLines(text, names) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { mark, start, end } of names) {
        const line = words.review.name(text.slice(start, end), mark);
        counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => element("li", {}, element("span", {}, words.review.places(line, count))));
}
