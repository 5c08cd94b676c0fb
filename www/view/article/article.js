/**
 * @file The article in the page, with its marks: draws it, and shows the choice, the highlights and the selection.
 */

import { caretAt, element, setAttribute } from "../../kit/dom.js";
import { drawBlock, signature } from "./draw.js";
import { reveal, uncover } from "./bring.js";
import { createMargin, entriesOf } from "./margin.js";
import { inSlices } from "../../kit/pause.js";
import { createPlaces } from "./places.js";
import { createSections } from "./sections.js";
import { selectedRange, selectionIn } from "../../kit/selection.js";
import { blocksOf } from "../../state/blocks.js";
import { markedIn, remarked, segmentsOf } from "../../state/segments.js";
import { words } from "../../words/words.js";

/** @import {createLights} from "../../kit/lights.js" */
/** @import {Place} from "../../kit/place.js" */
/** @import {Analysis, Span} from "../../pkg/whosaid.js" */
/** @import {Annotation, Block, Segment, Sign} from "../../types.js" */

/** An article with more paragraphs than this is laid out only where it is on the screen. */
const MANY = 300;

/** The highlights that need no change to the nodes. */
const LIGHTS = /** @type {const} */ (["speaker", "hover", "source", "cue"]);

/** The highlights while an edge is dragged: the words that the mark would hold, and those that it would lose. */
const PREVIEW = /** @type {const} */ (["kept", "left"]);

/** At most this many results are lit: each costs in each frame. */
const MOST_FOUND = 500;

/** @typedef {Partial<Record<(typeof LIGHTS)[number], readonly Span[]>>} Lights */

/**
 * @typedef {object} View
 * @property {HTMLElement} node
 * @property {Place} place
 * @property {ReturnType<typeof createLights>} lights
 * @property {ReturnType<typeof createPlaces>} places
 * @property {ReturnType<typeof createMargin>} margin
 * @property {ReturnType<typeof createSections>} sections
 * @property {WeakMap<Element, Segment>} segments By mark.
 * @property {string} text The text that is drawn.
 * @property {Element[]} blocks The nodes of its paragraphs: a live list of children is slow to index while it grows.
 * @property {readonly Block[]} paragraphs Their places.
 * @property {Analysis["zones"]} [zones] The zones that the paragraphs were made of.
 * @property {readonly Annotation[]} annotations All that are to be drawn.
 * @property {(readonly Annotation[])[]} lists Those of each paragraph.
 * @property {(readonly Annotation[])[]} marked The same, of each paragraph that is drawn.
 * @property {string[]} signatures The signature of each paragraph: equal strings, equal nodes.
 * @property {ReadonlyMap<string, {annotation: Annotation, state: "chosen" | "related"}>} chosen By the annotation's key.
 * @property {Sign} [spot] The speaker whose marks stand out.
 * @property {number} turn Counts the calls that draw.
 */

/** @typedef {ReturnType<typeof createArticle>} ArticleView */

/**
 * @param {object} given
 * @param {Place} given.place
 * @param {ReturnType<typeof createLights>} given.lights
 * @param {(here: readonly Annotation[]) => void} given.picked Called on a click, with the marks there.
 * @param {(here: readonly Annotation[]) => void} given.hovered Called when the pointer comes to other marks.
 */
export function createArticle({ place, lights, picked, hovered }) {
    const node = element("article", { class: "article", part: "article", tabindex: -1, "aria-label": words.article });
    const places = createPlaces();
    /** @type {View} */
    const view = {
        node,
        place,
        lights,
        places,
        sections: createSections(node),
        margin: createMargin(node, places, place.signal),
        segments: new WeakMap(),
        text: "",
        blocks: [],
        paragraphs: [],
        annotations: [],
        lists: [],
        marked: [],
        signatures: [],
        chosen: new Map(),
        turn: 0,
    };
    node.addEventListener("click", ({ target }) => {
        const entry = view.margin.at(target);
        // The end of a drag over the text is a click as well.
        if (entry) {
            spot(view, entry.sign.letter === view.spot?.letter ? undefined : entry.sign);
        } else if (!selectedRange(place.root)) {
            spot(view);
            picked(annotationsAt(view, target));
        }
    });
    node.addEventListener("pointerover", ({ target }) => hovered(annotationsAt(view, target)));
    node.addEventListener("pointerleave", () => hovered([]));
    return {
        node,
        show: show.bind(null, view),
        select: select.bind(null, view),
        spot: spot.bind(null, view),
        light: light.bind(null, view),
        preview: preview.bind(null, view),
        found: found.bind(null, view),
        /** @param {EventTarget | null} target A node in the article. */
        at: (target) => annotationsAt(view, target),
        edges: edges.bind(null, view),
        offsetAt: offsetAt.bind(null, view),
        reveal: reveal.bind(null, view),
        uncover: uncover.bind(null, view),
        selection: selection.bind(null, view),
        unselect: () => selectionIn(place.root)?.removeAllRanges(),
    };
}

