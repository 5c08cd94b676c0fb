/**
 * @file The words of a review.
 */

import { plural, quoted } from "./plain.js";

/** @import {Mark} from "../pkg/whosaid.js" */
/** @import {Checked} from "../types.js" */

/** @type {Record<Mark, string>} */
const sorts = { claim: "claim", person: "person", institution: "institution", place: "place" };

/**
 * @param {number} count
 * @param {boolean} names Whether names are among them.
 */
const things = (count, names) => (names ? plural(count, "mark", "marks") : plural(count, "claim", "claims"));

export const review = {
    label: "Review",
    // The second part of a text is left out where the bar is narrow.
    next: /** @type {[string, string]} */ (["Check", " next"]),
    checked: /** @type {[string, string]} */ (["✓", " Checked"]),
    /**
     * @param {number} unsure How many are uncertain.
     * @param {number} left How many are unchecked.
     * @param {boolean} names
     * @returns {[string, string]}
     */
    check: (unsure, left, names) => {
        const [count = "", thing = ""] = (unsure > 0 ? `${unsure.toLocaleString("en-GB")} uncertain` : things(left, names)).split(" ");
        // A narrow bar has no room for thousands.
        return (unsure || left) < 1000 ? [`Check ${count}`, ` ${thing}`] : ["Check", ` ${count} ${thing}`];
    },
    /**
     * @param {number} count
     * @param {number} all
     * @param {boolean} names
     */
    progress: (count, all, names) => `${count.toLocaleString("en-GB")} of ${things(all, names)} checked`,
    /**
     * @param {Checked} state
     * @param {boolean} names
     */
    told: ({ checked, all }, names) => review.progress(checked, all, names),
    /** @param {string} count In words. */
    done: (count) => `All checked: ${count}.`,
    things,
    /**
     * The mark that was brought up, for screen readers.
     * @param {string} mark
     * @param {string[]} more
     * @param {string} text
     */
    brought: (mark, more, text) => `${[mark, ...more].join(", ")}: ${text}`,
    /** @param {string} name */
    by: (name) => `by ${name}`,
    /**
     * @param {number} claims
     * @param {number} names
     */
    acceptTitle: (claims, names) => {
        const left = [claims > 0 && plural(claims, "claim", "claims"), names > 0 && plural(names, "name", "names")].filter(Boolean);
        return left.length > 0 ? `Accept ${left.join(" and ")}?` : "Everything here is checked. Is it complete?";
    },
    /** @param {number} count */
    accept: (count) => (count === 1 ? "Accept it" : `Accept all ${count.toLocaleString("en-GB")}`),
    complete: "Nothing is missing",
    cancel: "Cancel",
    nothingMissing: "This also records that no claim and no name is missing. Undo takes it back.",
    line: quoted,
    /**
     * @param {string} name
     * @param {Mark} mark
     */
    name: (name, mark) => `${name} (${sorts[mark]})`,
    /**
     * @param {string} name
     * @param {number} count
     */
    places: (name, count) => (count === 1 ? name : `${name}, ${plural(count, "place", "places")}`),
    /** @param {number} count */
    accepted: (count) => `Accepted ${plural(count, "mark", "marks")}.`,
};
