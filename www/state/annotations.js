/**
 * @file Analysis -> annotations: one for each mention and claim. After a correction those of a long article are wanted before it is
 * drawn, so what was made last is taken again, and only what changed is made.
 */

import { NOBODY } from "./signs.js";
import { extentOf } from "./spans.js";
import { spliceOf } from "./splice.js";

/** @import {Claim, Mark, Mention, Span} from "../pkg/whosaid.js" */
/** @import {Annotation, Filtered, Sign} from "../types.js" */

/**
 * What was asked for last, with the answer.
 * @typedef {object} Made
 * @property {readonly Mention[]} mentions
 * @property {readonly Claim[]} claims
 * @property {Filtered["signs"]} signs
 * @property {readonly Annotation[]} ofMentions One a mention, in their order.
 * @property {readonly Annotation[]} ofClaims
 * @property {readonly Annotation[]} names Those of the mentions in the order of the text.
 * @property {readonly Annotation[]} said
 * @property {readonly Annotation[]} all
 */

/** @type {Made} */
const NOTHING = { mentions: [], claims: [], signs: undefined, ofMentions: [], ofClaims: [], names: [], said: [], all: [] };

/**
 * The annotation of each mention and claim: the same object has the same annotation, whoever asks.
 * @type {WeakMap<Mention | Claim, Annotation>}
 */
const drawn = new WeakMap();

/** A function that gives the annotations of one analysis after the other, as `annotationsOf` does. */
export function createAnnotations() {
    let last = NOTHING;
    return (/** @type {Filtered} */ analysis) => (last = following(last, analysis)).all;
}

/**
 * @param {Filtered} analysis
 * @returns {readonly Annotation[]} In the order of the text.
 */
export function annotationsOf(analysis) {
    return following(NOTHING, analysis).all;
}

/**
 * @param {Made} last
 * @param {Filtered} analysis
 * @returns {Made}
 */
function following(last, { mentions, claims, signs }) {
    const isSigned =
        signs === last.signs || (signs?.length === last.signs?.length && signs?.every((sign, at) => sign === last.signs?.[at]));
    const signed = (/** @type {Annotation} */ one, /** @type {Mention} */ mention) => withSign(one, mention, signs);
    const named = after(last.mentions, last.ofMentions, mentions, (mention) => signed(known(mention, nameOf), mention));
    const ofMentions = isSigned ? named : named.map((one, at) => signed(one, /** @type {Mention} */ (mentions[at])));
    const names = ofMentions === last.ofMentions ? last.names : ordered(ofMentions);
    const ofClaims = after(last.claims, last.ofClaims, claims, (claim) => known(claim, claimOf));
    const inOrder = ordered(ofClaims);
    const said = ofClaims === last.said && isSigned ? last.said : laned(inOrder, signs);
    // Where claims are not in the order of the text, all are looked up again.
    const isAligned = inOrder === ofClaims;
    const made = { mentions, claims: isAligned ? claims : [], signs, ofMentions, ofClaims: isAligned ? said : [], names, said };
    return { ...made, all: together(last, names, said) };
}

/**
 * The annotations of a list that was changed.
 * @template {Mention | Claim} Found
 * @param {readonly Found[]} before
 * @param {readonly Annotation[]} made Of these.
 * @param {readonly Found[]} now
 * @param {(found: Found) => Annotation} make
 * @returns {readonly Annotation[]}
 */
function after(before, made, now, make) {
    const { start, gone, come } = spliceOf(before, now);
    const isLike = gone.length === 0 && come.length === 0;
    return isLike ? made : [...made.slice(0, start), ...come.map(make), ...made.slice(start + gone.length)];
}

/**
 * @param {Annotation} one
 * @param {Mention} mention Its mention.
 * @param {Filtered["signs"]} signs Where nobody asks for them, the one that is known will do.
 * @returns {Annotation} With the sign of its speaker.
 */
