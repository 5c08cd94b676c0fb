/**
 * @file What the card shows of the chosen mark.
 */

import { isAbout, isUsers } from "./choice-state.js";
import { alike, spread } from "./edits.js";
import { factsOf } from "../lists/cards.js";
import { outerOf } from "../lists/rows.js";
import { surenessOf } from "./review.js";
import { firstFrom } from "../../state/annotations.js";
import { overlap } from "../../state/spans.js";
import { words } from "../../words/words.js";

/** @import {ChoiceState} from "./choice-state.js" */
/** @import {Candidate} from "./speaker-list.js" */
/** @import {Annotation} from "../../types.js" */

/**
 * Shows the chosen mark in the editor.
 * @param {ChoiceState} state
 * @param {Annotation} annotation
 */
export function tell(state, annotation) {
    const { editor, here, key, text, analysis } = state;
    const { mark: kind, claim } = annotation;
    const speaker = annotation.speaker === undefined ? undefined : analysis.speakers[annotation.speaker];
    editor.show({
        key: annotation.key,
        text: text.slice(annotation.start, annotation.end),
        mark: kind,
        detail: detailOf(state, annotation),
        isAsked: state.asked(annotation.key) !== undefined,
        kind: claim?.kind,
        form: claim?.form,
        speaker: speaker?.name,
        sign: annotation.sign,
        facts: speaker && factsOf(speaker).join(" · "),
        amount: () => (annotation.speaker === undefined ? "" : amountOf(state, annotation.speaker)),
        source: claim?.source && text.slice(claim.source.start, claim.source.end),
        candidates: () => candidatesOf(state),
        shared: kind !== "claim" && isShared(state, annotation),
        among: { number: here.indexOf(key ?? "") + 1, count: here.length },
        accepted: isUsers(annotation),
        spreads: spreadOf(state, annotation),
    });
}

/**
 * How much a speaker says, in words. Only the core finds who speaks: it is what its last answer says.
 * @param {ChoiceState} state
 * @param {number} speaker
 * @returns {string} Empty: nothing.
 */
function amountOf({ settled }, speaker) {
    const { claims, whole } = settled;
    const count = claims.filter((claim) => claim.speaker === speaker).length;
    const said = whole?.speakers.find((voice) => voice.speaker === speaker)?.words ?? 0;
    return count === 0 ? "" : words.speakers.amount(words.percent(whole && whole.words > 0 ? said / whole.words : 0), count);
}

/**
 * What is known of a mark, in words.
 * @param {ChoiceState} state
 * @param {Annotation} annotation
 */
function detailOf({ text, analysis, asked }, annotation) {
    const { claim, mark: kind } = annotation;
    const [outer] = claim ? outerOf(text, analysis, claim) : [];
    return [
        asked(annotation.key) ?? (claim ? words.editor.nth(analysis.claims.indexOf(claim) + 1, analysis.claims.length) : words.marks[kind]),
        claim?.continues !== undefined && words.claims.continued,
        outer !== undefined && words.claims.inside(outer),
        isUsers(annotation) ? words.editor.checked : words.editor.confidence(Math.round(100 * surenessOf(annotation))),
    ]
        .filter(Boolean)
        .join(" · ");
}

/**
 * What the last correction can be made to hold for too, where it is about this mark: other places of a name, or other claims of
 * the same source.
 * @param {ChoiceState} state
 * @param {Annotation} annotation
 * @returns {string} In words; empty: nothing.
 */
function spreadOf(state, annotation) {
    const edit = spread(state);
    if (isAbout(edit, annotation)) {
        const name = state.text.slice(annotation.start, annotation.end);
        return words.editor.everywhere(countOf(state, name), name);
    }
    const { claims, source } = alike(state);
    return claims.length > 0 ? words.editor.alike(claims.length, source) : "";
}

/**
 * @param {ChoiceState} state
 * @param {string} name Not empty.
 * @returns {number} How many names in the text are these very words.
 */
function countOf({ text, annotations }, name) {
    let count = 0;
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
        const end = start + name.length;
        for (let at = firstFrom({ start, end }, annotations); annotations[at]?.start === start && annotations[at]?.end === end; at += 1) {
            count += annotations[at]?.mark === "claim" ? 0 : 1;
        }
    }
    return count;
}

/**
 * The marks that are related to an annotation: the names in a claim's source, or a speaker's other names and claims.
 * @param {ChoiceState} state
 * @param {Annotation} annotation
 * @returns {Annotation[]}
 */
export function related({ annotations }, { mark: kind, key, claim, speaker }) {
    if (kind === "claim") {
        const source = claim?.source;
        return annotations.filter((other) => other.mark !== "claim" && source && overlap(other, source));
    }
    return annotations.filter((other) => other.key !== key && speaker !== undefined && other.speaker === speaker);
}

/**
 * @param {ChoiceState} state
 * @param {Annotation} name
 * @returns {boolean} Whether other places name the same speaker.
 */
function isShared({ annotations }, { key, speaker }) {
    return speaker !== undefined && annotations.some((other) => other.speaker === speaker && other.mark !== "claim" && other.key !== key);
}

/**
 * Those who can be said to speak: the speakers, those with claims first, then the names that are no speaker's.
 * @param {ChoiceState} state
 * @returns {Candidate[]}
 */
function candidatesOf({ text, analysis: { speakers, mentions, signs = [] } }) {
    const known = speakers.map((speaker, index) => ({
        name: speaker.name,
        sign: signs[index],
        facts: factsOf(speaker).join(" · "),
    }));
    const isSpeaking = (/** @type {Candidate} */ { sign }) => sign !== undefined;
    const speaking = known.filter(isSpeaking).sort((one, other) => order(one.sign?.letter ?? "", other.sign?.letter ?? ""));
    const others = mentions.filter(({ label, form }) => label !== "place" && form === "name");
    const names = others.map(({ span }) => ({ name: text.slice(span.start, span.end) }));
    /** @type {Map<string, Candidate>} */
    const all = new Map();
    for (const one of [...speaking, ...known.filter((each) => !isSpeaking(each)), ...names]) {
        if (!all.has(one.name)) {
            all.set(one.name, one);
        }
    }
    return [...all.values()];
}

/**
 * The order of letters: Z comes before AA.
 * @param {string} one
 * @param {string} other
 */
function order(one, other) {
    return one.length - other.length || (one < other ? -1 : 1);
}
