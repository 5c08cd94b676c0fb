/**
 * @file Draws paragraphs as nodes: flat marks that do not overlap, with a line each for marks that do.
 */

import { element } from "../../kit/dom.js";
import { UNSURE } from "../../state/segments.js";
import { words } from "../../words/words.js";

/** @import {Piece} from "./places.js" */
/** @import {Annotation, Block, Segment} from "../../types.js" */

/** Zones in which no claims are looked for. */
const UNREAD = new Set(["navigation", "byline", "dateline", "footer"]);

/**
 * A paragraph that is drawn.
 * @typedef {object} Drawn
 * @property {HTMLElement} node
 * @property {Piece[]} pieces Its text nodes, in order.
 * @property {{node: HTMLElement, segment: Segment}[]} marks
 */

/**
 * A paragraph as nodes.
 * @param {string} text The article's.
 * @param {Block} block
 * @param {readonly Segment[]} segments
 * @param {boolean} first Whether it is the first of its part of the page.
 * @returns {Drawn}
 */
export function drawBlock(text, block, segments, first) {
    /** @type {Piece[]} */
    const pieces = [];
    /** @type {Drawn["marks"]} */
    const marks = [];
    const children = segments.map((segment) => {
        const { start, end } = segment;
        const node = document.createTextNode(text.slice(start, end));
        pieces.push({ start, end, node });
        if (segment.all.length === 0) {
            return node;
        }
        const mark = drawMark(segment, node);
        marks.push({ node: mark, segment });
        return mark;
    });
    const unread = UNREAD.has(block.zone);
    const attributes = {
        class: unread ? `zone-${block.zone} unread` : `zone-${block.zone}`,
        "data-zone": first && unread && words.unread(block.zone),
    };
    return { node: element(block.zone === "headline" ? "h2" : "p", attributes, ...children), pieces, marks };
}

/**
 * The signature of some segments: equal strings, equal nodes.
 * @param {readonly Segment[]} segments
 * @returns {string}
 */
export function signature(segments) {
    return JSON.stringify(segments.map(({ start, shown, all }) => [start, shown.map(classOf), all.map(({ key }) => key)]));
}

/**
 * @param {Segment} segment
 * @param {Text} text
 * @returns {HTMLElement}
 */
function drawMark({ shown, all }, text) {
    const lines = shown.length > 0 ? shown : all.slice(0, 1);
    const [outer, ...inner] = lines.map(classOf);
    // One element a line under the text: their decorations add up, on paper and in forced colours too.
    const inside = inner.reduceRight((child, name) => element("span", { class: name }, child), /** @type {Node} */ (text));
    const hidden = all.length - lines.length;
    return element("mark", { class: outer, "data-more": hidden > 0 && `+${hidden}` }, inside);
}

/**
 * How one annotation is drawn.
 * @param {Annotation} annotation
 * @returns {string}
 */
function classOf({ mark, form, naming, lane, confidence }) {
    const look = mark === "claim" ? `claim ${form} lane-${lane}` : `${mark} by-${naming}`;
    return confidence < UNSURE ? `${look} unsure` : look;
}
