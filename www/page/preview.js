/**
 * @file The beginning of a long text, shown while the whole is read. Nothing of it can be corrected: the whole takes its place.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/page.js";
import { drawStill } from "./still.js";

/** @import {Analysis} from "../pkg/whosaid.js" */

export function createPreview() {
    const node = element("div", { class: "view preview", hidden: true });
    /** @type {(() => void) | undefined} */
    let end;

    /** @returns {boolean} Whether it was shown. */
    function hide() {
        const was = end !== undefined;
        end?.();
        end = undefined;
        node.hidden = true;
        fill(node);
        return was;
    }

    return {
        node,
        hide,

        /**
         * @param {string} beginning
         * @param {Analysis} found What was found in it.
         */
        show(beginning, found) {
            hide();
            const text = element("article", { class: "article many", "aria-label": words.preview, "aria-busy": "true" });
            // Its measures are those of the view, so that nothing moves when that takes its place.
            fill(node, element("div", { class: "desk" }, element("div", { class: "reading" }, text)));
            end = drawStill(text, beginning, found);
            node.hidden = false;
        },
    };
}
