/**
 * @file Predicts the marks after a correction, so that they are drawn at once. The core's answer, which also tells
 * who speaks, replaces the prediction within a moment. What is stated equals that answer: tests/js/predict.test.mjs.
 *
 * Unchanged parts stay the same objects.
 */

import { keyOf } from "./annotations.js";
import { grown, inOrder, withClaim, withoutClaims } from "./predict-claims.js";
import { extentOf, holds, isSame, overlap } from "./spans.js";

/** @import {Analysis, Claim, Correction, Edit, Label, Mark, Mention, Span, Target} from "../pkg/whosaid.js" */

/** @typedef {Extract<Edit, {op: "add" | "delete" | "relabel"}>} MarkEdit */

/** The edits that say who somebody is. */
const SPEAKERS = new Set(["split", "merge", "rename"]);

/**
 * What the core replays a log on.
 * @typedef {object} Base
 * @property {Analysis} found
 * @property {readonly Correction[]} log
 */

/**
 * An analysis with a correction applied.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Edit} edit
 * @param {Base} base
 * @returns {Analysis | undefined} `undefined` where only the core can tell.
 */
export function predict(text, analysis, edit, base) {
    if ("target" in edit && text.slice(edit.target.start, edit.target.end) !== edit.target.exact) {
        return undefined;
    }
    if (isUncertain(text, analysis, edit, base)) {
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
            return respan(text, analysis, edit, base);
        case "qualify":
            return changeClaims(analysis, edit.target, (claim) => ({
                ...sure(claim),
                kind: edit.kind ?? claim.kind,
                form: edit.form ?? claim.form,
            }));
        case "attribute":
            return attribute(text, analysis, edit.target, plain(edit.speaker));
        case "split":
            return split(text, analysis, edit.target, plain(edit.speaker));
        default:
            return undefined;
    }
}

/**
 * @param {string | undefined} name
 * @returns {string | undefined} The words with single blanks between them; `undefined` where there are none.
 */
function plain(name) {
    return name?.trim().split(/\s+/u).join(" ") || undefined;
}

/**
 * The core replays the log on what it found, and finds the speakers afterwards: it may start from other marks than those shown.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Edit} edit
 * @param {Base} base
 * @returns {boolean} Whether only the core can tell.
 */
function isUncertain(text, analysis, edit, base) {
    const earlier = base.log.map((each) => each.edit).filter((each) => each !== edit);
    switch (edit.op) {
        case "attribute":
        case "split":
            return isSomebodyElse(analysis, edit, earlier);
        case "respan":
            return edit.mark === "claim"
                ? analysis.claims.some((claim) => isSame(extentOf(claim.content), edit.target) && firstSource(claim, base) === "unknown")
                : isDerived(analysis, [edit.target], base);
        case "add":
        case "delete":
        case "relabel": {
            const all = places(text, edit);
            const isJoined = edit.everywhere && all.some(({ start, end }) => isJoint(text, start) || isJoint(text, end));
            return isJoined || isDerived(analysis, all, base) || (edit.op === "relabel" && isRenamed(analysis, edit.mark, all, base));
        }
        case "review":
            return isDerived(
                analysis,
                edit.marks.flatMap(({ target, mark }) => (mark === "claim" ? [] : [target])),
                base,
            );
        default:
            return false;
    }
}

/**
 * The source that a claim had before the user said who makes it: the core moves all edges before it looks for another.
 * @param {Claim} claim
 * @param {Base} base
 * @returns {Span | "unknown" | undefined}
 */
function firstSource({ source, cue, content }, { found, log }) {
    const place = extentOf(content);
    if (!log.some(({ edit }) => edit.op === "attribute" && overlap(edit.target, place))) {
        return source;
    }
    const isFirst = (/** @type {Claim} */ each) =>
        overlap(extentOf(each.content), place) && (each.cue && cue ? isSame(each.cue, cue) : each.cue === cue);
    const [first, another] = found.claims.filter(isFirst);
    return first && !another ? first.source : "unknown";
}

/**
 * @param {Analysis} analysis
 * @param {Extract<Edit, {op: "attribute" | "split"}>} edit
 * @param {readonly Edit[]} earlier
 * @returns {boolean} Whether the name may be that of one who was renamed, or who lost a mention.
 */
function isSomebodyElse({ speakers }, { op, speaker }, earlier) {
    const name = plain(speaker);
    const isNew = name !== undefined && !speakers.some((each) => each.name === name);
    return (isNew || op === "split") && earlier.some((each) => SPEAKERS.has(each.op));
}

/**
 * @param {Analysis} analysis
 * @param {readonly Span[]} all
 * @param {Base} base
 * @returns {boolean} Whether a mention there was marked by the core after it had applied the log: corrections do not find it.
 */
function isDerived({ mentions }, all, { found }) {
    const isFound = (/** @type {Mention} */ { label, span }) =>
        found.mentions.some((each) => each.label === label && isSame(each.span, span));
    return mentions.some((each) => each.origin !== "user" && all.some((place) => overlap(place, each.span)) && !isFound(each));
}

