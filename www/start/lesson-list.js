/**
 * @file What was learnt, as lists: names, cues, how far the network has moved. Each can be taken back.
 */

import { element, fill } from "../kit/dom.js";
import { createKeyed } from "../kit/keyed.js";
import { words } from "../words/page.js";

/** @import {LearntCue, LearntName} from "../pkg/whosaid.js" */
/** @import {Row} from "../kit/keyed.js" */
/** @import {Memory} from "../types.js" */

/** So many names and cues are listed, the newest. */
const LISTED = 100;

/**
 * @typedef {object} LessonActions
 * @property {(on: boolean) => void} turn
 * @property {(words: string) => void} forget
 * @property {(words: string, on: boolean | undefined) => void} decide
 * @property {() => void} reset
 * @property {() => void} save
 * @property {() => void} load
 * @property {() => void} train Writes the corrected articles as training data.
 * @property {boolean} isPrecise Whether the page offers the precise network.
 */

/** @param {LessonActions} actions */
export function createLessonList(actions) {
    const told = words.learnt;
    const box = element("input", { type: "checkbox", onchange: () => actions.turn(box.checked) });
    const button = (/** @type {string} */ label, /** @type {() => void} */ onclick) =>
        element("button", { type: "button", class: "quiet", onclick }, label);
    const save = button(told.save, actions.save);
    const reset = button(told.reset, actions.reset);
    const sum = element("p", { class: "promise", role: "status" });
    const names = createList(
        told.names,
        (/** @type {LearntName} */ { words: each }) => each,
        () => nameRow(actions),
    );
    const cues = createList(
        told.cues,
        (/** @type {LearntCue} */ { words: each }) => each,
        () => cueRow(actions),
    );
    const tools = element("div", { class: "tools" }, save, button(told.load, actions.load), button(told.train, actions.train), reset);
    return {
        nodes: [element("label", { class: "check" }, box, told.on), sum, tools, names.node, cues.node],

        /**
         * @param {Memory} memory
         * @param {boolean} isDamaged Whether the lessons cannot be read.
         */
        show({ learnt, on }, isDamaged) {
            box.checked = on;
            const isEmpty = learnt.articles === 0 && learnt.names.length + learnt.cues.length === 0;
            fill(
                sum,
                isEmpty ? told.none : told.sum(learnt.articles, size(learnt.delta.cue)),
                actions.isPrecise && !isEmpty && ` ${told.precise}`,
            );
            save.disabled = isEmpty;
            reset.disabled = isEmpty && !isDamaged;
            return Promise.all([names.show(learnt.names), cues.show(learnt.cues)]);
        },
    };
}

/**
 * The root of the sum of squares.
 * @param {readonly number[]} numbers
 */
function size(numbers) {
    return Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0));
}

/**
 * A list of the latest lessons.
 * @template Item
 * @param {string} title
 * @param {(item: Item) => string} keyOf
 * @param {() => Row<Item>} create
 */
function createList(title, keyOf, create) {
    const list = element("ul", { class: "rows", "aria-label": title });
    const more = element("p", { class: "none" });
    const rows = createKeyed(list, keyOf, create);
    const node = element("section", {}, element("h3", { class: "heading" }, title), list, more);
    return {
        node,
        /** @param {readonly Item[]} items The newest last. */
        show(items) {
            const hidden = Math.max(0, items.length - LISTED);
            node.hidden = items.length === 0;
            more.hidden = hidden === 0;
            fill(more, words.learnt.more(hidden));
            return rows.show(items.slice(-LISTED).toReversed());
        },
    };
}

/**
 * @param {LessonActions} actions
 * @returns {Row<LearntName>}
 */
function nameRow({ forget }) {
    let current = "";
    const name = element("span", { class: "lesson-words" });
    const what = element("span", { class: "tags" });
    const drop = element("button", { type: "button", class: "quiet", onclick: () => forget(current) }, words.learnt.forget);
    return {
        node: element("li", { class: "lesson" }, element("div", {}, name, " ", what), drop),
        update({ words: own, label, rejected, roles, affiliations }) {
            current = own;
            fill(name, own);
            fill(what, words.learnt.name(label, rejected, [...roles, ...affiliations]));
            drop.setAttribute("aria-label", `${words.learnt.forget}: ${own}`);
        },
    };
}

/**
 * @param {LessonActions} actions
 * @returns {Row<LearntCue>}
 */
function cueRow({ decide }) {
    let current = "";
    const cue = element("span", { class: "lesson-words" });
    const what = element("span", { class: "tags" });
    const options = words.learnt.decisions.map(([value, label]) => element("option", { value }, label));
    const choose = element("select", {}, ...options);
    choose.addEventListener("change", () => {
        decide(current, choose.value === "" ? undefined : choose.value === "on");
    });
    return {
        node: element("li", { class: "lesson" }, element("div", {}, cue, " ", what), choose),
        update({ words: own, right, wrong, on }) {
            current = own;
            fill(cue, `“${own}”`);
            fill(what, words.learnt.cue(right, wrong));
            choose.value = on === undefined ? "" : on ? "on" : "off";
            choose.setAttribute("aria-label", words.learnt.decide(own));
        },
    };
}
