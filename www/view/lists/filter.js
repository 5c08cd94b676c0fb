/**
 * @file The filter of the claims: statements alone or attitudes and decisions too, one kind or form, one speaker or
 * institution, those that need a look. It says how many claims it hides, with a way to show them.
 */

import { sortsOf, summarise } from "../../state/counts.js";
import { element, fill } from "../../kit/dom.js";
import { placeBeside } from "../../kit/popover.js";
import { keyOf } from "../../state/annotations.js";
import { extentOf } from "../../state/spans.js";
import { isUnsure } from "../../state/unsure.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Claim, ClaimForm, ClaimKind, Sources, Summary, Voice} from "../../pkg/whosaid.js" */
/** @import {Filtered, Setting, Sign} from "../../types.js" */

/**
 * @typedef {object} Settings
 * @property {boolean} attitudes Whether attitudes and decisions are shown.
 * @property {string} kind The one kind that is shown, whatever its group; empty for all.
 * @property {string} form The one form that is shown; empty for all.
 * @property {string} who `speaker:` or `institution:` and a name: the one whose claims are shown; empty for all.
 * @property {string} need `unsure` or `unreviewed`; empty for all.
 * @property {string} sort The sort of sources whose claims are shown; empty for all.
 */

/**
 * An analysis without the hidden claims. The indices in `continues` and `inside` are those of the whole analysis.
 * @typedef {object} View
 * @property {Filtered} analysis
 * @property {number} attitudes How many claims the switch hides.
 * @property {number} others How many others the filters hide.
 */

/** Nothing is left out. */
const ALL = { kind: "", form: "", who: "", need: "", sort: "" };

/**
 * @param {object} given
 * @param {Setting<boolean>} given.attitudes Whether attitudes and decisions are shown, as the user chose last.
 * @param {() => void} given.changed Called when something else is to be shown.
 * @param {() => void} given.search Opens the search of the article.
 */
export function createFilter({ attitudes: setting, changed, search }) {
    /** @type {Settings} */
    let settings = { attitudes: setting.get(), ...ALL };
    /** What was asked for last, and the answer. @type {{of?: Analysis, asked?: readonly unknown[], view?: View}} */
    let last = {};
    /** @type {View | undefined} */
    let told;
    let toldOf = "";
    const parts = createParts(set, search);
    const { node, attitudes, kind, form, who, need } = parts;
    attitudes.checked = settings.attitudes;

    /** @param {Partial<Settings>} change */
    function set(change) {
        settings = { ...settings, ...change };
        attitudes.checked = settings.attitudes;
        kind.value = settings.kind;
        form.value = settings.form;
        who.value = settings.who;
        need.value = settings.need;
        if (change.attitudes !== undefined) {
            setting.set(change.attitudes);
        }
        changed();
    }

    return {
        node,
        set,
        get: () => settings,

        /**
         * Shows the claims of one sort of sources alone, or all again.
         * @param {string} sort
         */
        toggleSort: (sort) => set({ sort: settings.sort === sort ? "" : sort }),

        /** @returns {string} The sort of sources whose claims alone are shown. */
        sort: () => settings.sort,

        /**
         * The part of an analysis that is shown; the same object while nothing changes.
         * @param {Analysis} analysis
         * @param {readonly (Sign | undefined)[]} signs Of its speakers.
         * @param {string} [kept] The key of a claim that is shown in any case.
         * @returns {Filtered}
         */
        view(analysis, signs, kept) {
            const asked = [analysis, signs, settings, kept];
            if (last.view && asked.every((each, nth) => each === last.asked?.[nth])) {
                return last.view.analysis;
            }
            const view = viewOf(analysis, signs, settings, kept);
            const isLike = last.view && analysis === last.of && isSame(view, last.view);
            last = { of: analysis, asked, view: isLike ? last.view : view };
            return /** @type {View} */ (last.view).analysis;
        },

        /** Tells how many claims are hidden. */
        show() {
            const state = JSON.stringify(settings);
            if (last.of && last.view && (last.view !== told || state !== toldOf)) {
                told = last.view;
                toldOf = state;
                show(parts, last.of, last.view);
                showChips(parts, settings, set);
            }
        },
    };
}

/**
 * @param {Analysis} analysis
 * @param {readonly (Sign | undefined)[]} signs
 * @param {Settings} settings
 * @param {string | undefined} kept
 * @returns {View}
 */
