/**
 * @file Analysis -> what is drawn: annotations, and flat segments that do not overlap.
 */

import { NOBODY } from "./signs.js";
import { extentOf, firstAfter, isFilled, overlap } from "./spans.js";

/** @import {Claim, Mark, Mention, Span} from "../pkg/whosaid.js" */
/** @import {Annotation, Block, Filtered, Segment, Sign} from "../types.js" */

/** How many lines can stand below each other under one piece of text: one of a name, three of claims. */
const CLAIM_LANES = 3;

/**
 * A key for a mark at a place: see `Annotation`.
 * @param {Mark} mark
 * @param {Span} span
 * @returns {string}
 */
export function keyOf(mark, { start, end }) {
    return `${mark}:${start}:${end}`;
}

/**
 * The annotation of each mention and claim: the same object has the same annotation.
 * @type {WeakMap<Mention | Claim, Annotation>}
 */
const drawn = new WeakMap();

/** The names of the analysis that was asked for last: a correction of a claim leaves them alone. */
const latest = {
    /** @type {readonly Mention[]} */ mentions: [],
    /** @type {Filtered["signs"]} */ signs: [],
    /** @type {readonly Annotation[]} */ names: [],
};

/**
 * @param {readonly Mention[]} mentions
 * @param {Filtered["signs"]} signs
 * @returns {readonly Annotation[]} In the order of the text.
 */
function namesOf(mentions, signs) {
    const isSigned =
        signs === latest.signs || (signs?.length === latest.signs?.length && signs?.every((sign, at) => sign === latest.signs?.[at]));
    if (mentions !== latest.mentions || !isSigned) {
        const names = mentions.map((mention) => {
            const sign = signs?.[mention.speaker ?? -1];
            const before = known(mention);
            return before && isLike(before, sign, signs) ? before : note(mention, nameOf(mention, sign));
        });
        Object.assign(latest, { mentions, signs, names: ordered(names) });
    }
    return latest.names;
}

/**
 * @param {Annotation} before
 * @param {Sign | undefined} sign
 * @param {Filtered["signs"]} signs
 * @returns {boolean} Whether it has the sign. Where nobody asks for signs, those that are known will do.
 */
function isLike(before, sign, signs) {
    return !signs || before.sign === sign;
}

/**
 * The annotations of an analysis, in the order of the text. What was made before is taken again: after a correction this is
 * done for all of a long article before it is drawn, so each step is a plain loop.
 * @param {Filtered} analysis
 * @returns {Annotation[]}
 */
export function annotationsOf({ mentions, claims, signs }) {
    /** @type {number[]} Where each lane is free again. */
    const ends = [];
    const said = claimsInOrder(claims).map(({ claim, extent, before }) => {
        let lane = 0;
        while ((ends[lane] ?? 0) > extent.start) {
            lane += 1;
        }
        ends[lane] = extent.end;
        const sign = signs?.[claim.speaker ?? -1] ?? NOBODY;
        return before?.lane === lane && isLike(before, sign, signs) ? before : note(claim, claimOf(claim, extent, lane, sign));
    });
    return merged(namesOf(mentions, signs), said);
}

/**
 * @param {readonly Claim[]} claims
 * @returns {{claim: Claim, extent: Span, before: Annotation | undefined}[]} In the order of the text, with the annotations there were.
 */
function claimsInOrder(claims) {
    const all = claims.map((claim) => {
        const before = known(claim);
        return { claim, before, extent: before ?? extentOf(claim.content) };
    });
    const isOrdered = all.every(
        ({ extent }, index) => index === 0 || compare(/** @type {(typeof all)[0]} */ (all[index - 1]).extent, extent) <= 0,
    );
    return isOrdered ? all : all.sort((one, other) => compare(one.extent, other.extent));
}

/**
 * The order of the text: of two that start together the longer comes first.
 * @param {Span} one
 * @param {Span} other
 */
function compare(one, other) {
    return one.start - other.start || other.end - one.end;
}

/**
 * @param {Annotation[]} all
 * @returns {Annotation[]} In the order of the text; most analyses give them so.
 */
function ordered(all) {
    const isOrdered = all.every((one, index) => index === 0 || compare(/** @type {Annotation} */ (all[index - 1]), one) <= 0);
    return isOrdered ? all : all.sort(compare);
}

