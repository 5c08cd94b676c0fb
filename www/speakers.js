/**
 * @file The list of speakers with their claims, and of everybody and everything else that is named.
 */

import { element, fill, setAttribute } from "./dom.js";
import { createKeyed } from "./keyed.js";
import { claimItems, claimRow, rowButton } from "./rows.js";
import { keyOf } from "./segments.js";
import { words } from "./words.js";

/** @import {Analysis, Fact, Label, Mention, Speaker} from "./pkg/whosaid.js" */
/** @import {ClaimItem, RowActions} from "./rows.js" */
/** @import {Row} from "./keyed.js" */

/**
 * @typedef {object} Card
 * @property {string} id The same as long as the speaker is the same.
 * @property {Speaker} speaker
 * @property {readonly string[]} keys Of where it is meant in the text.
 * @property {readonly ClaimItem[]} claims
 */

/**
 * A name of nobody who is a speaker.
 * @typedef {object} Name
 * @property {string} text
 * @property {Label} label
 * @property {string[]} keys Of where it stands.
 */

/** @param {RowActions} actions */
export function createSpeakers(actions) {
    const none = element("p", { class: "none" });
    const list = element("ul", { class: "rows" });
    const others = element("ul", { class: "rows names" });
    const heading = element("h3", { class: "heading" }, words.speakers.others);
    const cards = createKeyed(list, (/** @type {Card} */ { id }) => id, () => cardRow(actions));
    const names = createKeyed(others, (/** @type {Name} */ { label, text }) => `${label} ${text}`, () => nameRow(actions));
    return {
        node: element("div", {}, none, list, heading, others),

        /**
         * @param {string} text
         * @param {Analysis} analysis
         * @param {number} hidden How many claims the analysis leaves out.
         */
        async show(text, analysis, hidden) {
            const all = cardsOf(text, analysis);
            const speaking = all.filter(({ claims }) => claims.length > 0);
            const named = namesOf(text, analysis, all);
            fill(none, hidden > 0 ? words.filter.allHidden : words.speakers.none);
            none.hidden = speaking.length > 0;
            heading.hidden = named.length === 0;
            return (await cards.show(speaking)) && names.show(named);
        },
    };
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @returns {Card[]}
 */
function cardsOf(text, analysis) {
    /** @type {ClaimItem[][]} */
    const claims = analysis.speakers.map(() => []);
    for (const item of claimItems(text, analysis)) {
        claims[item.attribution.speaker ?? -1]?.push(item);
    }
    const marked = new Map(analysis.mentions.map(({ label, span }) => [`${span.start}:${span.end}`, keyOf(label, span)]));
    return analysis.speakers.map((speaker, index) => ({
        id: `${speaker.kind} ${speaker.name}`,
        speaker,
        keys: speaker.mentions.flatMap(({ start, end }) => marked.get(`${start}:${end}`) ?? []),
        claims: claims[index] ?? [],
    }));
}

/**
 * Who and what is named but says nothing, each name once, in the order of the text.
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
        if (!card || card.claims.length === 0) {
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
    const name = names.get(id) ?? { text, label, keys: [] };
    name.keys.push(keyOf(label, span));
    names.set(id, name);
}

/**
 * @param {RowActions} actions
 * @returns {Row<Card>}
 */
function cardRow(actions) {
    /** @type {readonly string[]} */
    let keys = [];
    const claims = element("ol", { class: "rows card-claims" });
    const rows = createKeyed(claims, (/** @type {ClaimItem} */ { key }) => key, () => claimRow(actions, false));
    const button = rowButton(actions, () => keys);
    const node = element("li", { class: "card" }, button, claims);
    return {
        node,
        update(card) {
            const { speaker } = card;
            keys = card.keys.length > 0 ? card.keys : card.claims.map(({ key }) => key);
            setAttribute(node, "data-keys", [...card.keys, ...card.claims.map(({ key }) => key)].join(" "));
            const facts = [
                speaker.kind !== "person" && words.speakers.kinds[speaker.kind],
                ...[...speaker.roles, ...speaker.affiliations].map(factText),
            ];
            fill(
                button,
                element("span", { class: "row-head" },
                    element("span", { class: `name ${speaker.kind}` }, speaker.name),
                    element("span", { class: "tags" }, words.speakers.claims(card.claims.length)),
                ),
                element("span", { class: "facts" }, facts.filter(Boolean).join(" · ")),
            );
            void rows.show(card.claims);
        },
    };
}

/** @param {Fact} fact */
function factText({ text, former }) {
    return former ? `${words.speakers.former} ${text}` : text;
}

/**
 * @param {RowActions} actions
 * @returns {Row<Name>}
 */
function nameRow(actions) {
    /** @type {readonly string[]} */
    let keys = [];
    const button = rowButton(actions, () => keys);
    const node = element("li", { class: "name-row" }, button);
    return {
        node,
        update(name) {
            ({ keys } = name);
            setAttribute(node, "data-keys", keys.join(" "));
            const times = name.keys.length > 1 ? ` · ${words.speakers.times(name.keys.length)}` : "";
            fill(
                button,
                element("span", { class: `name ${name.label}` }, name.text),
                element("span", { class: "tags" }, `${words.marks[name.label].toLowerCase()}${times}`),
            );
        },
    };
}
