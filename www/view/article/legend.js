/**
 * @file The legend of the article: what fill, line and "?" mean, and the shapes of badges. It takes no line from the text: it stands above
 * it where there is room, else below.
 */

import { createChip } from "./chip.js";
import { element } from "../../kit/dom.js";
import { NOBODY } from "../../state/signs.js";
import { legend as english } from "../../words/legend.js";
import { later } from "../../words/words.js";

/** @import {Sign} from "../../types.js" */

const own = later("legend", english);

/** How each sort of claim looks. @type {Record<keyof typeof own.claims, string>} */
const LOOKS = { quote: "claim direct last", paraphrase: "claim indirect", unsure: "claim indirect unsure" };

export function createLegend() {
    const looks = /** @type {(keyof typeof LOOKS)[]} */ (Object.keys(LOOKS));
    const shapes = /** @type {(keyof typeof own.shapes)[]} */ (Object.keys(own.shapes));
    const claims = looks.map((name) => element("li", { class: "legend-claim" }, element("span", { class: LOOKS[name] }, own.claims[name])));
    const chips = shapes.map((shape) => element("li", {}, createChip(signOf(shape)), own.shapes[shape]));
    const node = element("ul", { class: "article marks-legend", "aria-label": own.label }, ...claims, ...chips);
    return { node };
}

/**
 * @param {Sign["shape"]} shape
 * @returns {Sign} Nobody's in particular.
 */
function signOf(shape) {
    return shape === "nobody" ? NOBODY : { letter: "A", hue: 0, shape, name: "" };
}
