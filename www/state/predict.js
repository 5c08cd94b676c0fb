/**
 * @file Predicts the marks after a correction, so that they are drawn at once. The core's answer, which also tells
 * who speaks, replaces the prediction within a moment.
 *
 * Unchanged parts stay the same objects.
 */

import { grown, withClaim, withoutClaims } from "./predict-claims.js";
import { keyOf } from "./segments.js";
import { extentOf, holds, isSame, overlap } from "./spans.js";

/** @import {Analysis, Claim, Edit, Label, Mark, Mention, Span, Target} from "../pkg/whosaid.js" */

/** @typedef {Extract<Edit, {op: "add" | "delete" | "relabel"}>} MarkEdit */

/**
 * An analysis with a correction applied.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Edit} edit
 * @returns {Analysis | undefined} `undefined` where only the core can tell.
 */
export function predict(text, analysis, edit) {
    if ("target" in edit && text.slice(edit.target.start, edit.target.end) !== edit.target.exact) {
        return undefined;
    }
    switch (edit.op) {
        case "add":
            return places(text, edit).reduce((now, place) => set(now, place, edit.mark, isOther(edit, place)), analysis);
        case "delete":
            return places(text, edit).reduce((now, place) => take(now, place, edit.mark), analysis);
        case "relabel":
            return places(text, edit).reduce(
                (now, place) => (has(now, place, edit.mark) ? set(take(now, place, edit.mark), place, edit.to) : now),
                analysis,
            );
        case "review":
            return confirm(analysis, new Set(edit.marks.map(({ target, mark }) => keyOf(mark, target))));
        case "respan":
            return respan(text, analysis, edit);
        case "qualify":
            return changeClaims(analysis, edit.target, (claim) => ({
                ...sure(claim),
                kind: edit.kind ?? claim.kind,
                form: edit.form ?? claim.form,
            }));
        case "attribute":
            return attribute(analysis, edit.target, edit.speaker);
        case "split":
            return split(analysis, edit.target, edit.speaker ?? edit.target.exact);
        default:
            return undefined;
    }
}

/**
 * The places of an edit: its own and, for an edit made everywhere, all others of the same whole words.
 * @param {string} text
 * @param {MarkEdit} edit
 * @returns {Span[]}
 */
function places(text, { target, mark, everywhere = false }) {
    const { start, end, exact } = target;
    const found = [{ start, end }];
    if (!everywhere || mark === "claim") {
        return found;
    }
    const isInWord = (/** @type {number} */ at) => /[\p{L}\p{N}]{2}/u.test(text.slice(Math.max(0, at - 1), at + 1));
    for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + exact.length)) {
        if (at !== start && !isInWord(at) && !isInWord(at + exact.length)) {
            found.push({ start: at, end: at + exact.length });
        }
    }
    return found;
}

/**
 * @param {MarkEdit} edit
 * @param {Span} place
 */
function isOther({ target }, { start }) {
    return start !== target.start;
}

/**
 * A mark that the user has made or confirmed.
 * @template {Mention | Claim} Found
 * @param {Found} found
 * @returns {Found}
 */
function sure(found) {
    return { ...found, origin: "user", confidence: 1 };
}

/**
 * @param {Analysis} analysis
 * @param {Span} place
 * @param {Mark} mark
 * @returns {boolean} Whether it is marked so.
 */
function has({ mentions, claims }, place, mark) {
    return mark === "claim"
        ? claims.some(({ content }) => isSame(extentOf(content), place))
        : mentions.some(({ label, span }) => label === mark && isSame(span, place));
}

/**
 * An analysis in which the user has said that marks are right.
 * @param {Analysis} analysis
 * @param {ReadonlySet<string>} keys
 * @returns {Analysis}
 */
function confirm(analysis, keys) {
    return {
        ...analysis,
        mentions: analysis.mentions.map((each) => (keys.has(keyOf(each.label, each.span)) ? sure(each) : each)),
        claims: analysis.claims.map((each) => (keys.has(keyOf("claim", extentOf(each.content))) ? sure(each) : each)),
    };
}

/**
 * Marks a place; a mark that is there already is confirmed.
 * @param {Analysis} analysis
 * @param {Span} place
 * @param {Mark} mark
 * @param {boolean} [yields] Whether the mark is left out where it would replace another name.
 * @param {Partial<Mention>} [like] Fields that it takes over.
 * @returns {Analysis}
 */
