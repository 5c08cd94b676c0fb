/**
 * @file The attributes of the element: one table, which its class, its types and its manifest are checked against.
 */

/**
 * @typedef {object} AttributeKind
 * @property {string} property The name of the property that reflects it.
 * @property {"flag" | "text" | readonly string[]} takes Whether it is there, any text, or one of these, of which the first holds where nothing is said.
 */

/** @type {Record<string, AttributeKind>} */
export const ATTRIBUTES = {
    annotator: { property: "annotator", takes: "text" },
    disabled: { property: "disabled", takes: "flag" },
    "doc-id": { property: "docId", takes: "text" },
    layout: { property: "layout", takes: ["split", "inline"] },
    labels: { property: "labels", takes: "text" },
    loading: { property: "loading", takes: ["eager", "lazy"] },
    "min-confidence": { property: "minConfidence", takes: "text" },
    "model-url": { property: "modelUrl", takes: "text" },
    "no-shortcuts": { property: "noShortcuts", takes: "flag" },
    readonly: { property: "readOnly", takes: "flag" },
    storage: { property: "storage", takes: ["none", "memory", "indexeddb"] },
    theme: { property: "theme", takes: ["auto", "light", "dark"] },
    "wasm-url": { property: "wasmUrl", takes: "text" },
    "worker-url": { property: "workerUrl", takes: "text" },
};

/**
 * The value of an attribute, as its property gives it.
 * @param {Element} node
 * @param {string} name
 * @returns {string | boolean}
 */
export function valueOf(node, name) {
    const { takes } = /** @type {AttributeKind} */ (ATTRIBUTES[name]);
    const given = node.getAttribute(name);
    if (takes === "flag") {
        return given !== null;
    }
    return takes === "text" || takes.includes(given ?? "") ? (given ?? "") : (takes[0] ?? "");
}

/**
 * Gives a class the properties that reflect its attributes.
 * @param {typeof HTMLElement} of
 */
export function reflect({ prototype }) {
    for (const [name, { property, takes }] of Object.entries(ATTRIBUTES)) {
        Object.defineProperty(prototype, property, {
            configurable: true,
            enumerable: true,
            get() {
                return valueOf(this, name);
            },
            set(value) {
                if (takes === "flag") {
                    this.toggleAttribute(name, Boolean(value));
                } else if (value === null || value === undefined) {
                    this.removeAttribute(name);
                } else {
                    this.setAttribute(name, String(value));
                }
            },
        });
    }
}

/**
 * Takes over what was set before the element was defined: such a value hides the property.
 * @param {HTMLElement} node
 * @param {readonly string[]} others Properties that reflect no attribute.
 */
export function takeOver(node, others) {
    const names = [...Object.values(ATTRIBUTES).map(({ property }) => property), ...others];
    const values = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (node));
    for (const name of names.filter((each) => Object.hasOwn(node, each))) {
        const value = values[name];
        delete values[name];
        values[name] = value;
    }
}
