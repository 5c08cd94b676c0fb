/**
 * @file What was learnt, folded up under the library: how many lessons there are. Their lists are fetched when it is unfolded.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/page.js";

/** @import {Memory} from "../types.js" */
/** @import {LessonActions, createLessonList} from "./lesson-list.js" */

/** @typedef {ReturnType<typeof createLessons>} Lessons */

/** @param {LessonActions} actions */
export function createLessons(actions) {
    const count = element("span", { class: "count" });
    const summary = element("summary", {}, element("h2", { class: "heading" }, words.learnt.title, " ", count));
    const node = element("details", { class: "lessons", ontoggle: () => void showList() }, summary);
    /** @type {ReturnType<typeof createLessonList> | undefined} */
    let list;
    /** @type {Parameters<ReturnType<typeof createLessonList>["show"]> | undefined} What was shown last. */
    let shown;

    async function showList() {
        if (!node.open || !shown) {
            return;
        }
        try {
            const made = await import("./lesson-list.js");
            if (!list) {
                list = made.createLessonList(actions);
                node.append(...list.nodes);
            }
        } catch {
            fill(node, summary, element("p", { class: "none" }, words.messages.missing.title, " ", words.messages.missing.todo));
            return;
        }
        await list.show(...shown);
    }

    return {
        node,

        /**
         * @param {Memory} memory
         * @param {boolean} isDamaged Whether the lessons cannot be read.
         */
        show(memory, isDamaged) {
            shown = [memory, isDamaged];
            const { names, cues, articles } = memory.learnt;
            const all = names.length + cues.length;
            fill(count, articles + all > 0 && String(all));
            return showList();
        },
    };
}