function set(analysis, place, mark, yields = false, like = {}) {
    if (has(analysis, place, mark)) {
        return confirm(analysis, new Set([keyOf(mark, place)]));
    }
    if (mark === "claim") {
        const form = /** @type {const} */ ("indirect");
        return withClaim(analysis, { content: [place], form, kind: "statement", confidence: 1, origin: "user" });
    }
    const mention = /** @type {Mention} */ ({ span: place, label: mark, form: "name", confidence: 1, origin: "user", ...like });
    const stay = analysis.mentions.filter((other) => !excludes(mention, other));
    if (yields && analysis.mentions.some((other) => excludes(mention, other) && !isSame(other.span, place))) {
        return analysis;
    }
    const { start, end } = place;
    const next = stay.findIndex(({ span }) => span.start > start || (span.start === start && span.end > end));
    return { ...analysis, mentions: stay.toSpliced(next < 0 ? stay.length : next, 0, mention) };
}

/**
 * Whether a mention cannot stand beside the user's: as in the core.
 * @param {Mention} users
 * @param {Mention} other
 * @returns {boolean}
 */
function excludes({ span: one, label }, { span: other, label: otherLabel }) {
    return overlap(one, other) && (isSame(one, other) || label === otherLabel || !(holds(one, other) || holds(other, one)));
}

/**
 * Takes a mark away.
 * @param {Analysis} analysis
 * @param {Span} place
 * @param {Mark} mark
 * @returns {Analysis}
 */
function take(analysis, place, mark) {
    if (mark === "claim") {
        return withoutClaims(analysis, ({ content }) => isSame(extentOf(content), place));
    }
    const mentions = analysis.mentions.filter(({ label, span }) => label !== mark || !isSame(span, place));
    return { ...analysis, mentions };
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Extract<Edit, {op: "respan"}>} edit
 * @returns {Analysis | undefined}
 */
function respan(text, analysis, { target, mark, to }) {
    if (mark === "claim") {
        return changeClaims(analysis, target, (claim) => {
            const content = grown(text, claim, to);
            return content.length > 0 ? { ...sure(claim), content } : claim;
        });
    }
    const was = analysis.mentions.find(({ label, span }) => label === mark && isSame(span, target));
    const { start, end } = to;
    const like = was && { form: was.form, speaker: was.speaker };
    return was && set(take(analysis, target, mark), { start, end }, /** @type {Label} */ (mark), false, like);
}

/**
 * @param {Analysis} analysis
 * @param {Target} target
 * @param {(claim: Claim) => Claim} change
 * @returns {Analysis}
 */
function changeClaims(analysis, target, change) {
    const changed = (/** @type {Claim} */ claim) => (isSame(extentOf(claim.content), target) ? change(claim) : claim);
    return { ...analysis, claims: analysis.claims.map(changed) };
}

/**
 * @param {Analysis} analysis
 * @param {string} name
 * @returns {{speakers: Analysis["speakers"], speaker: number}} The speakers, one of this name among them.
 */
function speakerOf({ speakers }, name) {
    const known = speakers.findIndex((speaker) => speaker.name === name);
    if (known >= 0) {
        return { speakers, speaker: known };
    }
    const fresh = { name, kind: /** @type {const} */ ("person"), roles: [], affiliations: [], mentions: [] };
    return { speakers: [...speakers, fresh], speaker: speakers.length };
}

/**
 * @param {Analysis} analysis
 * @param {Target} target
 * @param {string} [name] Absent: nobody.
 * @returns {Analysis}
 */
function attribute(analysis, target, name) {
    const { speakers, speaker } = name === undefined ? { speakers: analysis.speakers, speaker: undefined } : speakerOf(analysis, name);
    return { ...changeClaims(analysis, target, (claim) => ({ ...sure(claim), speaker })), speakers };
}

/**
 * @param {Analysis} analysis
 * @param {Target} target
 * @param {string} name
 * @returns {Analysis}
 */
function split(analysis, target, name) {
    const { speakers, speaker } = speakerOf(analysis, name);
    const mentions = analysis.mentions.map((each) => (isSame(each.span, target) ? { ...each, speaker } : each));
    return { ...analysis, mentions, speakers };
}
