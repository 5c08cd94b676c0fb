/**
 * @file The view: an article with its marks, the lists and figures beside it, and the popovers that correct it. It is given
 * an article to show and gives out edits; it knows neither the device nor the core. Any page can hold it, in a shadow tree too, and
 * several at once: nothing of it is outside its host but what `dispose` ends.
 */

import { element } from "../kit/dom.js";
import { createLights } from "../kit/lights.js";
import { painted, pause } from "../kit/pause.js";
import { createPlace } from "../kit/place.js";
import { listenForSelections } from "../kit/selection.js";
import { counts } from "../state/counts.js";
import { lastInForce } from "../state/log.js";
import { createAnnotations } from "../state/annotations.js";
import { createSigns } from "../state/signs.js";
import { checked } from "../state/tally.js";
import { createArticle } from "./article/article.js";
import { firstLine } from "./article/first-line.js";
import { createHandles } from "./article/handles.js";
import { createNames, seenFirst } from "./article/names.js";
import { createStrip } from "./article/strip.js";
import { createChoice } from "./correct/choice.js";
import { createEditor } from "./correct/editor.js";
import { canHold } from "./correct/edits.js";
import { createProfile } from "./correct/profile.js";
import { createReview } from "./correct/review.js";
import { createReviewSteps } from "./correct/review-steps.js";
import { createFilter } from "./lists/filter.js";
import { createPanel } from "./lists/panel.js";
import { createCopy } from "./lists/quote.js";
import { keysOf } from "./keys.js";
import * as later from "./later.js";
import { words } from "../words/words.js";

/** @import {Analysis, Edit} from "../pkg/whosaid.js" */
/** @import {Annotation, Article, Counts, Scope, Setting} from "../types.js" */
/** @import {Message} from "../words/messages.js" */
/** @import {Command} from "./keys.js" */
/** @import {Settings as FilterSettings} from "./lists/filter.js" */

/** A text of more UTF-16 code units is drawn in steps from the start. */
const LONG = 100_000;

/**
 * What the view gives out.
 * @typedef {object} On
 * @property {(edits: readonly Edit[], what?: string) => void} edit The user corrects: several edits are undone at once; with what they do.
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} importFile
 * @property {(key: string | undefined) => void} select Another mark is chosen, and shown so; none.
 * @property {(share: number) => void} draw The text is being drawn, which can take long: how much of it is, from 0 to 1.
 * @property {(text: string) => void} say Something for screen readers.
 * @property {(message: Message) => void} tell Something that the user has to know.
 */

/**
 * @typedef {object} Given
 * @property {Document | ShadowRoot} root The tree that the view stands in.
 * @property {HTMLElement} host What it fills. While it is hidden, keys do nothing.
 * @property {{attitudes: Setting<boolean>, names: Setting<boolean>, editing: Setting<boolean>}} settings Whether attitudes and
 *   decisions are shown, whether the names and places that say nothing are marked too, and whether a card can be corrected at once.
 * @property {() => boolean} [mayEdit] Whether the user may correct it; absent: always.
 * @property {readonly Node[]} [notes] Nodes that stand above the text.
 * @property {Node} [aside] A node that stands above the lists.
 * @property {On} on
 */

/**
 * @typedef {object} View
 * @property {(article: Article | undefined) => Promise<boolean>} show Shows the text at once, and all else when that is on the screen.
 *   Tells whether all of it is drawn then, and nothing else has been shown since.
 * @property {() => Promise<void>} ready Comes when the first paragraphs of what is shown are drawn.
 * @property {(key: string | undefined) => void} select Chooses a mark; none.
 * @property {() => string | undefined} key Of the chosen mark.
 * @property {() => Counts | undefined} counts Of what is shown.
 * @property {(effect: Edit | undefined) => void} follow To be called before a correction is made, with what it does: what is chosen stays so.
 * @property {() => void} focus
 * @property {() => void} leave The user goes elsewhere.
 * @property {{review: HTMLElement, names: HTMLElement}} controls Nodes that stand where the owner has its controls.
 * @property {{search: () => boolean, rest: () => boolean, sourceList: () => void}} actions
 * @property {{get: () => FilterSettings, set: (change: Partial<FilterSettings>) => void}} filter Which claims are shown.
 * @property {readonly Command[]} keys
 * @property {() => void} dispose Empties the host, and ends all that it listens to.
 */

