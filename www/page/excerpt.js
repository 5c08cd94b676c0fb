/**
 * @file The excerpt on the first screen: what the page shows of an article, before there is one. The build has read it, and it is
 * drawn as the view draws.
 */

import { element } from "../kit/dom.js";
import { drawStill } from "./still.js";
import { words } from "../words/page.js";

/** @import {Analysis} from "../pkg/whosaid.js" */

/** @param {() => void} open Opens the article that it is from. */
export function createExcerpt(open) {
    const text = element("div", { class: "article", inert: true });
    const button = element("button", { type: "button", class: "link", onclick: open }, words.paste.openSample);
    const caption = element("figcaption", { class: "excerpt-caption" }, words.paste.excerpt, " · ", button);
    const node = element("figure", { class: "excerpt", hidden: true, onclick: open }, text, caption);
    // The button is in what a click anywhere opens.
    button.addEventListener("click", (event) => event.stopPropagation());
    let isAsked = false;
    return {
        node,

        /** Shows it, where it can be fetched: the way in does without. Who comes to an article at once does not fetch it. */
        async show() {
            if (isAsked) {
                return;
            }
            isAsked = true;
            const answer = await fetch("excerpt.json").catch(() => undefined);
            if (answer?.ok) {
                /** @type {{text: string, analysis: Analysis}} */
                const found = await answer.json();
                drawStill(text, found.text, found.analysis);
                node.hidden = false;
            }
        },
    };
}
