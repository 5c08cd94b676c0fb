/**
 * @file The corrections of what is chosen or selected.
 */

import { chosen, isAbout, isReaders } from "./desk.js";
import { keyOf } from "./segments.js";
import { stepped, targetOf } from "./target.js";

/** @import {Edit, Form, Kind, Mark, Span} from "./pkg/whosaid.js" */
/** @import {Desk} from "./desk.js" */
/** @import {Annotation} from "./segments.js" */

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
    const last = desk.lastEdit();
    const isSaid = isReaders(desk, annotation) || desk.moving !== undefined || (last?.op === "add" && isAbout(last, annotation));
    if (!isSaid) {
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
    } else {
        getSelection()?.removeAllRanges();
        desk.correct({ op: "add", target, mark: to });
    }
    // Not there yet: chosen as soon as it is.
    const key = keyOf(to, span);
    Object.assign(desk, { key, here: [key], moving: undefined, selected: undefined, last: span });
    return true;
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
 * @returns {boolean} Whether this is who is meant, or to whom the reader has given the claim already.
 */
function isGiven({ analysis }, annotation, speaker) {
    const name = annotation.speaker === undefined ? undefined : analysis.speakers[annotation.speaker]?.name;
    const said = annotation.mark !== "claim" || analysis.attributions[annotation.index]?.origin === "reader";
    return said && name === speaker;
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
    const to = stepped(desk.text, annotation, edge, way, unit, (at) => canHold(desk, annotation, at));
    if (to) {
        move(desk, annotation, to);
    }
    return true;
}

/**
 * @param {Desk} desk
 * @param {Annotation} annotation
 * @param {Span} to
 */
function move(desk, annotation, to) {
    const { mark: kind, parts } = annotation;
    const target = targetOf(desk.text, annotation);
    desk.correct({ op: "respan", target, mark: kind, to: targetOf(desk.text, to) });
    // Not there yet: stands for it until it is, so that a second key need not wait.
    const key = keyOf(kind, to);
    const within = parts.filter(({ start, end }) => start < to.end && to.start < end);
    const moved = within.map(({ start, end }, index) => ({
        start: index === 0 ? to.start : start,
        end: index === within.length - 1 ? to.end : end,
    }));
    desk.byKey.set(key, { ...annotation, ...to, key, parts: moved });
    Object.assign(desk, { key, here: [key], last: to, moving: desk.moving ?? annotation.key });
}

/**
 * @param {Desk} desk
 * @param {Annotation} annotation
 * @param {number} at
 * @returns {boolean} Whether the mark can hold what stands here: in a claim neither gaps nor its source and cue.
 */
function canHold({ analysis }, { mark: kind, index, start, end, parts }, at) {
    const holds = (/** @type {Span | undefined} */ span) => span !== undefined && span.start <= at && at < span.end;
    const said = kind === "claim" ? analysis.attributions[index] : undefined;
    return !said || (holds({ start, end }) ? parts.some(holds) : !holds(said.source) && !holds(said.cue));
}

/**
 * Says of what kind or form the chosen claim is.
 * @param {Desk} desk
 * @param {{kind?: Kind, form?: Form}} what
 * @returns {boolean} Whether a claim was chosen.
 */
export function qualify(desk, what) {
    const annotation = chosen(desk);
    const said = annotation?.mark === "claim" ? desk.analysis.attributions[annotation.index] : undefined;
    if (!annotation || !said) {
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