/**
 * @param {Analysis} analysis
 * @param {Mark} mark
 * @param {readonly Span[]} all
 * @param {Base} base
 * @returns {boolean} Whether a name there is hidden, or is another sort of name by the user's word: the core may find it as this one.
 */
function isRenamed(analysis, mark, all, { found }) {
    const isThere = (/** @type {Mention} */ { span }) => all.some((place) => isSame(place, span));
    const isRelabelled = analysis.mentions.some((each) => each.origin === "user" && each.label !== mark && isThere(each));
    return isRelabelled || found.mentions.some((each) => each.label === mark && isThere(each) && !has(analysis, each.span, mark));
}

/**
 * @param {string} text
 * @param {number} edge
 * @returns {boolean} Whether a hyphen, an apostrophe or the like may join the words before and behind: the core decides which words are one.
 */
function isJoint(text, edge) {
    const before = /[\p{L}\p{N}]([^\p{L}\p{N}\s]*)$/u.exec(text.slice(Math.max(0, edge - 4), edge));
    const behind = /^([^\p{L}\p{N}\s]*)[\p{L}\p{N}]/u.exec(text.slice(edge, edge + 4));
    return before !== null && behind !== null && `${before[1]}${behind[1]}` !== "";
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
 * The same for one mark. The lists in which it does not stand stay the same objects.
 * @param {Analysis} analysis
 * @param {Span} place
 * @param {Mark} mark
 * @returns {Analysis}
 */
function confirmAt(analysis, place, mark) {
    if (mark === "claim") {
        return changeClaims(analysis, place, sure);
    }
    const isIt = (/** @type {Mention} */ { label, span }) => label === mark && isSame(span, place);
    return { ...analysis, mentions: analysis.mentions.map((each) => (isIt(each) ? sure(each) : each)) };
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
        return confirmAt(analysis, place, mark);
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
 * @param {Base} base
 * @returns {Analysis | undefined}
 */
function respan(text, analysis, { target, mark, to }, base) {
    if (mark === "claim") {
        return inOrder(
            changeClaims(analysis, target, (claim) => {
                const source = firstSource(claim, base);
                const content = source === "unknown" ? [] : grown(text, { ...claim, source }, to);
                return content.length > 0 ? { ...sure(claim), content } : claim;
            }),
        );
    }
    const was = analysis.mentions.find(({ label, span }) => label === mark && isSame(span, target));
    const { start, end } = to;
    const like = was && { form: was.form, speaker: was.speaker };
    return was && set(take(analysis, target, mark), { start, end }, /** @type {Label} */ (mark), false, like);
}

/**
 * @param {Analysis} analysis
 * @param {Span} target
 * @param {(claim: Claim) => Claim} change
 * @returns {Analysis}
 */
function changeClaims(analysis, target, change) {
    const changed = (/** @type {Claim} */ claim) => (isSame(extentOf(claim.content), target) ? change(claim) : claim);
    return { ...analysis, claims: analysis.claims.map(changed) };
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {string} name
 * @param {boolean} [byMention] Whether a speaker is known by the words of any mention too.
 * @param {number} [not] A speaker who is not meant.
 * @returns {{speakers: Analysis["speakers"], speaker: number}} The speakers, one of this name among them.
 */
function speakerOf(text, { speakers }, name, byMention = true, not) {
    const named = speakers.findIndex((speaker, index) => index !== not && speaker.name === name);
    const isCalled = (/** @type {Span} */ { start, end }) => text.slice(start, end) === name;
    const called = byMention ? speakers.findIndex(({ mentions }) => mentions.some(isCalled)) : -1;
    const known = named >= 0 || called === not ? named : called;
    if (known >= 0) {
        return { speakers, speaker: known };
    }
    const fresh = { name, kind: /** @type {const} */ ("person"), roles: [], affiliations: [], mentions: [] };
    return { speakers: [...speakers, fresh], speaker: speakers.length };
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Target} target
 * @param {string} [name] Absent: nobody.
 * @returns {Analysis}
 */
function attribute(text, analysis, target, name) {
    const { speakers, speaker } =
        name === undefined ? { speakers: analysis.speakers, speaker: undefined } : speakerOf(text, analysis, name);
    return { ...changeClaims(analysis, target, (claim) => ({ ...sure(claim), speaker })), speakers };
}

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Target} target
 * @param {string} [name] Absent: the words of the mention.
 * @returns {Analysis}
 */
function split(text, analysis, target, name) {
    const isThere = (/** @type {Span} */ span) => isSame(span, target);
    const meant = analysis.speakers.findIndex((each) => each.mentions.some(isThere));
    const before = analysis.mentions.find(({ span }) => isThere(span))?.speaker ?? (meant < 0 ? undefined : meant);
    const { speakers, speaker } = speakerOf(text, analysis, name ?? plain(target.exact) ?? "", name !== undefined, before);
    const mentions = analysis.mentions.map((each) => (isThere(each.span) && each.speaker === before ? { ...each, speaker } : each));
    return { ...analysis, mentions, speakers };
}
