/**
 * @file The graph of affiliations: speakers to the left, institutions to the right, a line for each affiliation.
 */

import { element, fill } from "../../kit/dom.js";
import { choosable } from "../lists/cards.js";
import { voices } from "../../words/voices.js";
import { later } from "../../words/words.js";
import { createFigure } from "./figure.js";
import { chipOf, lineOf } from "./sign.js";
import { WIDTH, drawing, fit, svg, text } from "../../kit/svg.js";

/** @import {Card} from "../lists/cards.js" */
/** @import {RowActions} from "../lists/rows.js" */

const own = later("voices", voices);

const ROW = 26;
const HEAD = 26;

/** Where the lines start and end; names of institutions are longer than those of people. */
const [FROM, TO] = [128, 176];

/** How far a name is from its line. */
const GAP = 12;

/** Speakers beyond these are in the table alone: lines that cross each other more say nothing. */
const MOST = 24;

/** @typedef {{from: Card, to: Card, former: boolean}} Tie */

/**
 * @param {readonly Card[]} cards
 * @returns {Tie[]}
 */
export function tiesOf(cards) {
    return cards.flatMap((from) =>
        from.speaker.affiliations.flatMap(({ speaker = -1, former = false }) => {
            const to = cards[speaker];
            return to && to !== from ? [{ from, to, former }] : [];
        }),
    );
}

/** @param {RowActions} actions */
export function createGraph(actions) {
    const told = own.graph;
    const content = element("div", {});
    const figure = createFigure(told.title, content);
    return {
        node: figure.node,

        /** @param {readonly Card[]} cards */
        show(cards) {
            const ties = tiesOf(cards);
            const counts = new Map(ties.map(({ to }) => [to, new Set(ties.filter((tie) => tie.to === to).map(({ from }) => from)).size]));
            const [most] = [...counts].sort(([, one], [, other]) => other - one);
            if (!most) {
                figure.show(told.none);
                return;
            }
            const cell = (/** @type {Card} */ card) => ({
                text: card.speaker.name,
                run: (/** @type {MouseEvent} */ event) => actions.chosen(choosable(card), event),
            });
            fill(content, pictureOf(ties));
            figure.show({
                caption: told.caption(ties.length, counts.size, most[0].speaker.name, most[1]),
                table: {
                    head: told.head,
                    rows: () => ties.map(({ from, to, former }) => [cell(from), cell(to), former ? told.former : told.now]),
                },
                picture: () => pictureOf(ties),
            });
        },
    };
}

/**
 * @param {readonly Tie[]} all
 * @returns {SVGSVGElement}
 */
function pictureOf(all) {
    const { title, columns, legend } = own.graph;
    // People of one institution stand together, so that few lines cross.
    const right = [...new Set(all.map(({ to }) => to))];
    const left = [...new Set(right.flatMap((to) => all.filter((tie) => tie.to === to).map(({ from }) => from)))].slice(0, MOST);
    const ties = all.filter(({ from }) => left.includes(from));
    const ends = right.filter((card) => ties.some(({ to }) => to === card));
    const rows = Math.max(left.length, ends.length);
    const y = (/** @type {readonly Card[]} */ column, /** @type {Card} */ card) =>
        HEAD + ((column.indexOf(card) + 0.5) * rows * ROW) / column.length;
    const lines = ties.map((tie) => {
        const [one, other] = [y(left, tie.from), y(ends, tie.to)];
        const d = `M${FROM} ${one}C${(FROM + TO) / 2} ${one} ${(FROM + TO) / 2} ${other} ${TO} ${other}`;
        return svg("path", {
            d,
            fill: "none",
            stroke: "var(--control-line)",
            "stroke-width": 1.5,
            "stroke-dasharray": tie.former ? "4 3" : undefined,
        });
    });
    const heads = [
        text(FROM - GAP, 12, columns[0], { "text-anchor": "end", fill: "var(--quiet)" }),
        text(TO + GAP, 12, columns[1], { fill: "var(--quiet)" }),
    ];
    const hasFormer = ties.some(({ former }) => former);
    const height = HEAD + rows * ROW + (hasFormer ? 20 : 0);
    return drawing(
        height,
        title,
        ...heads,
        ...lines,
        ...left.map((card) => text(FROM - GAP, y(left, card) + 4, fit(card.speaker.name, FROM - GAP), { "text-anchor": "end" })),
        ...ends.map((card) => text(TO + GAP, y(ends, card) + 4, fit(card.speaker.name, WIDTH - TO - GAP))),
        ...left.map(
            (card) =>
                chipOf(card.sign, FROM, y(left, card)) ?? svg("circle", { cx: FROM, cy: y(left, card), r: 3, fill: lineOf(undefined) }),
        ),
        ...ends.map(
            (card) =>
                chipOf(card.sign, TO, y(ends, card)) ??
                svg("rect", { x: TO - 3, y: y(ends, card) - 3, width: 6, height: 6, fill: lineOf(undefined) }),
        ),
        hasFormer && text(0, height - 4, legend, { fill: "var(--quiet)" }),
    );
}
