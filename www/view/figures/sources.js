/**
 * @file The kinds of sources as one bar: each kind has a pattern of its own, not a colour alone.
 */

import { element, fill } from "../../kit/dom.js";
import { voices } from "../../words/voices.js";
import { later } from "../../words/words.js";
import { createFigure } from "./figure.js";
import { WIDTH, drawing, svg, text } from "../../kit/svg.js";

/** @import {Sources} from "../../pkg/whosaid.js" */

/** @import {Shown} from "./figure.js" */

const own = later("voices", voices);

/** @typedef {keyof Sources} Kind */

/** Colour, and what is drawn over it in each square of eight units. @type {Record<Kind, {line: string, path: string}>} */
const LOOKS = {
    named: { line: "var(--speaker-line)", path: "" },
    anonymous: { line: "var(--claim-line)", path: "M0 8L8 0" },
    institutional: { line: "var(--institution-line)", path: "M0 4H8" },
    documents: { line: "var(--quiet)", path: "M4 0V8" },
    groups: { line: "var(--speaker-line)", path: "M4 0V8M0 4H8" },
};

const BAR = 28;
const LEGEND = 22;

/** @typedef {{kind: Kind, count: number}} Part */

/**
 * @param {Sources} sources
 * @returns {Part[]}
 */
function partsOf(sources) {
    const kinds = /** @type {Kind[]} */ (Object.keys(LOOKS));
    return kinds.map((kind) => ({ kind, count: sources[kind] })).filter(({ count }) => count > 0);
}

export function createSources() {
    const told = own.sources;
    const content = element("div", {});
    const figure = createFigure(told.title, content);
    return {
        node: figure.node,

        /** @param {Sources} sources */
        show(sources) {
            const shown = sourcesShown(sources, "image");
            fill(content, shown && sourcesPicture(sources, "page"));
            figure.show(shown ?? own.speakers.none);
        },
    };
}

/** @param {readonly Part[]} parts */
function total(parts) {
    return parts.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The kinds of sources as a figure.
 * @param {Sources} sources
 * @param {string} place See `sourcesPicture`.
 * @returns {Shown | undefined} `undefined` where there are none.
 */
export function sourcesShown(sources, place) {
    const told = own.sources;
    const parts = partsOf(sources);
    const most = parts.toSorted((one, other) => other.count - one.count)[0];
    return (
        most && {
            caption: told.caption(told.kinds[most.kind], most.count, total(parts)),
            table: { head: told.head, rows: () => sourceRows(sources) },
            picture: () => sourcesPicture(sources, place),
        }
    );
}

/**
 * @param {Sources} sources
 * @returns {string[][]}
 */
function sourceRows(sources) {
    const parts = partsOf(sources);
    const { kinds } = own.sources;
    const { number, percent } = own;
    return parts.map(({ kind, count }) => [kinds[kind], number(count), percent(count / total(parts))]);
}

/**
 * @param {Sources} sources
 * @param {string} place Where it is drawn: the names of patterns differ for each place.
 * @returns {SVGSVGElement}
 */
function sourcesPicture(sources, place) {
    const parts = partsOf(sources);
    const { amount, sources: told } = own;
    const all = total(parts);
    let x = 0;
    const nodes = parts.flatMap(({ kind, count }, nth) => {
        const width = (count / all) * WIDTH;
        const from = x;
        x += width;
        const y = BAR + 14 + nth * LEGEND;
        const paint = { fill: `url(#${place}-${kind})`, stroke: LOOKS[kind].line };
        return [
            svg("rect", { x: from + 1, y: 1, width: Math.max(1, width - 3), height: BAR - 2, ...paint }),
            svg("rect", { x: 1, y, width: 14, height: 14, ...paint }),
            text(24, y + 11, told.kinds[kind]),
            text(WIDTH, y + 11, amount(count, count / all), { "text-anchor": "end", fill: "var(--quiet)" }),
        ];
    });
    const patterns = parts.map(({ kind }) => patternOf(`${place}-${kind}`, LOOKS[kind]));
    return drawing(BAR + 14 + parts.length * LEGEND, told.title, svg("defs", {}, ...patterns), ...nodes);
}

/**
 * @param {string} id
 * @param {{line: string, path: string}} look
 */
function patternOf(id, { line, path }) {
    const size = { width: 8, height: 8 };
    return svg(
        "pattern",
        { id, ...size, patternUnits: "userSpaceOnUse" },
        svg("rect", { ...size, fill: path ? "var(--surface)" : line }),
        path !== "" && svg("path", { d: path, stroke: line, "stroke-width": 2 }),
    );
}
