/**
 * @file The article in the page: what is drawn, what is chosen in it, what is lit, what is selected.
 */

import { element, setAttribute } from "./dom.js";
import { drawBlock, signature } from "./draw.js";
import { inSlices } from "./pause.js";
import { createPlaces } from "./places.js";
import { blocksOf, segmentsOf } from "./segments.js";
import { words } from "./words.js";

/** @import {Analysis, Span} from "./pkg/whosaid.js" */
/** @import {Annotation, Block, Segment} from "./segments.js" */

/** An article of more paragraphs than this is laid out only where it is looked at. */
const MANY = 300;

/** What can be lit without a change to the nodes: each has its name in the document's registry of highlights. */
const LIGHTS = /** @type {const} */ (["speaker", "hover", "source", "cue"]);

/** @typedef {Partial<Record<(typeof LIGHTS)[number], readonly Span[]>>} Lights */

/**
 * @typedef {object} View
 * @property {HTMLElement} node
 * @property {ReturnType<typeof createPlaces>} places
 * @property {WeakMap<Element, Segment>} segments By mark.
 * @property {string} text What is drawn.
 * @property {Element[]} blocks The nodes of its paragraphs: a live list of children is slow to index while it grows.
 * @property {string[]} signatures What each paragraph was drawn from.
 * @property {ReadonlyMap<string, "chosen" | "related">} chosen By the annotation's key.
 * @property {number} turn Counts what was to be drawn.
 */

/** @typedef {ReturnType<typeof createArticle>} ArticleView */

/**
 * @param {object} given
 * @param {(here: readonly Annotation[], at: DOMRect) => void} given.picked Called on a click with what is marked there.
 * @param {(here: readonly Annotation[]) => void} given.hovered Called when the pointer comes to other marks.
 */
export function createArticle({ picked, hovered }) {
    const node = element("article", { class: "article", tabindex: -1, "aria-label": words.article });
    /** @type {View} */
    const view = {
        node,
        places: createPlaces(),
        segments: new WeakMap(),
        text: "",
        blocks: [],
        signatures: [],
        chosen: new Map(),
        turn: 0,
    };
    node.addEventListener("click", ({ target, clientX, clientY }) => {
        // The end of a drag over the text is a click as well.
        if (getSelection()?.isCollapsed !== false) {
            picked(annotationsAt(view, target), new DOMRect(clientX, clientY - 12, 0, 24));
        }
    });
    node.addEventListener("pointerover", ({ target }) => hovered(annotationsAt(view, target)));
    node.addEventListener("pointerleave", () => hovered([]));
    return {
        node,
        show: show.bind(null, view),
        select: select.bind(null, view),
        light: light.bind(null, view),
        reveal: reveal.bind(null, view),
        selection: selection.bind(null, view),
    };
}

/**
 * @param {View} view
 * @param {EventTarget | null} target
 * @returns {readonly Annotation[]}
 */
function annotationsAt({ segments }, target) {
    const mark = target instanceof Element ? target.closest("mark") : null;
    return (mark && segments.get(mark)?.all) ?? [];
}

/**
 * Draws an analysis; of an article that is drawn already, the paragraphs that changed.
 * @param {View} view
 * @param {string} text
 * @param {Analysis} analysis
 * @param {readonly Annotation[]} annotations
 * @returns {Promise<boolean>} Whether it is all drawn, `false` when something else was to be drawn meanwhile.
 */
function show(view, text, analysis, annotations) {
    view.turn += 1;
    const { turn } = view;
    const blocks = blocksOf(text, analysis.zones);
    if (text !== view.text) {
        Object.assign(view, { text, blocks: [], signatures: [] });
        view.places.clear();
        view.node.replaceChildren();
        setAttribute(view.node, "lang", analysis.language);
        view.node.classList.toggle("many", blocks.length > MANY);
    }
    let index = -1;
    return inSlices(
        segmentsOf(blocks, annotations),
        (segments) => {
            index += 1;
            showBlock(view, blocks, index, segments);
        },
        () => turn === view.turn,
    );
}

