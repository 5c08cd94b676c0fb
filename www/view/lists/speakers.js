/**
 * @file The list of speakers with their claims, and of all other names.
 */

import { cardRow, cardsOf } from "./cards.js";
import { element, fill, setAttribute } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { rowButton } from "./rows.js";
import { keyOf } from "../../state/annotations.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Label, Mention, Span, Summary} from "../../pkg/whosaid.js" */
/** @import {Card, CardActions} from "./cards.js" */
/** @import {Row} from "../../kit/keyed.js" */
/** @import {RowActions} from "./rows.js" */
/** @import {Counts, Filtered} from "../../types.js" */

/**
 * A name that is no speaker's.
 * @typedef {object} Name
 * @property {string} text
 * @property {Label} label
 * @property {string[]} keys Of its mentions.
 * @property {Span[]} places Its mentions, and the places that mean it without a mark.
 */

/** The sorts of sources, in the order of the line that names them. */
const SORTS = /** @type {const} */ (["named", "institutional", "anonymous", "groups", "documents"]);

/** @param {CardActions & SortActions} actions */
export function createSpeakers(actions) {
    const none = element("p", { class: "none" });
    const numbers = element("h2", { class: "heading counts" });
    const summary = element("p", { class: "summary" });
    const stack = element("div", { class: "stack", "aria-hidden": "true" });
    const list = element("ul", { class: "rows" });
    const others = element("ul", { class: "rows names" });
    const heading = element("h3", { class: "heading" }, words.speakers.others);
    const cards = createKeyed(
        list,
        (/** @type {Card} */ { id }) => id,
        () => cardRow(actions),
    );
    const names = createKeyed(
        others,
        (/** @type {Name} */ { label, text }) => `${label} ${text}`,
        () => nameRow(actions),
    );
    return {
        node: element("div", {}, numbers, summary, stack, none, list, heading, others),

        /**
         * @param {string} text
         * @param {Filtered} analysis
         * @param {Counts} counts
         */
        async show(text, analysis, counts) {
            const all = cardsOf(text, analysis);
            const speaking = all.filter(isSpeaking);
            const named = namesOf(text, analysis, all);
            const sorts = sortButtons(analysis.whole, actions);
            fill(numbers, words.counted({ ...counts, attitudes: 0, others: 0 }));
            fill(summary, ...sorts);
            summary.hidden = sorts.length === 0;
            showStack(stack, speaking);
            fill(none, counts.attitudes + counts.others > 0 ? words.filter.allHidden : words.speakers.none);
            none.hidden = speaking.length > 0;
            heading.hidden = named.length === 0;
            return (await cards.show(speaking)) && names.show(named);
        },
    };
}

/**
 * @typedef {object} SortActions
 * @property {(sort: string) => void} sorted Shows the claims of one sort of sources alone, or all again.
 * @property {() => string} sort The sort that is shown alone.
 */

/**
 * How many sources of each sort the article has: each shows these alone.
 * @param {Summary | undefined} whole
 * @param {SortActions} actions
 * @returns {HTMLElement[]}
 */
function sortButtons(whole, { sorted, sort: shown }) {
    if (!whole) {
        return [];
    }
    const all = [
        ...SORTS.map((sort) => /** @type {const} */ ([sort, whole.sources[sort]])),
        /** @type {const} */ (["unattributed", whole.unattributed]),
    ];
    return all
        .filter(([sort, count]) => count > 0 || sort === shown())
        .map(([sort, count]) => {
            const attributes = {
                type: "button",
                class: "link sort",
                "aria-pressed": String(sort === shown()),
                title: words.speakers.sortHint,
            };
            const button = element("button", { ...attributes, onclick: () => sorted(sort) }, words.speakers.sort(sort, count));
            return element("span", { class: "sort-place" }, button);
        });
}

/**
 * The shares of all who speak in one bar, in their hues.
 * @param {HTMLElement} node
 * @param {readonly Card[]} cards
 */
function showStack(node, cards) {
    const shares = cards.filter(({ share, claims }) => share > 0 && claims.length > 0);
    node.hidden = shares.length === 0;
    const parts = shares.map(({ sign, share, speaker }) => {
        const part = element("span", { class: `hue-${sign?.hue ?? 0}`, title: speaker.name });
        part.style.setProperty("--share", String(share));
        return part;
    });
    fill(node, ...parts);
}

/**
 * @param {Card} card
 * @returns {boolean} Whether it makes claims, itself or through its people.
 */
function isSpeaking({ claims, people }) {
    return claims.length > 0 || people.length > 0;
}

/**
 * The names that make no claims, each once, in the order of the text.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {readonly Card[]} cards
 * @returns {Name[]}
 */
function namesOf(text, { mentions }, cards) {
    /** @type {Map<string, Name>} */
    const names = new Map();
    for (const mention of mentions) {
        const card = mention.speaker === undefined ? undefined : cards[mention.speaker];
        // A pronoun that nobody was found for names nobody.
        if (card ? !isSpeaking(card) && card.share === 0 : mention.form === "name") {
            const name = card?.speaker.name ?? text.slice(mention.span.start, mention.span.end);
            addName(names, name, mention);
        }
    }
    return [...names.values()];
}

/**
 * @param {Map<string, Name>} names
 * @param {string} text
 * @param {Mention} mention
 */
function addName(names, text, { label, span }) {
    const id = `${label} ${text}`;
    const name = names.get(id) ?? { text, label, keys: [], places: [] };
    name.keys.push(keyOf(label, span));
    name.places.push(span);
    names.set(id, name);
}

/**
 * @param {RowActions} actions
 * @returns {Row<Name>}
 */
function nameRow(actions) {
    /** @type {Name | undefined} */
    let shown;
    const keys = () => shown?.keys ?? [];
    const button = rowButton(actions, { chosen: keys, hovered: keys, places: () => shown?.places ?? [] });
    const node = element("li", { class: "name-row" }, button);
    return {
        node,
        update(name) {
            shown = name;
            setAttribute(node, "data-keys", name.keys.join(" "));
            const times = name.keys.length > 1 ? ` · ${words.speakers.times(name.keys.length)}` : "";
            fill(
                button,
                element("span", { class: `name ${name.label}` }, name.text),
                element("span", { class: "tags" }, `${words.marks[name.label].toLowerCase()}${times}`),
            );
        },
    };
}
