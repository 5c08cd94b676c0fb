/**
 * @file A very long text that waits to be read, held beside the box that it was pasted into.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/page.js";

/** @param {HTMLElement} box The box that gets the focus when the text is discarded. */
export function createHolding(box) {
    /** @type {string | undefined} */
    let held;
    const size = element("span", {});
    const release = () => {
        hold(undefined);
        box.focus();
    };
    const node = element(
        "p",
        { class: "holding", role: "status", hidden: true },
        size,
        " ",
        element("button", { type: "button", class: "link", onclick: release }, words.paste.letGo),
    );

    /** @param {string | undefined} text */
    function hold(text) {
        held = text;
        node.hidden = text === undefined;
        fill(size, text === undefined ? "" : words.paste.held(wordsIn(text)));
    }

    return { node, hold, held: () => held };
}

/**
 * How many words a text has: a loop, since the list of them would take as much room as the text.
 * @param {string} text
 */
function wordsIn(text) {
    let [count, wasSpace] = [0, true];
    for (let at = 0; at < text.length; at += 1) {
        const isSpace = text.charCodeAt(at) <= 32;
        count += wasSpace && !isSpace ? 1 : 0;
        wasSpace = isSpace;
    }
    return count;
}
