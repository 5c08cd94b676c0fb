/**
 * @file The signs of speakers in drawings: the chip as the lists have it, and the colour of what is drawn of a speaker.
 */

import { svg, text } from "../../kit/svg.js";

/** @import {Sign} from "../../types.js" */

/** Half of how wide a chip is. */
const HALF = 8;

/**
 * @param {Sign | undefined} sign
 * @returns {string} Quiet for those who say nothing themselves.
 */
export function lineOf(sign) {
    return sign ? `var(--hue-${sign.hue})` : "var(--control-line)";
}

/**
 * @param {Sign | undefined} sign
 * @param {number} x Of its middle.
 * @param {number} y
 * @returns {SVGElement | undefined}
 */
export function chipOf(sign, x, y) {
    if (!sign) {
        return undefined;
    }
    const { letter, shape } = sign;
    const isHollow = shape === "anonymous" || shape === "nobody";
    const paint = isHollow
        ? { fill: "none", stroke: lineOf(sign), "stroke-width": 1.5, "stroke-dasharray": shape === "nobody" ? undefined : "2.5 2" }
        : { fill: lineOf(sign) };
    const label = text(x, y + 3.5, letter, {
        "text-anchor": "middle",
        "font-size": letter.length > 1 ? 8 : 9.5,
        "font-weight": 700,
        fill: isHollow ? lineOf(sign) : "var(--surface)",
    });
    return svg("g", { class: "chip-drawn" }, ...outline(shape, x, y, paint), label);
}

/**
 * @param {Sign["shape"]} shape
 * @param {number} x
 * @param {number} y
 * @param {Record<string, string | number | undefined>} paint
 * @returns {SVGElement[]}
 */
function outline(shape, x, y, paint) {
    const [left, top, size] = [x - HALF, y - HALF, 2 * HALF];
    switch (shape) {
        case "institution":
            return [svg("rect", { x: left, y: top, width: size, height: size, rx: 3, ...paint })];
        case "document":
            return [svg("path", { d: `M${left} ${top}h${size - 5}l5 5v${size - 5}h${-size}Z`, ...paint })];
        case "group":
            return [
                svg("circle", { cx: x, cy: y, r: HALF - 1.75, ...paint }),
                svg("circle", { cx: x, cy: y, r: HALF - 0.5, fill: "none", stroke: paint.fill, "stroke-width": 1 }),
            ];
        default:
            return [svg("circle", { cx: x, cy: y, r: HALF - 0.5, ...paint })];
    }
}
