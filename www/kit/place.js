/**
 * @file Where a part of a page stands that others may hold: in a document or a shadow tree, and in whatever scrolls there. Such a
 * part asks its place for these instead of the window.
 */

/**
 * @typedef {object} Place
 * @property {Document | ShadowRoot} root The tree that it stands in.
 * @property {AbortSignal} signal Ends all that it listens to.
 * @property {() => Seen} seen
 * @property {(by: number) => void} scroll Moves the text up, in pixels.
 */

/**
 * What is seen of the text, in the window.
 * @typedef {object} Seen
 * @property {number} top
 * @property {number} clear Where the text begins that no bar covers: the scroller's padding tells how high one is.
 * @property {number} bottom
 */

/**
 * @param {Document | ShadowRoot} root
 * @param {Element} host
 * @param {AbortSignal} signal
 * @returns {Place}
 */
export function createPlace(root, host, signal) {
    return {
        root,
        signal,
        seen() {
            const scroller = scrollerOf(host);
            const view = host.ownerDocument.defaultView;
            const height = view?.innerHeight ?? 0;
            const box = scroller === host.ownerDocument.scrollingElement ? undefined : scroller.getBoundingClientRect();
            const top = Math.max(0, box?.top ?? 0);
            const padding = parseFloat(view?.getComputedStyle(scroller).scrollPaddingTop ?? "") || 0;
            return { top, clear: top + padding, bottom: Math.min(height, box?.bottom ?? height) };
        },
        scroll: (by) => scrollerOf(host).scrollBy({ top: by, behavior: "instant" }),
    };
}

/**
 * @param {Element} host
 * @returns {Element} What scrolls it: an element around it, or all of the page.
 */
function scrollerOf(host) {
    const { documentElement, scrollingElement, body } = host.ownerDocument;
    for (let node = around(host); node && node !== body && node !== documentElement; node = around(node)) {
        if (/auto|scroll/.test(getComputedStyle(node).overflowY)) {
            return node;
        }
    }
    return scrollingElement ?? documentElement;
}

/**
 * @param {Element} node
 * @returns {Element | null | undefined} What it is drawn in.
 */
function around(node) {
    return node.assignedSlot ?? node.parentElement ?? /** @type {Partial<ShadowRoot>} */ (node.getRootNode()).host;
}

/**
 * The element that has the focus in the tree of a node.
 * @param {Node} node
 * @returns {Element | null}
 */
export function focusBeside(node) {
    return /** @type {Partial<Document>} */ (node.getRootNode()).activeElement ?? null;
}

/**
 * @param {Node} node
 * @returns {boolean} Whether it has the focus, or something in it.
 */
export function hasFocus(node) {
    return node.contains(focusBeside(node));
}

/**
 * Calls something when an element gets another size.
 * @param {Element} node
 * @param {() => void} run
 * @param {AbortSignal} signal Ends it.
 */
export function watchSize(node, run, signal) {
    const observer = new ResizeObserver(run);
    observer.observe(node);
    signal.addEventListener("abort", () => observer.disconnect());
}