/**
 * @param {View} view
 * @param {readonly Block[]} blocks
 * @param {number} index
 * @param {readonly Segment[]} segments
 */
function showBlock(view, blocks, index, segments) {
    const block = /** @type {Block} */ (blocks[index]);
    const old = view.blocks[index];
    const drawnFrom = signature(segments);
    if (old && view.signatures[index] === drawnFrom) {
        // The nodes stay, but what they stand for is new: indices and confidence may differ.
        const marked = segments.filter(({ all }) => all.length > 0);
        old.querySelectorAll("mark").forEach((mark, nth) => {
            view.segments.set(mark, /** @type {Segment} */ (marked[nth]));
        });
        return;
    }
    const { node, pieces, marks } = drawBlock(view.text, block, segments, block.zone !== blocks[index - 1]?.zone);
    view.blocks[index] = node;
    view.signatures[index] = drawnFrom;
    view.places.note(index, block, node, pieces);
    for (const mark of marks) {
        view.segments.set(mark.node, mark.segment);
        showState(view, mark.node);
    }
    if (old) {
        old.replaceWith(node);
    } else {
        view.node.append(node);
    }
}

/**
 * @param {View} view
 * @param {Element} mark
 */
function showState({ segments, chosen }, mark) {
    const states = segments.get(mark)?.all.map(({ key }) => chosen.get(key)) ?? [];
    setAttribute(mark, "data-state", states.includes("chosen") ? "chosen" : states.find(Boolean));
}

/**
 * Marks annotations as chosen, and others as belonging to them.
 * @param {View} view
 * @param {readonly Annotation[]} chosen
 * @param {readonly Annotation[]} related
 */
function select(view, chosen, related) {
    view.chosen = new Map([
        ...related.map(({ key }) => /** @type {const} */ ([key, "related"])),
        ...chosen.map(({ key }) => /** @type {const} */ ([key, "chosen"])),
    ]);
    const spans = [...chosen, ...related].flatMap(({ parts }) => parts);
    const blocks = new Set(spans.flatMap((span) => view.places.blocksIn(span)));
    const marks = [...blocks].flatMap((index) => [...(view.blocks[index]?.querySelectorAll("mark") ?? [])]);
    for (const mark of [...view.node.querySelectorAll("mark[data-state]"), ...marks]) {
        showState(view, mark);
    }
}

/**
 * Lights places by CSS custom highlights, where the browser has them.
 * @param {View} view
 * @param {Lights} lights What is not named goes out.
 */
function light(view, lights) {
    for (const name of LIGHTS) {
        const ranges = (lights[name] ?? []).flatMap((span) => view.places.rangesOf(span));
        CSS.highlights?.set(`whosaid-${name}`, new Highlight(...ranges));
    }
}

/**
 * Brings a place into view.
 * @param {View} view
 * @param {Span} span
 * @returns {DOMRect | undefined} Where its last line is then.
 */
function reveal(view, span) {
    const ranges = view.places.rangesOf(span);
    const within = ranges[0]?.startContainer.parentElement;
    within?.closest("mark, p, h2")?.scrollIntoView({ block: "nearest", behavior: "instant" });
    return ranges.flatMap((range) => [...range.getClientRects()]).at(-1);
}

/**
 * What the reader has selected in the article.
 * @param {View} view
 * @returns {{span: Span, at: DOMRect} | undefined} The place, and where its last line is.
 */
function selection({ node, places }) {
    const selected = getSelection();
    if (!selected || selected.isCollapsed || selected.rangeCount === 0) {
        return undefined;
    }
    const range = selected.getRangeAt(0);
    const span = range.intersectsNode(node) ? places.spanOf(range) : undefined;
    const at = [...range.getClientRects()].at(-1);
    return span && at && { span, at };
}
