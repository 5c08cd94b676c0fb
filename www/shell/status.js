/**
 * @file Where the data is and whether it is saved: always in sight.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/page.js";

/** @import {Open} from "../types.js" */

export function createStatus() {
    const here = element("span", { class: "here" }, words.status.here);
    const saved = element("span", { class: "saved", hidden: true });
    return {
        node: element("div", { class: "status" }, here, saved),

        /** @param {Readonly<Open> | undefined} open */
        show(open) {
            saved.hidden = !open;
            if (open) {
                fill(saved, ...savedText(open));
                saved.classList.toggle("failing", Boolean(open.failure));
            }
        },
    };
}

/**
 * @param {Readonly<Open>} open
 * @returns {(string | Node)[]}
 */
function savedText({ failure, unsaved, kept, saved }) {
    if (failure) {
        const [count, what] = words.status.unsaved(unsaved.length);
        return [element("span", { class: "more-words" }, count), what];
    }
    const isSaved = saved && kept && unsaved.length === 0;
    return isSaved ? [words.status.saved, element("span", { class: "when" }, ` ${words.clock(saved)}`)] : [words.status.saving];
}
