/**
 * @file A very long text that waits to be read, held beside the box that it was pasted into.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/words.js";

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
        fill(size, text === undefined ? "" : words.paste.held(text.length));
    }

    return { node, hold, held: () => held };
}