function withSign(one, mention, signs) {
    const sign = signs ? signs[one.speaker ?? -1] : one.sign;
    return one.sign === sign ? one : note(mention, { ...one, sign });
}

/**
 * @param {readonly Annotation[]} claims In the order of the text.
 * @param {Filtered["signs"]} signs As above.
 * @returns {readonly Annotation[]} Each in the first lane that is free, with the sign of its speaker.
 */
function laned(claims, signs) {
    /** @type {number[]} Where each lane is free again. */
    const ends = [];
    return claims.map((one) => {
        let lane = 0;
        while ((ends[lane] ?? 0) > one.start) {
            lane += 1;
        }
        ends[lane] = one.end;
        const sign = signs ? (signs[one.speaker ?? -1] ?? NOBODY) : one.sign;
        return one.lane === lane && one.sign === sign ? one : note(/** @type {Claim} */ (one.claim), { ...one, lane, sign });
    });
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
 * @param {readonly Annotation[]} all
 * @returns {readonly Annotation[]} In the order of the text; most analyses give them so.
 */
function ordered(all) {
    const isOrdered = all.every((one, index) => index === 0 || compare(/** @type {Annotation} */ (all[index - 1]), one) <= 0);
    return isOrdered ? all : all.toSorted(compare);
}

/**
 * Names and claims in one list: that of before, made anew between the first place that changed and the last.
 * @param {Made} last
 * @param {readonly Annotation[]} names In the order of the text.
 * @param {readonly Annotation[]} said The same.
 * @returns {readonly Annotation[]}
 */
function together(last, names, said) {
    const [ofNames, ofClaims] = [spliceOf(last.names, names), spliceOf(last.said, said)];
    let [from, to] = [Infinity, -Infinity];
    for (const list of [ofNames.gone, ofNames.come, ofClaims.gone, ofClaims.come]) {
        from = Math.min(from, list[0]?.start ?? from);
        to = Math.max(to, list.at(-1)?.start ?? to);
    }
    if (to < from) {
        return last.all;
    }
    const before = (/** @type {readonly Annotation[]} */ list) => firstFrom({ start: from, end: Infinity }, list);
    const behind = (/** @type {readonly Annotation[]} */ list) => firstFrom({ start: to + 1, end: Infinity }, list);
    const between = merged(names.slice(before(names), behind(names)), said.slice(before(said), behind(said)));
    return [...last.all.slice(0, before(last.all)), ...between, ...last.all.slice(behind(last.all))];
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
    return [...all, ...others.slice(next)];
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
export function firstFrom(place, annotations) {
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

/**
 * @template {Mention | Claim} Found
 * @param {Found} found
 * @param {(found: Found) => Annotation} make
 * @returns {Annotation} The one that it has, or a new one.
 */
function known(found, make) {
    return drawn.get(found) ?? note(found, make(found));
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
 * A key for a mark at a place: see `Annotation`.
 * @param {Mark} mark
 * @param {Span} span
 * @returns {string}
 */
export function keyOf(mark, { start, end }) {
    return `${mark}:${start}:${end}`;
}

/**
 * @param {Mention} mention
 * @returns {Annotation} Without its sign.
 */
function nameOf({ label, span, form, confidence, origin, speaker }) {
    const sign = /** @type {Sign | undefined} */ (undefined);
    return { key: keyOf(label, span), mark: label, ...span, parts: [span], confidence, origin, speaker, naming: form, sign, lane: 0 };
}

/**
 * @param {Claim} claim
 * @returns {Annotation} As if nobody made it, in the first lane.
 */
function claimOf(claim) {
    const { content: parts, confidence, origin, speaker, form } = claim;
    const extent = extentOf(parts);
    return {
        key: keyOf("claim", extent),
        mark: "claim",
        ...extent,
        parts,
        confidence,
        origin,
        speaker,
        form,
        claim,
        sign: NOBODY,
        lane: 0,
    };
}
