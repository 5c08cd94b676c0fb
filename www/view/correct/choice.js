/**
 * @file What the user has chosen or selected, and the corrections that can be made of it. Joins the article, the
 * lists and the editor, which do not know each other.
 */

import { nameOf } from "../article/connector.js";
import { NOTHING, chosen, isAbout, isUsers } from "./choice-state.js";
import { accept, attribute, everywhere, follow, mark, move, qualify, respan, spread } from "./edits.js";
import { beside } from "../../state/segments.js";
import { overlap, without } from "../../state/spans.js";
import { targetOf, tidy } from "../../state/target.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Span} from "../../pkg/whosaid.js" */
/** @import {Desk, Joined} from "./choice-state.js" */
/** @import {Annotation} from "../../types.js" */

/** @typedef {ReturnType<typeof createChoice>} Choice */

/** In how many places at most it is lit that somebody is meant: the browser looks at each of them in each frame. */
const MOST_LIT = 200;

/** @param {Joined} joined */
export function createChoice(joined) {
    /** @type {Desk} */
    const desk = { ...joined, text: "", analysis: NOTHING, annotations: [], byKey: new Map(), here: [], related: [], hovered: [], places: [] };
    return {
        update: update.bind(null, desk),
        pick: pick.bind(null, desk),
        /** @returns {string | undefined} The key of what is chosen, as it is shown. */
        key: () => desk.key,
        /** @returns {number | undefined} The index of the speaker whose name or claim is chosen. */
        speaker: () => chosen(desk)?.speaker,
        next: () => pick(desk, desk.here),
        hover: hover.bind(null, desk),
        step: step.bind(null, desk),
        select: select.bind(null, desk),
        release: release.bind(null, desk),
        mark: mark.bind(null, desk),
        accept: accept.bind(null, desk),
        respan: respan.bind(null, desk),
        move: move.bind(null, desk),
        follow: follow.bind(null, desk),
        settle: settle.bind(null, desk),
        /** @returns {Annotation | undefined} What is chosen. */
        chosen: () => chosen(desk),
        qualify: qualify.bind(null, desk),
        everywhere: everywhere.bind(null, desk),
        attribute: attribute.bind(null, desk),
        remove: remove.bind(null, desk),

        /** Asks who makes the chosen claim, or who is meant. */
        askSpeaker() {
            if ((chosen(desk)?.mark ?? "place") === "place") {
                return false;
            }
            comeFrom(desk);
            desk.editor.focusSpeaker();
            return true;
        },
    };
}

/**
 * Notes where the focus goes back to when the editor closes.
 * @param {Desk} desk
 */
function comeFrom(desk) {
    if (!desk.editor.node.contains(document.activeElement)) {
        desk.from = document.activeElement;
    }
}

/**
 * Takes over what holds now; what was chosen stays so, as long as it is there.
 * @param {Desk} desk
 * @param {string} text
 * @param {Analysis} analysis
 * @param {readonly Annotation[]} annotations
 * @param {boolean} isSettled Whether this is the core's answer to all that was corrected.
 */
function update(desk, text, analysis, annotations, isSettled) {
    if (text !== desk.text) {
        desk.last = undefined;
    }
    Object.assign(desk, { text, analysis, annotations, hovered: [], places: [] });
    desk.byKey = new Map(annotations.map((annotation) => [annotation.key, annotation]));
    if (desk.key === undefined) {
        return;
    }
    const annotation = chosen(desk) ?? beforeOf(desk);
    if (annotation) {
        const isMoved = annotation.key === desk.key && desk.moving !== undefined;
        Object.assign(desk, { key: annotation.key, moving: isSettled ? undefined : desk.moving, unplaced: desk.unplaced || isMoved });
        // What belongs to it stays as it was for now: there can be much of it.
        desk.article.select([annotation], desk.related.flatMap(({ key }) => (key === annotation.key ? [] : (desk.byKey.get(key) ?? []))));
        tell(desk, annotation);
    } else if (isSettled) {
        release(desk);
    }
}

/**
 * What was chosen, where it is not what it was to be: where it could not be moved, it is where it was, and of a claim the
 * core may leave words out.
 * @param {Desk} desk
 * @returns {Annotation | undefined}
 */
