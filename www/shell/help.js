/**
 * @file The help: the marks, the keys, and the switch that turns shortcuts of a single character off.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/page.js";

/** @import {Setting} from "../types.js" */

/** How each mark of the legend looks. @type {Record<keyof typeof words.help.legend, string>} */
const LOOKS = {
    quote: "claim direct hue-1",
    paraphrase: "claim indirect hue-1",
    unsure: "claim indirect unsure hue-1",
    source: "person speaks hue-1",
    institution: "institution",
};

/** @param {Setting<boolean>} setting Whether shortcuts of a single key work. */
export function createHelp(setting) {
    const enabled = element("input", { type: "checkbox", id: "keys-enabled", onchange: () => setting.set(enabled.checked) });
    enabled.checked = setting.get();
    const keys = element("dl", {});
    const looks = /** @type {(keyof typeof LOOKS)[]} */ (Object.keys(LOOKS));
    const marks = looks.map((name) => element("li", {}, element("span", { class: LOOKS[name] }, words.help.legend[name])));
    const node = element(
        "dialog",
        { class: "help", "aria-labelledby": "help-title" },
        element("h2", { id: "help-title", tabindex: -1, autofocus: true }, words.help.title),
        element("h3", {}, words.help.marks),
        element("ul", { class: "article legend" }, ...marks),
        element("h3", {}, words.help.keysTitle),
        element("p", {}, words.help.note),
        keys,
        element("p", {}, enabled, " ", element("label", { for: "keys-enabled" }, words.help.enabled)),
        element("form", { method: "dialog" }, element("button", { class: "quiet" }, words.help.close)),
    );

    return {
        node,
        show: () => node.showModal(),
        enabled: () => enabled.checked,

        /** @param {readonly (readonly [key: string, does: string])[]} rows */
        list: (rows) =>
            fill(
                keys,
                ...rows.map(([key, does]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does))),
            ),
    };
}
