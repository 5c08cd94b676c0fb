/**
 * @file Which claims are shown: statements alone or attitudes and decisions too, of any kind and form or of one. What is
 * hidden is counted, with a way to show it.
 */

import { element, fill } from "./dom.js";
import { extentOf, keyOf } from "./segments.js";
import { words } from "./words.js";

/** @import {Analysis, Attribution, Form, Kind} from "./pkg/whosaid.js" */

const PLACE = "whosaid.attitudes";

/**
 * @typedef {object} Settings
 * @property {boolean} attitudes Whether attitudes and decisions are shown.
 * @property {string} kind The one kind that is shown, whatever its group; empty for all.
 * @property {string} form The one form that is shown; empty for all.
 */

/**
 * What is left of an analysis: all but the hidden claims. The indices in `continues` are those of the whole analysis.
 * @typedef {object} View
 * @property {Analysis} analysis
 * @property {number} attitudes How many claims the switch hides.
 * @property {number} others How many the choice of a kind or form hides.
 */

/** @param {() => void} changed Called when something else is to be shown. */
export function createFilter(changed) {
    /** @type {Settings} */
    let settings = { attitudes: remembered(), kind: "", form: "" };
    /** @type {{of?: Analysis, view?: View}} */
    let last = {};
    /** @type {View | undefined} */
    let told;
    const parts = createParts(set);
    const { node, attitudes, kind, form } = parts;
    attitudes.checked = settings.attitudes;

    /** @param {Partial<Settings>} change */
    function set(change) {
        settings = { ...settings, ...change };
        attitudes.checked = settings.attitudes;
        kind.value = settings.kind;
        form.value = settings.form;
        if (change.attitudes !== undefined) {
            remember(change.attitudes);
        }
        changed();
    }

    return {
        node,

        /**
         * What is shown of an analysis; the same object as long as nothing changes.
         * @param {Analysis} analysis
         * @param {string} [kept] The key of a claim that is shown in any case.
         * @returns {Analysis}
         */
        view(analysis, kept) {
            const view = viewOf(analysis, settings, kept);
            if (last.view && analysis === last.of && isSame(view, last.view)) {
                return last.view.analysis;
            }
            last = { of: analysis, view };
            return view.analysis;
        },

        /** Tells what is hidden. */
        show() {
            if (last.of && last.view && last.view !== told) {
                told = last.view;
                show(parts, last.of, last.view);
            }
        },
    };
}

/**
 * @param {Analysis} analysis
 * @param {Settings} settings
 * @param {string | undefined} kept
 * @returns {View}
 */
function viewOf(analysis, settings, kept) {
    let [attitudes, others] = [0, 0];
    const attributions = analysis.attributions.filter((claim) => {
        const { kind, form, group, origin, content } = claim;
        const fits = (!settings.kind || kind === settings.kind) && (!settings.form || form === settings.form);
        const grouped = settings.attitudes || settings.kind !== "" || group !== "attitude";
        // What the reader made or chose does not vanish under him.
        if ((fits && grouped) || origin === "reader" || keyOf("claim", extentOf(content)) === kept) {
            return true;
        }
        attitudes += fits ? 1 : 0;
        others += fits ? 0 : 1;
        return false;
    });
    return { analysis: { ...analysis, attributions }, attitudes, others };
}

/**
 * @param {View} one
 * @param {View} other Of the same analysis.
 * @returns {boolean} Whether they leave out the same claims, and for the same reason.
 */
function isSame(one, other) {
    const [these, those] = [one.analysis.attributions, other.analysis.attributions];
    const counted = one.attitudes === other.attitudes && these.length === those.length;
    return counted && these.every((claim, index) => claim === those[index]);
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/** @param {(change: Partial<Settings>) => void} set */
function createParts(set) {
    const attitudes = element("input", {
        type: "checkbox",
        id: "filter-attitudes",
        onchange: () => set({ attitudes: attitudes.checked }),
    });
    const kind = element("select", { "aria-label": words.filter.kind, onchange: () => set({ kind: kind.value }) });
    const form = element("select", { "aria-label": words.filter.form, onchange: () => set({ form: form.value }) });
    // The button goes with what it shows: the focus stays beside it.
    const some = createNote(() => {
        attitudes.focus();
        set({ attitudes: true });
    });
    const rest = createNote(() => {
        kind.focus();
        set({ kind: "", form: "" });
    });
    const node = element("div", { class: "filter", role: "group", "aria-label": words.filter.label },
        element("span", { class: "filter-switch" }, attitudes, element("label", { for: "filter-attitudes" }, words.filter.attitudes)),
        kind,
        form,
        element("div", { class: "filter-notes", role: "status" }, some.node, rest.node),
    );
    return { node, attitudes, kind, form, some, rest };
}

/** @param {() => void} onclick */
function createNote(onclick) {
    const text = element("span", {});
    const button = element("button", { type: "button", class: "link", onclick }, words.filter.show);
    const node = element("p", { hidden: true }, text, " ", button);
    return {
        node,

        /** @param {string} what Empty: nothing is hidden. */
        show(what) {
            node.hidden = what === "";
            fill(text, what);
            button.setAttribute("aria-label", `${words.filter.show}: ${what}`);
        },
    };
}

/**
 * @param {Parts} parts
 * @param {Analysis} analysis
 * @param {View} view
 */
function show({ kind, form, some, rest }, { attributions }, { attitudes, others }) {
    const kinds = /** @type {[Kind, string][]} */ (Object.entries(words.filter.kinds));
    const forms = /** @type {[Form, string][]} */ (Object.entries(words.filter.forms));
    showOptions(kind, words.filter.allKinds, kinds, (claim) => claim.kind, attributions);
    showOptions(form, words.filter.allForms, forms, (claim) => claim.form, attributions);
    some.show(attitudes > 0 ? words.filter.attitudesHidden(attitudes) : "");
    rest.show(others > 0 ? words.filter.othersHidden(others) : "");
}

/**
 * The options of a choice, with how many claims each stands for.
 * @param {HTMLSelectElement} select
 * @param {string} all
 * @param {readonly [string, string][]} options
 * @param {(claim: Attribution) => string} of
 * @param {readonly Attribution[]} claims
 */
function showOptions(select, all, options, of, claims) {
    const { value } = select;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const claim of claims) {
        counts.set(of(claim), (counts.get(of(claim)) ?? 0) + 1);
    }
    const named = options.map(([name, text]) => /** @type {const} */ ([name, words.filter.option(text, counts.get(name) ?? 0)]));
    const listed = [/** @type {const} */ (["", all]), ...named];
    // To list them anew takes long.
    if (listed.some(([, text], index) => select.options[index]?.text !== text)) {
        fill(select, ...listed.map(([name, text]) => element("option", { value: name }, text)));
        select.value = value;
    }
}

/** @returns {boolean} */
function remembered() {
    try {
        return localStorage.getItem(PLACE) === "on";
    } catch {
        return false;
    }
}

/** @param {boolean} attitudes */
function remember(attitudes) {
    try {
        localStorage.setItem(PLACE, attitudes ? "on" : "off");
    } catch {
        // The switch holds for this visit where nothing can be kept.
    }
}
