/**
 * @file The view: an article with its marks, the lists and figures beside it, and the popovers that correct it. It is given
 * an article to show and gives out edits; it knows neither the device nor the core.
 */

import { element } from "../kit/dom.js";
import { painted } from "../kit/pause.js";
import { listenForSelections } from "../kit/selection.js";
import { counts } from "../state/counts.js";
import { lastInForce } from "../state/log.js";
import { annotationsOf } from "../state/segments.js";
import { createSigns } from "../state/signs.js";
import { checked } from "../state/tally.js";
import { createArticle } from "./article/article.js";
import { createCaret, firstLine } from "./article/caret.js";
import { createConnector } from "./article/connector.js";
import { createHandles } from "./article/handles.js";
import { createNames, seenFirst } from "./article/names.js";
import { createSearch } from "./article/search.js";
import { createStrip } from "./article/strip.js";
import { createChoice } from "./correct/choice.js";
import { createEditor } from "./correct/editor.js";
import { canHold } from "./correct/edits.js";
import { createProfile } from "./correct/profile.js";
import { createRest } from "./correct/rest.js";
import { createReview } from "./correct/review.js";
import { createReviewSteps } from "./correct/review-steps.js";
import { createVoices } from "./figures/voices.js";
import { createFilter } from "./lists/filter.js";
import { createPanel } from "./lists/panel.js";
import { createCopy } from "./lists/quote.js";
import { createSourceList } from "./lists/source-list.js";
import { createPaper } from "./print/paper.js";
import { words } from "../words/words.js";

/** @import {Analysis, Edit, Revision} from "../pkg/whosaid.js" */
/** @import {Annotation, Edited, Scope, Setting} from "../types.js" */
/** @import {Message} from "../words/messages.js" */

/**
 * @typedef {object} Given
 * @property {Setting<boolean>} attitudes Whether attitudes and decisions are shown.
 * @property {Setting<boolean>} names Whether the names and places that say nothing are marked too.
 * @property {readonly Node[]} notes Nodes that stand above the text.
 * @property {{say: (text: string) => void, show: (message: Message) => void}} notices
 * @property {() => Readonly<Edited> | undefined} open The article.
 * @property {() => boolean} isShown Whether it is on the screen.
 * @property {(edit: Edit) => void} correct
 * @property {(edits: readonly Edit[], what: string) => void} correctAll Several at once, which are undone at once; with what they do.
 * @property {() => void} undo
 * @property {() => void} importFile
 * @property {() => void} changed Called when something else of the article is to be shown.
 * @property {() => void} chose Called when the choice has changed on the screen.
 * @property {() => void} drawing Called before the text is drawn, which can take long.
 */

/** @typedef {ReturnType<typeof createView>} View */

