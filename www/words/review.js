/**
 * @file The words of a review.
 */

import { plural, quoted } from "./plain.js";

export const review = {
    label: "Review",
    next: "Next",
    rest: "The rest is right",
    /**
     * @param {number} count
     * @param {number} all
     */
    progress: (count, all) => `${count.toLocaleString("en-GB")} of ${all.toLocaleString("en-GB")} looked at`,
    /**
     * @param {number} count
     * @param {string} text
     */
    same: (count, text) => `Also ${plural(count, "other", "others")} ${quoted(text)}`,
    /** @param {number} all */
    done: (all) => `All is looked at: ${plural(all, "mark", "marks")}.`,
    /**
     * The mark that was brought up, for screen readers.
     * @param {string} mark
     * @param {string[]} more
     * @param {string} text
     */
    brought: (mark, more, text) => `${[mark, ...more].join(", ")}: ${text}`,
    /** @param {string} name */
    by: (name) => `by ${name}`,
    /** @param {number} count */
    right: (count) => `${plural(count, "mark is", "marks are")} right.`,
};
