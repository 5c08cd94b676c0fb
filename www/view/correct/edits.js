/**
 * @file The corrections of what is chosen or selected.
 */

import { chosen, isUsers } from "./choice-state.js";
import { keyOf } from "../../state/segments.js";
import { holdsAt, isSame } from "../../state/spans.js";
import { stepped, targetOf } from "../../state/target.js";

/** @import {Edit, Form, Kind, Mark, Span} from "../../pkg/whosaid.js" */
/** @import {Desk} from "./choice-state.js" */
/** @import {Annotation} from "../../types.js" */

/**
 * Says that the chosen mark is right.
 * @param {Desk} desk
 * @returns {boolean} Whether one was chosen.
 */
export function accept(desk) {
    const annotation = chosen(desk);
    if (!annotation) {
        return false;
    }
    if (!isUsers(annotation)) {
        desk.correct({ op: "add", target: targetOf(desk.text, annotation), mark: annotation.mark });
    }
    return true;
}

/**
 * Marks what is selected, or makes what is chosen another sort of mark; where it is that already, it is right.
 * @param {Desk} desk
 * @param {Mark} to
 * @returns {boolean} Whether there was something to mark.
 */
export function mark(desk, to) {
    const annotation = chosen(desk);
    const span = annotation ?? desk.selected;
    if (!span) {
        return false;
    }
    const target = targetOf(desk.text, span);
    if (annotation?.mark === to) {
        return accept(desk);
    }
    if (annotation) {
        desk.correct({ op: "relabel", target, mark: annotation.mark, to });
        return true;
    }
    getSelection()?.removeAllRanges();
    // Chosen as soon as it is there.
    const key = keyOf(to, span);
    Object.assign(desk, { key, here: [key], selected: undefined, last: span });
    desk.correct({ op: "add", target, mark: to });
    return true;
}

/**
 * Stays with what is chosen when an edit moves it or makes it another sort of mark.
 * @param {Desk} desk
 * @param {Edit | undefined} effect
 */
export function follow(desk, effect) {
    const annotation = chosen(desk);
    if (!annotation || (effect?.op !== "respan" && effect?.op !== "relabel")) {
        return;
    }
    const { target, mark: kind } = effect;
    if (keyOf(kind, target) === annotation.key) {
        const [to, span] = effect.op === "respan" ? [kind, effect.to] : [effect.to, target];
        const key = keyOf(to, span);
        const { start, end } = span;
        Object.assign(desk, { key, here: [key], last: { start, end }, moving: desk.moving ?? annotation.key });
    }
}

/**
 * Gives the chosen claim to a speaker, or makes the chosen name mean one.
 * @param {Desk} desk
 * @param {string | undefined} speaker Nobody in particular where there is none, or somebody else who is meant.
 */
export function attribute(desk, speaker) {
    const annotation = chosen(desk);
    if (annotation && !isGiven(desk, annotation, speaker)) {
        const target = targetOf(desk.text, annotation);
        const op = annotation.mark === "claim" ? "attribute" : "split";
        desk.correct(speaker === undefined ? { op, target } : { op, target, speaker });
    }
}

/**
 * @param {Desk} desk
 * @param {Annotation} annotation
 * @param {string | undefined} speaker
 * @returns {boolean} Whether this is who is meant, or to whom the user has given the claim already.
 */
function isGiven({ analysis }, annotation, speaker) {
    const name = annotation.speaker === undefined ? undefined : analysis.speakers[annotation.speaker]?.name;
    return (annotation.mark !== "claim" || isUsers(annotation)) && name === speaker;
}

/**
 * Moves an edge of the chosen mark.
 * @param {Desk} desk
 * @param {"start" | "end"} edge
 * @param {1 | -1} way
 * @param {"word" | "grapheme"} unit
 * @returns {boolean} Whether a mark was chosen.
 */
export function respan(desk, edge, way, unit) {
    const annotation = chosen(desk);
    if (!annotation) {
        return false;
    }
    const to = stepped(desk.text, annotation, edge, way, unit, (at) => canHold(annotation, at));
    if (to) {
        move(desk, to);
    }
    return true;
}

/**
 * Moves the edges of the chosen mark.
 * @param {Desk} desk
 * @param {Span} to
 */
export function move(desk, to) {
    const annotation = chosen(desk);
    if (annotation && (!isSame(to, annotation))) {
        const target = targetOf(desk.text, annotation);
        desk.correct({ op: "respan", target, mark: annotation.mark, to: targetOf(desk.text, to) });
    }
}

/**
 * @param {Annotation} annotation
 * @param {number} at
 * @returns {boolean} Whether the mark can hold what stands here: in a claim neither gaps nor its source and cue.
 */
export function canHold(annotation, at) {
    const { said, parts } = annotation;
    const holds = (/** @type {Span | undefined} */ span) => span !== undefined && holdsAt(span, at);
    return !said || (holds(annotation) ? parts.some(holds) : !holds(said.source) && !holds(said.cue));
}

/**
 * Says of what kind or form the chosen claim is.
 * @param {Desk} desk
 * @param {{kind?: Kind, form?: Form}} what
 * @returns {boolean} Whether a claim was chosen.
 */
export function qualify(desk, what) {
    const annotation = chosen(desk);
    const said = annotation?.said;
    if (!said) {
        return false;
    }
    if ((what.kind ?? said.kind) !== said.kind || (what.form ?? said.form) !== said.form) {
        desk.correct({ op: "qualify", target: targetOf(desk.text, annotation), ...what });
    }
    return true;
}

/**
 * The last correction, made at all places of the same words: where it was one of a name's mark, at its place alone.
 * @param {Desk} desk
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
 * Makes the last correction of a name's mark everywhere.
 * @param {Desk} desk
 * @returns {boolean} Whether there is one.
 */
export function everywhere(desk) {
    const edit = spread(desk);
    if (edit) {
        desk.correct(edit);
    }
    return edit !== undefined;
}
