/**
 * @file Predicts the claims of a corrected analysis: their words, and which claim continues which.
 */

import { extentOf, isFilled, overlap, trimmed, without } from "./spans.js";

/** @import {Analysis, Claim, Span} from "../pkg/whosaid.js" */

/**
 * The words of a claim after its outer edges were moved, as in the core: parts outside are cut off, gaps stay, words of source and
 * cue are not taken.
 * @param {string} text
 * @param {Claim} claim
 * @param {Span} to
 * @returns {Span[]} None where nothing is left.
 */
export function grown(text, { content, source, cue }, to) {
    const old = extentOf(content);
    const fresh = [
        { start: to.start, end: Math.min(to.end, old.start) },
        { start: Math.max(to.start, old.end), end: to.end },
    ];
    const taken = [source, cue].filter((span) => span !== undefined);
    const free = taken.reduce((parts, hole) => parts.flatMap((part) => (overlap(part, hole) ? without(part, hole) : part)), fresh);
    const added = free.map((part) => (part.end === old.start || part.start === old.end ? part : opened(text, part)));
    const kept = content.map(({ start, end }) => ({ start: Math.max(start, to.start), end: Math.min(end, to.end) }));
    /** @type {Span[]} */
    const parts = [];
    for (const part of [...added, ...kept].filter(isFilled).sort((one, other) => one.start - other.start)) {
        const last = parts.at(-1);
        if (last?.end === part.start) {
            parts[parts.length - 1] = { start: last.start, end: part.end };
        } else {
            parts.push(part);
        }
    }
    return parts.map((part) => trimmed(text, part)).filter(isFilled);
}

/**
 * A part that starts with something that can be said: behind stops and closing quotation marks.
 * @param {string} text
 * @param {Span} part
 * @returns {Span}
 */
function opened(text, { start, end }) {
    const closing = /^[\s.,;:!?)\]”’»…]*/u.exec(text.slice(start, end))?.[0].length ?? 0;
    return { start: start + closing, end };
}

/**
 * @param {Claim} claim
 * @param {(index: number, field: "continues" | "inside") => number | undefined} to Where a claim is now.
 * @returns {Claim} With the claims that it names at their new places; the same object where they have not moved.
 */
function relinked(claim, to) {
    const continues = claim.continues === undefined ? undefined : to(claim.continues, "continues");
    const inside = claim.inside === undefined ? undefined : to(claim.inside, "inside");
    return continues === claim.continues && inside === claim.inside ? claim : { ...claim, continues, inside };
}

/**
 * @param {Analysis} analysis
 * @returns {Analysis} With its claims in the core's order: by start, the longer one first.
 */
export function inOrder(analysis) {
    const rows = analysis.claims.map((claim, index) => ({ claim, index, place: extentOf(claim.content) }));
    const ordered = rows.toSorted((one, other) => one.place.start - other.place.start || other.place.end - one.place.end);
    if (ordered.every(({ index }, now) => index === now)) {
        return analysis;
    }
    const places = new Map(ordered.map(({ index }, now) => [index, now]));
    return { ...analysis, claims: ordered.map(({ claim }) => relinked(claim, (index) => places.get(index))) };
}

/**
 * @param {Analysis} analysis
 * @param {Claim} claim
 * @returns {Analysis} With this claim at its place.
 */
export function withClaim(analysis, claim) {
    return inOrder({ ...analysis, claims: [...analysis.claims, claim] });
}

/**
 * An analysis without some claims. What continued a removed claim, or is inside it, belongs to the claim before or around that.
 * @param {Analysis} analysis
 * @param {(claim: Claim) => boolean} isGone
 * @returns {Analysis}
 */
export function withoutClaims(analysis, isGone) {
    const kept = analysis.claims.map((claim, index) => ({ claim, index })).filter(({ claim }) => !isGone(claim));
    const places = new Map(kept.map(({ index }, now) => [index, now]));
    /** @type {(index: number, field: "continues" | "inside") => number | undefined} */
    const to = (index, field) => {
        const next = analysis.claims[index]?.[field];
        return places.get(index) ?? (next === undefined || next >= index ? undefined : to(next, field));
    };
    return { ...analysis, claims: kept.map(({ claim }) => relinked(claim, to)) };
}
