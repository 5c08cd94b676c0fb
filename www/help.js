/**
 * @file What the marks mean, the list of keys, and the switch that turns those of a single character off.
 */

import { element } from "./dom.js";
import { words } from "./words.js";

const PLACE = "whosaid.keys";

export function createHelp() {
    const enabled = element("input", { type: "checkbox", id: "keys-enabled", onchange: keep });
    enabled.checked = kept();
    const rows = words.help.keys.map(([key, does]) =>
        element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)),
    );
    const marks = words.help.legend.map(([look, means]) =>
        element("li", {}, element("span", { class: look }, means)),
    );
    const node = element("dialog", { class: "help", "aria-labelledby": "help-title" },
        element("h2", { id: "help-title", tabindex: -1, autofocus: true }, words.help.title),
        element("h3", {}, words.help.marks),
        element("ul", { class: "article legend" }, ...marks),
        element("h3", {}, words.help.keysTitle),
        element("p", {}, words.help.note),
        element("dl", {}, ...rows),
        element("p", {}, enabled, " ", element("label", { for: "keys-enabled" }, words.help.enabled)),
        element("form", { method: "dialog" }, element("button", { class: "quiet" }, words.help.close)),
    );

    function keep() {
        try {
            localStorage.setItem(PLACE, enabled.checked ? "on" : "off");
        } catch {
            // The switch holds for this visit where nothing can be kept.
        }
    }

    return { node, show: () => node.showModal(), enabled: () => enabled.checked };
}

/** @returns {boolean} */
function kept() {
    try {
        return localStorage.getItem(PLACE) !== "off";
    } catch {
        return true;
    }
}
