/**
 * @file Makes nodes. Text goes in as text: there is no way from a string to HTML here.
 */

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Attribute */

/**
 * An element with attributes, listeners and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes] A function under `onclick` listens for `click`; `true` sets an
 *   attribute without a value; `false`, `null` and `undefined` leave it out.
 * @param {...Child} children `null`, `undefined` and `false` are left out.
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            node.addEventListener(name.slice("on".length), value);
        } else {
            setAttribute(node, name, value);
        }
    }
    fill(node, ...children);
    return node;
}

/**
 * Sets an attribute, or takes it away: see `element`.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function setAttribute(node, name, value) {
    if (value === false || value === null || value === undefined) {
        node.removeAttribute(name);
    } else {
        node.setAttribute(name, value === true ? "" : String(value));
    }
}

/**
 * Replaces a node's children. One that has these words already stays as it is: browsers lay out anew what is replaced.
 * @param {Element} node
 * @param {...Child} children
 */
export function fill(node, ...children) {
    const kept = children.filter((child) => child !== null && child !== undefined && child !== false);
    const isText = kept.every((child) => !(child instanceof Node)) && node.childElementCount === 0;
    if (isText && node.textContent === kept.join("")) {
        return;
    }
    node.replaceChildren(...kept.map((child) => (typeof child === "number" ? String(child) : /** @type {string | Node} */ (child))));
}

/**
 * The point between characters at a point of the window.
 * @param {Document | ShadowRoot} root The tree that is looked into.
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, offset: number} | undefined} `undefined` where no text is.
 */
export function caretAt(root, x, y) {
    const page = /** @type {Document} */ (root.ownerDocument ?? root);
    const shadowRoots = root === page ? [] : [/** @type {ShadowRoot} */ (root)];
    // Older browsers have the second alone.
    const caret = page.caretPositionFromPoint?.(x, y, { shadowRoots });
    if (caret) {
        return { node: caret.offsetNode, offset: caret.offset };
    }
    const range = page.caretRangeFromPoint?.(x, y);
    return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}