/** @param {Given} given */
// The lines of its trees are nested as the nodes are.
// prettier-ignore
export function createView(given) {
    const { notices, open, correct, undo, changed } = given;
    const lookedAt = () => (given.isShown() ? open() : undefined);
    const lastEdit = () => lastInForce(open()?.log ?? [])?.edit;
    const frame = () => reading.getBoundingClientRect();
    const leave = () => handles.cancel() || reviewSteps.stop() || search.close() || caret.leave() || article.spot();
    const keysOf = (/** @type {readonly Annotation[]} */ here) => seenFirst(here, given.names.get()).map(({ key }) => key);
    const article = createArticle({ picked: (here) => choice.pick(keysOf(here)), hovered: (here) => choice.hover(keysOf(here)) });
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
        closed: () => void leave(),
    });
    const copyClaim = createCopy({ notices, open });
    const copy = () => copyClaim(choice.chosen());
    const filter = createFilter({ attitudes: given.attitudes, changed, search: () => search.open() });
    const profile = createProfile({ correct, undo, lastEdit });
    const panel = createPanel({
        ...given,
        card: editor.node,
        filter: filter.node,
        voices: createVoices,
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
    const handles = createHandles({ article, text: () => open()?.text ?? "", canHold, moved: (to) => choice.move(to) });
    const connector = createConnector({ article, frame });
    const search = createSearch({ article, text: () => lookedAt()?.text ?? "" });
    const strip = createStrip(({ key, offset }) => (key ? choice.pick([key]) : article.reveal({ start: offset, end: offset + 200 })));
    const scope = () => ({ attitudes: given.attitudes.get(), names: given.names.get() });
    const review = createReview({ next: () => reviewSteps.next(true), scope });
    const rest = createRest((marks) => reviewSteps.accept(marks));
    const chose = () => {
        strip.choose(choice.speaker());
        // What is chosen comes to the screen first.
        void painted().then(showing.followChoice);
    };
    const choice = createChoice({ article, editor, panel, handles, connector, correct, correctAll: given.correctAll, asked: (key) => showing.asked(key), lastEdit, chose });
    const showing = createShowing(given, { article, choice, filter, panel, profile, review, scope, search, strip });
    const reviewSteps = createReviewSteps({ review, rest, scope, choice, article, open: lookedAt, view: showing.view, show: changed, correct, say: notices.say });
    const start = () => {
        const one = choice.chosen();
        return (one && article.reveal(one)) ?? firstLine(article.node);
    };
    const picked = (/** @type {Element} */ within) => choice.pick(keysOf(article.at(within)), true);
    const caret = createCaret({ article: article.node, frame: () => reading, start, picked, say: notices.say });
    const paper = createPaper(() => showing.viewed(lookedAt()));
    const parts = [search.node, ...given.notes, article.node, connector.node, strip.node, ...handles.nodes, caret.node];
    const reading = element("div", { class: "reading" }, ...parts);
    listenForSelections(editor.node, () => choice.select(article.selection()));
    const nodes = [reading, panel.node, paper.node];
    const names = createNames(given.names, article.node, changed);
    const sourceList = createSourceList(() => showing.viewed(lookedAt()));
    const dialogs = [rest.node, sourceList.node];
    return { nodes, dialogs, names, article, caret, choice, editor, reviewSteps, panel, profile, review, search, sourceList, copy, leave, ...showing };
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
 * @property {ReturnType<typeof createSearch>} search
 * @property {() => Scope} scope
 * @property {ReturnType<typeof createStrip>} strip
 */

/**
 * @param {Given} given
 * @param {Parts} parts
 */
function createShowing(given, { article, choice, filter, panel, profile, review, scope, search, strip }) {
    /**
     * What was shown last.
     * @type {{revision?: Revision, view?: Analysis, settled?: boolean, annotations?: readonly Annotation[], drawn?: Promise<boolean>}}
     */
    const shown = {};
    const signs = createSigns();

    // What is brought up or chosen is shown, whatever else is hidden.
    const viewOf = (/** @type {Readonly<Edited>} */ { text, revision: { analysis } }) =>
        filter.view(analysis, signs(text, analysis), review.key() ?? choice.key());

    return {
        /** @returns {Analysis | undefined} What is shown of the article. */
        view: () => shown.view,

        /** @param {Readonly<Edited> | undefined} open */
        viewed: (open) => open && { ...open, view: viewOf(open) },

        /** @param {Readonly<Edited>} open */
        countsOf: (open) => counts(viewOf(open), open.revision.analysis),

        /**
         * @param {string} key
         * @returns {string | undefined} How far the review is that brought this mark up, in words.
         */
        asked(key) {
            const open = review.key() === key ? given.open() : undefined;
            return open && words.review.told(checked(open.revision.analysis, scope()), scope().names);
        },

        /** What was shown for the sake of what was chosen alone goes with the choice. */
        followChoice() {
            given.chose();
            const open = given.isShown() ? given.open() : undefined;
            if (open && viewOf(open) !== shown.view) {
                given.changed();
            }
        },

        /**
         * Shows the text with its marks.
         * @param {Readonly<Edited>} open
         */
        showText(open) {
            const { text, revision, waiting } = open;
            const view = viewOf(open);
            const settled = !waiting;
            const isNew = revision !== shown.revision || view !== shown.view;
            if (!isNew && settled === shown.settled) {
                return;
            }
            const annotations = annotationsOf(view);
            Object.assign(shown, { revision, view, settled, annotations });
            if (isNew) {
                given.drawing();
                shown.drawn = article.show(text, view, annotations);
            }
            choice.update(text, view, annotations, settled);
        },

        /**
         * Shows everything beside the text.
         * @param {Readonly<Edited>} open
         * @returns {Promise<boolean>} Whether all of the text is drawn, and nothing else of it has been shown since.
         */
        async showRest(open) {
            const { view, drawn } = shown;
            if (given.isShown()) {
                review.show(checked(open.revision.analysis, scope()));
            }
            choice.settle();
            filter.show();
            // Only the core finds who speaks: the lists stay as they are until it has answered.
            if (view && !open.waiting) {
                strip.show(open.text, shown.annotations ?? []);
                profile.update(open.text, view);
                await panel.show({ ...open, view });
            }
            const isDrawn = Boolean(await drawn) && drawn === shown.drawn;
            if (isDrawn) {
                search.refresh();
            }
            return isDrawn;
        },
    };
}
