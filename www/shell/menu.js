/**
 * @file A button with the menu that it opens: a few actions under one another.
 */

import { element } from "../kit/dom.js";
import { placeBeside } from "../kit/popover.js";

/**
 * A line of a menu.
 * @typedef {object} Item
 * @property {string} label
 * @property {() => void} run
 * @property {string} [key] The key that does the same, as it is shown.
 */

/**
 * @param {object} given
 * @param {string} given.id
 * @param {string} given.label What the button is called.
 * @param {string} [given.face] What it shows; absent: its name.
 * @param {string} [given.look] Classes of the button.
 * @param {readonly (HTMLElement | false)[]} given.lines
 * @param {() => void} [given.opens] Called before it opens.
 */
export function createMenu({ id, label, face = label, look = "", lines, opens }) {
    const menu = element("div", { id, class: "menu", popover: "", onbeforetoggle: opens }, ...lines);
    const place = () => placeBeside(menu, button.getBoundingClientRect());
    const button = element(
        "button",
        { type: "button", class: `quiet ${look}`, popovertarget: id, "aria-label": face === label ? undefined : label, onclick: place },
        face,
    );
    return {
        button,
        menu,

        /**
         * Opens the menu from another button than its own.
         * @param {Element} from
         */
        openAt(from) {
            placeBeside(menu, from.getBoundingClientRect());
            menu.showPopover();
            menu.querySelector("button")?.focus();
        },
    };
}

/**
 * A line that closes its menu and does something. The focus is back on the menu's button by then, so that a dialog gives it back
 * to what is on the screen.
 * @param {Item} item
 * @returns {HTMLButtonElement}
 */
export function createItem({ label, run, key }) {
    const hint = key && element("kbd", { "aria-hidden": "true" }, key);
    const onclick = (/** @type {MouseEvent} */ { currentTarget }) => {
        const menu = /** @type {HTMLElement} */ (currentTarget).closest("[popover]");
        /** @type {HTMLElement | null} */ (menu)?.hidePopover();
        run();
    };
    return element("button", { type: "button", class: "menu-item", onclick }, label, hint);
}
