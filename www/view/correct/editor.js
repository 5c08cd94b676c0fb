/**
 * @file The card that tells of the chosen mark and corrects it, or marks the selected words: at the head of the lists, or a sheet at the foot of a
 * narrow view. It never covers what it is about. Of a claim it is a sentence made of menus: who, does what, in which form.
 */

import { element, fill, setAttribute } from "../../kit/dom.js";
import { hasFocus } from "../../kit/place.js";
import { createReading } from "./reading.js";
import { createSpeakerBox } from "./speaker-box.js";
import { scheme } from "../../pkg/scheme.js";
import { words } from "../../words/words.js";

/** @import {Place} from "../../kit/place.js" */
/** @import {ClaimForm, ClaimKind, Mark} from "../../pkg/whosaid.js" */
/** @import {Setting, Sign} from "../../types.js" */
/** @import {Candidate} from "./speaker-list.js" */

/** What can be marked; a claim first, as it is marked most. @type {readonly Mark[]} */
const MARKS = ["claim", ...scheme.Mark.filter((mark) => mark !== "claim")];

/**
 * The mark or the selection that the card is about.
 * @typedef {object} Subject
 * @property {string} [key] Of the mark.
 * @property {string} text
 * @property {Mark} [mark] Absent for a selection.
 * @property {string} [detail] More about it, in words.
 * @property {boolean} [isAsked] Whether a review brought it up.
 * @property {ClaimKind} [kind] Of a claim.
 * @property {ClaimForm} [form] Of a claim.
 * @property {string} [speaker] The speaker of a claim, or the bearer of a name.
 * @property {Sign} [sign] The speaker's.
 * @property {string} [facts] The speaker's roles and institutions.
 * @property {() => string} [amount] How much it says.
 * @property {string} [source] The source of a claim, in the article's words.
 * @property {() => readonly Candidate[]} [candidates] For the speaker.
 * @property {boolean} [shared] Whether other places mean the same speaker.
 * @property {boolean} [accepted] Whether the user made or confirmed it.
 * @property {string} [spreads] What the last correction can be made to hold for too, in words: other places, or other claims.
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
 * @property {() => void} copied
 * @property {() => void} next
 * @property {() => void} done A speaker was chosen.
 * @property {() => void} closed
 * @property {() => void} turned The card that was read can be corrected now, or the other way round.
 */

/**
 * @param {EditorActions} actions
 * @param {Place} place
 * @param {object} given
 * @param {Setting<boolean>} given.editing Whether a card can be corrected at once, or is read first.
 * @param {() => boolean} given.mayEdit Whether it can be corrected at all.
 */
