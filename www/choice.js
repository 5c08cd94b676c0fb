/**
 * @file What the reader has chosen or selected, and the corrections that can be made of it. Joins the article, the
 * lists and the editor, which do not know each other.
 */

import { keyOf } from "./segments.js";
import { targetOf, tidy } from "./target.js";
import { words } from "./words.js";

/** @import {Analysis, Edit, Mark, Span} from "./pkg/whosaid.js" */
/** @import {ArticleView} from "./article.js" */
/** @import {createEditor} from "./editor.js" */
/** @import {createPanel} from "./panel.js" */
/** @import {Annotation} from "./segments.js" */

/**
 * @typedef {object} Joined
 * @property {ArticleView} article
 * @property {ReturnType<typeof createEditor>} editor
 * @property {ReturnType<typeof createPanel>} panel
 * @property {(edit: Edit) => void} correct
 * @property {() => Edit | undefined} lastEdit What undo would take back.
 * @property {() => DOMRect} frame The part of the window that the editor is placed in.
 */

/**
 * @typedef {object} State
 * @property {string} text
 * @property {Analysis} analysis
 * @property {readonly Annotation[]} annotations In the order of the text.
 * @property {ReadonlyMap<string, Annotation>} byKey
 * @property {readonly string[]} here Keys among which the choice goes round.
 * @property {string} [key] What is chosen.
 * @property {Span} [selected] What is selected, when nothing is chosen.
 * @property {Span} [last] Where the reader was last: steps go on from there when nothing is chosen.
 * @property {readonly string[]} hovered Keys of what the pointer is on.
 * @property {Element | null} [from] Where the focus goes back to.
 */

/** @typedef {Joined & State} Desk */

/** @typedef {ReturnType<typeof createChoice>} Choice */

