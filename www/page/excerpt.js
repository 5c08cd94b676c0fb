/**
 * @file The excerpt on the first screen: what the page shows of an article, before there is one. The build has read it, and it is
 * drawn as the view draws.
 */

import { element } from "../kit/dom.js";
import { createMargin, entriesOf } from "../view/article/margin.js";
import { drawBlock } from "../view/article/draw.js";
import { createPlaces } from "../view/article/places.js";
import { annotationsOf, blocksOf, markedIn, segmentsOf } from "../state/segments.js";
import { createSigns } from "../state/signs.js";
import { words } from "../words/words.js";

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
                draw(text, found.text, found.analysis);
                node.hidden = false;
            }
        },
    };
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 * @param {Analysis} analysis
 */
function draw(node, text, analysis) {
    const places = createPlaces();
    const margin = createMargin(node, places, new AbortController().signal);
    const annotations = annotationsOf({ ...analysis, signs: createSigns()(text, analysis) });
    const blocks = blocksOf(text, analysis.zones);
    const marked = markedIn(blocks, annotations);
    blocks.forEach((block, index) => {
        const here = marked[index] ?? [];
        const drawn = drawBlock(text, block, segmentsOf(block, here), entriesOf(block, here), index === 0);
        places.note(index, block, drawn.node, drawn.pieces);
        node.append(drawn.node);
        margin.note(drawn.node, drawn.entries);
    });
}
