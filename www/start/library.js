/**
 * @file The library as a list: all articles, how far each is corrected, a search, backups, the room that is used.
 */

import { element, fill, setAttribute } from "../kit/dom.js";
import { createKeyed } from "../kit/keyed.js";
import { settings } from "../device/settings.js";
import { touched } from "../state/row.js";
import { createUnread } from "./unread.js";
import { words } from "../words/page.js";

/** @import {Row} from "../kit/keyed.js" */
/** @import {Row as Article} from "../types.js" */

/** So many articles are shown at first: a list of thousands takes long to lay out. */
const AT_FIRST = 100;

/** After this time without another letter, in milliseconds, it is searched. */
const REST = 120;

/**
 * @typedef {object} LibraryActions
 * @property {(article: Article) => void} open
 * @property {(article: Article) => void} remove
 * @property {(article: Article) => void} undo Brings a deleted article back.
 * @property {(query: string) => void} search
 * @property {() => void} readWaiting Reads the articles that were taken in and are not read yet.
 * @property {() => void} table
 * @property {() => void} backup
 * @property {() => void} restore
 * @property {() => void} forget Deletes everything, after it has asked.
 */

/**
 * @typedef {object} Shown
 * @property {readonly Article[]} articles In the order of the list; deleted ones, while they can come back, with them.
 * @property {number} all How many there are, found or not, deleted ones left out.
 * @property {number} waiting How many of them are not read yet.
 * @property {boolean} isPrecise Whether the precise network is kept on this device.
 * @property {string} query The words that were searched for; empty: none.
 * @property {string} [failure] Why the articles cannot be read.
 */

/** @typedef {ReturnType<typeof createLibrary>} Library */

/** @param {LibraryActions} actions */
export function createLibrary(actions) {
    const { search, box } = createSearch(actions.search);
    const count = element("span", { class: "count", role: "status" });
    const table = element("button", { type: "button", class: "quiet", onclick: actions.table }, words.library.table);
    const save = element("button", { type: "button", class: "quiet", onclick: actions.backup }, words.library.backup);
    const load = element("button", { type: "button", class: "quiet", onclick: actions.restore }, words.library.restore);
    const list = createList(actions);
    const none = element("p", { class: "none" });
    const room = element("p", { class: "promise" });
    const unread = createUnread();
    const waiting = createWaiting(actions.readWaiting);
    const forget = element("button", { type: "button", class: "link forget", onclick: actions.forget }, words.library.forget);
    const node = element(
        "section",
        { class: "library", "aria-labelledby": "library-title" },
        element(
            "div",
            { class: "library-head" },
            element("h2", { class: "heading" }, element("span", { id: "library-title" }, words.library.title), " ", count),
            element("div", { class: "tools" }, table, save, load),
        ),
        waiting.node,
        search,
        none,
        ...list.nodes,
        unread.node,
        room,
        forget,
    );
    return {
        node,
        showUnread: unread.show,
        query: () => box.value,

        /** @param {Shown} shown */
        show({ articles, all, waiting: left, isPrecise, query, failure }) {
            const isEmpty = all === 0 && articles.length === 0;
            search.hidden = isEmpty;
            table.hidden = isEmpty;
            save.hidden = isEmpty;
            waiting.show(left);
            room.hidden = isEmpty && !isPrecise;
            forget.hidden = isEmpty && !isPrecise;
            const there = articles.filter(({ deleted }) => !deleted).length;
            fill(count, !isEmpty && words.library.found(there, all));
            none.hidden = articles.length > 0;
            fill(none, failure ?? (query === "" ? words.library.none : words.library.nothing(query)));
            return list.show(articles);
        },

        /**
         * Says how much room is used, and whether the browser keeps it.
         * @param {{usage?: number, quota?: number} | undefined} estimate
         * @param {boolean} isPromised
         */
        showRoom(estimate, isPromised) {
            const { usage, quota } = estimate ?? {};
            const used = usage !== undefined && quota !== undefined && words.library.room(usage, quota);
            const kept = isPromised ? words.library.promised : words.library.notPromised;
            fill(room, used && `${used} ${kept}`);
        },
    };
}

/**
 * A line that is shown while articles wait to be read.
 * @param {() => void} read
 */
function createWaiting(read) {
    const sentence = element("span", {});
    const button = element("button", { type: "button", class: "link", onclick: read });
    const node = element("p", { class: "waiting", hidden: true }, sentence, " ", button);
    return {
        node,

        /** @param {number} count */
        show(count) {
            node.hidden = count === 0;
            fill(sentence, count > 0 && words.library.waiting(count));
            fill(button, count > 0 && words.library.read(count));
        },
    };
}

