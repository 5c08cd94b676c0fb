/**
 * @file The switch that marks the names and places that say nothing too, for those who correct them.
 */

import { element } from "../../kit/dom.js";
import { words } from "../../words/words.js";

/** @import {Annotation, Setting} from "../../types.js" */

/**
 * Marks at one place, those that the text shows before those that it leaves unmarked: a click means what the user sees.
 * @param {readonly Annotation[]} here
 * @param {boolean} isOn Whether names and places that say nothing are marked too.
 */
export function seenFirst(here, isOn) {
    const isSeen = (/** @type {Annotation} */ { mark, sign }) => isOn || mark === "claim" || mark === "institution" || Boolean(sign);
    return [...here.filter(isSeen), ...here.filter((one) => !isSeen(one))];
}

/**
 * @param {Setting<boolean>} setting
 * @param {HTMLElement} article
 * @param {() => void} changed Called when the user has switched it.
 */
export function createNames(setting, article, changed) {
    const box = element("input", { type: "checkbox", id: "names", onchange: () => set(box.checked) });

    /** @param {boolean} isOn */
    function set(isOn) {
        setting.set(isOn);
        article.classList.toggle("names", isOn);
        changed();
    }

    box.checked = setting.get();
    article.classList.toggle("names", box.checked);
    return { node: element("p", { class: "menu-switch" }, box, element("label", { for: "names" }, words.bar.menu.names)) };
}
