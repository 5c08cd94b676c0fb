/**
 * @file Names in the margin: beside each paragraph, who speaks in it. For the eye and the pointer; the lists are the accessible
 * interface. All that it says stands in attributes, which styles write: the text of the article stays what it is.
 */

import { element, setAttribute } from "../../kit/dom.js";
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

/** The height of the line that says what somebody does, in pixels. */
const VERB = 16;

/** How far below its paragraph an entry may reach, in pixels: the next one starts lower. */
const BELOW = 16;

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
    const more = rest > 0 && element("span", { class: "entry entry-more", "data-name": words.margin.more(rest), "data-rest": rest });
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
    /** @type {Map<Element, Map<Element, readonly number[]>>} By section and paragraph: where its entries start. */
    let starts = new Map();
    /** @type {WeakMap<Element, Entry>} */
    const shown = new WeakMap();
    /** @type {Set<Element>} The sections on the screen: in a long article the others have no layout. */
    const seen = new Set();
    const isTold = "oncontentvisibilityautostatechange" in article;
    /** @type {Set<Element>} The sections where something changed. */
    const changed = new Set();

    /** @param {Iterable<Element>} sections */
    function due(sections) {
        if (changed.size === 0) {
            requestAnimationFrame(() => {
                const isLong = isTold && article.classList.contains("many");
                const all = [...changed].filter((section) => !isLong || seen.has(section));
                changed.clear();
                placeEntries(new Map(all.flatMap((section) => [...(starts.get(section) ?? [])])), places);
            });
        }
        for (const section of sections) {
            changed.add(section);
        }
    }

    article.addEventListener(
        "contentvisibilityautostatechange",
        (event) => {
            const { skipped } = /** @type {ContentVisibilityAutoStateChangeEvent} */ (event);
            const section = /** @type {Element} */ (event.target);
            if (skipped) {
                seen.delete(section);
            } else {
                seen.add(section);
                due([section]);
            }
        },
        { signal },
    );
    watchSize(article, () => due(starts.keys()), signal);
    return {
        clear() {
            starts = new Map();
            seen.clear();
        },

        /**
         * @param {Element | undefined} block
         * @returns {boolean} Whether a paragraph of a long article is on the screen.
         */
        isSeen: (block) => seen.has(/** @type {Element} */ (block?.parentElement)),

        /**
         * Notes what the margin of a paragraph shows.
         * @param {Element} block
         * @param {readonly {node: HTMLElement, entry: Entry}[]} entries
         */
        note(block, entries) {
            entries.forEach(({ node, entry }) => shown.set(node, entry));
            const section = /** @type {Element} */ (block.parentElement);
            const paragraphs = starts.get(section) ?? new Map();
            starts.set(section, paragraphs);
            paragraphs.set(
                block,
                entries.map(({ entry }) => entry.at),
            );
            due([section]);
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

/** How high entries are with all that they say: one that says less now is not measured. @type {WeakMap<Element, number>} */
const heights = new WeakMap();

/**
 * The entries of a paragraph as they were measured.
 * @typedef {object} Measured
 * @property {HTMLElement} margin
 * @property {HTMLElement[]} nodes
 * @property {HTMLElement | undefined} more Tells how many others there are.
 * @property {number} rest How many of these have no node.
 * @property {number} top Of the paragraph.
 * @property {number} bottom
 * @property {number} low The height of an entry that says the name alone.
 * @property {number[]} lines Where each would stand, if it were the only one.
 */

/**
 * Puts each entry beside the line that its first claim starts in; each pushes the next down. Where a paragraph is too low for all of
 * them, they say the name alone, and if need be in one line; of those that find no room even so, there is the number.
 * @param {ReadonlyMap<Element, readonly number[]>} paragraphs In any order: the places of the entries of each.
 * @param {ReturnType<typeof createPlaces>} places
 */
function placeEntries(paragraphs, places) {
    const [first] = [...paragraphs.keys()].flatMap((block) => block.querySelector(":scope > .margin") ?? []);
    // In a narrow view they stand above the paragraph.
    const isBeside = first && getComputedStyle(first).position === "absolute";
    const inOrder = [...paragraphs].sort(([, [one = 0]], [, [other = 0]]) => one - other);
    // All is measured before anything moves.
    const measured = inOrder.flatMap(([block, starts]) => measure(block, starts, places, Boolean(isBeside)) ?? []);
    let free = -Infinity;
    for (const each of measured) {
        const full = (/** @type {HTMLElement} */ node) => heights.get(node) ?? each.low;
        const ways = [full, (/** @type {HTMLElement} */ node) => Math.max(each.low, full(node) - VERB), () => each.low];
        const fits = ways.map((way) => stacked(each, way, free).filter((end) => end <= each.bottom + BELOW).length);
        const all = each.nodes.length;
        const most = isBeside ? Math.max(1, ...fits) : all;
        // Where one is left out the others say as little as they can.
        const way = isBeside ? fits.findIndex((fit) => fit === all) : 0;
        free = put(each, ways.at(way) ?? full, way < 0 ? ways.length - 1 : way, most, free);
    }
}

/**
 * @param {Element} block
 * @param {readonly number[]} starts
 * @param {ReturnType<typeof createPlaces>} places
 * @param {boolean} isBeside
 * @returns {Measured | undefined} `undefined` where nobody speaks.
 */
function measure(block, starts, places, isBeside) {
    const margin = /** @type {HTMLElement | null} */ (block.querySelector(":scope > .margin"));
    if (!margin) {
        return undefined;
    }
    const all = /** @type {HTMLElement[]} */ ([...margin.children]);
    const nodes = all.filter((node) => !node.matches(".entry-more"));
    const more = all.find((node) => node.matches(".entry-more"));
    if (!isBeside) {
        return { margin, nodes, more, rest: Number(more?.dataset.rest ?? 0), top: 0, bottom: 0, low: 0, lines: [] };
    }
    const { top, bottom } = block.getBoundingClientRect();
    const low = nodes[0]?.firstElementChild?.getBoundingClientRect().height ?? 0;
    if (!margin.matches(".dense")) {
        nodes.forEach((node) => heights.set(node, node.getBoundingClientRect().height));
    }
    const lines = nodes.map((_, nth) => {
        const line = lineOf(places, starts[nth]);
        return line ? line.top + (line.height - low) / 2 : -Infinity;
    });
    return { margin, nodes, more, rest: Number(more?.dataset.rest ?? 0), top, bottom, low, lines };
}

/**
 * @param {Measured} measured
 * @param {(node: HTMLElement) => number} heightOf
 * @param {number} free Where there is room from.
 * @returns {number[]} Where each ends.
 */
function stacked({ nodes, lines }, heightOf, free) {
    let from = free;
    return nodes.map((node, nth) => {
        const end = Math.max(from, lines[nth] ?? from) + heightOf(node);
        from = end + GAP;
        return end;
    });
}

/**
 * @param {Measured} measured
 * @param {(node: HTMLElement) => number} heightOf
 * @param {number} way 0: they say all; 1: the name alone; 2: in one line.
 * @param {number} fit How many are shown.
 * @param {number} free Where there is room from.
 * @returns {number} Where there is room from afterwards.
 */
function put(measured, heightOf, way, fit, free) {
    const { margin, nodes, more, rest, top, low } = measured;
    const ends = stacked(measured, heightOf, free);
    const isDense = way > 0;
    margin.classList.toggle("dense", isDense);
    margin.classList.toggle("short", way > 1);
    nodes.forEach((node, nth) => {
        node.hidden = nth >= fit;
        node.style.setProperty("--y", `${(ends[nth] ?? 0) - heightOf(node) - top}px`);
    });
    const last = ends[fit - 1] ?? 0;
    more?.style.setProperty("--y", `${last + GAP - top}px`);
    const others = isDense ? rest + nodes.length - fit : 0;
    // In a low paragraph the number stands beside the last name, and takes no line.
    nodes.forEach((node, nth) => setAttribute(node, "data-more", others > 0 && nth === fit - 1 && words.margin.more(others)));
    return last + GAP + (more && !isDense ? low : 0);
}

/**
 * @param {ReturnType<typeof createPlaces>} places
 * @param {number | undefined} at
 * @returns {DOMRect | undefined} The line of text that a character stands in.
 */
function lineOf(places, at) {
    return at === undefined ? undefined : places.rangesOf({ start: at, end: at + 1 })[0]?.getClientRects()[0];
}
