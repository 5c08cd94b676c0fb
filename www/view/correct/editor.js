/**
 * @file The card that corrects the chosen mark, or marks the selected words: at the head of the lists, or a sheet at the foot of a
 * narrow view. It never covers what it is about.
 */

import { profileButton } from "../lists/cards.js";
import { element, fill, setAttribute } from "../../kit/dom.js";
import { keepTyped } from "../../kit/typed.js";
import { words } from "../../words/words.js";

/** @import {ClaimForm, ClaimKind, Mark} from "../../pkg/whosaid.js" */

/** @type {readonly Mark[]} */
const MARKS = ["claim", "person", "institution", "place"];

/**
 * The mark or the selection that the card is about.
 * @typedef {object} Subject
 * @property {string} text
 * @property {Mark} [mark] Absent for a selection.
 * @property {string} [detail] More about it, in words.
 * @property {ClaimKind} [kind] Of a claim.
 * @property {ClaimForm} [form] Of a claim.
 * @property {string} [speaker] The speaker of a claim, or the bearer of a name.
 * @property {string} [source] The source of a claim, in the article's words.
 * @property {() => readonly string[]} [names] Candidates for the speaker.
 * @property {boolean} [shared] Whether other places mean the same speaker.
 * @property {boolean} [accepted] Whether the user made or confirmed it.
 * @property {boolean} [spreads] Whether the last correction can be made everywhere.
 * @property {boolean} [corrected] Whether the last correction is about it.
 * @property {{number: number, count: number}} [among] Its number among the marks here, from one.
 */

/**
 * @typedef {object} EditorActions
 * @property {(mark: Mark) => void} marked
 * @property {(speaker: string | undefined) => void} attributed No speaker: nobody in particular makes the claim, or the name means somebody else.
 * @property {(button: HTMLElement) => void} profiled
 * @property {(what: {kind?: ClaimKind, form?: ClaimForm}) => void} qualified
 * @property {() => void} accepted
 * @property {() => void} spread
 * @property {() => void} removed
 * @property {() => void} undone
 * @property {() => void} copied
 * @property {() => void} next
 * @property {() => void} closed
 */

/** @param {EditorActions} actions */
export function createEditor(actions) {
    const parts = createParts(actions);
    const { node, input } = parts;
    return {
        node,
        isOpen: () => !node.hidden,
        show: show.bind(null, parts),

        /** Puts the focus on the choice that is pressed, or on the first button. */
        focus: () => focus(node),

        /** Puts the focus into the field of the speaker. */
        focusSpeaker() {
            input.focus();
            input.select();
        },

        /**
         * @returns {number} How far down the window nothing of it covers the text: it is a sheet at the foot where the view is narrow.
         */
        clearTo: () => (getComputedStyle(node).position === "fixed" ? node.getBoundingClientRect().top : innerHeight),

        hide() {
            node.hidden = true;
        },
    };
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/** @param {EditorActions} actions */
// The lines of its trees are nested as the nodes are.
// prettier-ignore
function createParts(actions) {
    const button = (/** @type {string} */ name, /** @type {() => void} */ onclick, /** @type {string} */ text) =>
        element("button", { type: "button", class: name, onclick }, text);
    const title = element("p", { class: "editor-title" });
    const detail = element("p", { class: "editor-detail" });
    const among = element("span", {});
    const next = button("quiet", actions.next, words.editor.next);
    const overlap = element("div", { class: "editor-row" }, among, next);
    const legend = element("legend", {});
    const marks = MARKS.map((mark) => button(`choice ${mark}`, () => actions.marked(mark), words.marks[mark]));
    const names = element("datalist", { id: "editor-names" });
    const input = element("input", {
        type: "text",
        id: "editor-speaker",
        list: "editor-names",
        autocomplete: "off",
        // Articles can have many speakers: the list is made when it is needed.
        onfocus: () => fill(names, ...parts.candidates().map((name) => element("option", { value: name }))),
    });
    /** The name that was kept last: Enter asks for it twice. @type {string | undefined} */
    let last;
    const keep = () => {
        last = input.value.trim();
        if (last) {
            actions.attributed(last);
        }
    };
    keepTyped(input, keep);
    input.addEventListener("input", () => (last = undefined), { capture: true });
    const submit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const name = input.value.trim();
        const isKept = name !== "" && name === last;
        last = undefined;
        if (!isKept && (name || said.classList.contains("claim"))) {
            actions.attributed(name || undefined);
        }
    };
    const label = element("label", { for: "editor-speaker" });
    const profile = profileButton(() => actions.profiled(profile));
    const said = element("form", { onsubmit: submit },
        label,
        input,
        names,
        element("button", { class: "quiet" }, words.editor.set),
        profile,
    );
    const kind = select("editor-kind", words.filter.kinds, (value) => actions.qualified({ kind: value }));
    const form = select("editor-form", words.filter.forms, (value) => actions.qualified({ form: value }));
    const qualities = element("div", { class: "editor-row qualities" },
        element("label", { for: "editor-kind" }, words.editor.kind), kind,
        element("label", { for: "editor-form" }, words.editor.form), form,
    );
    const other = button("quiet", () => actions.attributed(undefined), "");
    const accept = button("quiet", actions.accepted, words.editor.accept);
    const remove = button("quiet", actions.removed, words.editor.remove);
    const spread = button("quiet", actions.spread, words.editor.everywhere);
    const undo = button("quiet", actions.undone, words.editor.undo);
    const copy = button("quiet", actions.copied, words.editor.copy);
    const close = button("quiet close", actions.closed, "×");
    close.setAttribute("aria-label", words.editor.close);
    const choices = element("fieldset", {}, legend, element("div", { class: "choices" }, ...marks));
    const foot = element("div", { class: "editor-row editor-foot" }, accept, remove, other, spread, undo, copy);
    const node = element("div", { class: "editor", role: "dialog", hidden: true },
        element("div", { class: "editor-head" }, title, close), detail, overlap, choices, said, qualities, foot);
    const parts = {
        node, title, detail, overlap, among, legend, marks, said, label, input, profile, qualities, kind, form, accept, other, foot, spread, undo, copy,
        candidates: /** @type {() => readonly string[]} */ (() => []),
    };
    return parts;
}

