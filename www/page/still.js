/**
 * @file An article that is only looked at, drawn as the view draws it: the excerpt on the first screen, and the beginning of a long
 * text while that is read.
 */

import { createMargin, entriesOf } from "../view/article/margin.js";
import { drawBlock } from "../view/article/draw.js";
import { createPlaces } from "../view/article/places.js";
import { createSections } from "../view/article/sections.js";
import { annotationsOf } from "../state/annotations.js";
import { blocksOf } from "../state/blocks.js";
import { markedIn, segmentsOf } from "../state/segments.js";
import { createSigns } from "../state/signs.js";

/** @import {Analysis} from "../pkg/whosaid.js" */

/**
 * @param {HTMLElement} node
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {() => void} Ends it: the node is empty then.
 */
export function drawStill(node, text, analysis) {
    const end = new AbortController();
    const places = createPlaces();
    const sections = createSections(node);
    const margin = createMargin(node, places, end.signal);
    const annotations = annotationsOf({ ...analysis, signs: createSigns()(text, analysis) });
    const blocks = blocksOf(text, analysis.zones);
    const marked = markedIn(blocks, annotations);
    blocks.forEach((block, index) => {
        const here = marked[index] ?? [];
        const drawn = drawBlock(text, block, segmentsOf(block, here), entriesOf(block, here), block.zone !== blocks[index - 1]?.zone);
        places.note(index, block, drawn.node, drawn.pieces);
        sections.add(drawn.node);
        margin.note(drawn.node, drawn.entries);
    });
    return () => {
        end.abort();
        sections.clear();
    };
}
