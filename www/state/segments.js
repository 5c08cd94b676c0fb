/**
 * @file Annotations -> what is drawn of each paragraph: flat segments that do not overlap.
 */

import { firstFrom } from "./annotations.js";
import { firstAfter, isFilled, overlap } from "./spans.js";
import { spliceOf } from "./splice.js";

/** @import {Span} from "../pkg/whosaid.js" */
/** @import {Annotation, Block, Segment} from "../types.js" */

/** How many lines can stand below each other under one piece of text: one of a name, three of claims. */
const CLAIM_LANES = 3;

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
    const splice = spliceOf(before, now);
    const [was, is] = [new Set(splice.gone), new Set(splice.come)];
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
