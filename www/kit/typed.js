/**
 * @file Keeps the text that is typed into a field when Enter is pressed, when an option is chosen, and when the
 * field is left. Escape restores the text before.
 */

/**
 * @param {HTMLInputElement} input
 * @param {() => void} commit Called to keep the text of the field; Enter in a form can call it twice.
 */
export function keepTyped(input, commit) {
    let before = "";
    input.addEventListener("focus", () => (before = input.value));
    input.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") {
            input.value = before;
        }
    });
    input.addEventListener("change", commit);
    input.addEventListener("input", (event) => {
        if (event instanceof InputEvent && event.inputType === "insertReplacementText") {
            commit();
        }
    });
}
