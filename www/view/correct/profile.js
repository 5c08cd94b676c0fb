/**
 * @file The popover that corrects a speaker: name, another speaker who is the same, kind, roles, institutions.
 */

import { isAnonymous, whatItDoes, whatItIs } from "../lists/cards.js";
import { element, fill } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { hasFocus } from "../../kit/place.js";
import { placeBeside } from "../../kit/popover.js";
import { indexOf, subjectOf, whoOf } from "../../state/speaker-ref.js";
import { keepTyped } from "../../kit/typed.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Edit, Fact, FactKind, Speaker, SpeakerKind, Who} from "../../pkg/whosaid.js" */
/** @import {Row} from "../../kit/keyed.js" */

/** @type {readonly FactKind[]} */
const FACTS = ["role", "affiliation"];

/**
 * @typedef {object} ProfileActions
 * @property {(edit: Edit) => void} correct
 * @property {() => void} undo
 * @property {() => Edit | undefined} lastEdit The last correction in force.
 */

/**
 * @typedef {object} State
 * @property {string} text
 * @property {Analysis} [analysis]
 * @property {readonly Who[]} who The speaker: all names since the popover was opened.
 */

/** @param {ProfileActions} actions */
export function createProfile(actions) {
    /** @type {State} */
    const state = { text: "", who: [] };

    /** @param {(who: Who) => Edit} edit */
    function correct(edit) {
        const [who] = state.who;
        if (who) {
            actions.correct(edit(who));
        }
    }

    const parts = createParts(state, correct, actions.undo);
    const { node, others } = parts;

    /** Shows the speaker; closes where there is none any more. */
    function show() {
        const { analysis, who } = state;
        const index = analysis ? who.map((each) => indexOf(analysis, each)).find((found) => found >= 0) : undefined;
        if (!analysis || index === undefined) {
            node.hidePopover();
            return;
        }
        const subject = subjectOf(actions.lastEdit());
        fillParts(parts, analysis, index);
        const isLast = subject !== undefined && indexOf(analysis, subject) === index;
        if (!isLast && hasFocus(parts.undo)) {
            parts.title.focus();
        }
        parts.undo.hidden = !isLast;
    }

    return {
        node,

        /**
         * Prepares the popover for a speaker; the button opens it.
         * @param {number} index
         * @param {Element} from The element that it stands beside.
         */
        prepare(index, from) {
            if (state.analysis?.speakers[index]) {
                state.who = [whoOf(state.text, state.analysis, index)];
                for (const input of node.querySelectorAll("input")) {
                    input.value = "";
                }
                placeBeside(node, from.getBoundingClientRect());
                show();
            }
        },

        /**
         * Asks for the other name of a speaker.
         * @param {number} index
         * @param {Element} from The element that it stands beside.
         */
        askMerge(index, from) {
            this.prepare(index, from);
            node.showPopover();
            others.focus();
        },

        /**
         * @param {string} text
         * @param {Analysis} analysis
         */
        update(text, analysis) {
            Object.assign(state, { text, analysis });
            if (node.matches(":popover-open")) {
                show();
            }
        },
    };
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/**
 * @param {State} state
 * @param {(edit: (who: Who) => Edit) => void} correct
 * @param {() => void} onundo
 */
function createParts(state, correct, onundo) {
    const title = element("p", { class: "editor-title", id: "profile-title", tabindex: -1, autofocus: true });
    const detail = element("p", { class: "editor-detail" });
    const close = element(
        "button",
        { type: "button", class: "quiet close", popovertarget: "profile", "aria-label": words.editor.close },
        "×",
    );
    const name = element("input", { type: "text", id: "profile-name", autocomplete: "off" });
    const renamed = () => {
        const to = name.value.trim();
        const [who] = state.who;
        if (who && to && to !== who.name) {
            correct((speaker) => ({ op: "rename", speaker, name: to }));
            state.who = [{ ...who, name: to }, who];
        }
    };
    keepTyped(name, renamed);
    const options = element("datalist", { id: "profile-options" });
    const others = element("input", {
        type: "text",
        id: "profile-others",
        list: "profile-options",
        autocomplete: "off",
        placeholder: words.profile.another,
        oninput: () => others.setCustomValidity(""),
    });
    const merged = () => {
        const into = otherOf(state, others.value);
        if (into) {
            others.value = "";
            correct((speaker) => ({ op: "merge", speaker, into }));
            node.hidePopover();
        } else if (others.value.trim() !== "") {
            others.setCustomValidity(words.profile.unknown);
            others.reportValidity();
        }
    };
    keepTyped(others, () => otherOf(state, others.value) && merged());
    const facts = FACTS.map((fact) => createFacts(fact, (change) => correct((speaker) => ({ op: "fact", speaker, fact, ...change }))));
    const { kind, anonymous, row } = createKind(correct);
    const undo = element("button", { type: "button", class: "quiet", onclick: onundo }, words.editor.undo);
    const node = element(
        "div",
        { class: "editor profile", id: "profile", popover: "auto", role: "dialog", "aria-labelledby": "profile-title" },
        element("div", { class: "editor-head" }, title, close),
        detail,
        line(words.profile.name, name, words.editor.set, renamed),
        line(words.profile.same, others, words.profile.merge, merged, options),
        ...facts.map((each) => each.node),
        row,
        undo,
    );
    return { node, title, detail, name, others, options, facts, kind, anonymous, undo };
}

/**
 * A form of one line.
 * @param {string} label
 * @param {HTMLInputElement} input
 * @param {string} does
 * @param {() => void} run
 * @param {...Node} more
 */
function line(label, input, does, run, ...more) {
    return form(run, element("label", { for: input.id }, label), input, ...more, element("button", { class: "quiet" }, does));
}

/**
 * @param {() => void} run
 * @param {...Node} children
 */
function form(run, ...children) {
    const onsubmit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        run();
    };
    return element("form", { class: "editor-row", onsubmit, novalidate: true }, ...children);
}

