/**
 * @file The choice: the mark that is chosen or the words that are selected, and the corrections that can be made of
 * them. It joins the article, the lists and the editor, which do not know each other.
 */

import { NOTHING, chosen } from "./choice-state.js";
import { accept, attribute, changeAlike, everywhere, followEdit, mark, move, qualify, respan } from "./edits.js";
import { related, tell } from "./card.js";
import { focusBeside, hasFocus } from "../../kit/place.js";
import { withKey } from "../../state/annotations.js";
import { beside } from "../../state/segments.js";
import { overlap, without } from "../../state/spans.js";
import { targetOf, tidy } from "../../state/target.js";

/** @import {Span} from "../../pkg/whosaid.js" */
/** @import {ChoiceState, Joined} from "./choice-state.js" */
/** @import {Annotation, Filtered} from "../../types.js" */

/** @typedef {ReturnType<typeof createChoice>} Choice */

/** At most this many mentions are lit: the browser checks every one in each frame. */
const MOST_LIT = 200;

/** @param {Joined} joined */
export function createChoice(joined) {
    /** @type {ChoiceState} */
    const state = {
        ...joined,
        text: "",
        analysis: NOTHING,
        settled: NOTHING,
        annotations: [],
        here: [],
        related: [],
        hovered: [],
        places: [],
    };
    return {
        update: update.bind(null, state),
        pick: pick.bind(null, state),
        /** @returns {string | undefined} The key of the chosen mark, as it is shown. */
        key: () => state.key,
        /** @returns {number | undefined} The index of the speaker whose name or claim is chosen. */
        speaker: () => chosen(state)?.speaker,
        next: () => pick(state, state.here),
        hover: hover.bind(null, state),
        step: step.bind(null, state),
        select: select.bind(null, state),
        release: release.bind(null, state),
        mark: mark.bind(null, state),
        accept: accept.bind(null, state),
        respan: respan.bind(null, state),
        move: move.bind(null, state),
        followEdit: followEdit.bind(null, state),
        settle: settle.bind(null, state),
        /** @returns {Annotation | undefined} The chosen mark. */
        chosen: () => chosen(state),
        qualify: qualify.bind(null, state),
        everywhere: () => everywhere(state) || changeAlike(state),
        attribute: attribute.bind(null, state),
        remove: remove.bind(null, state),

        /** The card looks otherwise now: it has another height, and the focus may have moved the text. */
        turned() {
            state.isCovered = true;
            settle(state);
        },

        /** Puts the focus into the card. */
        edit() {
            if (!chosen(state)) {
                return false;
            }
            comeFrom(state);
            state.editor.edit();
            return true;
        },

        /** Puts the focus back, when a speaker was chosen: but not out of the card where the keyboard led into it. */
        comeBack() {
            const { from, isAsked } = state;
            state.isAsked = false;
            if (isAsked || !from) {
                const back = from?.isConnected ? from : state.article.node;
                /** @type {HTMLElement} */ (back).focus({ preventScroll: true });
            }
        },

        /** Asks for the speaker of the chosen claim, or for the bearer of the chosen name. */
        askSpeaker() {
            if ((chosen(state)?.mark ?? "place") === "place") {
                return false;
            }
            comeFrom(state);
            state.isAsked = true;
            state.editor.focusSpeaker();
            return true;
        },
    };
}

/**
 * Remembers the focus, which goes back there when the editor closes.
 * @param {ChoiceState} state
 */
function comeFrom(state) {
    const from = focusBeside(state.article.node);
    if (!state.editor.node.contains(from)) {
        // Where nothing has the focus, the document says that its body has it, and a shadow tree says nothing.
        state.from = from?.matches("body") ? state.article.node : (from ?? state.article.node);
    }
}

/**
 * Takes over a new analysis; the chosen mark stays chosen while it is there.
 * @param {ChoiceState} state
 * @param {string} text
 * @param {Filtered} analysis
 * @param {readonly Annotation[]} annotations
 * @param {boolean} isSettled Whether this is the core's answer to all corrections.
 */