/**
 * @param {Given} given
 * @returns {View}
 */
export function createView(given) {
    const { host, on } = given;
    const end = new AbortController();
    /** @type {{article?: Article, rest?: Promise<boolean>, ready?: Promise<void>}} */
    const state = {};
    const parts = createParts({ ...given, signal: end.signal, open: () => state.article, changed: () => void show(state.article) });
    const { showing, choice, review, search, article: drawn } = parts;
    host.classList.add("view");
    host.replaceChildren(...parts.nodes);

    /**
     * Shows a long text in steps, between which the page answers.
     * @param {Article} next
     */
    async function showLong(next) {
        for (const _step of showing.prepare(next)) {
            await pause();
        }
        if (state.article?.text === next.text) {
            state.ready = undefined;
            showing.showText(state.article);
            await pause();
        }
    }

    /** @param {Article | undefined} next */
    function show(next) {
        const isOther = next?.text !== state.article?.text;
        state.article = next;
        if (isOther) {
            // At once: who opens the lists before they are filled wants them open.
            parts.panel.fold();
            state.ready = next && next.text.length > LONG ? showLong(next) : undefined;
        }
        if (next && !state.ready) {
            showing.showText(next);
        }
        state.rest ??= Promise.all([painted(), state.ready]).then(() => {
            state.rest = undefined;
            void (state.article && Promise.all([parts.paper.prepare(), search.prepare(), parts.legend.prepare()]));
            return !end.signal.aborted && showing.showRest(state.article);
        });
        return state.rest;
    }

    return {
        show,
        ready: async () => state.ready,
        select: (key) => void (key === undefined ? choice.release() : choice.pick([key])),
        key: choice.key,
        counts: () => state.article && showing.countsOf(state.article),
        follow: (effect) => parts.reviewSteps.throughEdit(() => choice.followEdit(effect)),
        focus: () => drawn.node.focus({ preventScroll: true }),
        leave() {
            search.close();
            choice.release();
            review.hide();
        },
        controls: { review: review.node, names: parts.names.node },
        actions: { search: search.open, rest: parts.reviewSteps.rest, sourceList: () => void parts.sourceList.show() },
        filter: parts.filter,
        keys: keysOf(parts, on),
        dispose() {
            end.abort();
            host.replaceChildren();
            host.classList.remove("view");
        },
    };
}

/** @typedef {ReturnType<typeof createParts>} ViewParts */

