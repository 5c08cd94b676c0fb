/**
 * @file A line from the chosen claim to the name of its speaker. It is for the eye alone: the editor names the
 * speaker to screen readers.
 */

import { watchSize } from "../../kit/place.js";
import { overlap } from "../../state/spans.js";
import { svg } from "../../kit/svg.js";

/** @import {Span} from "../../pkg/whosaid.js" */
/** @import {ArticleView} from "./article.js" */
/** @import {Annotation} from "../../types.js" */

/** @typedef {ReturnType<typeof createConnector>["show"]} ShowConnector */

/** The distance between the letters and the ends of the line, in pixels. */
const GAP = 3;

/** How high a bow above one line is bent, in pixels: between the lines, where names can stand above the first. */
const FLAT = 5;

/** How far inside a name the line ends if the name is broken over lines, in pixels. */
const INSIDE = 12;

/**
 * @param {object} given
 * @param {ArticleView} given.article
 * @param {() => DOMRect} given.frame The frame that the line is placed in.
 * @param {AbortSignal} given.signal
 */
export function createConnector({ article, frame, signal }) {
    const line = svg("path");
    const end = svg("circle", { r: 3.5 });
    const node = svg("svg", { class: "connector", "aria-hidden": "true" }, line, end);
    /** @type {{claim?: Annotation, name?: Span}} */
    const state = {};

    function draw() {
        const { claim, name } = state;
        const said = claim && article.edges(claim);
        const named = name && article.edges({ parts: [name] });
        node.toggleAttribute("hidden", !said || !named);
        if (said && named) {
            const { left, top } = frame();
            const [from, to, bend] = ends(said, named);
            line.setAttribute("d", path(from.x - left, from.y - top, to.x - left, to.y - top, bend));
            end.setAttribute("cx", String(to.x - left));
            end.setAttribute("cy", String(to.y - top));
        }
    }

    watchSize(article.node, draw, signal);
    return {
        node,

        /**
         * Draws the line, or takes it away where one of its ends is missing.
         * @param {Annotation | undefined} claim
         * @param {readonly Annotation[]} annotations In the order of the text.
         */
        show(claim, annotations) {
            Object.assign(state, { claim, name: nameOf(claim, annotations) });
            draw();
        },
    };
}

/**
 * The name that a claim is joined with: the name in its source, or else the speaker's nearest name before it.
 * @param {Annotation | undefined} claim
 * @param {readonly Annotation[]} annotations In the order of the text.
 * @returns {Span | undefined} `undefined` where the speaker is unknown.
 */
function nameOf(claim, annotations) {
    const { claim: told, speaker } = claim ?? {};
    if (!claim || !told) {
        return undefined;
    }
    const { source } = told;
    const from = source?.start ?? claim.start;
    const names = annotations.filter((one) => one.naming === "name" && one.speaker === speaker && speaker !== undefined);
    const within = source && names.find((one) => overlap(one, source));
    return within ?? names.findLast(({ start }) => start < from) ?? source;
}

/**
 * Returns both ends of the line.
 * @param {{start: DOMRect, end: DOMRect}} said The edges of the claim.
 * @param {{start: DOMRect, end: DOMRect}} named Those of the name.
 * @returns {[DOMPoint, DOMPoint, number]} The last tells how the line leaves: 1 downwards, -1 upwards, 0 in a bow above one line.
 */
function ends(said, named) {
    const isFirst = named.start.top < said.start.top || (named.start.top === said.start.top && named.start.left < said.start.left);
    // A name that is broken over lines has several parts: the nearest is taken.
    const isBroken = named.end.top > named.start.top;
    const line = isFirst ? named.end : named.start;
    const x = isBroken ? line.left + (isFirst ? -INSIDE : INSIDE) : (named.start.left + named.end.left) / 2;
    const near = isFirst ? said.start : said.end;
    if (line.bottom <= near.top + GAP) {
        return [new DOMPoint(near.left, near.top - GAP), new DOMPoint(x, line.bottom + GAP), -1];
    }
    if (line.top >= near.bottom - GAP) {
        return [new DOMPoint(near.left, near.bottom + GAP), new DOMPoint(x, line.top - GAP), 1];
    }
    return [new DOMPoint(near.left, near.top - GAP), new DOMPoint(x, line.top - GAP), 0];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 * @param {number} bend
 * @returns {string} The `d` of an SVG path.
 */
function path(x, y, toX, toY, bend) {
    const lift = bend === 0 ? -FLAT : bend * Math.max(12, Math.min(80, Math.abs(toY - y) / 2));
    return `M${x} ${y}C${x} ${y + lift} ${toX} ${toY + (bend === 0 ? lift : -lift)} ${toX} ${toY}`;
}