function beforeOf({ annotations, byKey, moving, last }) {
    const isLike = (/** @type {Annotation} */ one) => one.mark === "claim" && last !== undefined && overlap(one, last);
    const was = moving === undefined ? undefined : byKey.get(moving);
    return was ?? (moving?.startsWith("claim:") ? annotations.find(isLike) : undefined);
}

/**
 * Chooses: the first of what is marked here, or, when one of that is chosen already, the next.
 * @param {Desk} desk
 * @param {readonly string[]} keys None: lets go.
 * @param {object} [how]
 * @param {DOMRect} [how.at] Where the pointer is.
 * @param {boolean} [how.focus] Whether the keyboard goes on in the editor.
 */
function pick(desk, keys, { at, focus = false } = {}) {
    const before = desk.key === undefined ? -1 : keys.indexOf(desk.key);
    const key = keys[(before + 1) % keys.length];
    if (key === undefined || !desk.byKey.has(key)) {
        release(desk);
        return;
    }
    Object.assign(desk, { here: keys, key, moving: undefined, selected: undefined, last: desk.byKey.get(key), unplaced: false });
    if (focus) {
        comeFrom(desk);
    }
    const annotation = /** @type {Annotation} */ (chosen(desk));
    tell(desk, annotation);
    settle(desk);
    const rect = desk.article.reveal(annotation);
    place(desk, at ?? rect);
    if (focus) {
        desk.editor.focus();
    }
}

/**
 * @param {Desk} desk
 * @param {DOMRect | undefined} at
 */
function place({ editor, frame }, at) {
    if (at) {
        editor.place(at, frame());
    }
}

/**
 * Chooses the next mark in the text, or the one before.
 * @param {Desk} desk
 * @param {1 | -1} way
 * @param {boolean} claimsOnly
 */
function step(desk, way, claimsOnly) {
    // What is said without a name is stepped over, there is so much of it.
    const isStep = (/** @type {Annotation} */ { mark: kind, naming, key }) =>
        kind === "claim" || (!claimsOnly && (naming === "name" || key === desk.key));
    const all = desk.annotations.filter(isStep);
    const at = all.findIndex(({ key }) => key === desk.key);
    const to = at < 0 ? beside(all, desk.last, way) : at + way;
    const next = all[(to + all.length) % all.length];
    if (next) {
        pick(desk, [next.key]);
    }
}

/**
 * Tells in the editor what is chosen.
 * @param {Desk} desk
 * @param {Annotation} annotation
 */
function tell(desk, annotation) {
    const { editor, here, key, text, analysis } = desk;
    const { speaker, confidence, mark: kind, said } = annotation;
    const users = isUsers(annotation);
    const detail = [
        said?.continues !== undefined && words.claims.continued,
        said && words.forms[said.form],
        said && words.kinds[said.kind],
        users ? words.editor.yours : words.editor.confidence(Math.round(100 * confidence)),
    ];
    editor.show({
        text: text.slice(annotation.start, annotation.end),
        mark: kind,
        detail: detail.filter(Boolean).join(" · "),
        kind: said?.kind,
        form: said?.form,
        speaker: speaker === undefined ? undefined : analysis.speakers[speaker]?.name,
        source: said?.source && text.slice(said.source.start, said.source.end),
        names: () => namesOf(desk),
        shared: kind !== "claim" && related(desk, annotation).some((other) => other.mark !== "claim"),
        among: { number: here.indexOf(key ?? "") + 1, count: here.length },
        accepted: users,
        spreads: isAbout(spread(desk), annotation),
        corrected: isAbout(desk.lastEdit(), annotation),
    });
}

/**
 * What belongs to an annotation: of a claim, where its source is; of a name, the others of the same speaker and the
 * speaker's claims.
 * @param {Desk} desk
 * @param {Annotation} annotation
 * @returns {Annotation[]}
 */
function related({ annotations }, { mark: kind, key, said, speaker }) {
    if (kind === "claim") {
        const source = said?.source;
        return annotations.filter((other) => other.mark !== "claim" && source && overlap(other, source));
    }
    return annotations.filter((other) => other.key !== key && speaker !== undefined && other.speaker === speaker);
}

/** @param {Desk} desk */
function namesOf({ text, analysis: { speakers, mentions } }) {
    const others = mentions.filter(({ label, form }) => label !== "place" && form === "name");
    const names = others.map(({ span }) => text.slice(span.start, span.end));
    return [...new Set([...speakers.map(({ name }) => name), ...names])];
}

