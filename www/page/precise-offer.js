/**
 * @file Where the user asks for the precise network: a line above the lists, which says too what has read the article, and the menu.
 */

import { element, fill } from "../kit/dom.js";
import { createItem } from "../shell/menu.js";
import { isPrecise } from "../state/records.js";

/** @import {Setting} from "../types.js" */

/**
 * @typedef {object} Offered
 * @property {string} by What has read the open article.
 * @property {string} model What the precise network is called.
 * @property {number} bytes How much has to be fetched; 0: it is on this device.
 */

/**
 * @param {object} given
 * @param {typeof import("../words/precise.js").precise} given.words
 * @param {{line: HTMLElement, menu: HTMLElement}} given.nodes
 * @param {Setting<boolean>} given.setting Whether each article is read with it.
 * @param {() => void} given.ask
 * @param {() => void} given.turned Called when the setting is another.
 */
export function createPreciseOffer({ words, nodes, setting, ask, turned }) {
    /** @type {Offered | undefined} */
    let shown;
    const inLine = element("button", { type: "button", class: "link", onclick: ask });
    const by = element("span", {});
    const what = element("span", {}, words.what);
    const inMenu = createItem({ label: words.read, run: ask });
    const size = element("span", { class: "hint" });
    inMenu.append(" ", size);
    const boxes = ["precise-line", "precise-menu"].map((id) => createSwitch(id, words.always, setting, turned));
    const [beside, below] = /** @type {[HTMLElement, HTMLElement]} */ (boxes.map(({ node }) => node));
    const line = element("p", { class: "precise", hidden: true }, by, " ", inLine, " ", what, " ", beside);
    below.className = "menu-switch";
    nodes.line.append(line);
    nodes.menu.append(inMenu, below);

    return {
        /** @returns {number} How much is fetched, as it was said. */
        bytes: () => shown?.bytes ?? 0,

        /** @param {Offered | undefined} offered `undefined`: there is nothing to read. */
        show(offered) {
            shown = offered;
            const { by: reader = "", model, bytes = 0 } = offered ?? {};
            const isRead = reader === model;
            line.hidden = offered === undefined;
            by.hidden = !isPrecise(reader);
            fill(by, isRead ? words.by : reader.startsWith(`${model}-`) ? words.byPart : words.byOlder);
            [inLine, inMenu].forEach((button) => (button.hidden = isRead || offered === undefined));
            fill(inLine, bytes > 0 ? words.fetch(bytes) : words.read);
            fill(size, bytes > 0 && words.once(bytes));
            what.hidden = bytes === 0 || isRead;
            boxes.forEach((box) => box.show(offered !== undefined && bytes === 0));
        },
    };
}

/**
 * @param {string} id
 * @param {string} label
 * @param {Setting<boolean>} setting
 * @param {() => void} turned
 */
function createSwitch(id, label, setting, turned) {
    const onchange = () => {
        setting.set(box.checked);
        turned();
    };
    const box = element("input", { type: "checkbox", id, onchange });
    const node = element("span", { class: "switch" }, box, " ", element("label", { for: id }, label));
    return {
        node,

        /** @param {boolean} isShown */
        show(isShown) {
            node.hidden = !isShown;
            box.checked = setting.get();
        },
    };
}
