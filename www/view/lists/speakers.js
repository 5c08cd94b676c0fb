/**
 * @file The list of speakers with their claims, and of all other names.
 */

import { cardRow, cardsOf } from "./cards.js";
import { element, fill, setAttribute } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { rowButton } from "./rows.js";
import { keyOf } from "../../state/segments.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Label, Mention, Span} from "../../pkg/whosaid.js" */
/** @import {Card, CardActions} from "./cards.js" */
/** @import {Row} from "../../kit/keyed.js" */
/** @import {RowActions} from "./rows.js" */
/** @import {Counts} from "../../types.js" */

/**
 * A name that is no speaker's.
 * @typedef {object} Name
 * @property {string} text
 * @property {Label} label
 * @property {string[]} keys Of its mentions.
 * @property {Span[]} places Its mentions, and the places that mean it without a mark.
 */

/** @param {CardActions} actions */
export function createSpeakers(actions) {
    const none = element("p", { class: "none" });
    const numbers = element("p", { class: "summary counts" });
    const summary = element("p", { class: "summary" });
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
        node: element("div", {}, numbers, summary, none, list, heading, others),

        /**
         * @param {string} text
         * @param {Analysis} analysis
         * @param {Counts} counts
         */
        async show(text, analysis, counts) {
            const all = cardsOf(text, analysis);
            const speaking = all.filter(isSpeaking);
            const named = namesOf(text, analysis, all);
            const sorts = analysis.summary ? words.speakers.summary(analysis.summary) : "";
            fill(numbers, words.counted(counts));
            fill(summary, sorts);
            summary.hidden = sorts === "";
            fill(none, counts.attitudes + counts.others > 0 ? words.filter.allHidden : words.speakers.none);
            none.hidden = speaking.length > 0;
            heading.hidden = named.length === 0;
            return (await cards.show(speaking)) && names.show(named);
        },
    };
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
        if (card ? !isSpeaking(card) : mention.form === "name") {
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