/** @param {(query: string) => void} searched */
function createSearch(searched) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const now = () => {
        clearTimeout(timer);
        searched(box.value);
    };
    const box = element("input", {
        type: "search",
        id: "library-search",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: words.library.search,
        oninput: () => {
            clearTimeout(timer);
            timer = setTimeout(now, REST);
        },
    });
    const onsubmit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        now();
    };
    const label = element("label", { for: "library-search", class: "for-ears" }, words.library.search);
    const search = element("form", { role: "search", class: "search", onsubmit }, label, box);
    return { search, box };
}

/**
 * The rows of articles, and a button for those that do not stand there yet.
 * @param {LibraryActions} actions
 */
function createList(actions) {
    const list = element("ul", { class: "rows shelf" });
    const more = element("button", { type: "button", class: "link more", hidden: true, onclick: showMore });
    const rows = createKeyed(
        list,
        (/** @type {Article} */ { doc }) => doc,
        () => articleRow(actions),
    );
    let most = AT_FIRST;
    /** @type {readonly Article[]} */
    let articles = [];

    function showRows() {
        const rest = articles.length - most;
        more.hidden = rest <= 0;
        fill(more, rest > 0 && words.library.more(Math.min(rest, AT_FIRST)));
        return rows.show(articles.slice(0, most));
    }

    async function showMore() {
        const next = articles[most]?.doc ?? "";
        most += AT_FIRST;
        await showRows();
        rows.node(next)?.querySelector("button")?.focus();
    }

    return {
        nodes: [list, more],

        /** @param {readonly Article[]} all */
        show(all) {
            articles = all;
            return showRows();
        },
    };
}

/**
 * @param {HTMLElement} stack
 * @param {readonly {hue: number, share: number}[]} shares
 */
function showShares(stack, shares) {
    stack.hidden = shares.length === 0;
    const parts = shares.map(({ hue, share }) => {
        const part = element("span", { class: `hue-${hue}` });
        part.style.setProperty("--share", String(share));
        return part;
    });
    fill(stack, ...parts);
}

/**
 * @param {LibraryActions} actions
 * @returns {Row<Article>}
 */
function articleRow(actions) {
    /** @type {Article} */
    let shown;
    const open = element("button", { type: "button", class: "link title", onclick: () => actions.open(shown) });
    const gone = element("s", { class: "title" });
    const facts = element("p", { class: "tags" });
    // For the eye: the numbers say how many speak.
    const stack = element("div", { class: "stack", "aria-hidden": "true" });
    // The text beside it says the same.
    const bar = element("progress", { "aria-hidden": "true" });
    const reviewed = element("span", { class: "tags" });
    const progress = element("div", { class: "reviewed" }, bar, reviewed);
    // One button does both, so that the focus stays where it was.
    const change = () => (shown.deleted ? actions.undo(shown) : actions.remove(shown));
    const button = element("button", { type: "button", class: "link change", onclick: change });
    const node = element("li", { class: "shelved" }, element("div", { class: "shelved-text" }, open, gone, stack, facts), progress, button);
    return {
        node,
        update(article) {
            shown = article;
            const { tally, deleted } = article;
            const title = article.title || words.unnamed;
            node.classList.toggle("deleted", Boolean(deleted));
            open.hidden = Boolean(deleted);
            gone.hidden = !deleted;
            fill(open, !deleted && title);
            fill(gone, deleted && title);
            const at = touched(article);
            const time = element("time", { datetime: at }, words.library.day(at));
            showShares(stack, deleted ? [] : (tally?.shares ?? []));
            fill(facts, time, `\u00a0· ${deleted ? words.library.deleted : words.library.counts(article, settings.attitudes.get())}`);
            const { claims = 0, checked } = (settings.attitudes.get() ? tally?.wide : tally) ?? {};
            // An older version counted other things.
            progress.hidden = checked === undefined || claims === 0 || Boolean(deleted);
            setAttribute(bar, "max", claims || undefined);
            setAttribute(bar, "value", checked ?? 0);
            fill(reviewed, checked !== undefined && words.library.checked(checked, claims));
            fill(button, deleted ? words.library.undo : words.library.delete);
            button.setAttribute("aria-label", deleted ? words.library.undoNamed(title) : words.library.deleteNamed(title));
        },
    };
}
