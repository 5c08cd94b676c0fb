/**
 * @file Searches the open article: a bar above it, the results lit in the text, one result after the other.
 */

import { element, fill } from "../../kit/dom.js";
import { findIn } from "../../state/find.js";
import { words } from "../../words/words.js";

/** @import {ArticleView} from "./article.js" */
/** @import {Span} from "../../pkg/whosaid.js" */

/** @typedef {ReturnType<typeof createSearch>} Search */

/**
 * @param {object} given
 * @param {ArticleView} given.article
 * @param {() => string} given.text The text that is searched.
 */
export function createSearch({ article, text }) {
    /** @type {{query: string, found: readonly Span[], at: number}} */
    const state = { query: "", found: [], at: 0 };
    const { node, box, count } = createBar({ look: () => look(false), step, close });

    /**
     * Searches for the words in the box.
     * @param {boolean} isSame Whether the current result stays in its place on the screen.
     */
    function look(isSame) {
        const before = state.found[state.at]?.start;
        const found = findIn(text(), box.value);
        // Further typing stays at the same result while that still matches.
        const at =
            before === undefined
                ? 0
                : Math.max(
                      0,
                      found.findIndex(({ start }) => start >= before),
                  );
        Object.assign(state, { query: box.value, found, at });
        tell(!isSame);
    }

    /** @param {boolean} isMoved Whether the place is brought into view. */
    function tell(isMoved) {
        const { found, at, query } = state;
        const here = found[at];
        article.found(found, here);
        fill(count, query.trim() === "" ? "" : words.search.nth(found.length === 0 ? 0 : at + 1, found.length));
        if (here && isMoved) {
            article.reveal(here, "center");
        }
    }

    /** @param {1 | -1} way */
    function step(way) {
        const { length } = state.found;
        if (length > 0) {
            state.at = (state.at + way + length) % length;
            tell(true);
        }
    }

    /** @returns {boolean} Whether it was open. */
    function close() {
        const wasOpen = !node.hidden;
        node.hidden = true;
        article.found([]);
        if (wasOpen) {
            article.node.focus({ preventScroll: true });
        }
        return wasOpen;
    }

    return {
        node,
        close,

        /**
         * @param {string} [typed] What is searched for.
         * @returns {boolean} Whether there is something to search.
         */
        open(typed) {
            if (text() === "") {
                return false;
            }
            node.hidden = false;
            box.focus();
            if (typed) {
                box.value = typed;
            } else {
                box.select();
            }
            look(true);
            return true;
        },

        /** Lights the results again after the article was drawn; another article is searched. */
        refresh() {
            if (!node.hidden) {
                look(true);
            }
        },
    };
}

/**
 * The bar: a box, the number of results, buttons for the next and the previous one.
 * @param {{look: () => void, step: (way: 1 | -1) => void, close: () => void}} actions
 */
function createBar({ look, step, close }) {
    const keys = (/** @type {KeyboardEvent} */ event) => {
        const { key, shiftKey, isComposing } = event;
        if (!isComposing && (key === "Enter" || key === "Escape")) {
            event.preventDefault();
            (key === "Escape" ? close : () => step(shiftKey ? -1 : 1))();
        }
    };
    const box = element("input", {
        type: "search",
        "aria-label": words.search.label,
        placeholder: words.search.label,
        autocomplete: "off",
        spellcheck: "false",
        oninput: look,
        onkeydown: keys,
    });
    const count = element("span", { class: "finder-count", role: "status" });
    const button = (/** @type {string} */ label, /** @type {string} */ sign, /** @type {() => void} */ onclick) =>
        element("button", { type: "button", class: "quiet", "aria-label": label, title: label, onclick }, sign);
    const node = element(
        "search",
        { class: "finder", hidden: true },
        box,
        count,
        button(words.search.previous, "↑", () => step(-1)),
        button(words.search.next, "↓", () => step(1)),
        button(words.search.close, "×", close),
    );
    return { node, box, count };
}
