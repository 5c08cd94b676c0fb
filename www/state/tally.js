/**
 * @file The numbers that the library notes of an article, and how much of it the user has reviewed.
 */

import { counts } from "./counts.js";

/** @import {Analysis, Claim, Mention} from "../pkg/whosaid.js" */
/** @import {Tally} from "../types.js" */

/**
 * Whether a mark belongs into a review. Pronouns and descriptions do not: they are reviewed with the speakers.
 * @param {Mention | Claim} found
 * @returns {boolean}
 */
export function needsReview(found) {
    return "content" in found || found.form === "name";
}

/**
 * @param {Analysis} analysis
 * @returns {Tally}
 */
export function tally(analysis) {
    const { mentions } = analysis;
    const said = analysis.claims.filter(({ group }) => group !== "attitude");
    const { claims, speakers, sources, attitudes } = counts({ ...analysis, claims: said }, analysis);
    const { attitudes: _attitudes, others: _others, ...wide } = counts(analysis, analysis);
    const all = [...mentions, ...analysis.claims].filter(needsReview);
    const reviewed = all.filter(({ origin }) => origin === "user").length;
    return { claims, speakers, sources, attitudes, wide, reviewed, all: all.length };
}
