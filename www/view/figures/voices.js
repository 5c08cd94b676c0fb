/**
 * @file The page of figures: shares, kinds of sources, timeline, affiliations. It shows the claims that the lists
 * show; nothing is counted here.
 */

import { cardsOf } from "../lists/cards.js";
import { element, fill } from "../../kit/dom.js";
import { voices } from "../../words/voices.js";
import { later, words } from "../../words/words.js";
import { createGraph } from "./graph.js";
import { attributed, createShare } from "./share.js";
import { createSources } from "./sources.js";
import { createTimeline } from "./timeline.js";

/** @import {Analysis} from "../../pkg/whosaid.js" */
/** @import {RowActions} from "../lists/rows.js" */
/** @import {Measure} from "../../words/voices.js" */
/** @import {Counts} from "../../types.js" */

const own = later("voices", voices);

/** @param {RowActions} actions */
export function createVoices(actions) {
    /** @type {Measure} */
    let measure = "words";
    /** @type {{text: string, analysis: Analysis, counts: Counts} | undefined} */
    let shown;
    const none = element("p", { class: "none" }, own.none);
    const counted = element("p", { class: "counted" });
    const buttons = /** @type {const} */ (["words", "claims"]).map((name) => {
        const onclick = () => {
            measure = name;
            void showAll();
        };
        return { name, node: element("button", { type: "button", class: "choice", onclick }, own.measures[name]) };
    });
    const toggle = element("div", { class: "measure", role: "group", "aria-label": own.measure }, ...buttons.map(({ node }) => node));
    const [speakers, institutions, sources] = [createShare(actions, "speakers"), createShare(actions, "institutions"), createSources()];
    const [timeline, graph] = [createTimeline(actions), createGraph(actions)];
    const figures = element("div", {}, counted, toggle, speakers.node, institutions.node, sources.node, timeline.node, graph.node);

    async function showAll() {
        if (!shown) {
            return false;
        }
        const { text, analysis, counts } = shown;
        const { summary } = analysis;
        const isEmpty = !summary || summary.claims === 0;
        none.hidden = !isEmpty;
        figures.hidden = isEmpty;
        if (isEmpty) {
            return true;
        }
        fill(counted, `${words.counted(counts)}. ${own.counted(attributed(summary).claims, summary.claims)}`);
        for (const { name, node } of buttons) {
            node.setAttribute("aria-pressed", String(name === measure));
        }
        const cards = cardsOf(text, analysis);
        sources.show(summary.sources);
        timeline.show(text, analysis);
        graph.show(cards);
        return (await speakers.show(summary, cards, measure)) && institutions.show(summary, cards, measure);
    }

    return {
        node: element("div", { class: "voices" }, none, figures),

        /**
         * @param {string} text
         * @param {Analysis} analysis
         * @param {Counts} counts
         */
        show(text, analysis, counts) {
            shown = { text, analysis, counts };
            return showAll();
        },
    };
}