/**
 * Shows what goes with what is chosen: what belongs to it, its rows in the lists, its handles, and what is lit.
 * @param {Desk} desk
 */
function settle(desk) {
    const annotation = chosen(desk);
    desk.related = annotation ? related(desk, annotation) : [];
    desk.article.select(annotation ? [annotation] : [], desk.related);
    desk.panel.choose(annotation?.key);
    desk.chose();
    desk.connector.show(annotation, nameOf(annotation, desk.annotations));
    light(desk);
    if (annotation && desk.unplaced) {
        desk.unplaced = false;
        place(desk, desk.article.reveal(annotation));
    }
    desk.handles.show(annotation);
}

/**
 * @param {Desk} desk
 * @param {readonly string[]} keys
 * @param {readonly Span[]} [places]
 */
function hover(desk, keys, places = []) {
    if (keys.join() !== desk.hovered.join()) {
        Object.assign(desk, { hovered: keys, places });
        desk.panel.hover(keys);
        light(desk);
    }
}

/**
 * The places that are nearest, where there are very many.
 * @param {number} from
 * @param {readonly Span[]} places
 * @returns {readonly Span[]}
 */
function nearest(from, places) {
    const far = (/** @type {Span} */ { start }) => Math.abs(start - from);
    return places.length <= MOST_LIT ? places : places.toSorted((one, other) => far(one) - far(other)).slice(0, MOST_LIT);
}

/** @param {Desk} desk */
function light(desk) {
    const { speakers } = desk.analysis;
    const hovered = desk.hovered.flatMap((key) => desk.byKey.get(key) ?? []);
    const one = chosen(desk);
    const all = one ? [...hovered, one] : hovered;
    // Where all claims of a speaker are lit, their sources and cues would be too much.
    const many = hovered.filter(({ mark: kind }) => kind === "claim").length > 1;
    const lit = (many ? all.slice(hovered.length) : all).flatMap(({ said }) => said ?? []);
    const meant = new Set(all.flatMap(({ mark: kind, speaker }) => (kind === "claim" ? [] : (speaker ?? []))));
    const from = (hovered[0] ?? one)?.start ?? 0;
    desk.article.light({
        speaker: nearest(from, [...desk.places, ...[...meant].flatMap((index) => speakers[index]?.mentions ?? [])])
            // What is chosen shows that it is, within a wider place too.
            .flatMap((span) => (one ? without(span, one) : span)),
        // What is chosen shows that it is, under the pointer too.
        hover: hovered.filter(({ key }) => key !== desk.key).flatMap(({ parts }) => parts),
        source: lit.flatMap(({ source }) => source ?? []),
        cue: lit.flatMap(({ cue }) => cue ?? []),
    });
}

/**
 * Offers to mark what is selected.
 * @param {Desk} desk
 * @param {{span: Span, at: DOMRect} | undefined} selection
 */
function select(desk, selection) {
    const span = selection && tidy(desk.text, selection.span);
    if (!span) {
        if (desk.selected) {
            release(desk);
        }
        return;
    }
    letGo(desk);
    desk.selected = span;
    desk.editor.show({ text: desk.text.slice(span.start, span.end) });
    place(desk, selection.at);
}

/** @param {Desk} desk */
function letGo(desk) {
    Object.assign(desk, { here: [], key: undefined, moving: undefined, selected: undefined });
    settle(desk);
}

/**
 * Lets go of what is chosen or selected; the focus goes back to where it came from.
 * @param {Desk} desk
 * @returns {boolean} Whether there was something.
 */
function release(desk) {
    const was = desk.editor.isOpen();
    const inside = desk.editor.node.contains(document.activeElement);
    letGo(desk);
    desk.editor.hide();
    if (inside) {
        const back = desk.from?.isConnected ? desk.from : desk.article.node;
        /** @type {HTMLElement} */ (back).focus({ preventScroll: true });
    }
    return was;
}

/**
 * Takes the chosen mark away.
 * @param {Desk} desk
 * @returns {boolean} Whether one was chosen.
 */
function remove(desk) {
    const annotation = chosen(desk);
    if (!annotation) {
        return false;
    }
    desk.correct({ op: "delete", target: targetOf(desk.text, annotation), mark: annotation.mark });
    release(desk);
    return true;
}
