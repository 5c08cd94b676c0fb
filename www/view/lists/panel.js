/**
 * @file The lists beside the article, in tabs; on a narrow screen a sheet at its foot.
 */

import { createClaims } from "./claims.js";
import { counts } from "../../state/counts.js";
import { element, setAttribute } from "../../kit/dom.js";
import { focusBeside, hasFocus } from "../../kit/place.js";
import { entries } from "../../state/log.js";
import { createHistory } from "./log-list.js";
import { createSpeakers } from "./speakers.js";
import { createTabs } from "../../kit/tabs.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Edit} from "../../pkg/whosaid.js" */
/** @import {CardActions} from "./cards.js" */
/** @import {RowActions} from "./rows.js" */
/** @import {Counts, Shown} from "../../types.js" */

/** So many keys are looked for by a selector. */
const FEW = 8;

/**
 * The figures.
 * @typedef {object} Voices
 * @property {HTMLElement} node
 * @property {(text: string, analysis: Analysis, counts: Counts) => Promise<boolean>} show
 */

/** @typedef {"speakers" | "claims" | "voices" | "log"} Tab */

/** @import {SortActions} from "./speakers.js" */

/**
 * @param {CardActions & SortActions & {card: HTMLElement, filter: HTMLElement, aside?: Node, voices: (actions: RowActions) => Voices, correct: (edit: Edit) => void, importFile: () => void}} given
 */
export function createPanel(given) {
    const pages = createPages(given);
    /** @type {{open?: Shown, key?: string, shown: Map<Tab, readonly unknown[]>}} */
    const state = { shown: new Map() };
    const tabs = createTabs(words.tabs.label, pages, () => {
        spread(true);
        given.filter.hidden = tabs.current() === "log" || tabs.current() === "voices";
        void fillPage();
    });
    const toggle = element("button", { type: "button", class: "quiet sheet-toggle", onclick: () => spread() });
    const head = element("div", { class: "panel-head" }, tabs.list, toggle);
    const node = element(
        "aside",
        { class: "panel", part: "list", "aria-label": words.tabs.label },
        given.card,
        head,
        given.filter,
        element("div", { class: "panel-note" }, given.aside),
        ...tabs.panels,
    );

    /** @param {boolean} [wide] */
    function spread(wide = !node.classList.contains("spread")) {
        node.classList.toggle("spread", wide);
        setAttribute(toggle, "aria-expanded", String(wide));
        setAttribute(toggle, "aria-label", wide ? words.tabs.close : words.tabs.open);
    }

    /** Fills the page that is on the screen, when there is something new for it. */
    async function fillPage() {
        const { open, shown, key } = state;
        const page = pages.find(({ name }) => name === tabs.current());
        if (!open || !page) {
            return;
        }
        const sources = page.sources(open);
        const before = shown.get(page.name);
        if (sources.some((source, index) => source !== before?.[index])) {
            shown.set(page.name, sources);
            await page.show(open);
            showClass(node, "chosen", key === undefined ? [] : [key]);
            unfold(node);
        }
    }

    tabs.choose("speakers");
    spread(false);
    return {
        node,
        tab: tabs.current,
        fold: () => spread(false),

        /** @param {Shown} open */
        show(open) {
            const { sources, claims } = countsOf(open);
            // Where the lists are folded, nothing else says that there is nothing.
            void (claims === 0 && open.text !== state.open?.text && spread(true));
            state.open = open;
            tabs.count({
                speakers: words.number(sources),
                claims: words.number(claims),
                log: words.number(entries(open.log).filter(({ back }) => !back).length),
            });
            return fillPage();
        },

        /** @param {string | undefined} key Of the annotation whose rows are marked, and brought into view. */
        choose(key) {
            state.key = key;
            showClass(node, "chosen", key === undefined ? [] : [key]);
            unfold(node);
            const rows = [...node.querySelectorAll(".tab-page:not([hidden]) .chosen > .row")];
            bringIntoView(rows.at(-1));
        },

        /**
         * The card that the keyboard is on.
         * @returns {{speaker: number, card: HTMLElement} | undefined}
         */
        focusedCard() {
            const card = hasFocus(node) ? focusBeside(node)?.closest("[data-speaker]") : null;
            return card instanceof HTMLElement ? { speaker: Number(card.dataset.speaker), card } : undefined;
        },

        /** @param {readonly string[]} keys Of the annotations whose rows are lit. */
        hover: (keys) => showClass(node, "lit", keys),
    };
}

