/**
 * @file The selected text: in a document or a shadow tree, and noticed when it rests, since a page offers something then, not while
 * it grows.
 */

import { hasFocus } from "./place.js";

/** @import {Place} from "./place.js" */

/** How long a selection rests before something is offered for it, in milliseconds. */
const REST = 150;

/**
 * The selection as a tree of nodes sees it: to the document all of a shadow tree is one place.
 * @param {Document | ShadowRoot} root
 * @returns {Selection | null}
 */
export function selectionIn(root) {
    const tree = /** @type {Partial<Document>} */ (root);
    return tree.getSelection ? tree.getSelection() : (root.ownerDocument?.getSelection() ?? null);
}

/**
 * The text that is selected, if there is any.
 * @param {Document | ShadowRoot} root
 * @returns {Range | undefined}
 */
export function selectedRange(root) {
    const selection = selectionIn(root);
    if (!selection || selection.rangeCount === 0) {
        return undefined;
    }
    // Browsers in which a shadow tree has no selection of its own tell what lies in it so.
    const [composed] = root instanceof ShadowRoot ? (selection.getComposedRanges?.({ shadowRoots: [root] }) ?? []) : [];
    const { startContainer, startOffset, endContainer, endOffset } = composed ?? selection.getRangeAt(0);
    const range = new Range();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.collapsed ? undefined : range;
}

/**
 * @param {Place} place
 * @param {HTMLElement} editor A button there takes the selection away before it acts on it.
 * @param {() => void} made Called once it rests.
 */
export function listenForSelections({ root, signal }, editor, made) {
    const page = root.ownerDocument ?? root;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    let pressed = false;

    function selected() {
        clearTimeout(resting);
        resting = setTimeout(() => {
            if (!pressed && !hasFocus(editor)) {
                made();
            }
        }, REST);
    }

    page.addEventListener("selectionchange", selected, { signal });
    page.addEventListener("pointerdown", () => (pressed = true), { signal });
    for (const end of ["pointerup", "pointercancel"]) {
        const released = () => {
            pressed = false;
            selected();
        };
        page.addEventListener(end, released, { signal });
    }
    signal.addEventListener("abort", () => clearTimeout(resting));
}
