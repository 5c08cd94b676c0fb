/**
 * @file The parts of the view that the first screen does without: they are fetched when they are first wanted.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/words.js";

/** @import {Analysis} from "../pkg/whosaid.js" */
/** @import {Annotation, Counts, Shown} from "../types.js" */
/** @import {createCaret} from "./article/caret.js" */
/** @import {createConnector, ShowConnector} from "./article/connector.js" */
/** @import {createSearch} from "./article/search.js" */
/** @import {createRest} from "./correct/rest.js" */
/** @import {createVoices} from "./figures/voices.js" */
/** @import {paperOf} from "./print/paper.js" */
/** @import {RowActions} from "./lists/rows.js" */

/** All of them, once they are there. @type {typeof import("./parts.js") | undefined} */
let parts;

async function fetchParts() {
    parts ??= await import("./parts.js");
    return parts;
}

/**
 * Does something with them: at once where they are there, so that a key that follows finds what the last one opened.
 * @param {(made: typeof import("./parts.js")) => void} run
 * @param {() => void} missed They could not be fetched.
 */
function withParts(run, missed) {
    if (parts) {
        run(parts);
    } else {
        void fetchParts().then(run, missed);
    }
}

/**
 * The figures, fetched when they are first looked at.
 * @param {RowActions} actions
 */
export function createLaterVoices(actions) {
    const node = element("div", {});
    /** @type {ReturnType<typeof createVoices> | undefined} */
    let voices;
    return {
        node,

        /**
         * @param {string} text
         * @param {Analysis} analysis
         * @param {Counts} counts
         */
        async show(text, analysis, counts) {
            try {
                const figures = await fetchParts();
                voices ??= figures.createVoices(actions);
                fill(node, voices.node);
            } catch {
                fill(node, element("p", { class: "none" }, words.figuresMissing));
                return false;
            }
            return voices.show(text, analysis, counts);
        },
    };
}

/**
 * What follows the article on paper: made for printing, and removed afterwards. What makes it is fetched once an article is shown,
 * because printing waits for nothing.
 * @param {() => Shown | undefined} open What is shown; nothing: there is no article.
 * @param {AbortSignal} signal
 */
export function createLaterPaper(open, signal) {
    const node = element("section", { class: "paper" });
    /** @type {typeof paperOf | undefined} */
    let paper;
    let isMade = false;

    function make() {
        const shown = open();
        if (paper && shown && !isMade) {
            isMade = true;
            fill(node, ...paper(shown));
        }
    }

    function leave() {
        isMade = false;
        fill(node);
    }

    // The page is printed as a whole, and tells it to all of its parts.
    const { defaultView: page } = node.ownerDocument;
    page?.addEventListener("beforeprint", make, { signal });
    page?.addEventListener("afterprint", leave, { signal });
    // Where paper is only played, there is no such event.
    matchMedia("print").addEventListener("change", ({ matches }) => (matches ? make() : leave()), { signal });
    return {
        node,

        /** Fetches what makes it; where that fails, the article is printed without, and it is tried again with the next. */
        async prepare() {
            paper ??= (await fetchParts().catch(() => undefined))?.paperOf;
        },
    };
}

/**
 * A part that is made when it is first wanted, and stands in a node of its own.
 * @template {{node: Node}} Part
 * @param {(from: typeof import("./parts.js")) => Part} make
 * @param {() => void} missed It could not be fetched.
 */
function createLater(make, missed) {
    const node = element("div", {});
    /** @type {Part | undefined} */
    let part;
    return {
        node,

        /** @returns {Part | undefined} The part, if it was wanted before. */
        made: () => part,

        /** @param {(part: Part) => void} run */
        use: (run) =>
            withParts((from) => {
                if (!part) {
                    part = make(from);
                    node.append(part.node);
                }
                run(part);
            }, missed),
    };
}

/**
 * The list of sources as text.
 * @param {() => Shown | undefined} open
 * @param {() => void} missed It could not be fetched.
 */
export function createLaterSourceList(open, missed) {
    const list = createLater((from) => from.createSourceList(open), missed);
    return { node: list.node, show: () => list.use(({ show }) => show()) };
}

/**
 * What asks before all marks that are left are accepted.
 * @param {(marks: readonly Annotation[]) => void} accept
 * @param {() => void} missed It could not be fetched.
 */
export function createLaterRest(accept, missed) {
    const rest = createLater((from) => from.createRest(accept), missed);
    return {
        node: rest.node,

        /** @type {ReturnType<typeof createRest>["ask"]} */
        ask: (...asked) => rest.use(({ ask }) => ask(...asked)),
    };
}

/**
 * The caret, fetched when somebody asks for it first.
 * @param {Parameters<typeof createCaret>[0]} given
 * @param {() => void} missed It could not be fetched.
 */
export function createLaterCaret(given, missed) {
    const caret = createLater((from) => from.createCaret(given), missed);
    return {
        node: caret.node,
        toggle: () => caret.use(({ toggle }) => toggle()),
        pick: () => caret.made()?.pick() ?? false,
        leave: () => caret.made()?.leave() ?? false,
    };
}

/**
 * The line from the chosen claim to a name. Where it cannot be fetched, the card says the name all the same.
 * @param {Parameters<typeof createConnector>[0]} given
 */
export function createLaterConnector(given) {
    const line = createLater(
        (from) => from.createConnector(given),
        () => undefined,
    );
    /** @type {Parameters<ShowConnector>} */
    let last = [undefined, []];
    return {
        node: line.node,

        /** @type {ShowConnector} */
        show(...shown) {
            last = shown;
            if (shown[0] || line.made()) {
                line.use(({ show }) => show(...last));
            }
        },
    };
}

/** The legend, fetched once an article is shown. Where that fails, the help has what it says. */
export function createLaterLegend() {
    const legend = createLater(
        (from) => from.createLegend(),
        () => undefined,
    );
    return { node: legend.node, prepare: () => legend.use(() => undefined) };
}

/**
 * The search. It is fetched once an article is shown, as what makes the paper is: who opens it types on at once.
 * @param {Parameters<typeof createSearch>[0]} given
 * @param {() => void} missed It could not be fetched.
 */
export function createLaterSearch(given, missed) {
    // Holds what is typed until the search is there: no letter of it is a key of the page.
    const early = element("input", { type: "search", "aria-label": words.search.label });
    const node = element("search", { class: "finder", hidden: true }, early);
    /** @type {ReturnType<typeof createSearch> | undefined} */
    let search;

    async function prepare() {
        const made = await fetchParts().catch(() => undefined);
        if (made && !search) {
            search = made.createSearch(given);
            // In its place, because what stays on the screen does so within what is around it.
            node.replaceWith(search.node);
        }
    }

    return {
        node,
        prepare,

        /** @returns {boolean} Whether there is something to search. */
        open() {
            if (search) {
                return search.open();
            }
            if (given.text() === "") {
                return false;
            }
            node.hidden = false;
            early.focus();
            void prepare().then(() => {
                if (!search) {
                    node.hidden = true;
                    missed();
                } else if (!node.hidden) {
                    search.open(early.value);
                }
            });
            return true;
        },

        close() {
            const wasEarly = !search && !node.hidden;
            node.hidden = true;
            if (wasEarly) {
                given.article.node.focus({ preventScroll: true });
            }
            return search?.close() ?? wasEarly;
        },

        refresh: () => search?.refresh(),
    };
}
