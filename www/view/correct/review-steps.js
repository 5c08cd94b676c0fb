/**
 * @file The steps through a review: brings up the next claim, announces it, and accepts all the others.
 */

import { acceptance, surenessOf, unchecked } from "./review.js";
import { checked } from "../../state/tally.js";
import { words } from "../../words/words.js";

/** @import {Analysis, Edit} from "../../pkg/whosaid.js" */
/** @import {ArticleView} from "../article/article.js" */
/** @import {Choice} from "./choice.js" */
/** @import {createReview} from "./review.js" */
/** @import {Annotation, Article, Scope} from "../../types.js" */

/**
 * @typedef {object} Way
 * @property {ReturnType<typeof createReview>} review
 * @property {Choice} choice
 * @property {ArticleView} article
 * @property {{ask: (text: string, marks: readonly Annotation[]) => void}} rest Asks before all of them are accepted.
 * @property {() => Scope} scope What is checked.
 * @property {() => Article | undefined} open The article, while it is on the screen.
 * @property {() => Analysis | undefined} view The part of the analysis that is shown.
 * @property {() => void} show Shows the analysis, with the mark that was brought up in any case.
 * @property {(edit: Edit) => void} correct
 * @property {(text: string) => void} say Says something to screen readers.
 */

/** @param {Way} way */
export function createReviewSteps(way) {
    const { review, choice } = way;
    const isOn = () => review.key() !== undefined && review.key() === choice.key();
    return {
        next: next.bind(null, way),
        rest: rest.bind(null, way),
        accept: accept.bind(null, way),

        /**
         * Does something to the chosen mark; in a review the next mark comes up then.
         * @param {() => boolean} act
         * @returns {boolean}
         */
        thenNext(act) {
            const wasOn = isOn();
            const done = act();
            return (done && wasOn && next(way)) || done;
        },

        /**
         * Changes the chosen mark; in a review it stays the one that was brought up.
         * @param {() => void} act
         */
        throughEdit(act) {
            const wasOn = isOn();
            act();
            if (wasOn) {
                review.moveTo(choice.key());
            }
        },

        /** @returns {boolean} Whether there was a review, or something was chosen. */
        stop() {
            const was = review.key() !== undefined;
            review.stop();
            return choice.release() || was;
        },
    };
}

/**
 * Brings up the mark that needs a look most.
 * @param {Way} way
 * @param {boolean} [byButton]
 * @returns {boolean} Whether an article is open.
 */
function next({ review, choice, article, open: opened, scope, show, say }, byButton = false) {
    const open = opened();
    if (!open) {
        return false;
    }
    const { analysis } = open;
    const annotation = review.next(analysis);
    show();
    if (!annotation) {
        choice.release();
        say(words.review.done(words.review.things(checked(analysis, scope()).all, scope().names)));
        return true;
    }
    if (byButton) {
        // Enter is for the mark that was brought up, and not for the button.
        article.node.focus({ preventScroll: true });
    }
    choice.pick([annotation.key]);
    say(sentence(open.text, analysis, annotation, scope()));
    return true;
}

/**
 * The mark that was brought up, and the progress, in words.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Annotation} annotation
 * @param {Scope} scope
 * @returns {string}
 */
function sentence(text, analysis, annotation, scope) {
    const { mark, form, speaker, start, end } = annotation;
    const name = speaker === undefined || mark !== "claim" ? undefined : analysis.speakers[speaker]?.name;
    const more = [form && words.forms[form], name && words.review.by(name), words.claims.sure(Math.round(100 * surenessOf(annotation)))];
    const known = more.flatMap((part) => part || []);
    const { checked: count, all } = checked(analysis, scope);
    const what = words.review.brought(words.marks[mark], known, words.editor.short(text.slice(start, end)));
    return `${what}. ${words.review.progress(count, all, scope.names)}`;
}

/**
 * Asks whether all marks that are shown and unchecked are to be accepted.
 * @param {Way} way
 * @returns {boolean} Whether there is something to ask.
 */
function rest({ rest: dialog, open: opened, view: viewed }) {
    const [open, view] = [opened(), viewed()];
    const marks = view && unchecked(view);
    if (!open || !marks || (marks.length === 0 && open.reviewed)) {
        return false;
    }
    dialog.ask(open.text, marks);
    return true;
}

/**
 * Accepts these marks.
 * @param {Way} way
 * @param {readonly Annotation[]} marks
 */
function accept({ review, open: opened, correct, say }, marks) {
    const open = opened();
    if (open) {
        review.stop();
        correct(acceptance(open.text, marks));
        say(words.review.accepted(marks.length));
    }
}
