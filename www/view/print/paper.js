/**
 * @file The article on paper: speakers have letters, which stand before their claims; a table of the claims and the
 * figures follow the article. Made for printing, and removed afterwards.
 */

import { cardsOf } from "../lists/cards.js";
import { counts } from "../../state/counts.js";
import { element, fill } from "../../kit/dom.js";
import { claimItems } from "../lists/rows.js";
import { words } from "../../words/words.js";
import { tableParts } from "../figures/figure.js";
import { shareShown } from "../figures/share.js";
import { sourcesShown } from "../figures/sources.js";

/** @import {Analysis} from "../../pkg/whosaid.js" */
/** @import {Shown as Figure, Table} from "../figures/figure.js" */
/** @import {Shown} from "../../types.js" */

/**
 * @param {() => Shown | undefined} open What is shown; nothing: there is no article.
 * @param {(letters: ReadonlyMap<number, string>) => void} badge Puts letters before what speakers say, by speaker.
 */
export function createPaper(open, badge) {
    const node = element("section", { class: "paper" });
    let isMade = false;

    function make() {
        const shown = open();
        if (shown && !isMade) {
            isMade = true;
            const { text, view, revision } = shown;
            const letters = lettersOf(view);
            badge(letters);
            const numbers = element("p", { class: "counted" }, words.counted(counts(view, revision.analysis)));
            fill(node, numbers, ...claimTable(text, view, letters), ...figures(text, view));
        }
    }

    function leave() {
        isMade = false;
        badge(new Map());
        fill(node);
    }

    addEventListener("beforeprint", make);
    addEventListener("afterprint", leave);
    // Where paper is only played, there is no such event.
    matchMedia("print").addEventListener("change", ({ matches }) => (matches ? make() : leave()));
    return { node };
}

/**
 * A letter for each speaker, in the order in which they first say something.
 * @param {Analysis} analysis
 * @returns {Map<number, string>}
 */
function lettersOf({ claims }) {
    const speaking = new Set(claims.flatMap(({ speaker }) => speaker ?? []));
    return new Map([...speaking].map((speaker, nth) => [speaker, letter(nth)]));
}

/**
 * @param {number} nth
 * @returns {string} A to Z, then AA, AB and so on.
 */
function letter(nth) {
    const last = String.fromCharCode("A".charCodeAt(0) + (nth % 26));
    return nth < 26 ? last : letter(Math.floor(nth / 26) - 1) + last;
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {ReadonlyMap<number, string>} letters
 * @returns {Node[]}
 */
function claimTable(text, analysis, letters) {
    const rows = claimItems(text, analysis).map(({ speaker, text: said, outer, claim: { speaker: index = -1, form, kind } }) => [
        letters.get(index) ?? "–",
        speaker ?? words.claims.nobody,
        words.filter.forms[form],
        words.filter.kinds[kind],
        words.quote.told(said, outer),
    ]);
    return rows.length === 0 ? [] : part(words.voices.paper.claims, { head: words.voices.paper.head, rows: () => rows });
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
    const { speakers, institutions, sources } = words.voices;
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