/** @param {Given & {signal: AbortSignal, open: () => Article | undefined, changed: () => void}} given */
// The lines of its trees are nested as the nodes are.
// prettier-ignore
function createParts(given) {
    const { root, host, signal, settings, on, open, changed, mayEdit = () => true } = given;
    const place = createPlace(root, host, signal);
    const correct = (/** @type {Edit} */ edit) => on.edit([edit]);
    const missed = () => on.tell(words.messages.missing);
    const lookedAt = () => (host.hidden ? undefined : open());
    const lastEdit = () => lastInForce(open()?.log ?? [])?.edit;
    const leave = () => handles.cancel() || reviewSteps.stop() || search.close() || caret.leave() || article.spot();
    const namesHere = (/** @type {readonly Annotation[]} */ here) => seenFirst(here, settings.names.get()).map(({ key }) => key);
    const article = createArticle({ place, lights: createLights(signal), picked: (here) => choice.pick(namesHere(here)), hovered: (here) => choice.hover(namesHere(here)) });
    const editor = createEditor({
        marked: (mark) => choice.mark(mark),
        attributed: (speaker) => choice.attribute(speaker),
        profiled: (button) => profile.prepare(choice.speaker() ?? -1, button),
        qualified: (what) => choice.qualify(what),
        accepted: () => reviewSteps.thenNext(() => choice.accept()),
        spread: () => choice.everywhere(),
        removed: () => reviewSteps.thenNext(() => choice.remove()),
        done: () => choice.comeBack(),
        copied: () => void copy(),
        next: () => choice.next(),
        closed: () => void leave(), turned: () => choice.turned(),
    }, place, { editing: settings.editing, mayEdit });
    const copyClaim = createCopy({ ...on, open });
    const copy = () => copyClaim(choice.chosen());
    const filter = createFilter({ attitudes: settings.attitudes, changed, search: () => search.open() });
    const profile = createProfile({ correct, undo: on.undo, lastEdit });
    const panel = createPanel({
        correct,
        importFile: on.importFile,
        card: editor.node,
        filter: filter.node, aside: given.aside,
        voices: later.createLaterVoices,
        sorted: filter.toggleSort,
        sort: filter.sort,
        profiled: (speaker, button) => profile.prepare(speaker, button),
        chosen(keys, { detail }) {
            panel.fold();
            // A click that counts no clicks came from the keyboard.
            choice.pick(keys, detail === 0);
        },
        hovered: (keys, places) => choice.hover(keys, places),
    });
    const handles = createHandles({ article, place, text: () => open()?.text ?? "", canHold, moved: (to) => choice.move(to) });
    const connector = later.createLaterConnector({ article, frame: () => reading.getBoundingClientRect(), signal });
    const search = later.createLaterSearch({ article, text: () => lookedAt()?.text ?? "" }, missed);
    const legend = later.createLaterLegend();
    const strip = createStrip(({ key, offset }) => (key ? choice.pick([key]) : article.reveal({ start: offset, end: offset + 200 })), signal);
    const scope = () => ({ attitudes: settings.attitudes.get(), names: settings.names.get() });
    const review = createReview({ next: () => reviewSteps.next(true), scope });
    const rest = later.createLaterRest((marks) => reviewSteps.accept(marks), missed);
    const chose = () => {
        strip.choose(choice.speaker());
        // What is chosen comes to the screen first.
        void painted().then(() => signal.aborted || showing.followChoice());
    };
    const choice = createChoice({ article, editor, panel, handles, connector, correct, correctAll: on.edit, asked: (key) => showing.asked(key), lastEdit, chose });
    const showing = createShowing({ on, open, lookedAt, changed }, { article, choice, filter, panel, profile, review, scope, search, strip });
    const reviewSteps = createReviewSteps({ review, rest, scope, choice, article, open: lookedAt, view: showing.view, show: changed, correct, say: on.say });
    const start = () => revealed(article, choice.chosen()) ?? firstLine(article.node, place);
    const caret = later.createLaterCaret({ place, article: article.node, frame: () => reading, start, picked: (within) => choice.pick(namesHere(article.at(within)), true), say: on.say }, missed);
    const paper = later.createLaterPaper(() => showing.viewed(lookedAt()), signal);
    const lines = [legend.node, connector.node, strip.node, ...handles.nodes, caret.node];
    const reading = element("div", { class: "reading" }, search.node, ...(given.notes ?? []), article.node, ...lines);
    listenForSelections(place, editor.node, () => mayEdit() && choice.select(article.selection()));
    const names = createNames(settings.names, article.node, changed);
    const sourceList = later.createLaterSourceList(() => showing.viewed(lookedAt()), missed);
    return {
        nodes: [element("div", { class: "desk" }, reading, panel.node, paper.node), profile.node, rest.node, sourceList.node],
        root, names, article, caret, legend, choice, editor, filter, reviewSteps, panel, paper, profile, review, search, sourceList, copy, leave, showing,
    };
}

/**
 * @param {ReturnType<typeof createArticle>} article
 * @param {Annotation | undefined} one
 */
function revealed(article, one) {
    return one && article.reveal(one);
}

/**
 * The parts that show an article.
 * @typedef {object} Parts
 * @property {ReturnType<typeof createArticle>} article
 * @property {ReturnType<typeof createChoice>} choice
 * @property {ReturnType<typeof createFilter>} filter
 * @property {ReturnType<typeof createPanel>} panel
 * @property {ReturnType<typeof createProfile>} profile
 * @property {ReturnType<typeof createReview>} review
 * @property {ReturnType<typeof later.createLaterSearch>} search
 * @property {() => Scope} scope
 * @property {ReturnType<typeof createStrip>} strip
 */

/**
 * A function that remembers its last answer.
 * @template Given, Answer
 * @param {(given: Given) => Answer} make
 */
