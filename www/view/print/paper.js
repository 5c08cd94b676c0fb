/**
 * @file What follows the article on paper: a table of the claims, with the letters of their speakers, and the figures.
 * Made for printing, and removed afterwards.
 */

import { cardsOf } from "../lists/cards.js";
import { counts } from "../../state/counts.js";
import { element } from "../../kit/dom.js";
import { claimItems } from "../lists/rows.js";
import { voices } from "../../words/voices.js";
import { later, words } from "../../words/words.js";
import { tableParts } from "../figures/figure.js";
import { shareShown } from "../figures/share.js";
import { sourcesShown } from "../figures/sources.js";

/** @import {Analysis} from "../../pkg/whosaid.js" */
/** @import {Shown as Figure, Table} from "../figures/figure.js" */
/** @import {Shown} from "../../types.js" */

const own = later("voices", voices);

/**
 * @param {Shown} shown
 * @returns {Node[]}
 */
export function paperOf({ text, view, analysis }) {
    const numbers = element("p", { class: "counted" }, words.counted(counts(view, analysis)));
    return [numbers, ...claimTable(text, view), ...figures(text, view)];
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {Node[]}
 */
function claimTable(text, analysis) {
    const rows = claimItems(text, analysis).map(({ speaker, sign, text: said, outer, claim: { form, kind } }) => [
        sign.letter,
        speaker ?? words.claims.nobody,
        words.filter.forms[form],
        words.filter.kinds[kind],
        words.quote.told(said, outer),
    ]);
    return rows.length === 0 ? [] : part(own.paper.claims, { head: own.paper.head, rows: () => rows });
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {Node[]}
 */
function figures(text, analysis) {
    const { summary } = analysis;
    if (!summary || summary.claims === 0) {
        return [];
    }
    const cards = cardsOf(text, analysis);
    const { speakers, institutions, sources } = own;
    const shown = /** @type {const} */ ([
        [speakers.title, shareShown(summary, cards, "speakers", "words")],
        [institutions.title, shareShown(summary, cards, "institutions", "words")],
        [sources.title, sourcesShown(summary.sources, "paper")],
    ]);
    return shown.flatMap(([title, figure]) => (figure ? part(title, figure.table, figure) : []));
}

/**
 * @param {string} title
 * @param {Table} table
 * @param {Figure} [shown] A figure that stands above it.
 * @returns {Node[]}
 */
function part(title, table, shown) {
    const figure = shown && element("figure", { class: "figure" }, shown.picture(), element("figcaption", {}, shown.caption));
    const heading = element("h2", { class: "paper-heading" }, title);
    return [
        element(
            "div",
            { class: shown ? "paper-figure" : "" },
            heading,
            figure,
            element("table", { class: "figure-table" }, ...tableParts(table)),
        ),
    ];
}