function viewOf(analysis, signs, settings, kept) {
    let [attitudes, others] = [0, 0];
    const speaking = settings.who === "" ? undefined : voiceOf(analysis, settings.who);
    const claims = analysis.claims.filter((claim) => {
        const { kind, form, group, origin, content, speaker } = claim;
        const isOf = !speaking || (speaker !== undefined && speaking.has(speaker));
        const isNeeded = origin === "user" ? settings.need === "" : settings.need !== "unsure" || isUnsure(claim);
        const isOfSort = settings.sort === "" || sortsOf(analysis.speakers, speaker).has(/** @type {keyof Sources} */ (settings.sort));
        const fits = (!settings.kind || kind === settings.kind) && (!settings.form || form === settings.form);
        const grouped = settings.attitudes || settings.kind !== "" || group !== "attitude";
        // A claim that the user made or chose stays, unless the filter excludes it explicitly.
        const held = (fits && grouped) || origin === "user";
        if ((held && isOf && isOfSort && isNeeded) || keyOf("claim", extentOf(content)) === kept) {
            return true;
        }
        const isLeftOut = !settings.attitudes && group === "attitude";
        attitudes += isLeftOut ? 1 : 0;
        others += isLeftOut ? 0 : 1;
        return false;
    });
    const heard = new Set(claims.map(({ speaker }) => speaker));
    const shown = signs.map((sign, speaker) => (heard.has(speaker) ? sign : undefined));
    const isCounted = (/** @type {Claim} */ { group, origin }) => settings.attitudes || group !== "attitude" || origin === "user";
    /** @type {{summary?: Summary, whole?: Summary}} */
    const figures = {};
    const view = {
        ...analysis,
        claims,
        all: analysis.claims,
        signs: shown,
        // The text is drawn without the figures: they are counted when a list asks for them.
        get summary() {
            return (figures.summary ??= summarise(analysis, claims));
        },
        get whole() {
            return (figures.whole ??= summarise(analysis, analysis.claims.filter(isCounted)));
        },
    };
    return { analysis: view, attitudes, others };
}

/**
 * The speakers whose claims count as those of a speaker or an institution.
 * @param {Analysis} analysis
 * @param {string} who As in `Settings`.
 * @returns {Set<number>} Indices of speakers.
 */
function voiceOf({ speakers, summary }, who) {
    const name = who.slice(who.indexOf(":") + 1);
    const isNamed = (/** @type {number} */ index) => speakers[index]?.name === name;
    const ones = [...speakers.keys()].filter(isNamed);
    const isInstitution = who.startsWith("institution:");
    const people = summary?.institutions.flatMap(({ speaker, people: all = [] }) => (isNamed(speaker) ? all : []));
    return new Set(isInstitution ? [...ones, ...(people ?? [])] : ones);
}

/**
 * @param {View} one
 * @param {View} other Of the same analysis.
 * @returns {boolean} Whether they leave out the same claims, and for the same reason.
 */
