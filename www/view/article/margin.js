/**
 * @file Names in the margin: beside each paragraph, who speaks in it. For the eye and the pointer; the lists are the accessible
 * interface. All that it says stands in attributes, which styles write: the text of the article stays what it is.
 */

import { element } from "../../kit/dom.js";
import { watchSize } from "../../kit/place.js";
import { NOBODY } from "../../state/signs.js";
import { overlap } from "../../state/spans.js";
import { words } from "../../words/words.js";
import { createChip } from "./chip.js";

/** @import {createPlaces} from "./places.js" */
/** @import {Annotation, Block, Sign} from "../../types.js" */

/** How many entries a paragraph has; of more, each speaker has one, and the rest are a number. */
const MOST = 3;

/** The least distance between two entries, in pixels. */
const GAP = 6;

/**
 * One speaker for as long as nobody else speaks.
 * @typedef {object} Entry
 * @property {Sign} sign
 * @property {readonly Annotation[]} claims
 * @property {number} at Where the first of them starts in the paragraph.
 */

/**
 * @param {Block} block
 * @param {readonly Annotation[]} marked The annotations in it.
 * @returns {Entry[]} In the order of the text.
 */
export function entriesOf(block, marked) {
    const claims = marked.flatMap((claim) => {
        const part = claim.mark === "claim" && claim.parts.find((each) => overlap(each, block));
        return part ? [{ claim, at: Math.max(block.start, part.start) }] : [];
    });
    /** @type {(Entry & {claims: Annotation[]})[]} */
    const entries = [];
    for (const { claim, at } of claims.sort((one, other) => one.at - other.at || other.claim.end - one.claim.end)) {
        const { sign = NOBODY } = claim;
        const last = entries.at(-1);
        if (last?.sign === sign) {
            last.claims.push(claim);
        } else {
            entries.push({ sign, claims: [claim], at });
        }
    }
    return entries.length > MOST ? joined(entries) : entries;
}

/**
 * @param {readonly (Entry & {claims: Annotation[]})[]} entries
 * @returns {Entry[]} One for each speaker.
 */
function joined(entries) {
    /** @type {Map<Sign, Entry & {claims: Annotation[]}>} */
    const bySign = new Map();
    for (const entry of entries) {
        bySign.get(entry.sign)?.claims.push(...entry.claims);
        bySign.set(entry.sign, bySign.get(entry.sign) ?? entry);
    }
    return [...bySign.values()];
}

/**
 * @param {Entry} entry
 * @returns {[name: string, does: string]}
 */
function textOf({ sign, claims }) {
    const kinds = claims.flatMap(({ claim }) => claim?.kind ?? []);
    return [words.margin.who(sign), words.margin.does(sign, kinds)];
}

/**
 * @param {readonly Entry[]} entries
 * @returns {unknown} Equal for entries that look the same.
 */
export function lookOf(entries) {
    return entries.map((entry) => [entry.at, entry.sign.letter, entry.sign.shape, ...textOf(entry)]);
}

/**
 * @param {readonly Entry[]} entries
 * @returns {{node: HTMLElement, entries: {node: HTMLElement, entry: Entry}[]} | undefined} `undefined` where nobody speaks.
 */
export function drawMargin(entries) {
    const shown = entries.slice(0, MOST).map((entry) => {
        const [name, does] = textOf(entry);
        const text = element("span", { class: "entry-text", "data-name": name, "data-does": does });
        return { entry, node: element("span", { class: `entry hue-${entry.sign.hue}` }, createChip(entry.sign), text) };
    });
    const rest = entries.length - shown.length;
    const more = rest > 0 && element("span", { class: "entry entry-more", "data-name": words.margin.more(rest) });
    const nodes = shown.map(({ node }) => node);
    return entries.length > 0
        ? { node: element("span", { class: "margin", "aria-hidden": "true" }, ...nodes, more), entries: shown }
        : undefined;
}