/**
 * @param {View} view
 * @param {EventTarget | null} target
 * @returns {readonly Annotation[]}
 */
function annotationsAt({ segments, margin }, target) {
    const entry = margin.at(target);
    if (entry) {
        return entry.claims;
    }
    const mark = target instanceof Element ? target.closest("mark") : null;
    return (mark && segments.get(mark)?.all) ?? [];
}

/**
 * Draws an analysis. Where the article is drawn already, only the changed paragraphs are drawn.
 * @param {View} view
 * @param {string} text
 * @param {Analysis} analysis
 * @param {readonly Annotation[]} annotations
 * @param {(share: number) => void} told Told how much of it is drawn, from 0 to 1, while that goes on.
 * @returns {Promise<boolean>} Whether all of it is drawn; `false` where another analysis came meanwhile.
 */
function show(view, text, analysis, annotations, told) {
    view.turn += 1;
    const { turn } = view;
    if (text !== view.text || analysis.zones !== view.zones) {
        const { zones } = analysis;
        const paragraphs = blocksOf(text, zones);
        Object.assign(view, { text, zones, paragraphs, blocks: [], annotations: [], lists: [], marked: [], signatures: [] });
        view.places.clear();
        view.margin.clear();
        view.sections.clear();
        setAttribute(view.node, "lang", analysis.language);
        view.node.classList.toggle("many", view.paragraphs.length > MANY);
    }
    const isFirst = view.annotations.length === 0;
    const lists = isFirst ? markedIn(view.paragraphs, annotations) : remarked(view.paragraphs, view.lists, view.annotations, annotations);
    Object.assign(view, { annotations, lists });
    const isSeen = (/** @type {number} */ index) => Number(view.margin.isSeen(view.blocks[index]));
    const others = lists
        .map((_, index) => index)
        .filter((index) => !isSame(view.marked[index], lists[index]))
        // What is on the screen comes first.
        .sort((one, other) => isSeen(other) - isSeen(one));
    return inSlices(
        others,
        (index) => showBlock(view, index, /** @type {readonly Annotation[]} */ (lists[index])),
        () => turn === view.turn,
        (count) => told(count / others.length),
    );
}

/**
 * @param {readonly Annotation[] | undefined} before
 * @param {readonly Annotation[] | undefined} now
 * @returns {boolean} Whether both have the same marks.
 */
function isSame(before, now) {
    return (
        before === now || (before?.length === now?.length && before?.every((annotation, index) => annotation === now?.[index]) !== false)
    );
}

/**
 * @param {View} view
 * @param {number} index
 * @param {readonly Annotation[]} marked
 */
function showBlock(view, index, marked) {
    const block = /** @type {Block} */ (view.paragraphs[index]);
    const segments = segmentsOf(block, marked);
    const old = view.blocks[index];
    const entries = entriesOf(block, marked);
    const drawnFrom = signature(segments, entries);
    view.marked[index] = marked;
    if (old && view.signatures[index] === drawnFrom) {
        // The nodes stay, but their annotations are new: the confidence may differ.
        const all = segments.filter((segment) => segment.all.length > 0);
        old.querySelectorAll("mark").forEach((mark, nth) => {
            view.segments.set(mark, /** @type {Segment} */ (all[nth]));
        });
        return;
    }
    const isFirst = block.zone !== view.paragraphs[index - 1]?.zone;
    const { node, pieces, marks, ...drawn } = drawBlock(view.text, block, segments, entries, isFirst);
    view.blocks[index] = old ?? node;
    view.signatures[index] = drawnFrom;
    view.places.note(index, block, old ?? node, pieces);
    for (const mark of marks) {
        view.segments.set(mark.node, mark.segment);
        showState(view, mark.node);
    }
    if (old) {
        old.className = node.className;
        // The paragraph's node stays: beside a new one browsers compute the style of all its neighbours again.
        old.replaceChildren(...node.childNodes);
    } else {
        view.sections.add(node);
    }
    view.margin.note(view.blocks[index] ?? node, drawn.entries);
    drawn.entries.forEach((entry) => showSpot(view, entry.node, [entry.entry.sign]));
}

/**
 * @param {View} view
 * @param {Element} mark
 */
function showState(view, mark) {
    const all = view.segments.get(mark)?.all ?? [];
    const states = all.map(({ key }) => view.chosen.get(key)?.state);
    showSpot(
        view,
        mark,
        all.map(({ sign }) => sign),
    );
    setAttribute(mark, "data-state", states.includes("chosen") ? "chosen" : states.find(Boolean));
}

/**
 * @param {View} view
 * @param {Element} node
 * @param {readonly (Sign | undefined)[]} signs Whose it is.
 */
