/**
 * @file Tabs as ARIA describes them: arrows move, Home and End go to the ends, what has the focus is shown.
 */

import { element, fill } from "./dom.js";

/**
 * @template {string} Name
 * @param {string} label
 * @param {readonly {name: Name, title: string, content: HTMLElement}[]} pages
 * @param {(name: Name) => void} chosen Called when another page is shown.
 */
export function createTabs(label, pages, chosen) {
    const tabs = pages.map(({ name, title }) => {
        const count = element("span", { class: "count" });
        const attributes = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `page-${name}` };
        const node = element("button", { ...attributes, onclick: () => choose(name) }, title, " ", count);
        return { name, node, count };
    });
    const panels = pages.map(({ name, content }) => {
        const attributes = { role: "tabpanel", id: `page-${name}`, "aria-labelledby": `tab-${name}`, tabindex: 0 };
        return element("div", { ...attributes, class: "tab-page" }, content);
    });
    const list = element("div", { role: "tablist", "aria-label": label, onkeydown: move }, ...tabs.map(({ node }) => node));
    let current = /** @type {Name} */ (tabs[0]?.name);

    /** @param {Name} name */
    function choose(name) {
        current = name;
        pages.forEach((page, index) => {
            const selected = page.name === name;
            tabs[index]?.node.setAttribute("aria-selected", String(selected));
            tabs[index]?.node.setAttribute("tabindex", selected ? "0" : "-1");
            panels[index]?.toggleAttribute("hidden", !selected);
        });
        chosen(name);
    }

    /** @param {KeyboardEvent} event */
    function move(event) {
        const index = pages.findIndex(({ name }) => name === current);
        const last = pages.length - 1;
        const places = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last };
        const to = places[/** @type {keyof typeof places} */ (event.key)];
        const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
        if (tab) {
            event.preventDefault();
            choose(tab.name);
            tab.node.focus();
        }
    }

    return {
        list,
        panels,
        choose,
        current: () => current,

        /**
         * @param {Partial<Record<Name, string>>} counts
         */
        count(counts) {
            for (const { name, count } of tabs) {
                fill(count, counts[name]);
            }
        },
    };
}
