/**
 * @file The edits that can be made of the chosen mark or the selected words.
 */

import { chosen, isUsers } from "./choice-state.js";
import { keyOf } from "../../state/segments.js";
import { holdsAt, isSame } from "../../state/spans.js";
import { stepped, targetOf } from "../../state/target.js";

/** @import {Edit, ClaimForm, ClaimKind, Mark, Span} from "../../pkg/whosaid.js" */
/** @import {ChoiceState} from "./choice-state.js" */
/** @import {Annotation} from "../../types.js" */

/**
 * Accepts the chosen mark.
 * @param {ChoiceState} state
 * @returns {boolean} Whether one was chosen.
 */
export function accept(state) {
    const annotation = chosen(state);
    if (!annotation) {
        return false;
    }
    if (!isUsers(annotation)) {
        state.correct({ op: "add", target: targetOf(state.text, annotation), mark: annotation.mark });
    }
    return true;
}

/**
 * Marks the selected words, or changes the sort of the chosen mark; a mark that has this sort already is accepted.
 * @param {ChoiceState} state
 * @param {Mark} to
 * @returns {boolean} Whether there was something to mark.
 */
export function mark(state, to) {
    const annotation = chosen(state);
    const span = annotation ?? state.selected;
    if (!span) {
        return false;
    }
    const target = targetOf(state.text, span);
    if (annotation?.mark === to) {
        return accept(state);
    }
    if (annotation) {
        state.correct({ op: "relabel", target, mark: annotation.mark, to });
        return true;
    }
    getSelection()?.removeAllRanges();
    // The new mark is chosen as soon as it is there.
    const key = keyOf(to, span);
    Object.assign(state, { key, here: [key], selected: undefined, last: span });
    state.correct({ op: "add", target, mark: to });
    return true;
}

/**
 * Keeps the mark chosen when an edit moves it or changes its sort.
 * @param {ChoiceState} state
 * @param {Edit | undefined} effect
 */
export function followEdit(state, effect) {
    const annotation = chosen(state);
    if (!annotation || (effect?.op !== "respan" && effect?.op !== "relabel")) {
        return;
    }
    const { target, mark: kind } = effect;
    if (keyOf(kind, target) === annotation.key) {
        const [to, span] = effect.op === "respan" ? [kind, effect.to] : [effect.to, target];
        const key = keyOf(to, span);
        const { start, end } = span;
        Object.assign(state, { key, here: [key], last: { start, end }, moving: state.moving ?? annotation.key });
    }
}

/**
 * Gives the chosen claim to a speaker, or makes the chosen name mean one.
 * @param {ChoiceState} state
 * @param {string | undefined} speaker Absent: nobody in particular makes the claim, or the name means somebody else.
 */
export function attribute(state, speaker) {
    const annotation = chosen(state);
    if (annotation && !isGiven(state, annotation, speaker)) {
        const target = targetOf(state.text, annotation);
        const op = annotation.mark === "claim" ? "attribute" : "split";
        state.correct(speaker === undefined ? { op, target } : { op, target, speaker });
    }
}

/**
 * @param {ChoiceState} state
 * @param {Annotation} annotation
 * @param {string | undefined} speaker
 * @returns {boolean} Whether the speaker is the one who is meant, or who has the claim already by the user's word.
 */
function isGiven({ analysis }, annotation, speaker) {
    const name = annotation.speaker === undefined ? undefined : analysis.speakers[annotation.speaker]?.name;
    return (annotation.mark !== "claim" || isUsers(annotation)) && name === speaker;
}

/**
 * Moves an edge of the chosen mark.
 * @param {ChoiceState} state
 * @param {"start" | "end"} edge
 * @param {1 | -1} way
 * @param {"word" | "grapheme"} unit
 * @returns {boolean} Whether a mark was chosen.
 */
export function respan(state, edge, way, unit) {
    const annotation = chosen(state);
    if (!annotation) {
        return false;
    }
    const to = stepped(state.text, annotation, edge, way, unit, (at) => canHold(annotation, at));
    if (to) {
        move(state, to);
    }
    return true;
}

/**
 * Moves the edges of the chosen mark.
 * @param {ChoiceState} state
 * @param {Span} to
 */
export function move(state, to) {
    const annotation = chosen(state);
    if (annotation && !isSame(to, annotation)) {
        const target = targetOf(state.text, annotation);
        state.correct({ op: "respan", target, mark: annotation.mark, to: targetOf(state.text, to) });
    }
}

/**
 * @param {Annotation} annotation
 * @param {number} at
 * @returns {boolean} Whether the mark can hold the character here: a claim holds neither its gaps nor its source and cue.
 */
export function canHold(annotation, at) {
    const { claim, parts } = annotation;
    const holds = (/** @type {Span | undefined} */ span) => span !== undefined && holdsAt(span, at);
    return !claim || (holds(annotation) ? parts.some(holds) : !holds(claim.source) && !holds(claim.cue));
}

/**
 * Changes the kind or the form of the chosen claim.
 * @param {ChoiceState} state
 * @param {{kind?: ClaimKind, form?: ClaimForm}} what
 * @returns {boolean} Whether a claim was chosen.
 */
export function qualify(state, what) {
    const annotation = chosen(state);
    const claim = annotation?.claim;
    if (!claim) {
        return false;
    }
    if ((what.kind ?? claim.kind) !== claim.kind || (what.form ?? claim.form) !== claim.form) {
        state.correct({ op: "qualify", target: targetOf(state.text, annotation), ...what });
    }
    return true;
}

/**
 * The last correction as an edit of all places with the same words, if it was about a name at one place.
 * @param {ChoiceState} state
 * @returns {Edit | undefined}
 */
export function spread({ lastEdit }) {
    const last = lastEdit();
    if (last?.op !== "add" && last?.op !== "delete" && last?.op !== "relabel") {
        return undefined;
    }
    const isClaim = last.mark === "claim" || (last.op === "relabel" && last.to === "claim");
    return isClaim || last.everywhere ? undefined : { ...last, everywhere: true };
}

/**
 * Makes the last correction of a name everywhere.
 * @param {ChoiceState} state
 * @returns {boolean} Whether there is one.
 */
export function everywhere(state) {
    const edit = spread(state);
    if (edit) {
        state.correct(edit);
    }
    return edit !== undefined;
}
