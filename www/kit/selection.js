/**
 * @file Notices when a selection rests: the page offers something then, not while the selection grows.
 */

/** How long a selection rests before something is offered for it, in milliseconds. */
const REST = 150;

/**
 * @param {HTMLElement} editor A button there takes the selection away before it acts on it.
 * @param {() => void} made Called once it rests.
 */
export function listenForSelections(editor, made) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    let pressed = false;

    function selected() {
        clearTimeout(resting);
        resting = setTimeout(() => {
            if (!pressed && !editor.contains(document.activeElement)) {
                made();
            }
        }, REST);
    }

    document.addEventListener("selectionchange", selected);
    document.addEventListener("pointerdown", () => (pressed = true));
    for (const end of ["pointerup", "pointercancel"]) {
        document.addEventListener(end, () => {
            pressed = false;
            selected();
        });
    }
}
