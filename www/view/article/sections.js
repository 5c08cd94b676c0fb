/**
 * @file Paragraphs in sections. All in one would be siblings, and each change would have the browser lay out and look through
 * thousands of them; of a long article it leaves out the sections that are not on the screen.
 */

import { element } from "../../kit/dom.js";

/** How many paragraphs stand in one: many in few, since each costs in each frame. */
const IN_ONE = 24;

/** The first ones are small: a text is laid out there while the core has its hands full. style/article.css knows both sizes. */
const FIRST = { sections: 6, inOne: 8 };

/** @param {HTMLElement} article */
export function createSections(article) {
    let count = 0;
    /** @type {HTMLElement | undefined} */
    let last;

    return {
        clear() {
            count = 0;
            article.replaceChildren();
        },

        /** @param {Element} paragraph The next. */
        add(paragraph) {
            if (!last || count % (count < FIRST.sections * FIRST.inOne ? FIRST.inOne : IN_ONE) === 0) {
                last = element("div", { class: "section" });
                article.append(last);
            }
            last.append(paragraph);
            count += 1;
        },
    };
}
