/**
 * @file Paragraphs in sections. All in one would be siblings, and each change would have the browser lay out and look through
 * thousands of them; of a long article it leaves out the sections that are not on the screen.
 */

import { element } from "../../kit/dom.js";

/** How many paragraphs stand in one: enough that the sections are few, few enough that one is laid out at once. */
const IN_ONE = 24;

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
            if (!last || count % IN_ONE === 0) {
                last = element("div", { class: "section" });
                article.append(last);
            }
            last.append(paragraph);
            count += 1;
        },
    };
}