/**
 * Puts entries where they belong, in the frame after something changed.
 * @param {HTMLElement} article
 * @param {ReturnType<typeof createPlaces>} places
 * @param {AbortSignal} signal
 */
export function createMargin(article, places, signal) {
    /** @type {Map<Element, readonly number[]>} By paragraph: where its entries start. */
    let starts = new Map();
    /** @type {WeakMap<Element, Entry>} */
    const shown = new WeakMap();
    /** @type {Set<Element>} The paragraphs on the screen: in a long article the others have no layout. */
    const seen = new Set();
    // An observer of each paragraph would be asked in each frame.
    const isTold = "oncontentvisibilityautostatechange" in article;
    let isDue = false;

    function due() {
        if (!isDue) {
            isDue = true;
            requestAnimationFrame(() => {
                isDue = false;
                const isLong = article.classList.contains("many") && isTold;
                placeEntries(isLong ? new Map([...starts].filter(([block]) => seen.has(block))) : starts, places);
            });
        }
    }

    article.addEventListener(
        "contentvisibilityautostatechange",
        (event) => {
            const { target, skipped } = /** @type {ContentVisibilityAutoStateChangeEvent} */ (event);
            if (skipped) {
                seen.delete(/** @type {Element} */ (target));
            } else {
                seen.add(/** @type {Element} */ (target));
            }
            due();
        },
        { signal },
    );
    watchSize(article, due, signal);
    return {
        clear() {
            starts = new Map();
            seen.clear();
        },

        /**
         * Notes what the margin of a paragraph shows.
         * @param {Element} block
         * @param {readonly {node: HTMLElement, entry: Entry}[]} entries
         */
        note(block, entries) {
            entries.forEach(({ node, entry }) => shown.set(node, entry));
            starts.set(
                block,
                entries.map(({ entry }) => entry.at),
            );
            due();
        },

        /**
         * @param {EventTarget | null} target
         * @returns {Entry | undefined} The entry that a node is in.
         */
        at(target) {
            const node = target instanceof Element ? target.closest(".entry") : null;
            return node ? shown.get(node) : undefined;
        },
    };
}

/**
 * Puts each entry beside the line that its first claim starts in; each pushes the next down.
 * @param {ReadonlyMap<Element, readonly number[]>} paragraphs In any order: the places of the entries of each.
 * @param {ReturnType<typeof createPlaces>} places
 */
function placeEntries(paragraphs, places) {
    const [first] = [...paragraphs.keys()].flatMap((block) => block.querySelector(":scope > .margin") ?? []);
    // In a narrow view they stand above the paragraph.
    if (!first || getComputedStyle(first).position !== "absolute") {
        return;
    }
    let free = -Infinity;
    const inOrder = [...paragraphs].sort(([, [one = 0]], [, [other = 0]]) => one - other);
    // All is measured before anything moves.
    const moves = inOrder.flatMap(([block, starts]) => {
        const margin = block.querySelector(":scope > .margin");
        const { top } = block.getBoundingClientRect();
        return [...(margin?.children ?? [])].map((node, nth) => {
            const line = lineOf(places, starts[nth]);
            const { height } = node.getBoundingClientRect();
            const chip = node.firstElementChild?.getBoundingClientRect().height ?? 0;
            const y = Math.max(free, line ? line.top + (line.height - chip) / 2 : free);
            free = y + height + GAP;
            return { node: /** @type {HTMLElement} */ (node), y: y - top };
        });
    });
    moves.forEach(({ node, y }) => node.style.setProperty("--y", `${y}px`));
}

/**
 * @param {ReturnType<typeof createPlaces>} places
 * @param {number | undefined} at
 * @returns {DOMRect | undefined} The line of text that a character stands in.
 */
function lineOf(places, at) {
    return at === undefined ? undefined : places.rangesOf({ start: at, end: at + 1 })[0]?.getClientRects()[0];
}
