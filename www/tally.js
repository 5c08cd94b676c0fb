/**
 * @file How much of an article its reader has looked at.
 */

/** @import {Analysis, Attribution, Mention} from "./pkg/whosaid.js" */

/**
 * An article in numbers.
 * @typedef {object} Tally
 * @property {number} claims
 * @property {number} speakers
 * @property {number} reviewed How many of those that are to be looked at the reader has said are right, or put there.
 * @property {number} all How many are to be looked at: claims, and places where somebody or something is named.
 */

/**
 * Whether this is looked at in a review: what pronouns and descriptions mean is seen with the speakers.
 * @param {Mention | Attribution} found
 * @returns {boolean}
 */
export function isReviewed(found) {
    return "content" in found || found.form === "name";
}

/**
 * @param {Analysis} analysis
 * @returns {Tally}
 */
export function tally({ mentions, attributions, speakers }) {
    const all = [...mentions, ...attributions].filter(isReviewed);
    const reviewed = all.filter(({ origin }) => origin === "reader").length;
    return { claims: attributions.length, speakers: speakers.length, reviewed, all: all.length };
}
