/**
 * @file The list under the field of the speaker: the speakers that can be chosen. Enter chooses the marked one.
 */

import { createChip } from "../article/chip.js";
import { element, fill, setAttribute } from "../../kit/dom.js";
import { placeBeside } from "../../kit/popover.js";
import { NOBODY } from "../../state/signs.js";
import { words } from "../../words/words.js";

/** @import {Sign} from "../../types.js" */

/**
 * Somebody who can be chosen.
 * @typedef {object} Candidate
 * @property {string} name
 * @property {Sign} [sign]
 * @property {string} [facts] Role and institution.
 */

/**
 * A line of the list.
 * @typedef {object} Line
 * @property {string} [name] Who is chosen by it; absent: nobody.
 * @property {HTMLElement} node
 */

/** So many lines are made at most: whoever is missing is found by typing. */
const MOST = 60;

/**
 * @param {HTMLInputElement} input The field, which keeps the focus.
 * @param {(name: string | undefined) => void} chosen
 */
export function createSpeakerList(input, chosen) {
    const node = element("ul", {
        id: "editor-speakers",
        role: "listbox",
        class: "speaker-list",
        popover: "manual",
        "aria-label": words.editor.speakers,
    });
    /** @type {Line[]} */
    let lines = [];
    let active = -1;

    /** @param {number} index Of the line that Enter chooses. */
    function activate(index) {
        lines.forEach((line, at) => setAttribute(line.node, "aria-selected", String(at === index)));
        active = index;
        setAttribute(input, "aria-activedescendant", lines[index]?.node.id);
        lines[index]?.node.scrollIntoView({ block: "nearest" });
    }

    return {
        node,
        isOpen: () => node.matches(":popover-open"),
        active: () => lines[active],

        /**
         * @param {readonly Candidate[]} candidates
         * @param {string} filter What names hold; empty: all are listed.
         * @param {boolean} mayBeNobody
         */
        open(candidates, filter, mayBeNobody) {
            lines = linesOf(candidates, filter, mayBeNobody, chosen);
            lines.forEach((line, index) => line.node.setAttribute("id", `editor-speaker-${index}`));
            fill(node, ...lines.map((line) => line.node));
            if (!this.isOpen()) {
                node.showPopover();
            }
            const box = /** @type {Element} */ (input.parentElement).getBoundingClientRect();
            node.style.setProperty("--width", `${box.width}px`);
            placeBeside(node, box);
            setAttribute(input, "aria-expanded", "true");
            const isBegun = filter !== "" && startsWith(lines[0]?.name, filter);
            activate(filter === "" ? lines.findIndex(({ name }) => name === input.value) : isBegun ? 0 : -1);
        },

        close() {
            if (this.isOpen()) {
                node.hidePopover();
            }
            setAttribute(input, "aria-expanded", "false");
            activate(-1);
        },

        /** @param {1 | -1} way */
        step(way) {
            const from = active < 0 && way < 0 ? 0 : active;
            activate((from + way + lines.length) % lines.length);
        },
    };
}

/**
 * @param {string | undefined} name
 * @param {string} text
 * @returns {boolean} Whether a word of the name begins with the text.
 */
function startsWith(name, text) {
    return ` ${name?.toLowerCase() ?? ""}`.includes(` ${text.toLowerCase()}`);
}

/**
 * The speakers whose names hold a text, those first that have a word which begins with it, then somebody new, then nobody.
 * @param {readonly Candidate[]} candidates
 * @param {string} filter
 * @param {boolean} mayBeNobody
 * @param {(name: string | undefined) => void} chosen
 * @returns {Line[]}
 */
function linesOf(candidates, filter, mayBeNobody, chosen) {
    const wanted = filter.toLowerCase();
    const fitting = candidates.filter(({ name }) => name.toLowerCase().includes(wanted));
    const begun = fitting.filter(({ name }) => startsWith(name, wanted));
    const others = fitting.filter(({ name }) => !startsWith(name, wanted));
    const known = [...begun, ...others].slice(0, MOST).map(({ name, sign, facts }) => {
        const chip = sign ? createChip(sign) : element("span", { class: "chip-space" });
        const more = facts ? element("span", { class: "facts" }, facts) : undefined;
        return option(name, chosen, chip, element("span", { class: "row-body" }, element("span", { class: "name" }, name), more));
    });
    const isNew = filter !== "" && !candidates.some(({ name }) => name.toLowerCase() === wanted);
    return [
        ...known,
        ...(isNew ? [option(filter, chosen, element("span", { class: "chip-space" }), words.editor.created(filter))] : []),
        ...(mayBeNobody ? [option(undefined, chosen, createChip(NOBODY), words.editor.nobodyNamed)] : []),
    ];
}

/**
 * @param {string | undefined} name
 * @param {(name: string | undefined) => void} chosen
 * @param {...(Node | string)} content
 * @returns {Line}
 */
function option(name, chosen, ...content) {
    // The field keeps the focus: what stands in it would be kept otherwise.
    const onpointerdown = (/** @type {Event} */ event) => event.preventDefault();
    const node = element("li", { role: "option", "aria-selected": "false", onpointerdown, onclick: () => chosen(name) }, ...content);
    return { name, node };
}
