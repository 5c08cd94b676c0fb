/**
 * @file One speaker as a card: name, kind, role and institution, share of what is said, and the claims.
 */

import { element, fill, setAttribute } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { claimItems, claimRow, rowButton, signed } from "./rows.js";
import { keyOf } from "../../state/annotations.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Fact, Speaker} from "../../pkg/whosaid.js" */
/** @import {Filtered, Sign} from "../../types.js" */
/** @import {ClaimItem, RowActions} from "./rows.js" */
/** @import {Row} from "../../kit/keyed.js" */

/**
 * @typedef {object} Card
 * @property {string} id The same for the same speaker.
 * @property {number} index In the analysis.
 * @property {Speaker} speaker
 * @property {Sign} [sign] Absent: it says nothing itself.
 * @property {readonly string[]} keys Of the marks that mean it.
 * @property {readonly string[]} names Of those that name it.
 * @property {readonly ClaimItem[]} claims
 * @property {number} share Of all words that are said here: 0 to 1.
 * @property {readonly string[]} people The names of those who speak for it.
 */

/** @typedef {RowActions & {profiled: (speaker: number, button: HTMLElement) => void}} CardActions */

/**
 * A card of each speaker, in the order of the analysis.
 * @param {string} text
 * @param {Filtered} analysis
 * @returns {Card[]}
 */
export function cardsOf(text, analysis) {
    const { speakers, summary, claims, signs, whole } = analysis;
    const items = speakers.map(() => /** @type {ClaimItem[]} */ ([]));
    for (const item of claimItems(text, analysis)) {
        items[item.claim.speaker ?? -1]?.push(item);
    }
    const keys = speakers.map(() => /** @type {string[]} */ ([]));
    const names = speakers.map(() => /** @type {string[]} */ ([]));
    for (const { label, span, form, speaker = -1 } of analysis.mentions) {
        keys[speaker]?.push(keyOf(label, span));
        if (form === "name") {
            names[speaker]?.push(keyOf(label, span));
        }
    }
    const people = new Map((summary?.institutions ?? []).map((voice) => [voice.speaker, voice.people ?? []]));
    // A share is of the whole article, whatever the filter shows.
    const spoken = new Map((whole?.speakers ?? []).map((voice) => [voice.speaker, voice.words]));
    const all = whole?.words ?? wordsIn(claims);
    return speakers.map((speaker, index) => {
        const place = speaker.mentions[0];
        const own = items[index] ?? [];
        return {
            id: place ? `${place.start}:${place.end}` : speaker.name,
            index,
            speaker,
            sign: signs?.[index],
            keys: keys[index] ?? [],
            names: names[index] ?? [],
            claims: own,
            share: all > 0 ? (whole ? (spoken.get(index) ?? 0) : wordsIn(own.map(({ claim }) => claim))) / all : 0,
            people: (people.get(index) ?? []).flatMap((one) => speakers[one]?.name ?? []),
        };
    });
}

/** @param {Analysis["claims"]} claims */
function wordsIn(claims) {
    return claims.reduce((sum, claim) => sum + (claim.words ?? 0), 0);
}

/**
 * The keys of a speaker's mentions and claims.
 * @param {Card} card
 * @returns {string[]}
 */
export function keysOf({ keys, claims }) {
    return [...keys, ...claims.map(({ key }) => key)];
}

/**
 * The keys that a chosen speaker goes round: those of its names, or of all its mentions where it has no name.
 * @param {Card} card
 * @returns {readonly string[]}
 */
export function choosable(card) {
    return [card.names, card.keys].find((some) => some.length > 0) ?? keysOf(card);
}

/**
 * The button of a speaker's row: it lights and chooses the speaker's marks.
 * @param {RowActions} actions
 * @param {() => Card | undefined} shown The card that the row shows now.
 * @returns {HTMLButtonElement}
 */
