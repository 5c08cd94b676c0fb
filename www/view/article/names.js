/**
 * @file The switch that marks the names and places that say nothing too, for those who correct them.
 */

import { element } from "../../kit/dom.js";
import { words } from "../../words/words.js";

/** @import {Setting} from "../../types.js" */

/**
 * @param {Setting<boolean>} setting
 * @param {HTMLElement} article
 */
export function createNames(setting, article) {
    const box = element("input", { type: "checkbox", id: "names", onchange: () => set(box.checked) });

    /** @param {boolean} isOn */
    function set(isOn) {
        setting.set(isOn);
        article.classList.toggle("names", isOn);
    }

    box.checked = setting.get();
    article.classList.toggle("names", box.checked);
    return { node: element("p", { class: "menu-switch" }, box, element("label", { for: "names" }, words.menu.names)) };
}