function showSpot({ spot: one }, node, signs) {
    node.classList.toggle("theirs", one !== undefined && signs.some((sign) => sign?.letter === one.letter));
}

/**
 * Lets the marks of one speaker stand out.
 * @param {View} view
 * @param {Sign} [sign] None: of all.
 * @returns {boolean} Whether somebody's did before.
 */
function spot(view, sign) {
    const was = view.spot !== undefined;
    if (sign?.letter !== view.spot?.letter) {
        view.spot = sign;
        view.node.classList.toggle("spot", sign !== undefined);
        view.node.querySelectorAll("mark").forEach((mark) => showState(view, mark));
        view.node.querySelectorAll(".entry").forEach((entry) => showSpot(view, entry, [view.margin.at(entry)?.sign]));
    }
    return was;
}

/**
 * Marks annotations as chosen, and others as belonging to them.
 * @param {View} view
 * @param {readonly Annotation[]} chosen
 * @param {readonly Annotation[]} related
 */
function select(view, chosen, related) {
    const before = view.chosen;
    /** @type {Map<string, {annotation: Annotation, state: "chosen" | "related"}>} */
    const now = new Map();
    for (const annotation of related) {
        now.set(annotation.key, { annotation, state: "related" });
    }
    for (const annotation of chosen) {
        now.set(annotation.key, { annotation, state: "chosen" });
    }
    view.chosen = now;
    const others = [...before, ...now].filter(([key]) => before.get(key)?.state !== now.get(key)?.state);
    const spans = others.flatMap(([, { annotation }]) => annotation.parts);
    for (const index of new Set(spans.flatMap((span) => view.places.blocksIn(span)))) {
        for (const mark of view.blocks[index]?.querySelectorAll("mark") ?? []) {
            showState(view, mark);
        }
    }
}

/**
 * Lights places by CSS custom highlights, where the browser has them.
 * @param {View} view
 * @param {Lights} lights Highlights that it does not name go out.
 */
function light(view, lights) {
    for (const name of LIGHTS) {
        const ranges = (lights[name] ?? []).flatMap((span) => view.places.rangesOf(span));
        view.lights.show(`whosaid-${name}`, ranges);
    }
}

/**
 * Shows the words that a mark would hold if the drag ended now, without a change to the nodes.
 * @param {View} view
 * @param {readonly Span[]} kept
 * @param {readonly Span[]} left
 */
function preview(view, kept, left) {
    for (const [index, spans] of [kept, left].entries()) {
        const ranges = spans.flatMap((span) => view.places.rangesOf(span));
        view.lights.show(`whosaid-${PREVIEW[index]}`, ranges, 1);
    }
}

/**
 * Lights the results of a search; of very many, those around the current one.
 * @param {View} view
 * @param {readonly Span[]} places In the order of the text.
 * @param {Span} [here] The current result.
 */
function found(view, places, here) {
    const from = Math.max(0, (here ? places.indexOf(here) : 0) - MOST_FOUND / 2);
    const lit = places.slice(from, from + MOST_FOUND).filter((place) => place !== here);
    for (const [name, spans] of /** @type {const} */ ([
        ["found", lit],
        ["here", here ? [here] : []],
    ])) {
        const ranges = spans.flatMap((span) => view.places.rangesOf(span));
        view.lights.show(`whosaid-${name}`, ranges, 2);
    }
}

/**
 * Returns the start and the end of a place in the window, each as a line without width.
 * @param {View} view
 * @param {Pick<Annotation, "parts">} annotation
 * @returns {{start: DOMRect, end: DOMRect} | undefined}
 */
function edges(view, { parts }) {
    const rects = parts.flatMap((part) => view.places.rangesOf(part)).flatMap((range) => [...range.getClientRects()]);
    const [first, last] = [rects.find(({ width }) => width > 0), rects.findLast(({ width }) => width > 0)];
    const isLeftToRight = getComputedStyle(view.node).direction === "ltr";
    const at = (/** @type {DOMRect} */ { left, right, top, height }, /** @type {boolean} */ isLeft) =>
        new DOMRect(isLeft ? left : right, top, 0, height);
    return first && last && { start: at(first, isLeftToRight), end: at(last, !isLeftToRight) };
}

/**
 * The place in the text at a point of the window.
 * @param {View} view
 * @param {number} x
 * @param {number} y
 * @returns {number | undefined} `undefined` where the article has no text.
 */
function offsetAt({ places, place }, x, y) {
    const caret = caretAt(place.root, x, y);
    return caret && places.offsetOf(caret.node, caret.offset);
}

/**
 * Returns the words that the user has selected in the article.
 * @param {View} view
 * @returns {Span | undefined}
 */
function selection({ node, places, place }) {
    const range = selectedRange(place.root);
    return range?.intersectsNode(node) ? places.spanOf(range) : undefined;
}
