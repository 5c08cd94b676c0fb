/**
 * @file The shares of the speakers as bars. Each bar is a row that chooses its speaker, like the cards.
 */

import { element, fill, setAttribute } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { cardButton, keysOf } from "../lists/cards.js";
import { signed } from "../lists/rows.js";
import { chipOf, lineOf } from "./sign.js";
import { voices } from "../../words/voices.js";
import { later } from "../../words/words.js";
import { createFigure } from "./figure.js";
import { WIDTH, drawing, fit, svg, text } from "../../kit/svg.js";

/** @import {Summary, Voice} from "../../pkg/whosaid.js" */
/** @import {Card} from "../lists/cards.js" */
/** @import {Shown} from "./figure.js" */
/** @import {Row} from "../../kit/keyed.js" */
/** @import {RowActions} from "../lists/rows.js" */
/** @import {Measure} from "../../words/voices.js" */

const own = later("voices", voices);

/** How many bars are shown at first, and drawn. */
const FEW = 12;

const BAR = 34;

/** Where names start: beside a chip. */
const NAME = 22;

/** @typedef {{card: Card, value: number, part: number}} Bar */

/** @typedef {"speakers" | "institutions"} Whose */

/**
 * The words or claims that have a speaker, in sum.
 * @param {Summary} summary
 * @returns {Record<Measure, number>}
 */
export function attributed({ speakers }) {
    const sum = (/** @type {Measure} */ measure) => speakers.reduce((all, voice) => all + voice[measure], 0);
    return { words: sum("words"), claims: sum("claims") };
}

/**
 * Those that say something, most of it first. Parts are of all that speakers are given.
 * @param {Summary} summary
 * @param {readonly Card[]} cards
 * @param {Whose} whose
 * @param {Measure} measure
 * @returns {Bar[]}
 */
function barsOf(summary, cards, whose, measure) {
    const all = attributed(summary)[measure];
    const bars = summary[whose].flatMap((/** @type {Voice} */ voice) => {
        const card = cards[voice.speaker];
        return card && voice[measure] > 0 ? [{ card, value: voice[measure], part: voice[measure] / all }] : [];
    });
    return bars.sort((one, other) => other.value - one.value);
}

/**
 * @param {RowActions} actions
 * @param {Whose} whose
 */
export function createShare(actions, whose) {
    const told = own[whose];
    const list = element("ol", { class: "rows bars" });
    const more = element("button", { type: "button", class: "link bars-more", onclick: expand });
    const figure = createFigure(told.title, element("div", {}, list, more));
    const rows = createKeyed(
        list,
        (/** @type {Bar} */ { card }) => card.id,
        () => barRow(actions),
    );
    let isWide = false;
    /** @type {readonly Bar[]} */
    let bars = [];

    function expand() {
        isWide = !isWide;
        void showBars();
    }

    function showBars() {
        more.hidden = bars.length <= FEW;
        setAttribute(more, "aria-expanded", String(isWide));
        fill(more, isWide ? own.fewer : own.more(bars.length - FEW));
        return rows.show(isWide ? bars : bars.slice(0, FEW));
    }

    return {
        node: figure.node,

        /**
         * @param {Summary} summary
         * @param {readonly Card[]} cards
         * @param {Measure} measure
         */
        show(summary, cards, measure) {
            bars = barsOf(summary, cards, whose, measure);
            figure.show(shareShown(summary, cards, whose, measure) ?? told.none);
            return showBars();
        },
    };
}

/**
 * The shares as a figure.
 * @param {Summary} summary
 * @param {readonly Card[]} cards
 * @param {Whose} whose
 * @param {Measure} measure
 * @returns {Shown | undefined} `undefined` where there are no claims.
 */
export function shareShown(summary, cards, whose, measure) {
    const told = own[whose];
    const bars = barsOf(summary, cards, whose, measure);
    const [first] = bars;
    return (
        first && {
            caption: told.caption(first.card.speaker.name, own.percent(first.part), measure),
            table: { head: told.head, rows: () => tableRows(summary, cards, whose) },
            picture: () => pictureOf(bars.slice(0, FEW), told.title),
        }
    );
}

/**
 * @param {Summary} summary
 * @param {readonly Card[]} cards
 * @param {Whose} whose
 * @returns {string[][]}
 */
function tableRows(summary, cards, whose) {
    const all = attributed(summary);
    const { number, percent } = own;
    return summary[whose]
        .filter(({ words: count, claims }) => count > 0 || claims > 0)
        .map((voice) => [
            cards[voice.speaker]?.speaker.name ?? "",
            number(voice.words),
            percent(voice.words / (all.words || 1)),
            number(voice.claims),
            percent(voice.claims / (all.claims || 1)),
        ]);
}

/**
 * @param {RowActions} actions
 * @returns {Row<Bar>}
 */
function barRow(actions) {
    /** @type {Card | undefined} */
    let shown;
    const button = cardButton(actions, () => shown);
    const node = element("li", {}, button);
    return {
        node,
        update({ card, value, part }) {
            shown = card;
            setAttribute(node, "data-keys", keysOf(card).join(" "));
            setAttribute(node, "data-speaker", card.index);
            const bar = element("span", { class: `share hue-${card.sign?.hue ?? "none"}`, "aria-hidden": "true" });
            bar.style.setProperty("--share", `${100 * part}%`);
            const parts = signed(
                card.sign,
                element(
                    "span",
                    { class: "row-head" },
                    element("span", { class: `name ${card.speaker.kind}` }, card.speaker.name),
                    " ",
                    element("span", { class: "tags" }, own.amount(value, part)),
                ),
                bar,
            );
            fill(button, ...parts);
        },
    };
}

/**
 * The bars as a drawing.
 * @param {readonly Bar[]} bars
 * @param {string} label
 * @returns {SVGSVGElement}
 */
function pictureOf(bars, label) {
    return drawing(
        bars.length * BAR,
        label,
        ...bars.flatMap(({ card, value, part }, nth) => {
            const y = nth * BAR;
            return [
                chipOf(card.sign, 8, y + 9),
                text(NAME, y + 13, fit(card.speaker.name, WIDTH - 100 - NAME)),
                text(WIDTH, y + 13, own.amount(value, part), { "text-anchor": "end", fill: "var(--quiet)" }),
                svg("rect", { x: 0, y: y + 19, width: WIDTH, height: 8, fill: "var(--rule)" }),
                svg("rect", { x: 0, y: y + 19, width: Math.min(1, part) * WIDTH, height: 8, fill: lineOf(card.sign) }),
            ];
        }),
    );
}