function update(state, text, analysis, annotations, isSettled) {
    if (text !== state.text) {
        Object.assign(state, { last: undefined, given: undefined });
    }
    const settled = isSettled ? analysis : state.settled;
    Object.assign(state, { text, analysis, settled, annotations, hovered: [], places: [] });
    if (state.key === undefined) {
        return;
    }
    const annotation = chosen(state) ?? beforeOf(state);
    if (annotation) {
        const isMoved = annotation.key === state.key && state.moving !== undefined;
        Object.assign(state, { key: annotation.key, moving: isSettled ? undefined : state.moving, isCovered: state.isCovered || isMoved });
        // The related marks stay as they are for now: there can be many.
        state.article.select(
            [annotation],
            state.related.filter(({ key }) => key !== annotation.key),
        );
        tell(state, annotation);
    } else if (isSettled) {
        release(state);
    }
}

/**
 * The chosen mark after a move that the core did not make as predicted: it stays at its old place, or it is the claim
 * that overlaps the new one, since the core can leave words out of a claim.
 * @param {ChoiceState} state
 * @returns {Annotation | undefined}
 */
function beforeOf({ annotations, moving, last }) {
    const isLike = (/** @type {Annotation} */ one) => one.mark === "claim" && last !== undefined && overlap(one, last);
    const was = moving === undefined ? undefined : withKey(annotations, moving);
    return was ?? (moving?.startsWith("claim:") ? annotations.find(isLike) : undefined);
}

/**
 * Chooses the first of the marks here, or the next one when one of them is chosen already.
 * @param {ChoiceState} state
 * @param {readonly string[]} keys An empty list clears the choice.
 * @param {boolean} [focus] Whether the focus moves into the editor.
 */
function pick(state, keys, focus = false) {
    const before = state.key === undefined ? -1 : keys.indexOf(state.key);
    const key = keys[(before + 1) % keys.length];
    const annotation = key === undefined ? undefined : withKey(state.annotations, key);
    if (!annotation) {
        release(state);
        return;
    }
    Object.assign(state, { here: keys, key, moving: undefined, selected: undefined, last: annotation, isCovered: false });
    if (focus) {
        comeFrom(state);
    } else {
        state.from = undefined;
    }
    tell(state, annotation);
    settle(state);
    state.article.reveal(annotation);
    if (focus) {
        state.editor.focus();
    }
    uncover(state, annotation);
}

/**
 * Brings what the editor is about to where nothing covers it: a claim with its source, if there is room for both.
 * @param {ChoiceState} state
 * @param {Pick<Annotation, "parts" | "claim">} about
 */
function uncover({ article, editor }, { parts, claim }) {
    const withSource = claim?.source ? [[...parts, claim.source]] : [];
    article.uncover([...withSource, parts], editor.clearTo());
}

/**
 * Chooses the next mark in the text, or the one before.
 * @param {ChoiceState} state
 * @param {1 | -1} way
 * @param {boolean} claimsOnly
 */
function step(state, way, claimsOnly) {
    // Pronouns and descriptions are skipped: there are too many of them.
    const isStep = (/** @type {Annotation} */ { mark: kind, naming, key }) =>
        kind === "claim" || (!claimsOnly && (naming === "name" || key === state.key));
    const all = state.annotations.filter(isStep);
    const at = all.findIndex(({ key }) => key === state.key);
    const to = at < 0 ? beside(all, state.last, way) : at + way;
    const next = all[(to + all.length) % all.length];
    if (next) {
        pick(state, [next.key]);
    }
}

/**
 * Shows everything that goes with the chosen mark: the related marks, its rows in the lists, its handles, the highlights.
 * @param {ChoiceState} state
 */
