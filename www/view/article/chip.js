/**
 * @file The chip of a speaker: its letter on its hue, in a shape that tells what it is. It is for the eye: the name stands beside it.
 */

import { element } from "../../kit/dom.js";

/** @import {Sign} from "../../types.js" */

/** @param {Sign} sign */
export function createChip({ letter, hue, shape }) {
    return element("span", { class: `chip is-${shape} hue-${hue}`, "data-letter": letter, "aria-hidden": "true" });
}