function once(make) {
    /** @type {{given: Given, answer: Answer} | undefined} */
    let last;
    return (/** @type {Given} */ given) => (last = last?.given === given ? last : { given, answer: make(given) }).answer;
}

/**
 * What shows an article beside its text, each a task of its own where the text is long.
 * @param {Parts} parts
 * @param {Article} open
 * @param {Analysis | undefined} view
 * @param {readonly Annotation[]} annotations
 * @returns {(() => unknown)[]}
 */
function listsOf({ filter, strip, profile, panel }, open, view, annotations) {
    // Only the core finds who speaks: the lists stay as they are until it has answered.
    const lists =
        view && !open.waiting
            ? [() => strip.show(open.text, annotations), () => profile.update(open.text, view), () => panel.show({ ...open, view })]
            : [];
    return [filter.show, ...lists];
}

/**
 * @param {object} given
 * @param {On} given.on
 * @param {() => Article | undefined} given.open
 * @param {() => Article | undefined} given.lookedAt The same, while it is on the screen.
 * @param {() => void} given.changed Called when something else of the article is to be shown.
 * @param {Parts} parts
 */
function createShowing({ on, open: opened, lookedAt, changed }, parts) {
    const { article, choice, filter, review, scope, search } = parts;
    /** What was shown last. @type {{article?: Article, view?: Analysis, annotations?: readonly Annotation[], drawn?: Promise<boolean>}} */
    const shown = {};
    const signs = createSigns();

    // What is brought up or chosen is shown, whatever else is hidden.
    const viewOf = (/** @type {Article} */ { text, analysis }) =>
        filter.view(analysis, signs(text, analysis), review.key() ?? choice.key());

    const markedIn = once(createAnnotations());

    return {
        /**
         * Makes what a long text is drawn of, a step at a time.
         * @param {Article} open
         * @returns {Generator<unknown>}
         */
        *prepare(open) {
            yield signs(open.text, open.analysis);
            yield viewOf(open);
            yield markedIn(viewOf(open));
        },

        /** @returns {Analysis | undefined} What is shown of the article. */
        view: () => shown.view,

        /** @param {Article | undefined} open */
        viewed: (open) => open && { ...open, view: viewOf(open) },

        /** @param {Article} open */
        countsOf: (open) => counts(viewOf(open), open.analysis),

        /**
         * @param {string} key
         * @returns {string | undefined} How far the review is that brought this mark up, in words.
         */
        asked(key) {
            const open = review.key() === key ? opened() : undefined;
            return open && words.review.told(checked(open.analysis, scope()), scope().names);
        },

        /** What was shown for the sake of what was chosen alone goes with the choice. */
        followChoice() {
            on.select(choice.key());
            const open = lookedAt();
            if (open && viewOf(open) !== shown.view) {
                changed();
            }
        },

        /**
         * Shows the text with its marks.
         * @param {Article} open
         */
        showText(open) {
            const { text, analysis, log, waiting } = open;
            const view = viewOf(open);
            const before = shown.article;
            const isNew = analysis !== before?.analysis || view !== shown.view;
            if (!isNew && log === before.log && waiting === before.waiting) {
                return;
            }
            const annotations = isNew ? markedIn(view) : (shown.annotations ?? []);
            Object.assign(shown, { article: open, view, annotations });
            if (isNew) {
                shown.drawn = article.show(text, view, annotations, on.draw);
            }
            choice.update(text, view, annotations, !waiting);
        },

        /**
         * Shows everything beside the text.
         * @param {Article | undefined} open
         * @returns {Promise<boolean>} Whether all of the text is drawn, and nothing else of it has been shown since.
         */
        async showRest(open) {
            const { view, drawn } = shown;
            if (!open) {
                review.hide();
                return false;
            }
            if (lookedAt()) {
                review.show(checked(open.analysis, scope()));
            }
            choice.settle();
            for (const list of listsOf(parts, open, view, shown.annotations ?? [])) {
                await list();
                if (open.text.length > LONG) {
                    await pause();
                }
                if (view !== shown.view) {
                    return false;
                }
            }
            const isDrawn = Boolean(await drawn) && drawn === shown.drawn;
            if (isDrawn) {
                search.refresh();
            }
            return isDrawn;
        },
    };
}
