/**
 * @file The bar at the top, one row at every width: the article's title, whether all is saved, and the actions. An action that has
 * no room in the row stands in the menu.
 */

import { element, fill } from "../kit/dom.js";
import { redo, undo } from "../state/log.js";
import { words } from "../words/page.js";
import { createItem, createMenu } from "./menu.js";

/** @import {Open} from "../types.js" */
/** @import {Item} from "./menu.js" */

/**
 * @typedef {object} Given
 * @property {() => void} home Shows the way in, with the library.
 * @property {() => void} back Shows the open article again.
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {HTMLElement} status
 * @property {HTMLElement} review
 * @property {HTMLElement} names The switch that marks all names and places.
 * @property {HTMLElement} precise The line that reads the article more precisely.
 * @property {readonly Item[]} exports
 * @property {{node: HTMLElement, show: () => void}} tools The exports for other tools, which are loaded when their menu opens.
 * @property {readonly Item[]} actions What can be done with the article, beside those.
 * @property {Item} help
 */

/** @param {Given} given */
export function createBar(given) {
    const title = element("span", { class: "bar-title" });
    const home = element("button", { type: "button", class: "home", "aria-label": words.bar.home, onclick: given.home }, words.name);
    const back = element("button", { type: "button", class: "quiet", onclick: given.back }, words.paste.back);
    const undoes = createSymbol("↶", words.bar.undo, "undo", given.undo);
    const redoes = createSymbol("↷", words.bar.redo, "redo", given.redo);
    const out = createMenu({
        id: "export-menu",
        label: words.bar.export,
        look: "opens export-button",
        lines: [...given.exports.map((item) => createItem(item)), given.tools.node],
        opens: given.tools.show,
    });
    // Where the bar has no room for its button, the menu of exports opens from here.
    const folded = createItem({ label: words.bar.menu.export, run: () => out.openAt(more.button) });
    folded.classList.add("folded");
    const ofArticle = [
        ...[{ label: words.bar.menu.home, run: given.home }, ...given.actions].map((item) => createItem(item)),
        folded,
        given.names,
        given.precise,
    ];
    const more = createMenu({
        id: "menu",
        label: words.bar.more,
        face: "⋯",
        look: "menu-button",
        lines: [...ofArticle, createItem(given.help), element("p", { class: "menu-note folded" }, words.status.here)],
    });
    const log = [undoes, redoes];
    const node = element(
        "header",
        { class: "bar" },
        element("h1", { class: "brand" }, home),
        back,
        title,
        given.status,
        ...log,
        given.review,
        out.button,
        more.button,
        out.menu,
        more.menu,
    );
    return {
        node,

        /**
         * @param {Readonly<Open> | undefined} open
         * @param {boolean} isShown Whether the article is on the screen.
         */
        show(open, isShown) {
            [title, ...log, out.button, ...ofArticle].forEach((each) => (each.hidden = !isShown));
            home.disabled = !isShown;
            back.hidden = isShown || !open;
            fill(title, open?.title);
            undoes.disabled = !open || !undo(open.log);
            redoes.disabled = !open || !redo(open.log);
        },
    };
}

/**
 * A button with a symbol.
 * @param {string} face
 * @param {string} label
 * @param {string} look Its class.
 * @param {() => void} onclick
 */
function createSymbol(face, label, look, onclick) {
    return element("button", { type: "button", class: `quiet symbol ${look}`, "aria-label": label, title: label, onclick }, face);
}
