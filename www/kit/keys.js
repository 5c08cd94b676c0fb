/**
 * @file Keyboard shortcuts: they work wherever nothing is typed into.
 */

/** Elements that are typed into: of the keys here, only Escape is not theirs. */
const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** Elements that handle Enter themselves. The row of the chosen mark does not: Enter accepts the mark. */
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
        // Seen from outside, all that happens in a shadow tree happens at its host.
        const at = /** @type {Element} */ (event.composedPath()[0]);
        const name = nameOf(event);
        const theirs =
            at.closest("dialog, [popover]") || (name === "Enter" && at.closest(SET_OFF)) || (at.closest(TYPED_INTO) && name !== "Escape");
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
 * The arrow keys.
 * @param {string} modifiers As a name of a key has them, before the arrow: `Shift+`.
 * @param {(way: 1 | -1) => boolean} run
 * @returns {Record<string, () => boolean>}
 */
export function arrowKeys(modifiers, run) {
    return { [`${modifiers}ArrowLeft`]: () => run(-1), [`${modifiers}ArrowRight`]: () => run(1) };
}

/**
 * Keys as a user reads them: `Ctrl Shift Z`, `J / K`, `Shift ← / →`.
 * @param {readonly string[]} keys With the same modifiers.
 * @param {Record<string, string>} names Of keys that have another name there.
 * @returns {string}
 */
export function labelOf(keys, names) {
    const named = (/** @type {string} */ part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    const modifiers = keys[0]?.split("+").slice(0, -1) ?? [];
    const lasts = keys.map((key) => key.split("+").at(-1) ?? key);
    return [...modifiers.map(named), lasts.map(named).join(" / ")].join(" ");
}
