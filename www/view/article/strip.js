/**
 * @file A strip beside the article that shows where claims stand, the chosen speaker's stronger. For the eye and the
 * pointer; the lists are the accessible interface.
 *
 * It is one canvas, drawn after all else and a row of pixels at a time: how many claims there are is all the same to it.
 */

import { element } from "../../kit/dom.js";
import { painted } from "../../kit/pause.js";
import { watchSize } from "../../kit/place.js";
import { nearestTo } from "../../state/spans.js";

/** @import {Annotation} from "../../types.js" */

/** How far from a claim a click may be, in pixels. */
const NEAR = 5;

/**
 * @typedef {object} Shown
 * @property {number} length Of the text.
 * @property {readonly Annotation[]} claims
 */

/**
 * @param {(place: {key?: string, offset: number}) => void} jump Called on a click with the claim there, or the place in the text.
 * @param {AbortSignal} signal
 */
export function createStrip(jump, signal) {
    const canvas = element("canvas", { class: "strip-canvas", onclick: pick });
    const node = element("div", { class: "strip", "aria-hidden": "true" }, canvas);
    /** @type {Shown} */
    let shown = { length: 0, claims: [] };
    /** @type {number | undefined} */
    let speaker;
    let isDue = false;

    /** @param {MouseEvent} event */
    function pick({ clientY }) {
        const { top, height } = canvas.getBoundingClientRect();
        const offset = Math.round(((clientY - top) / height) * shown.length);
        jump({ key: nearestTo(shown.claims, offset, (NEAR * shown.length) / height)?.key, offset });
    }

    /** Draws soon: what comes in the meantime is drawn with it. */
    function due() {
        if (!isDue) {
            isDue = true;
            // Not before the frame that shows what was corrected.
            void painted().then(() => {
                isDue = false;
                draw(canvas, shown, speaker);
            });
        }
    }

    watchSize(canvas, due, signal);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", due, { signal });
    return {
        node,

        /**
         * @param {string} text
         * @param {readonly Annotation[]} annotations
         */
        show(text, annotations) {
            shown = { length: text.length, claims: annotations.filter(({ mark }) => mark === "claim") };
            due();
        },

        /** @param {number | undefined} chosen Whose claims stand out. */
        choose(chosen) {
            if (chosen !== speaker) {
                speaker = chosen;
                due();
            }
        },
    };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Shown} shown
 * @param {number | undefined} speaker
 */
function draw(canvas, { length, claims }, speaker) {
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    const pen = canvas.getContext("2d");
    if (!pen || height === 0 || length === 0) {
        return;
    }
    if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
    }
    /** What each row of pixels holds: nothing, or one more than the hue of its claim; and whether that is the chosen speaker's. */
    const [rows, strong] = [new Uint8Array(height), new Uint8Array(height)];
    for (const { start, end, sign, speaker: by } of claims) {
        const from = Math.floor((start / length) * height);
        // Two that follow each other are two.
        const to = Math.max(from + Math.ceil(scale), Math.floor((end / length) * height) - Math.ceil(scale));
        const isTheirs = speaker !== undefined && by === speaker;
        if (isTheirs || !strong[from]) {
            rows.fill(1 + (sign?.hue ?? 0), from, to);
            strong.fill(Number(isTheirs), from, to);
        }
    }
    const style = getComputedStyle(canvas);
    pen.clearRect(0, 0, width, height);
    rows.forEach((what, y) => {
        if (what > 0) {
            pen.fillStyle = style.getPropertyValue(`--hue-${what - 1}`);
            pen.globalAlpha = strong[y] || speaker === undefined ? 0.9 : 0.35;
            const share = strong[y] ? 1 : 0.6;
            pen.fillRect(width * (1 - share), y, width * share, 1);
        }
    });
}