export function createEditor(actions, place, { editing, mayEdit }) {
    /** Whether this card can be corrected, whatever the next one is. */
    let isEdited = false;
    /** @type {Subject | undefined} */
    let shown;
    const turn = (/** @type {boolean} */ on, /** @type {() => void} */ focusOn) => {
        isEdited = on && mayEdit();
        if (shown) {
            update(shown);
        }
        focusOn();
        actions.turned();
    };
    const turnAll = (/** @type {boolean} */ on) => {
        editing.set(on && mayEdit());
        turn(on, () => (on ? focus(node) : reading.focus()));
    };
    const parts = createParts({
        ...actions,
        edited: () => turnAll(true),
        read: () => turnAll(false),
    });
    const { node, box, reading } = parts;
    const isRead = () => node.classList.contains("reads");

    /** @param {Subject} subject */
    function update(subject) {
        shown = subject;
        node.classList.toggle("reads", subject.mark !== undefined && !subject.isAsked && !isEdited && !(editing.get() && mayEdit()));
        parts.done.hidden = isRead() || !subject.mark || subject.isAsked === true;
        show(parts, subject);
        if (isRead()) {
            reading.show(subject);
            node.setAttribute("aria-label", words.editor.labelRead);
        }
    }

    return {
        node,
        isOpen: () => !node.hidden,
        isRead,

        /** @param {Subject} subject */
        show(subject) {
            isEdited &&= subject.key !== undefined && subject.key === shown?.key;
            update(subject);
        },

        /** Puts the focus into the card. */
        focus: () => (isRead() ? reading.focus() : focus(node)),

        /** Lets the card be corrected, and puts the focus there. */
        edit: () => turnAll(true),

        /** Puts the focus into the field of the speaker. */
        focusSpeaker: () => turn(true, () => box.focus()),

        /**
         * @returns {number} How far down the window nothing of it covers the text: it is a sheet at the foot where the view is narrow.
         */
        clearTo: () => (getComputedStyle(node).position === "absolute" ? node.getBoundingClientRect().top : place.seen().bottom),

        hide() {
            box.hide();
            node.hidden = true;
        },
    };
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/**
 * A button, with the key that does the same.
 * @param {string} name Its class.
 * @param {() => void} onclick
 * @param {string} text
 * @param {string} [key]
 */
function button(name, onclick, text, key) {
    const hint = key && element("kbd", { "aria-hidden": "true" }, key);
    return element("button", { type: "button", class: name, onclick }, text, hint);
}

/** @param {EditorActions & {edited: () => void, read: () => void}} actions */
function createParts(actions) {
    const { accept: acceptKey, remove: removeKey } = words.editor.keys;
    const detail = element("p", { class: "editor-detail" });
    const next = button("link", actions.next, words.editor.next);
    const done = button("link", actions.read, words.editor.done);
    const close = button("quiet close", actions.closed, "×");
    close.setAttribute("aria-label", words.editor.close);
    const reading = createReading(actions);
    const question = element("p", { class: "editor-question" });
    const label = element("label", { for: "editor-speaker" });
    const box = createSpeakerBox({ chosen: actions.attributed, done: actions.done });
    const kind = createSelect("editor-kind", words.editor.kind, (value) => actions.qualified({ kind: /** @type {ClaimKind} */ (value) }));
    const form = createSelect("editor-form", words.editor.form, (value) => actions.qualified({ form: /** @type {ClaimForm} */ (value) }));
    const sentence = element("div", { class: "editor-sentence" }, label, box.node, kind, form);
    const facts = element("p", { class: "editor-facts" });
    const title = element("p", { class: "editor-title" });
    const legend = element("legend", {});
    const marks = MARKS.map((mark) => button(`choice ${mark}`, () => actions.marked(mark), words.marks[mark]));
    const choices = element("fieldset", {}, legend, element("div", { class: "choices" }, ...marks));
    const profile = element("button", { type: "button", class: "link profile-button", popovertarget: "profile" });
    profile.addEventListener("click", () => actions.profiled(profile));
    const rare = element("div", { id: "editor-more", class: "editor-more" }, choices, profile);
    const accept = button("main", actions.accepted, words.editor.accept, acceptKey);
    const removeWord = element("span", {});
    const remove = button("quiet", actions.removed, "", removeKey);
    remove.prepend(removeWord);
    const other = button("quiet", () => actions.attributed(undefined), "");
    const spread = button("quiet", actions.spread, "");
    const copy = button("quiet", actions.copied, words.editor.copy);
    const more = button("quiet symbol", () => unfold(), "⋯");
    const foot = element("div", { class: "editor-foot" }, accept, remove, copy, other, spread, more);
    setAttributes(more, { "aria-label": words.editor.more, "aria-controls": "editor-more", "aria-expanded": "false" });
    const unfold = () => {
        setAttribute(more, "aria-expanded", String(rare.hidden));
        rare.hidden = !rare.hidden;
    };
    const head = element("div", { class: "editor-head" }, detail, next, done, close);
    const node = element(
        "div",
        { class: "editor", part: "card", role: "dialog", hidden: true },
        ...[head, reading.node, question, sentence, facts, title, foot, rare],
    );

    return {
        node,
        detail,
        next,
        done,
        reading,
        question,
        sentence,
        label,
        box,
        kind,
        form,
        facts,
        title,
        legend,
        marks,
        profile,
        rare,
        accept,
        remove,
        removeWord,
        other,
        spread,
        copy,
        more,
        foot,
    };
}

/**
 * @param {Element} node
 * @param {Record<string, string>} attributes
 */
function setAttributes(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        setAttribute(node, name, value);
    }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {(value: string) => void} chosen
 */
function createSelect(id, label, chosen) {
    const node = element("select", { id, "aria-label": label, onchange: () => chosen(node.value) });
    return node;
}

/** The options that a choice lists: to ask its nodes for them takes long. @type {WeakMap<HTMLSelectElement, string>} */
const listed = new WeakMap();

/**
 * Lists the options of a choice and chooses one.
 * @param {HTMLSelectElement} select
 * @param {readonly (readonly [value: string, text: string])[]} options
 * @param {string} chosen
 */
function choose(select, options, chosen) {
    const texts = options.map(([, text]) => text).join();
    if (listed.get(select) !== texts) {
        listed.set(select, texts);
        fill(select, ...options.map(([value, text]) => element("option", { value }, text)));
    }
    select.value = chosen;
}

/**
 * Puts the focus on what is likeliest to be wanted: Enter accepts.
 * @param {HTMLElement} node
 */
function focus(node) {
    const wanted = [".main", ".speaker-box > input", ".choice[aria-pressed='true']", ".choice", "button"];
    const found = wanted.flatMap((selector) => [.../** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll(selector))]);
    found.find((each) => each.checkVisibility())?.focus();
}

/**
 * @param {Parts} parts
 * @param {Subject} subject
 */
function show(parts, subject) {
    const { text, mark, detail, speaker, sign, source, candidates = () => [], facts, among, spreads = "", shared = false } = subject;
    const { node, box } = parts;
    const isClaim = mark === "claim";
    node.setAttribute("aria-label", mark ? words.editor.label : words.editor.labelNew);
    node.classList.toggle("of-claim", isClaim);
    fill(parts.detail, detail);
    const others = among && among.count > 1 ? words.editor.overlap(among.number, among.count) : "";
    fill(parts.next, words.editor.next, others && ` · ${others}`);
    hide(parts, parts.next, others === "");
    ask(parts, subject);
    fill(parts.title, words.editor.short(text, isClaim ? 240 : 60));
    parts.sentence.hidden = !mark || mark === "place";
    fill(parts.label, isClaim ? words.editor.saidBy : words.editor.means);
    const nobody = source ? words.claims.unresolved(source) : words.editor.nobody;
    const placeholder = isClaim ? nobody : words.editor.unresolved;
    box.show({ speaker, sign, placeholder, mayBeNobody: isClaim, candidates });
    showQualities(parts, subject);
    fill(parts.facts, facts);
    parts.facts.hidden = !facts;
    fill(parts.legend, mark ? words.editor.type : words.editor.markAs);
    parts.marks.forEach((choice, index) => setAttribute(choice, "aria-pressed", mark && String(MARKS[index] === mark)));
    // A claim's type is rarely wrong: it stands behind a button.
    hide(parts, parts.more, !isClaim);
    parts.rare.hidden = isClaim && parts.more.getAttribute("aria-expanded") !== "true";
    parts.profile.hidden = speaker === undefined;
    fill(parts.profile, words.profile.of(speaker ?? ""));
    parts.foot.hidden = !mark;
    fill(parts.removeWord, mark && words.editor.remove[mark]);
    fill(parts.other, mark === "institution" ? words.editor.otherInstitution : words.editor.other);
    hide(parts, parts.other, !shared);
    hide(parts, parts.accept, Boolean(subject.accepted));
    fill(parts.spread, spreads);
    hide(parts, parts.spread, spreads === "");
    hide(parts, parts.copy, !isClaim);
    node.hidden = false;
}

/**
 * Shows what a review asks of the mark that it brought up.
 * @param {Parts} parts
 * @param {Subject} subject
 */
function ask({ question }, { isAsked, mark, kind = "statement", speaker }) {
    question.hidden = !isAsked;
    const [before, after] = words.editor.asks(kind);
    const ofClaim = speaker === undefined ? [words.editor.asksWho] : [before, element("em", {}, speaker), after];
    fill(question, ...(mark === "claim" ? ofClaim : [words.editor.asksName]));
}

/**
 * @param {Parts} parts
 * @param {Subject} subject
 */
function showQualities(parts, { kind, form, sign }) {
    const who = sign ?? { letter: "", hue: 0, shape: "person", name: "" };
    const kinds = /** @type {ClaimKind[]} */ (Object.keys(words.kinds));
    const verbs = kinds.map((each) => /** @type {const} */ ([each, words.editor.does(who, each)]));
    parts.kind.hidden = !kind;
    parts.form.hidden = !form;
    choose(parts.kind, verbs, kind ?? "");
    choose(parts.form, Object.entries(words.editor.forms), form ?? "");
}

/**
 * Hides a button, or shows it; the focus stays in the card.
 * @param {Parts} parts
 * @param {HTMLElement} one
 * @param {boolean} hidden
 */
function hide({ node }, one, hidden) {
    const isLeft = hidden && hasFocus(one);
    one.hidden = hidden;
    if (isLeft) {
        focus(node);
    }
}