/** @param {(edit: (who: Who) => Edit) => void} correct */
function createKind(correct) {
    const kinds = /** @type {[SpeakerKind, string][]} */ (Object.entries(words.speakers.kinds));
    const options = kinds.map(([value, text]) => element("option", { value }, text));
    const classify = (/** @type {SpeakerKind} */ to, /** @type {boolean} */ hidden) =>
        correct((speaker) => ({ op: "classify", speaker, kind: to, ...(hidden && { anonymous: true }) }));
    const now = () => /** @type {SpeakerKind} */ (kind.value);
    const kind = element(
        "select",
        { id: "profile-kind", onchange: () => classify(now(), anonymous.checked || now() === "anonymous") },
        ...options,
    );
    const anonymous = element("input", {
        type: "checkbox",
        id: "profile-anonymous",
        // A speaker without a name counts as a person.
        onchange: () => classify(anonymous.checked || now() !== "anonymous" ? now() : "person", anonymous.checked),
    });
    const row = element(
        "div",
        { class: "editor-row" },
        element("label", { for: "profile-kind" }, words.profile.kind),
        kind,
        anonymous,
        element("label", { for: "profile-anonymous" }, words.speakers.anonymous),
    );
    return { kind, anonymous, row };
}

/** @typedef {{from?: string, to?: string, former?: boolean}} Change */

/**
 * The roles or the institutions, each with a line, and a line for another.
 * @param {FactKind} fact
 * @param {(change: Change) => void} changed
 */
function createFacts(fact, changed) {
    const list = element("ul", {});
    const input = element("input", { type: "text", id: `profile-${fact}`, autocomplete: "off", placeholder: words.profile.add[fact] });
    const add = () => {
        const to = input.value.trim();
        if (to) {
            input.value = "";
            changed({ to });
        }
    };
    keepTyped(input, add);
    list.append(element("li", {}, form(add, input, element("button", { class: "quiet" }, words.profile.adds))));
    const rows = createKeyed(
        list,
        () => fact,
        () => factRow(fact, changed),
    );
    const label = element("label", { for: input.id }, words.profile.facts[fact]);
    return { node: element("div", { class: "editor-row facts-row" }, label, list), rows };
}

/**
 * @param {FactKind} fact
 * @param {(change: Change) => void} changed
 * @returns {Row<Fact>}
 */
function factRow(fact, changed) {
    let shown = /** @type {Fact} */ ({ text: "" });
    // Enter makes a change event as well.
    const input = element("input", {
        type: "text",
        autocomplete: "off",
        "aria-label": words.profile.facts[fact],
        onchange: () => set(),
    });
    const former = element("input", { type: "checkbox", onchange: () => set() });
    const remove = element("button", { type: "button", class: "quiet close", onclick: () => changed({ from: shown.text }) }, "×");
    const set = () => {
        const { text: from } = shown;
        const to = input.value.trim();
        if (to === "") {
            changed({ from });
        } else if (to !== from || former.checked !== Boolean(shown.former)) {
            // The next change is about this fact, whether it is shown by then or not.
            shown = { text: to, former: former.checked };
            changed({ from, to, ...(former.checked && { former: true }) });
        }
    };
    const past = element("label", { class: "former" }, former, words.speakers.former);
    return {
        node: element(
            "li",
            {},
            form(() => undefined, input, past, remove),
        ),
        update(next) {
            // Text that is being typed is not overwritten, unless the field is about another fact now.
            if (!hasFocus(input) || next.text !== shown.text) {
                input.value = next.text;
            }
            shown = next;
            former.checked = Boolean(next.former);
            remove.setAttribute("aria-label", words.profile.remove(next.text));
        },
    };
}

/**
 * The other speaker that the typed name means: the one of this name, or the only one whose name contains it.
 * @param {State} state
 * @param {string} typed
 * @returns {Who | undefined}
 */
function otherOf({ text, analysis, who }, typed) {
    const wanted = typed.trim().toLowerCase();
    if (!analysis || !who[0] || wanted === "") {
        return undefined;
    }
    const own = indexOf(analysis, who[0]);
    const others = analysis.speakers.map(({ name }, index) => ({ name: name.toLowerCase(), index })).filter(({ index }) => index !== own);
    const holding = others.filter(({ name }) => name.includes(wanted));
    const found = others.find(({ name }) => name === wanted) ?? (holding.length === 1 ? holding[0] : undefined);
    return found && whoOf(text, analysis, found.index);
}

/**
 * @param {Parts} parts
 * @param {Analysis} analysis
 * @param {number} index
 */
function fillParts(parts, { speakers }, index) {
    const speaker = /** @type {Speaker} */ (speakers[index]);
    const { name, options, facts, kind, anonymous } = parts;
    fill(parts.title, speaker.name);
    fill(parts.detail, [...whatItIs(speaker), ...whatItDoes(speaker)].filter(Boolean).join(" · "));
    if (!hasFocus(name) || name.value === "") {
        name.value = speaker.name;
    }
    const others = new Set(speakers.flatMap((other, at) => (at === index ? [] : other.name)));
    fill(options, ...[...others].map((value) => element("option", { value })));
    kind.value = speaker.kind;
    anonymous.checked = isAnonymous(speaker);
    void facts[0]?.rows.show(speaker.roles);
    void facts[1]?.rows.show(speaker.affiliations);
}
