/**
 * @file The edits that can be made of the chosen mark or the selected words.
 */

import { chosen, isAbout, isUsers } from "./choice-state.js";
import { keyOf } from "../../state/annotations.js";
import { holdsAt, isSame } from "../../state/spans.js";
import { stepped, targetOf } from "../../state/target.js";
import { words } from "../../words/words.js";

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
    state.article.unselect();
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
        if (state.given?.key !== annotation.key) {
            // The core takes the words of the source for those of the new speaker afterwards.
            state.given = { key: annotation.key, source: annotation.claim?.source };
        }
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

/**
 * The other claims with the same words for their source as the chosen one, whose speaker was corrected last: those that nobody has
 * checked and that somebody else makes. A pronoun means now one and now another.
 * @param {ChoiceState} state
 * @returns {{claims: readonly Annotation[], source: string, speaker?: string}}
 */
export function alike(state) {
    const { text, annotations, analysis, given } = state;
    const [annotation, last] = [chosen(state), state.lastEdit()];
    const place = given?.source;
    if (!annotation || !place || given.key !== annotation.key || last?.op !== "attribute" || !isAbout(last, annotation)) {
        return { claims: [], source: "" };
    }
    const wordsOf = (/** @type {Span} */ span) => text.slice(span.start, span.end).toLowerCase();
    const said = wordsOf(place);
    const isPronoun = analysis.mentions.some(({ span, form }) => form === "pronoun" && isSame(span, place));
    const others = annotations.filter((other) => {
        const source = other.claim?.source;
        // All claims are looked through after each such correction: most differ in their length already.
        if (!source || source.end - source.start !== said.length || wordsOf(source) !== said) {
            return false;
        }
        const name = other.speaker === undefined ? undefined : analysis.speakers[other.speaker]?.name;
        return other.key !== annotation.key && !isUsers(other) && name !== last.speaker;
    });
    const source = text.slice(place.start, place.end);
    return { claims: isPronoun ? [] : others, source, ...(last.speaker !== undefined && { speaker: last.speaker }) };
}

/**
 * Gives these claims to the same speaker.
 * @param {ChoiceState} state
 * @returns {boolean} Whether there are any.
 */
export function changeAlike(state) {
    const { claims, speaker } = alike(state);
    const edits = claims.map((claim) => {
        const target = targetOf(state.text, claim);
        return /** @type {Edit} */ (speaker === undefined ? { op: "attribute", target } : { op: "attribute", target, speaker });
    });
    if (edits.length > 0) {
        state.correctAll(edits, words.editor.changed(edits.length, speaker ?? words.editor.nobody));
    }
    return edits.length > 0;
}