function settle(state) {
    const annotation = chosen(state);
    state.related = annotation ? related(state, annotation) : [];
    state.article.select(annotation ? [annotation] : [], state.related);
    state.panel.choose(annotation?.key);
    state.chose();
    state.connector.show(annotation, state.annotations);
    light(state);
    if (annotation && state.isCovered) {
        state.isCovered = false;
        uncover(state, annotation);
    }
    // Who only reads moves no edges.
    state.handles.show(state.editor.isRead() ? undefined : annotation);
}

/**
 * @param {ChoiceState} state
 * @param {readonly string[]} keys
 * @param {readonly Span[]} [places]
 */
function hover(state, keys, places = []) {
    if (keys.join() !== state.hovered.join()) {
        Object.assign(state, { hovered: keys, places });
        state.panel.hover(keys);
        light(state);
    }
}

/**
 * The places, or the nearest of them where there are very many.
 * @param {number} from
 * @param {readonly Span[]} places
 * @returns {readonly Span[]}
 */
function nearest(from, places) {
    const far = (/** @type {Span} */ { start }) => Math.abs(start - from);
    return places.length <= MOST_LIT ? places : places.toSorted((one, other) => far(one) - far(other)).slice(0, MOST_LIT);
}

/** @param {ChoiceState} state */
function light(state) {
    const { speakers } = state.analysis;
    const hovered = state.hovered.flatMap((key) => withKey(state.annotations, key) ?? []);
    const one = chosen(state);
    // The pointer may be on the chosen mark.
    const others = hovered.filter(({ key }) => key !== one?.key);
    const all = one ? [...others, one] : others;
    // Sources and cues of all claims of a speaker would be too many.
    const many = hovered.filter(({ mark: kind }) => kind === "claim").length > 1;
    const lit = (many ? all.slice(others.length) : all).flatMap(({ claim }) => claim ?? []);
    const meant = new Set(all.flatMap(({ mark: kind, speaker }) => (kind === "claim" ? [] : (speaker ?? []))));
    const from = (hovered[0] ?? one)?.start ?? 0;
    state.article.light({
        speaker: nearest(from, [...state.places, ...[...meant].flatMap((index) => speakers[index]?.mentions ?? [])])
            // The chosen mark stays visible inside of a wider place.
            .flatMap((span) => (one ? without(span, one) : span)),
        // The chosen mark stays visible under the pointer.
        hover: others.flatMap(({ parts }) => parts),
        source: lit.flatMap(({ source }) => source ?? []),
        cue: lit.flatMap(({ cue }) => cue ?? []),
    });
}

/**
 * Offers to mark the selected words.
 * @param {ChoiceState} state
 * @param {Span | undefined} selection
 */
function select(state, selection) {
    const span = selection && tidy(state.text, selection);
    if (!span) {
        if (state.selected) {
            release(state);
        }
        return;
    }
    letGo(state);
    state.selected = span;
    state.editor.show({ text: state.text.slice(span.start, span.end) });
    uncover(state, { parts: [span] });
}

/** @param {ChoiceState} state */
function letGo(state) {
    Object.assign(state, { here: [], key: undefined, moving: undefined, selected: undefined });
    settle(state);
}

/**
 * Clears the choice and the selection; the focus goes back to where it came from.
 * @param {ChoiceState} state
 * @returns {boolean} Whether something was chosen or selected.
 */
function release(state) {
    const was = state.editor.isOpen();
    const inside = hasFocus(state.editor.node);
    letGo(state);
    state.editor.hide();
    if (inside) {
        const back = state.from?.isConnected ? state.from : state.article.node;
        /** @type {HTMLElement} */ (back).focus({ preventScroll: true });
    }
    return was;
}

/**
 * Takes the chosen mark away.
 * @param {ChoiceState} state
 * @returns {boolean} Whether one was chosen.
 */
function remove(state) {
    const annotation = chosen(state);
    if (!annotation) {
        return false;
    }
    state.correct({ op: "delete", target: targetOf(state.text, annotation), mark: annotation.mark });
    release(state);
    return true;
}