/** @param {Joined} joined */
export function createChoice(joined) {
    const analysis = { language: "en", model: "", zones: [], mentions: [], attributions: [], speakers: [] };
    /** @type {Desk} */
    const desk = { ...joined, text: "", analysis, annotations: [], byKey: new Map(), here: [], hovered: [] };
    return {
        update: update.bind(null, desk),
        pick: pick.bind(null, desk),
        /** @returns {string | undefined} The key of what is chosen. */
        key: () => desk.key,
        next: () => pick(desk, desk.here),
        hover: hover.bind(null, desk),
        step: step.bind(null, desk),
        select: select.bind(null, desk),
        release: release.bind(null, desk),
        mark: mark.bind(null, desk),
        attribute: attribute.bind(null, desk),
        remove: remove.bind(null, desk),

        /** Asks who makes the chosen claim. */
        askSpeaker() {
            if (chosen(desk)?.mark !== "claim") {
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

/** @param {Desk} desk */
function chosen({ key, byKey }) {
    return key === undefined ? undefined : byKey.get(key);
}

/**
 * Takes over what holds now; what was chosen stays so, as long as it is there.
 * @param {Desk} desk
 * @param {string} text
 * @param {Analysis} analysis
 * @param {readonly Annotation[]} annotations
 */
function update(desk, text, analysis, annotations) {
    if (text !== desk.text) {
        desk.last = undefined;
    }
    Object.assign(desk, { text, analysis, annotations, hovered: [] });
    desk.byKey = new Map(annotations.map((annotation) => [annotation.key, annotation]));
    if (desk.key !== undefined && !chosen(desk)) {
        release(desk);
    } else if (desk.key !== undefined) {
        show(desk);
    }
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
    Object.assign(desk, { here: keys, key, selected: undefined, last: desk.byKey.get(key) });
    if (focus) {
        comeFrom(desk);
    }
    show(desk);
    const rect = desk.article.reveal(/** @type {Annotation} */ (chosen(desk)));
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
    const all = desk.annotations.filter(({ mark: kind }) => !claimsOnly || kind === "claim");
    const at = all.findIndex(({ key }) => key === desk.key);
    const to = at < 0 ? beside(all, desk.last, way) : at + way;
    const next = all[(to + all.length) % all.length];
    if (next) {
        pick(desk, [next.key]);
    }
}

/**
 * Where a step leads from a place that no mark has any more.
 * @param {readonly Annotation[]} all
 * @param {Span | undefined} last
 * @param {1 | -1} way
 * @returns {number} An index; one before the first or after the last where there is none that way.
 */
function beside(all, last, way) {
    if (!last) {
        return way > 0 ? 0 : all.length - 1;
    }
    const order = (/** @type {Span} */ { start, end }) => start - last.start || last.end - end;
    const after = all.findIndex((one) => order(one) > 0);
    return way > 0 ? (after < 0 ? all.length : after) : all.findLastIndex((one) => order(one) < 0);
}

/**
 * Shows what is chosen: in the text, in the lists, in the editor.
 * @param {Desk} desk
 */
function show(desk) {
    const annotation = chosen(desk);
    if (!annotation) {
        return;
    }
    const { editor, here, key, text, analysis } = desk;
    desk.article.select([annotation], related(desk, annotation));
    desk.panel.choose(annotation.key);
    light(desk);
    const { speaker, confidence, mark: kind } = annotation;
    const origin = (kind === "claim" ? analysis.attributions : analysis.mentions)[annotation.index]?.origin;
    const said = kind === "claim" ? analysis.attributions[annotation.index] : undefined;
    const detail = [
        said?.continues !== undefined && words.claims.continued,
        said && words.forms[said.form],
        said && words.kinds[said.kind],
        origin === "reader" ? words.editor.reader : words.editor.confidence(Math.round(100 * confidence)),
    ];
    editor.show({
        text: text.slice(annotation.start, annotation.end),
        mark: kind,
        detail: detail.filter(Boolean).join(" · "),
        speaker: speaker === undefined ? undefined : analysis.speakers[speaker]?.name,
        names: namesOf(desk),
        among: { number: here.indexOf(key ?? "") + 1, count: here.length },
        corrected: isAbout(desk.lastEdit(), annotation),
    });
}

/**
 * @param {Edit | undefined} edit
 * @param {Span} span
 * @returns {boolean} Whether the edit is about this very place.
 */
function isAbout(edit, { start, end }) {
    return edit !== undefined && edit.op !== "undo" && edit.target.start === start && edit.target.end === end;
}

/**
 * What belongs to an annotation: of a claim, where its source is; of a name, the others of the same speaker and the
 * speaker's claims.
 * @param {Desk} desk
 * @param {Annotation} annotation
 * @returns {Annotation[]}
 */
function related({ annotations, analysis }, { mark: kind, key, index, speaker }) {
    if (kind === "claim") {
        const source = analysis.attributions[index]?.source;
        const within = (/** @type {Annotation} */ { start, end }) => source && start < source.end && source.start < end;
        return annotations.filter((other) => other.mark !== "claim" && within(other));
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
 * @param {Desk} desk
 * @param {readonly string[]} keys
 */
function hover(desk, keys) {
    if (keys.join() !== desk.hovered.join()) {
        desk.hovered = keys;
        desk.panel.hover(keys);
        light(desk);
    }
}

/** @param {Desk} desk */
function light(desk) {
    const hovered = desk.hovered.flatMap((key) => desk.byKey.get(key) ?? []);
    const lit = [...hovered, chosen(desk)].flatMap((annotation) =>
        annotation?.mark === "claim" ? (desk.analysis.attributions[annotation.index] ?? []) : [],
    );
    desk.article.light({
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
    Object.assign(desk, { here: [], key: undefined, selected: undefined });
    desk.article.select([], []);
    desk.panel.choose(undefined);
    light(desk);
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
 * Marks what is selected, or makes what is chosen another sort of mark.
 * @param {Desk} desk
 * @param {Mark} to
 * @returns {boolean} Whether there was something to mark.
 */
function mark(desk, to) {
    const annotation = chosen(desk);
    const span = annotation ?? desk.selected;
    if (!span) {
        return false;
    }
    const target = targetOf(desk.text, span);
    if (annotation && annotation.mark !== to) {
        desk.correct({ op: "relabel", target, mark: annotation.mark, to });
    } else if (!annotation) {
        getSelection()?.removeAllRanges();
        desk.correct({ op: "add", target, mark: to });
    }
    // Not there yet: chosen as soon as it is.
    const key = keyOf(to, span);
    Object.assign(desk, { key, here: [key], selected: undefined, last: span });
    return true;
}

/**
 * Gives the chosen claim to a speaker.
 * @param {Desk} desk
 * @param {string | undefined} speaker Nobody in particular where there is none.
 */
function attribute(desk, speaker) {
    const annotation = chosen(desk);
    if (annotation?.mark === "claim" && !isGiven(desk, annotation, speaker)) {
        const target = targetOf(desk.text, annotation);
        desk.correct(speaker === undefined ? { op: "attribute", target } : { op: "attribute", target, speaker });
    }
}

/**
 * @param {Desk} desk
 * @param {Annotation} claim
 * @param {string | undefined} speaker
 * @returns {boolean} Whether the reader has given the claim to this speaker already.
 */
function isGiven({ analysis }, claim, speaker) {
    const name = claim.speaker === undefined ? undefined : analysis.speakers[claim.speaker]?.name;
    return analysis.attributions[claim.index]?.origin === "reader" && name === speaker;
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