/**
 * One page of the panel.
 * @typedef {object} Page
 * @property {Tab} name
 * @property {string} title
 * @property {HTMLElement} content
 * @property {(open: Shown) => readonly unknown[]} sources The objects that it shows: for the same ones the page stays.
 * @property {(open: Shown) => Promise<boolean>} show
 */

/**
 * @param {Parameters<typeof createPanel>[0]} given
 * @returns {Page[]}
 */
function createPages(given) {
    const [speakers, claims, log] = [createSpeakers(given), createClaims(given), createHistory(given)];
    const voices = given.voices(given);
    return [
        {
            name: "speakers",
            title: words.tabs.speakers,
            content: speakers.node,
            sources: ({ view }) => [view, given.sort()],
            show: (open) => speakers.show(open.text, open.view, countsOf(open)),
        },
        {
            name: "claims",
            title: words.tabs.claims,
            content: claims.node,
            sources: ({ view }) => [view],
            show: (open) => claims.show(open.text, open.view, countsOf(open)),
        },
        {
            name: "voices",
            title: words.tabs.voices,
            content: voices.node,
            sources: ({ view }) => [view],
            show: (open) => voices.show(open.text, open.view, countsOf(open)),
        },
        {
            name: "log",
            title: words.tabs.log,
            content: log.node,
            sources: ({ log: all, orphans }) => [all, orphans],
            show: (open) => log.show(open.log, open.orphans),
        },
    ];
}

/** @param {Shown} open */
export function countsOf({ analysis, view }) {
    return counts(view, analysis);
}

/**
 * Shows the claims of the source that is chosen; they stay until another one is.
 * @param {Element} node
 */
function unfold(node) {
    const chosen = node.querySelector(".card.chosen");
    for (const card of chosen ? node.querySelectorAll(".card.unfolded") : []) {
        card.classList.toggle("unfolded", card === chosen);
        setAttribute(/** @type {Element} */ (card.firstElementChild), "aria-expanded", String(card === chosen));
    }
    if (chosen) {
        chosen.classList.add("unfolded");
        setAttribute(/** @type {Element} */ (chosen.firstElementChild), "aria-expanded", "true");
    }
}

/**
 * Scrolls a list, and nothing around it, until a row is seen.
 * @param {Element | undefined} row
 */
function bringIntoView(row) {
    const page = row?.closest(".tab-page");
    if (row && page) {
        const [inner, outer] = [row.getBoundingClientRect(), page.getBoundingClientRect()];
        const above = Math.min(0, inner.top - outer.top);
        page.scrollTop += above || Math.max(0, inner.bottom - outer.bottom);
    }
}

/**
 * Gives a class to the rows of these annotations, and to no others.
 * @param {Element} node
 * @param {string} name
 * @param {readonly string[]} keys
 */
function showClass(node, name, keys) {
    const wanted = new Set(keys);
    const has = (/** @type {Element} */ row) =>
        row
            .getAttribute("data-keys")
            ?.split(" ")
            .some((key) => wanted.has(key));
    // The browser itself looks for a few of them, which is sooner done.
    const few = keys.length <= FEW ? keys.map((key) => `[data-keys~="${key}"]`).join() : "";
    const all = keys.length === 0 ? [] : [...node.querySelectorAll(few || "[data-keys]")];
    const rows = new Set(few ? all : all.filter(has));
    for (const row of node.querySelectorAll(`.${name}`)) {
        if (!rows.has(row)) {
            row.classList.remove(name);
        }
    }
    for (const row of rows) {
        row.classList.add(name);
    }
}
