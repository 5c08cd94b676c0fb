/**
 * @file Makes nodes of drawings. Their colours are custom properties in attributes, `fill="var(--ink)"`: a drawing
 * follows the scheme of the page, and gets its colours when it is drawn alone, as an image.
 *
 * The figures are few and simple; a library for them (Observable Plot) would be larger than all that the page loads at first.
 */

import { setAttribute } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** How wide drawings are, in their own units; about as many pixels in the panel. */
export const WIDTH = 340;

/** About how wide a letter of 12 units is. */
const LETTER = 6.4;

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string | false | undefined)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
        setAttribute(node, name, value);
    }
    node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== false && child !== undefined)));
    return node;
}

/**
 * A drawing.
 * @param {number} height
 * @param {string} label Its description for screen readers.
 * @param {...(Node | false | undefined)} children
 */
export function drawing(height, label, ...children) {
    const attributes = { class: "drawing", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label };
    return svg("svg", attributes, ...children);
}

/**
 * A line of text.
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {Record<string, string | number>} [more]
 */
export function text(x, y, content, more = {}) {
    return svg("text", { x, y, "font-family": "var(--sans)", "font-size": 12, fill: "var(--ink)", ...more }, content);
}

/**
 * As much of a text as has room.
 * @param {string} content
 * @param {number} width
 * @returns {string}
 */
export function fit(content, width) {
    const most = Math.floor(width / LETTER);
    return content.length <= most ? content : `${content.slice(0, most - 1).trimEnd()}…`;
}

/**
 * A text in lines that have room.
 * @param {string} content
 * @param {number} width
 * @returns {string[]}
 */
export function lines(content, width) {
    const most = Math.floor(width / LETTER);
    /** @type {string[]} */
    const found = [];
    for (const word of content.split(/\s+/u)) {
        const last = found.at(-1);
        if (last !== undefined && last.length + word.length < most) {
            found[found.length - 1] = `${last} ${word}`;
        } else {
            found.push(word);
        }
    }
    return found;
}
