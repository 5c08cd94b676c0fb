/**
 * @file Keys of the component: one character each, outside of everything that is typed into.
 */

/** Elements that are typed into: of the keys here, only Escape is not theirs. */
const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** Elements that Enter sets off themselves. A row of what is chosen has been. */
const SET_OFF = "button:not(.chosen > .row), a, summary";

/**
 * A name for a key with its modifiers, as the table of keys is written: `Mod+Shift+z`, `j`, `Shift+ArrowLeft`, `?`.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
    const single = key.length === 1 ? key.toLowerCase() : key;
    const modifiers = [ctrlKey || metaKey ? "Mod+" : "", altKey ? "Alt+" : ""].join("");
    // Shift is part of the character, but for letters.
    return `${modifiers}${shiftKey && (modifiers || key.length > 1) ? "Shift+" : ""}${single}`;
}

/**
 * Listens for keys within a component.
 * @param {HTMLElement} root
 * @param {Record<string, () => boolean | void>} table By name; `false`: it did not apply, the browser may act.
 * @param {() => boolean} singles Whether keys of a single character are on.
 */
export function listenForKeys(root, table, singles) {
    root.addEventListener("keydown", (event) => {
        const at = /** @type {Element} */ (event.target);
        const name = nameOf(event);
        const theirs = at.closest("dialog, [popover]") || (name === "Enter" && at.closest(SET_OFF)) || (at.closest(TYPED_INTO) && name !== "Escape");
        if (theirs || event.defaultPrevented || event.isComposing) {
            return;
        }
        const run = name.length > 1 || singles() ? table[name] : undefined;
        if (run && run() !== false) {
            event.preventDefault();
        }
    });
}

/**
 * The keys that move the edges of what is chosen: the end, or with Alt the start, by a word, or with Ctrl by a character.
 * @param {(edge: "start" | "end", way: 1 | -1, unit: "word" | "grapheme") => boolean} respan
 * @returns {Record<string, () => boolean>}
 */
export function edgeKeys(respan) {
    const steps = /** @type {const} */ ([["ArrowLeft", -1], ["ArrowRight", 1]]);
    const edges = /** @type {const} */ ([["Shift+", "end"], ["Alt+Shift+", "start"]]);
    const units = /** @type {const} */ ([["", "word"], ["Mod+", "grapheme"]]);
    const keys = units.flatMap(([mod, unit]) =>
        edges.flatMap(([shift, edge]) => steps.map(([arrow, way]) => [`${mod}${shift}${arrow}`, () => respan(edge, way, unit)])),
    );
    return Object.fromEntries(keys);
}
