/**
 * @file Handles at the edges of the chosen mark, for mouse and finger. The result is shown during the drag, and the
 * correction is made at its end. Keys do the same, so a handle is no tab stop.
 */

import { element } from "../../kit/dom.js";
import { watchSize } from "../../kit/place.js";
import { grown } from "../../state/predict-claims.js";
import { without } from "../../state/spans.js";
import { dragged } from "../../state/target.js";

/** @import {Span} from "../../pkg/whosaid.js" */
/** @import {Place} from "../../kit/place.js" */
/** @import {ArticleView} from "./article.js" */
/** @import {Annotation} from "../../types.js" */

/** @typedef {"start" | "end"} Edge */

/** The distance from the edge of what is seen at which the text begins to move, and its longest step in a frame, in pixels. */
const NEAR = 72;
const FASTEST = 16;

/**
 * @typedef {object} Drag
 * @property {Edge} edge
 * @property {Annotation} annotation
 * @property {number} pointer
 * @property {{x: number, y: number}} off From the pointer to the middle of the line that the edge is in.
 * @property {{x: number, y: number}} at Where the pointer is.
 * @property {Span} to The place of the mark if the drag ended now.
 */

/**
 * @typedef {object} HandlesState
 * @property {ArticleView} article
 * @property {Place} place
 * @property {(to: Span) => void} moved
 * @property {() => string} text
 * @property {(annotation: Annotation, at: number) => boolean} canHold
 * @property {Record<Edge, HTMLElement>} nodes
 * @property {Annotation} [annotation] The chosen mark.
 * @property {Drag} [drag]
 */

/** @typedef {ReturnType<typeof createHandles>} Handles */

/**
 * @param {object} given
 * @param {ArticleView} given.article
 * @param {Place} given.place
 * @param {() => string} given.text The article's.
 * @param {(annotation: Annotation, at: number) => boolean} given.canHold Whether a mark can hold the character at an offset.
 * @param {(to: Span) => void} given.moved Called when an edge of the chosen mark was moved.
 */
export function createHandles(given) {
    const nodes = { start: handle("start"), end: handle("end") };
    /** @type {HandlesState} */
    const state = { ...given, nodes };
    for (const edge of /** @type {const} */ (["start", "end"])) {
        const node = nodes[edge];
        node.addEventListener("pointerdown", (event) => take(state, edge, event));
        node.addEventListener("pointermove", (event) => {
            if (state.drag?.pointer === event.pointerId) {
                state.drag.at = { x: event.clientX, y: event.clientY };
                pull(state);
            }
        });
        node.addEventListener("pointerup", () => letGo(state, true));
        // The browser takes the pointer for itself, or the handle is gone.
        node.addEventListener("pointercancel", () => letGo(state, false));
        node.addEventListener("lostpointercapture", () => letGo(state, false));
    }
    watchSize(given.article.node, () => put(state), given.place.signal);
    given.place.signal.addEventListener("abort", () => letGo(state, false));
    return {
        nodes: [nodes.start, nodes.end],

        /** @param {Annotation | undefined} annotation The chosen mark. */
        show(annotation) {
            if (annotation !== state.annotation) {
                letGo(state, false);
                state.annotation = annotation;
            }
            put(state);
        },

        /** @returns {boolean} Whether a drag was called off. */
        cancel: () => letGo(state, false),
    };
}

/** @param {Edge} edge */
function handle(edge) {
    return element("div", { class: `handle ${edge}`, "aria-hidden": "true", hidden: true });
}

/**
 * Puts the handles where the edges are.
 * @param {HandlesState} state
 */
function put({ article, annotation, nodes }) {
    const rects = annotation ? article.edges(annotation) : undefined;
    for (const edge of /** @type {const} */ (["start", "end"])) {
        const rect = rects?.[edge];
        const node = nodes[edge];
        node.hidden = !rect;
        const frame = rect && node.offsetParent?.getBoundingClientRect();
        if (rect && frame) {
            node.style.setProperty("--left", `${rect.left - frame.left}px`);
            node.style.setProperty("--top", `${rect.top - frame.top}px`);
            node.style.setProperty("--height", `${rect.height}px`);
        }
    }
}

/**
 * @param {HandlesState} state
 * @param {Edge} edge
 * @param {PointerEvent} event
 */
function take(state, edge, event) {
    const { annotation, article, nodes } = state;
    const rect = annotation && article.edges(annotation)?.[edge];
    if (!annotation || !rect || event.button !== 0 || state.drag) {
        return;
    }
    // A drag neither selects words nor moves the focus.
    event.preventDefault();
    nodes[edge].setPointerCapture(event.pointerId);
    const at = { x: event.clientX, y: event.clientY };
    const off = { x: rect.left - at.x, y: rect.top + rect.height / 2 - at.y };
    state.drag = { edge, annotation, pointer: event.pointerId, off, at, to: annotation };
    article.node.parentElement?.classList.add("dragging");
    requestAnimationFrame(() => scroll(state));
}

/**
 * Takes the edge to the pointer.
 * @param {HandlesState} state
 */
function pull(state) {
    const { drag, article, text, canHold } = state;
    const at = drag && article.offsetAt(drag.at.x + drag.off.x, drag.at.y + drag.off.y);
    if (!drag || at === undefined) {
        return;
    }
    const { annotation, edge } = drag;
    const to = dragged(text(), annotation, edge, at, (there) => canHold(annotation, there));
    if (to && (to.start !== drag.to.start || to.end !== drag.to.end)) {
        drag.to = to;
        const { claim, parts } = annotation;
        const kept = claim ? grown(text(), claim, to) : [to];
        article.preview(
            kept,
            parts.flatMap((part) => without(part, to)),
        );
    }
}

/**
 * Moves the text while the pointer is near an edge of what is seen.
 * @param {HandlesState} state
 */
function scroll(state) {
    const { drag, place } = state;
    if (drag) {
        const { y } = drag.at;
        const { top, bottom } = place.seen();
        const over = Math.min(0, y - top - NEAR) + Math.max(0, y - (bottom - NEAR));
        if (over !== 0) {
            place.scroll(FASTEST * Math.max(-1, Math.min(1, over / NEAR)));
            pull(state);
        }
        requestAnimationFrame(() => scroll(state));
    }
}

/**
 * Ends a drag.
 * @param {HandlesState} state
 * @param {boolean} isMeant Whether the edge stays at its new place.
 * @returns {boolean} Whether there was one.
 */
function letGo(state, isMeant) {
    const { drag, article, nodes } = state;
    if (!drag) {
        return false;
    }
    state.drag = undefined;
    article.node.parentElement?.classList.remove("dragging");
    article.preview([], []);
    if (nodes[drag.edge].hasPointerCapture(drag.pointer)) {
        nodes[drag.edge].releasePointerCapture(drag.pointer);
    }
    if (isMeant) {
        state.moved(drag.to);
    }
    return true;
}
