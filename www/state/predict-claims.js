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
 * @param {Analysis} analysis
 * @param {Claim} claim
 * @returns {Analysis} With this claim at its place.
 */
export function withClaim(analysis, claim) {
    const { start, end } = extentOf(claim.content);
    const next = analysis.claims.findIndex(({ content }) => {
        const other = extentOf(content);
        return other.start > start || (other.start === start && other.end < end);
    });
    const at = next < 0 ? analysis.claims.length : next;
    const moved = (/** @type {number | undefined} */ index) => (index !== undefined && index >= at ? index + 1 : index);
    const claims = analysis.claims.map((each) => linked(each, moved(each.continues), moved(each.inside)));
    return { ...analysis, claims: claims.toSpliced(at, 0, claim) };
}

/**
 * A claim with these indices.
 * @param {Claim} claim
 * @param {number | undefined} continues
 * @param {number | undefined} inside
 * @returns {Claim}
 */
function linked(claim, continues, inside) {
    return continues === claim.continues && inside === claim.inside ? claim : { ...claim, continues, inside };
}

/**
 * An analysis without some claims. A claim that continued a removed one continues the claim before that; a claim inside a removed
 * one is inside the claim around that.
 * @param {Analysis} analysis
 * @param {(claim: Claim) => boolean} isGone
 * @returns {Analysis}
 */
export function withoutClaims(analysis, isGone) {
    /** @type {(number | undefined)[]} The claim that stands for each now: where it is continued, and where it is around another. */
    const places = [];
    /** @type {(number | undefined)[]} */
    const around = [];
    /** @type {Claim[]} */
    const claims = [];
    for (const claim of analysis.claims) {
        const continues = claim.continues === undefined ? undefined : places[claim.continues];
        const inside = claim.inside === undefined ? undefined : around[claim.inside];
        if (isGone(claim)) {
            places.push(continues);
            around.push(inside);
        } else {
            places.push(claims.length);
            around.push(claims.length);
            claims.push(linked(claim, continues, inside));
        }
    }
    return { ...analysis, claims };
}