/**
 * Two ordered lists as one.
 * @param {readonly Annotation[]} ones These come first where both have the same place.
 * @param {readonly Annotation[]} others
 */
function merged(ones, others) {
    /** @type {Annotation[]} */
    const all = [];
    let next = 0;
    for (const one of ones) {
        for (let other = others[next]; other && compare(other, one) < 0; other = others[next]) {
            all.push(other);
            next += 1;
        }
        all.push(one);
    }
    for (; next < others.length; next += 1) {
        all.push(/** @type {Annotation} */ (others[next]));
    }
    return all;
}

/**
 * The annotation with a key.
 * @param {readonly Annotation[]} annotations In the order of the text.
 * @param {string} key
 * @returns {Annotation | undefined}
 */
export function withKey(annotations, key) {
    const [, start = "", end = ""] = key.split(":");
    const place = { start: Number(start), end: Number(end) };
    for (let at = firstFrom(place, annotations); annotations[at]?.start === place.start; at += 1) {
        if (annotations[at]?.key === key) {
            return annotations[at];
        }
    }
    return undefined;
}

/**
 * @param {Span} place
 * @param {readonly Annotation[]} annotations In the order of the text.
 * @returns {number} The index of the first that does not come before the place.
 */
function firstFrom(place, annotations) {
    let [low, high] = [0, annotations.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (compare(/** @type {Annotation} */ (annotations[middle]), place) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** @param {Mention | Claim} found */
function known(found) {
    return drawn.get(found);
}

/**
 * @param {Mention | Claim} found
 * @param {Annotation} annotation
 */
function note(found, annotation) {
    drawn.set(found, annotation);
    return annotation;
}

/**
 * @param {Mention} mention
 * @param {Sign | undefined} sign
 * @returns {Annotation}
 */
function nameOf({ label, span, form, confidence, origin, speaker }, sign) {
    return { key: keyOf(label, span), mark: label, ...span, parts: [span], confidence, origin, speaker, naming: form, sign, lane: 0 };
}

/**
 * @param {Claim} claim
 * @param {Span} extent
 * @param {number} lane
 * @param {Sign} sign
 * @returns {Annotation}
 */
function claimOf(claim, extent, lane, sign) {
    const { content: parts, confidence, origin, speaker, form } = claim;
    return { key: keyOf("claim", extent), mark: "claim", ...extent, parts, confidence, origin, speaker, form, claim, sign, lane };
}

/**
 * The annotations in each block, in the order of the text.
 * @param {readonly Block[]} blocks
 * @param {readonly Annotation[]} annotations
 * @returns {Annotation[][]} One list a block.
 */
export function markedIn(blocks, annotations) {
    const lists = blocks.map(() => /** @type {Annotation[]} */ ([]));
    for (const annotation of annotations) {
        for (const part of annotation.parts) {
            for (const index of blocksAt(blocks, part)) {
                const list = /** @type {Annotation[]} */ (lists[index]);
                if (list.at(-1) !== annotation) {
                    list.push(annotation);
                }
            }
        }
    }
    return lists;
}

/**
 * The annotations in each block after a change: the lists of `markedIn`, made anew only where something changed.
 * @param {readonly Block[]} blocks
 * @param {readonly (readonly Annotation[])[]} lists Those before.
 * @param {readonly Annotation[]} before In the order of the text.
 * @param {readonly Annotation[]} now The same.
 * @returns {(readonly Annotation[])[]} A list that says the same stays the same.
 */
export function remarked(blocks, lists, before, now) {
    const shorter = Math.min(before.length, now.length);
    let start = 0;
    while (start < shorter && before[start] === now[start]) {
        start += 1;
    }
    let end = 0;
    while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) {
        end += 1;
    }
    const [was, is] = [new Set(before.slice(start, before.length - end)), new Set(now.slice(start, now.length - end))];
    const come = [...is].filter((each) => !was.has(each));
    const gone = new Set([...was].filter((each) => !is.has(each)));
    const after = lists.slice();
    const blocksOfOne = (/** @type {Annotation} */ { parts }) => parts.flatMap((part) => blocksAt(blocks, part));
    /** @type {Map<number, Set<Annotation>>} By block: what has come there. */
    const coming = new Map([...gone].flatMap(blocksOfOne).map((index) => [index, new Set()]));
    for (const each of come) {
        for (const index of blocksOfOne(each)) {
            coming.set(index, (coming.get(index) ?? new Set()).add(each));
        }
    }
    for (const [index, fresh] of coming) {
        const block = /** @type {Block} */ (blocks[index]);
        const isHere = (/** @type {Annotation} */ { parts }) => parts.some((part) => isFilled(part) && overlap(part, block));
        const kept = (lists[index] ?? []).filter((each) => !gone.has(each));
        const earlier = [...kept, ...fresh].filter((each) => each.start < block.start);
        const places = new Map(earlier.map((each) => [each, now.indexOf(each, firstFrom(each, now))]));
        const byPlace = (/** @type {Annotation} */ one, /** @type {Annotation} */ other) =>
            (places.get(one) ?? 0) - (places.get(other) ?? 0);
        const from = firstFrom({ start: block.start, end: Infinity }, now);
        const until = firstFrom({ start: block.end, end: Infinity }, now);
        after[index] = [...earlier.sort(byPlace), ...now.slice(from, until).filter(isHere)];
    }
    return after;
}

/**
 * @param {readonly Block[]} blocks
 * @param {Span} place
 * @returns {number[]} The indices of those that it is in.
 */
function blocksAt(blocks, { start, end }) {
    const found = [];
    for (let index = firstAfter(start, blocks); start < end && (blocks[index]?.start ?? end) < end; index += 1) {
        found.push(index);
    }
    return found;
}

/**
 * The segments of a block.
 * @param {Block} block
 * @param {readonly Annotation[]} annotations Those that are in it.
 * @returns {Segment[]}
 */
export function segmentsOf(block, annotations) {
    const parts = annotations
        .flatMap((annotation) => annotation.parts.map(({ start, end }) => ({ start, end, annotation })))
        .filter(isFilled)
        .sort((one, other) => one.start - other.start);
    /** @type {typeof parts} */
    let open = [];
    let next = 0;
    /** @type {Segment[]} */
    const segments = [];
    for (let at = block.start; at < block.end;) {
        for (; next < parts.length && /** @type {Span} */ (parts[next]).start <= at; next += 1) {
            open.push(/** @type {(typeof parts)[number]} */ (parts[next]));
        }
        const here = at;
        open = open.filter(({ end }) => end > here);
        const until = Math.min(block.end, parts[next]?.start ?? block.end, ...open.map(({ end }) => end));
        segments.push(
            segment(
                at,
                until,
                open.map(({ annotation }) => annotation),
            ),
        );
        at = until;
    }
    return segments;
}

/**
 * @param {number} start
 * @param {number} end
 * @param {Annotation[]} here
 * @returns {Segment}
 */
function segment(start, end, here) {
    const distinct = new Map(here.map((annotation) => [annotation.key, annotation]));
    const all = [...distinct.values()].sort((one, other) => length(one) - length(other));
    const claims = all.filter(({ mark, lane }) => mark === "claim" && lane < CLAIM_LANES);
    // A name, and the words around it that name somebody else by it: a spokesman for the Ministry.
    const names = all.filter(({ mark }) => mark !== "claim");
    const shown = new Set([...claims.toSorted((one, other) => other.lane - one.lane), ...names.slice(-1), ...names.slice(0, 1)]);
    return { start, end, all, shown: [...shown] };
}

/** @param {Annotation} annotation */
function length({ start, end }) {
    return end - start;
}

/**
 * The neighbour of a place that has no mark any more.
 * @param {readonly Annotation[]} all
 * @param {Span | undefined} last
 * @param {1 | -1} way
 * @returns {number} An index; one before the first or after the last where there is none that way.
 */
export function beside(all, last, way) {
    if (!last) {
        return way > 0 ? 0 : all.length - 1;
    }
    const order = (/** @type {Span} */ { start, end }) => start - last.start || last.end - end;
    const after = all.findIndex((one) => order(one) > 0);
    return way > 0 ? (after < 0 ? all.length : after) : all.findLastIndex((one) => order(one) < 0);
}