/**
 * A list of choices, with the names that the catalogue has for them.
 * @template {string} V
 * @param {string} id
 * @param {Record<V, string>} names
 * @param {(value: V) => void} chosen
 */
function select(id, names, chosen) {
    const options = /** @type {[string, string][]} */ (Object.entries(names));
    const node = element(
        "select",
        { id, onchange: () => chosen(/** @type {V} */ (node.value)) },
        ...options.map(([value, text]) => element("option", { value }, text)),
    );
    return node;
}

/** @param {HTMLElement} node */
function focus(node) {
    /** @type {HTMLElement | null} */ (node.querySelector("[aria-pressed='true']") ?? node.querySelector("button"))?.focus();
}

/**
 * @param {Parts} parts
 * @param {Subject} subject
 */
function show(
    parts,
    {
        text,
        mark,
        detail,
        kind,
        form,
        speaker,
        source,
        names = () => [],
        shared = false,
        among,
        accepted = false,
        spreads = false,
        corrected,
    },
) {
    const { node, input, said, other, profile } = parts;
    const isClaim = mark === "claim";
    node.setAttribute("aria-label", mark ? words.editor.label : words.editor.labelNew);
    fill(parts.title, words.editor.short(text));
    fill(parts.detail, detail);
    parts.detail.hidden = !detail;
    fill(parts.legend, mark ? words.editor.is : words.editor.markAs);
    parts.marks.forEach((choice, index) => setAttribute(choice, "aria-pressed", mark && String(MARKS[index] === mark)));
    fill(parts.among, among && words.editor.nth(among.number, among.count));
    parts.overlap.hidden = !among || among.count < 2;
    said.hidden = !mark || mark === "place";
    said.className = isClaim ? "editor-row claim" : "editor-row";
    fill(parts.label, isClaim ? words.editor.saidBy : words.editor.means);
    const nobody = source ? words.claims.unresolved(source) : words.editor.nobody;
    input.placeholder = isClaim ? nobody : words.editor.unresolved;
    parts.qualities.hidden = !isClaim;
    parts.kind.value = kind ?? "";
    parts.form.value = form ?? "";
    profile.hidden = speaker === undefined;
    profile.setAttribute("aria-label", words.profile.of(speaker ?? ""));
    fill(other, mark === "institution" ? words.editor.otherInstitution : words.editor.other);
    hide(parts, other, !shared);
    hide(parts, parts.accept, accepted);
    if (document.activeElement !== input) {
        input.value = speaker ?? "";
    }
    parts.candidates = names;
    parts.foot.hidden = !mark;
    hide(parts, parts.spread, !spreads);
    hide(parts, parts.undo, !corrected);
    hide(parts, parts.copy, !isClaim);
    node.hidden = false;
}

/**
 * Hides a button, or shows it; the focus stays in the card.
 * @param {Parts} parts
 * @param {HTMLElement} button
 * @param {boolean} hidden
 */
function hide({ node }, button, hidden) {
    if (hidden && document.activeElement === button) {
        focus(node);
    }
    button.hidden = hidden;
}