export function cardButton(actions, shown) {
    const of = (/** @type {(card: Card) => readonly string[]} */ keys) => () => {
        const card = shown();
        return card ? keys(card) : [];
    };
    return rowButton(actions, { chosen: of(choosable), hovered: of(keysOf), places: () => shown()?.speaker.mentions ?? [] });
}

/**
 * @param {CardActions} actions
 * @returns {Row<Card>}
 */
export function cardRow(actions) {
    /** @type {Card | undefined} */
    let shown;
    const claims = element("ol", { class: "rows card-claims" });
    const rows = createKeyed(
        claims,
        (/** @type {ClaimItem} */ { key }) => key,
        () => claimRow(actions, false),
    );
    const button = cardButton(actions, () => shown);
    const profile = profileButton(() => actions.profiled(shown?.index ?? -1, profile));
    const node = element("li", { class: "card", part: "speaker" }, button, profile, claims);
    return {
        node,
        update(card) {
            const before = shown;
            shown = card;
            setAttribute(node, "data-keys", keysOf(card).join(" "));
            setAttribute(node, "data-speaker", card.index);
            profile.setAttribute("aria-label", words.profile.of(card.speaker.name));
            if (!before || lookOf(before) !== lookOf(card)) {
                fill(button, ...signed(card.sign, ...cardParts(card)));
            }
            void rows.show(card.claims);
        },
    };
}

/** @param {() => void} onclick */
export function profileButton(onclick) {
    const button = element("button", { type: "button", class: "more", popovertarget: "profile", onclick }, "⋯");
    return button;
}

/** @param {Card} card */
function lookOf({ speaker, sign, claims, share, people }) {
    return JSON.stringify([speaker, sign, claims.length, share, people]);
}

/**
 * @param {Card} card
 * @returns {Node[]}
 */
function cardParts({ speaker, claims, share, people }) {
    const percent = words.percent(share);
    return [
        element(
            "span",
            { class: "row-head" },
            element(
                "span",
                {},
                element("span", { class: `name ${speaker.kind}` }, speaker.name),
                isAnonymous(speaker) && " ",
                isAnonymous(speaker) && element("span", { class: "pill" }, words.speakers.anonymous),
            ),
            element("span", { class: "for-ears" }, `, ${words.speakers.amount(percent, claims.length)} `),
            element("span", { class: "amount", "aria-hidden": "true" }, percent),
            element("span", { class: "amount", "aria-hidden": "true" }, words.number(claims.length)),
        ),
        element("span", { class: "facts" }, factsOf(speaker).join(" · ")),
        ...(people.length > 0 ? [element("span", { class: "facts" }, words.speakers.people(people))] : []),
    ];
}

/**
 * @param {Speaker} speaker
 * @returns {boolean} Whether somebody knows more of it than the article says.
 */
export function isAnonymous({ kind, anonymous }) {
    return Boolean(anonymous) || kind === "anonymous";
}

/**
 * What a speaker does and is, in words.
 * @param {Speaker} speaker
 */
export function factsOf(speaker) {
    return /** @type {string[]} */ ([...whatItDoes(speaker), ...whatItIs(speaker)].filter(Boolean));
}

/**
 * The kind and the sector of a speaker, in words: nothing for a person or somebody anonymous without a sector.
 * @param {Speaker} speaker
 * @returns {(string | false | undefined)[]}
 */
export function whatItIs({ kind, sector }) {
    // That somebody is anonymous a tag says.
    const said = kind === "person" || kind === "anonymous";
    return [!said && words.speakers.kinds[kind], sector && words.speakers.sectors[sector]];
}

/**
 * Roles and institutions.
 * @param {Speaker} speaker
 */
export function whatItDoes({ roles, affiliations }) {
    const text = (/** @type {Fact} */ fact, /** @type {string} */ before) =>
        // The article's own words may say it already.
        fact.former && !fact.text.toLowerCase().startsWith(before) ? `${before} ${fact.text}` : fact.text;
    return [
        roles.map((role) => text(role, words.speakers.former)).join(", "),
        affiliations.map((affiliation) => text(affiliation, words.speakers.formerly)).join(", "),
    ];
}
