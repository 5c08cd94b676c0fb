/**
 * @file A caret in the article, for users who select words without a mouse. The text cannot be edited, so browsers
 * draw no caret in it: this moves the browser's selection and draws a line at its end.
 */

import { caretAt, element } from "../../kit/dom.js";
import { focusBeside, watchSize } from "../../kit/place.js";
import { selectionIn } from "../../kit/selection.js";
import { words } from "../../words/words.js";

/** @import {Place} from "../../kit/place.js" */

/** @typedef {ReturnType<typeof createCaret>} Caret */

/** How each key moves the selection: the direction, the unit, and the larger unit with Ctrl. */
const MOVES = /** @type {Record<string, readonly [direction: string, unit: string, larger: string]>} */ ({
    ArrowLeft: ["left", "character", "word"],
    ArrowRight: ["right", "character", "word"],
    ArrowUp: ["backward", "line", "paragraph"],
    ArrowDown: ["forward", "line", "paragraph"],
    Home: ["backward", "lineboundary", "documentboundary"],
    End: ["forward", "lineboundary", "documentboundary"],
});

/** How far from the foot of what is seen the line stays, in pixels. */
const NEAR = 40;

/**
 * @param {object} given
 * @param {Place} given.place
 * @param {HTMLElement} given.article
 * @param {() => HTMLElement} given.frame The element that the line is placed in.
 * @param {() => DOMRect | undefined} given.start The first place of the caret.
 * @param {(focus: Element) => void} given.picked Called on Enter, with the element that the caret is in.
 * @param {(text: string) => void} given.say
 */
export function createCaret({ place, article, frame, start, picked, say }) {
    const node = element("div", { class: "caret", hidden: true, "aria-hidden": "true" });

    const { root } = place;
    const draw = () => drawLine(node, frame(), root);

    /** @param {KeyboardEvent} event */
    function moved(event) {
        const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
        const move = MOVES[key];
        const selection = selectionIn(root);
        if (node.hidden || !move || altKey || !selection || !article.contains(focusBeside(article))) {
            return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        const [direction, unit, larger] = move;
        modify(selection, article, shiftKey, direction, ctrlKey || metaKey ? larger : unit);
        const at = draw();
        const { top, clear, bottom } = place.seen();
        if (at && (at.top < clear || at.bottom > bottom - NEAR)) {
            place.scroll(at.top - (top + bottom) / 2);
            draw();
        }
    }

    /** @returns {boolean} Whether there was a caret. */
    function leave() {
        const was = !node.hidden;
        node.hidden = true;
        if (was) {
            selectionIn(root)?.removeAllRanges();
            say(words.caret.off);
        }
        return was;
    }

    // Comes before the shortcuts around it, which use the same keys to move edges.
    article.addEventListener("keydown", moved);
    article.addEventListener("pointerdown", leave);
    watchSize(article, draw, place.signal);
    return {
        node,
        leave,

        /** Puts the caret into the text on the screen, or takes it away. */
        toggle() {
            if (!leave()) {
                const at = start();
                const spot = at && caretAt(root, at.left + 1, at.top + at.height / 2);
                const first = { node: article.querySelector("p, h2")?.lastChild, offset: 0 };
                const { node: into, offset } = spot && article.contains(spot.node) ? spot : first;
                if (into) {
                    article.focus({ preventScroll: true });
                    selectionIn(root)?.collapse(into, offset);
                    node.hidden = false;
                    draw();
                    say(words.caret.on);
                }
            }
        },

        /** @returns {boolean} Whether there is a mark to choose at the caret. */
        pick() {
            const selection = selectionIn(root);
            const focus = selection?.focusNode?.parentElement;
            if (!node.hidden && focus && selection.isCollapsed) {
                picked(focus);
                return true;
            }
            return false;
        },
    };
}

/**
 * Moves the end of the selection, but not out of the article.
 * @param {Selection} selection
 * @param {HTMLElement} article
 * @param {boolean} isExtended Whether its start stays.
 * @param {string} direction
 * @param {string} unit
 */
function modify(selection, article, isExtended, direction, unit) {
    const { focusNode, focusOffset } = selection;
    selection.modify(isExtended ? "extend" : "move", direction, unit);
    if (!article.contains(selection.focusNode) && focusNode) {
        selection[isExtended ? "extend" : "collapse"](focusNode, focusOffset);
    }
}

/**
 * Draws the line at the end of the selection.
 * @param {HTMLElement} line
 * @param {HTMLElement} frame
 * @param {Document | ShadowRoot} root
 * @returns {DOMRect | undefined} The end of the selection in the window.
 */
function drawLine(line, frame, root) {
    const at = rectOfFocus(root);
    if (at) {
        const within = frame.getBoundingClientRect();
        line.style.setProperty("--left", `${at.left - within.left}px`);
        line.style.setProperty("--top", `${at.top - within.top}px`);
        line.style.setProperty("--size", `${at.height}px`);
    }
    return at;
}

/**
 * Returns the end of the selection in the window.
 * @param {Document | ShadowRoot} root
 * @returns {DOMRect | undefined}
 */
function rectOfFocus(root) {
    const selection = selectionIn(root);
    if (!selection?.focusNode) {
        return undefined;
    }
    const range = new Range();
    range.setStart(selection.focusNode, selection.focusOffset);
    const own = range.getClientRects()[0];
    // A point between nodes has no rectangle: the next node's is taken.
    return (
        own ?? (selection.focusNode instanceof Element ? selection.focusNode : selection.focusNode.parentElement)?.getBoundingClientRect()
    );
}
