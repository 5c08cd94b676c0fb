/**
 * @file The line where the user reads.
 */

/** @import {Place} from "../../kit/place.js" */

/**
 * Returns the first line of an article that is on the screen.
 * @param {HTMLElement} article
 * @param {Place} place
 * @returns {DOMRect | undefined}
 */
export function firstLine(article, place) {
    const { clear } = place.seen();
    const isBelow = (/** @type {Element} */ node) => node.getBoundingClientRect().bottom > clear;
    for (const section of [...article.children].filter(isBelow)) {
        const paragraph = [...section.children].find(isBelow);
        if (paragraph) {
            const range = new Range();
            range.selectNodeContents(paragraph);
            // Names in the margin are no text.
            const margin = paragraph.querySelector(":scope > .margin");
            if (margin) {
                range.setStartAfter(margin);
            }
            return [...range.getClientRects()].find(({ top }) => top >= clear);
        }
    }
    return undefined;
}
