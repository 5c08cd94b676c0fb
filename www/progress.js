/**
 * @file What is being done, when it takes long enough to be asked about, and a way to stop it.
 */

import { element, fill } from "./dom.js";
import { words } from "./words.js";

/** What is done sooner is not worth a word, in milliseconds. */
const PATIENCE = 300;

/** @param {() => void} cancel */
export function createProgress(cancel) {
    const label = element("span", { id: "progress-label" });
    const stop = element("button", { type: "button", class: "quiet", onclick: cancel }, words.stage.cancel);
    const bar = element("progress", { "aria-labelledby": "progress-label" });
    const node = element("div", { class: "progress", hidden: true }, label, bar, stop);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    return {
        node,

        /** @param {"load" | "read" | "draw" | undefined} stage `undefined`: done. */
        show(stage) {
            if (stage === undefined) {
                clearTimeout(timer);
                timer = undefined;
                node.hidden = true;
                return;
            }
            fill(label, words.stage[stage]);
            // What is read is there: drawing it cannot be called off.
            stop.hidden = stage === "draw";
            timer ??= setTimeout(() => {
                node.hidden = false;
            }, PATIENCE);
        },
    };
}