function isSame(one, other) {
    const [these, those] = [one.analysis.claims, other.analysis.claims];
    const counted = one.attitudes === other.attitudes && these.length === those.length;
    return counted && these.every((claim, index) => claim === those[index]);
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/**
 * @param {(change: Partial<Settings>) => void} set
 * @param {() => void} search
 */
function createParts(set, search) {
    const attitudes = element("input", {
        type: "checkbox",
        id: "filter-attitudes",
        onchange: () => set({ attitudes: attitudes.checked }),
    });
    const choice = (/** @type {"kind" | "form" | "who" | "need"} */ name) => {
        const select = element("select", { id: `filter-${name}`, onchange: () => set({ [name]: select.value }) });
        return { select, line: element("p", {}, element("label", { for: select.id }, words.filter[name]), select) };
    };
    const [who, need, kind, form] = [choice("who"), choice("need"), choice("kind"), choice("form")];
    const menu = element(
        "div",
        { id: "filter-menu", class: "menu filter-menu", popover: "" },
        ...[who, need, kind, form].map(({ line }) => line),
        element("p", { class: "menu-switch" }, attitudes, element("label", { for: "filter-attitudes" }, words.filter.attitudes)),
    );
    const count = element("span", {});
    const open = element(
        "button",
        { type: "button", class: "quiet opens", popovertarget: menu.id, onclick: () => placeBeside(menu, open.getBoundingClientRect()) },
        words.filter.open,
        count,
    );
    const finds = element("button", { type: "button", class: "quiet", onclick: search }, words.filter.search);
    const chips = element("ul", { class: "filter-chips" });
    // The button disappears with its note: the focus moves to the control beside it.
    const some = createNote(words.filter.show, () => {
        open.focus();
        set({ attitudes: true });
    });
    const rest = createNote(words.filter.clear, () => {
        open.focus();
        set(ALL);
    });
    const notes = element("div", { class: "filter-notes", role: "status" }, some.node, rest.node);
    const node = element("div", { class: "filter", role: "group", "aria-label": words.filter.label }, finds, open, menu, chips, notes);
    return {
        ...{ node, attitudes, kind: kind.select, form: form.select, who: who.select, need: need.select },
        ...{ some, rest, open, count, chips },
    };
}

/**
 * Shows which filters are active, each with a way to take it away.
 * @param {Parts} parts
 * @param {Settings} settings
 * @param {(change: Partial<Settings>) => void} set
 */
function showChips({ chips, open, count }, settings, set) {
    const { kinds, forms, needs, sorts, whose } = words.filter;
    const at = settings.who.indexOf(":");
    const names = {
        sort: sorts[/** @type {keyof typeof sorts} */ (settings.sort)],
        who: settings.who && whose(settings.who.slice(0, at), settings.who.slice(at + 1)),
        need: needs[/** @type {keyof typeof needs} */ (settings.need)],
        kind: kinds[/** @type {ClaimKind} */ (settings.kind)],
        form: forms[/** @type {ClaimForm} */ (settings.form)],
    };
    const active = Object.entries(names).filter(([, name]) => name);
    const lines = active.map(([name, text]) => {
        const onclick = () => {
            open.focus();
            set({ [name]: "" });
        };
        const label = words.filter.remove(text ?? "");
        return element("li", {}, element("button", { type: "button", class: "filter-chip", "aria-label": label, onclick }, `${text} ×`));
    });
    fill(chips, ...lines);
    chips.hidden = lines.length === 0;
    fill(count, words.filter.active(lines.length));
}

/**
 * @param {string} does What its button does.
 * @param {() => void} onclick
 */
function createNote(does, onclick) {
    const text = element("span", {});
    const button = element("button", { type: "button", class: "link", onclick }, does);
    const node = element("p", { hidden: true }, text, " ", button);
    return {
        node,

        /** @param {string} what Empty: nothing is hidden. */
        show(what) {
            node.hidden = what === "";
            fill(text, what);
            button.setAttribute("aria-label", `${does}: ${what}`);
        },
    };
}

/**
 * @param {Parts} parts
 * @param {Analysis} analysis
 * @param {View} view
 */
function show({ kind, form, who, need, some, rest }, analysis, { attitudes, others }) {
    const { claims } = analysis;
    const kinds = /** @type {[ClaimKind, string][]} */ (Object.entries(words.filter.kinds));
    const forms = /** @type {[ClaimForm, string][]} */ (Object.entries(words.filter.forms));
    showOptions(kind, words.filter.allKinds, kinds, (claim) => claim.kind, claims);
    showOptions(form, words.filter.allForms, forms, (claim) => claim.form, claims);
    const needs = /** @type {[string, string][]} */ (Object.entries(words.filter.needs));
    const needsLook = claims.filter(({ origin }) => origin !== "user");
    const counts = { unreviewed: needsLook.length, unsure: needsLook.filter(isUnsure).length };
    list(
        need,
        words.filter.anyNeed,
        needs.map(([name, text]) => [name, words.filter.option(text, counts[/** @type {keyof typeof counts} */ (name)])]),
    );
    list(who, words.filter.everybody, voices(analysis, who.value));
    some.show(attitudes > 0 ? words.filter.attitudesHidden(attitudes) : "");
    rest.show(others > 0 ? words.filter.othersHidden(others) : "");
}

/**
 * The options of a choice, with how many claims each stands for.
 * @param {HTMLSelectElement} select
 * @param {string} all
 * @param {readonly [string, string][]} options
 * @param {(claim: Claim) => string} of
 * @param {readonly Claim[]} claims
 */
function showOptions(select, all, options, of, claims) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const claim of claims) {
        counts.set(of(claim), (counts.get(of(claim)) ?? 0) + 1);
    }
    list(
        select,
        all,
        options.map(([name, text]) => [name, words.filter.option(text, counts.get(name) ?? 0)]),
    );
}

/**
 * Lists options, where they have changed; the chosen one stays chosen.
 * @param {HTMLSelectElement} select
 * @param {string} all The text of the option for all.
 * @param {readonly (readonly [value: string, text: string])[]} options
 */
function list(select, all, options) {
    const { value } = select;
    const listed = [/** @type {const} */ (["", all]), ...options];
    // A new list takes long.
    const isListed = select.options.length === listed.length && listed.every(([, text], index) => select.options[index]?.text === text);
    if (!isListed) {
        fill(select, ...listed.map(([name, text]) => element("option", { value: name }, text)));
        select.value = value;
    }
}

/**
 * The speakers and institutions that can be chosen: those with claims, most words first, each with the number of claims; the
 * chosen one stays in any case.
 * @param {Analysis} analysis
 * @param {string} chosen
 * @returns {[value: string, text: string][]}
 */
function voices({ speakers, summary }, chosen) {
    const of =
        (/** @type {"speaker" | "institution"} */ sort) =>
        (/** @type {Voice} */ { speaker, claims, attitudes }) => {
            const name = speakers[speaker]?.name ?? "";
            return /** @type {[string, string]} */ ([`${sort}:${name}`, words.filter.voice(sort, name, claims + attitudes)]);
        };
    const [single, joint] = [summary?.speakers ?? [], summary?.institutions ?? []];
    const all = [...single.map(of("speaker")), ...joint.map(of("institution"))];
    const isThere = chosen === "" || all.some(([value]) => value === chosen);
    return isThere ? all : [...all, [chosen, words.filter.option(chosen.slice(chosen.indexOf(":") + 1), 0)]];
}
