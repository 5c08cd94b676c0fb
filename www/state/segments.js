/**
 * @file Analysis -> what is drawn: paragraphs, annotations, and flat segments that do not overlap.
 */

import { NOBODY } from "./signs.js";
import { extentOf, firstAfter, isFilled } from "./spans.js";

/** @import {Claim, Mark, Mention, Span, Zone, ZoneSpan} from "../pkg/whosaid.js" */
/** @import {Annotation, Block, Filtered, Segment, Sign} from "../types.js" */

/** How many lines can stand below each other under one piece of text: one of a name, three of claims. */
const CLAIM_LANES = 3;

/** A paragraph longer than this, in UTF-16 code units, is drawn as several. */
const LONGEST_BLOCK = 20_000;

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

/**
 * The annotations of an analysis, in the order of the text.
 * @param {Filtered} analysis
 * @returns {Annotation[]}
 */
export function annotationsOf({ mentions, claims, signs }) {
    // Where nobody asks for signs, those that are known will do.
    const isLike = (/** @type {Annotation} */ before, /** @type {Sign | undefined} */ sign) => !signs || before.sign === sign;
    const names = mentions.map((mention) => {
        const sign = signs?.[mention.speaker ?? -1];
        const before = known(mention);
        return before && isLike(before, sign) ? before : note(mention, nameOf(mention, sign));
    });
    /** @type {number[]} Where each lane is free again. */
    const ends = [];
    const said = claims
        .map((claim) => ({ claim, extent: extentOf(claim.content) }))
        .sort((one, other) => one.extent.start - other.extent.start || other.extent.end - one.extent.end)
        .map(({ claim, extent }) => {
            const free = ends.findIndex((end) => end <= extent.start);
            const lane = free < 0 ? ends.length : free;
            ends[lane] = extent.end;
            const sign = signs?.[claim.speaker ?? -1] ?? NOBODY;
            const before = known(claim);
            return before?.lane === lane && isLike(before, sign) ? before : note(claim, claimOf(claim, extent, lane, sign));
        });
    return [...names, ...said].sort((one, other) => one.start - other.start || other.end - one.end);
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
 * The paragraphs of a text; together they hold all of it but white space.
 * @param {string} text
 * @param {readonly ZoneSpan[]} zones In order.
 * @returns {Block[]}
 */
export function blocksOf(text, zones) {
    /** @type {Block[]} */
    const blocks = [];
    let at = 0;
    for (const { span, zone } of zones) {
        blocks.push(...split(text, at, span.start, "body"), ...split(text, span.start, span.end, zone));
        at = span.end;
    }
    return [...blocks, ...split(text, at, text.length, "body")];
}

/**
 * A piece of text as blocks that are not too long, cut at white space where there is any.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Zone} zone
 * @returns {Block[]} None when there is nothing but white space.
 */
function split(text, start, end, zone) {
    /** @type {Block[]} */
    const blocks = [];
    for (let at = start; at < end;) {
        const limit = at + LONGEST_BLOCK;
        const space = limit < end ? text.lastIndexOf(" ", limit) : end;
        const next = space > at ? space : limit;
        const piece = text.slice(at, next);
        const lead = piece.length - piece.trimStart().length;
        if (lead < piece.length) {
            blocks.push({ start: at + lead, end: next - (piece.length - piece.trimEnd().length), zone });
        }
        at = next;
    }
    return blocks;
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
        for (const { start, end } of annotation.parts) {
            for (let index = firstAfter(start, blocks); (blocks[index]?.start ?? end) < end; index += 1) {
                const list = /** @type {Annotation[]} */ (lists[index]);
                if (start < end && list.at(-1) !== annotation) {
                    list.push(annotation);
                }
            }
        }
    }
    return lists;
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
