/**
 * @file Who speaks when: a lane for each of those that say most, a mark for each claim at its place in the article.
 *
 * A lane is a few paths, however many claims there are. A click takes the nearest claim; by keyboard the table leads there.
 */

import { element, fill } from "../../kit/dom.js";
import { claimItems } from "../lists/rows.js";
import { extentOf, nearestTo } from "../../state/spans.js";
import { scheme } from "../../pkg/scheme.js";
import { voices } from "../../words/voices.js";
import { later, words } from "../../words/words.js";
import { createFigure } from "./figure.js";
import { chipOf, lineOf } from "./sign.js";
import { WIDTH, drawing, fit, svg, text } from "../../kit/svg.js";

/** @import {ClaimForm} from "../../pkg/whosaid.js" */
/** @import {Filtered, Sign} from "../../types.js" */
/** @import {ClaimItem, RowActions} from "../lists/rows.js" */

const own = later("voices", voices);

const LANES = 8;
const LANE = 40;
const BAR = 14;
const LEGEND = 26;

/** How far from a claim a click may be, in units of the drawing. */
const NEAR = 16;

/** @typedef {{key: string, start: number, end: number, form: ClaimForm}} Tick In units of the drawing. */

/** @typedef {{name: string, sign: Sign | undefined, ticks: Tick[]}} Lane */

/**
 * @param {string} article
 * @param {readonly ClaimItem[]} items
 * @param {Filtered} analysis
 * @returns {{lanes: Lane[], left: number}} Left: how many speakers have no lane.
 */
function lanesOf(article, items, { speakers, signs }) {
    /** @type {Map<number, {ticks: Tick[], said: number}>} */
    const found = new Map();
    const scale = WIDTH / Math.max(1, article.length);
    for (const { key, claim } of items) {
        const { speaker, content, form } = claim;
        if (speaker !== undefined) {
            const lane = found.get(speaker) ?? { ticks: [], said: 0 };
            const { start, end } = extentOf(content);
            lane.ticks.push({ key, start: start * scale, end: Math.max(end * scale, start * scale + 2), form });
            lane.said += end - start;
            found.set(speaker, lane);
        }
    }
    const most = [...found].sort(([, one], [, other]) => other.said - one.said).slice(0, LANES);
    const first = (/** @type {Lane} */ { ticks }) => Math.min(...ticks.map(({ start }) => start));
    const lanes = most.map(([speaker, { ticks }]) => ({ name: speakers[speaker]?.name ?? "", sign: signs?.[speaker], ticks }));
    return { lanes: lanes.sort((one, other) => first(one) - first(other)), left: found.size - lanes.length };
}

/** @param {RowActions} actions */
export function createTimeline(actions) {
    const told = own.timeline;
    const content = element("div", { class: "timeline", onclick: pick });
    const figure = createFigure(told.title, content);
    /** @type {Lane[]} */
    let lanes = [];

    /** @param {MouseEvent} event */
    function pick(event) {
        const picture = content.querySelector("svg");
        const frame = picture?.getBoundingClientRect();
        if (!picture || !frame?.width) {
            return;
        }
        const scale = WIDTH / frame.width;
        const x = (event.clientX - frame.left) * scale;
        const lane = lanes[Math.floor(((event.clientY - frame.top) * scale) / LANE)];
        const nearest = nearestTo(lane?.ticks ?? [], x, NEAR);
        if (nearest) {
            actions.chosen([nearest.key], event);
        }
    }

    return {
        node: figure.node,

        /**
         * @param {string} article
         * @param {Filtered} analysis
         */
        show(article, analysis) {
            const items = claimItems(article, analysis);
            const all = lanesOf(article, items, analysis);
            ({ lanes } = all);
            const [first] = lanes;
            if (!first) {
                figure.show(told.none);
                return;
            }
            fill(content, pictureOf(lanes));
            figure.show({
                caption: told.caption(first.name, all.left),
                table: { head: told.head, rows: () => items.map((item) => rowOf(item, article, actions)) },
                picture: () => pictureOf(lanes),
            });
        },
    };
}

/**
 * @param {ClaimItem} item
 * @param {string} article
 * @param {RowActions} actions
 * @returns {import("./figure.js").Cell[]}
 */
function rowOf({ key, text: said, speaker, claim: { content, form } }, article, { chosen }) {
    const place = own.percent(extentOf(content).start / Math.max(1, article.length));
    const run = (/** @type {MouseEvent} */ event) => chosen([key], event);
    return [place, speaker ?? words.claims.nobody, words.filter.forms[form], { text: said, run }];
}

/**
 * @param {readonly Lane[]} lanes
 * @returns {SVGSVGElement}
 */
function pictureOf(lanes) {
    const { title } = own.timeline;
    const rows = lanes.flatMap(({ name, sign, ticks }, nth) => {
        const y = nth * LANE;
        return [
            chipOf(sign, 8, y + 9),
            text(22, y + 13, fit(name, WIDTH - 22)),
            svg("path", { d: `M0 ${y + 19 + BAR / 2}H${WIDTH}`, stroke: "var(--rule)", "stroke-width": 1 }),
            ...claimPaths(ticks, y + 19, lineOf(sign)),
        ];
    });
    const y = lanes.length * LANE + 6;
    const legend = scheme.ClaimForm.flatMap((form, nth) => {
        const x = nth * 100;
        return [
            ...claimPaths([{ key: "", start: x, end: x + 14, form }], y, "var(--claim-line)"),
            text(x + 20, y + 11, words.filter.forms[form], { fill: "var(--quiet)" }),
        ];
    });
    return drawing(y + LEGEND, title, ...rows, ...legend);
}

/**
 * The claims of a lane: direct ones are filled, indirect ones are outlined, mixed ones are half filled.
 * @param {readonly Tick[]} ticks
 * @param {number} y
 * @param {string} colour
 * @returns {Node[]}
 */
function claimPaths(ticks, y, colour) {
    const box = (/** @type {Tick} */ { start, end }, /** @type {number} */ top) =>
        `M${start.toFixed(1)} ${top}H${end.toFixed(1)}V${y + BAR}H${start.toFixed(1)}Z`;
    const of = (/** @type {ClaimForm} */ form) => ticks.filter((tick) => tick.form === form);
    const full = [...of("direct").map((tick) => box(tick, y)), ...of("mixed").map((tick) => box(tick, y + BAR / 2))];
    const line = { stroke: colour, "stroke-width": 1 };
    return [
        svg("path", { d: ticks.map((tick) => box(tick, y)).join(""), fill: "var(--claim-fill)", ...line }),
        svg("path", { d: full.join(""), fill: colour, ...line }),
    ];
}
