/**
 * @file The numbers that the library notes of an article, and how much of it the user has checked.
 */

import { counts, summarise } from "./counts.js";
import { createSigns } from "./signs.js";
import { isUnsure } from "./unsure.js";

/** @import {Analysis, Claim, Mention} from "../pkg/whosaid.js" */
/** @import {Checked, Scope, Tally} from "../types.js" */

/** So many shares are noted: narrower ones than these are not seen. */
const MOST_SHARES = 12;

/**
 * What is checked one by one. Pronouns and descriptions are not: they are checked with the speakers.
 * @param {Analysis} analysis
 * @param {Scope} scope
 * @returns {{claims: Claim[], mentions: Mention[]}}
 */
export function checkable({ claims, mentions }, { attitudes, names }) {
    return {
        claims: claims.filter(({ group }) => attitudes || group !== "attitude"),
        mentions: names ? mentions.filter(({ form }) => form === "name") : [],
    };
}

/**
 * @param {Analysis} analysis
 * @param {Scope} scope
 * @returns {Checked}
 */
export function checked(analysis, scope) {
    const { claims, mentions } = checkable(analysis, scope);
    const all = [...claims, ...mentions];
    return { checked: all.filter(isChecked).length, all: all.length, unsure: claims.filter(isUnsure).length };
}

/**
 * @param {Claim | Mention} found
 * @returns {boolean} Whether the user made or confirmed it.
 */
export function isChecked({ origin }) {
    return origin === "user";
}

/**
 * @param {Analysis} analysis
 * @returns {Tally}
 */
export function tally(analysis) {
    const said = analysis.claims.filter(({ group }) => group !== "attitude");
    const { claims, speakers, sources, attitudes } = counts({ ...analysis, claims: said }, analysis);
    const { attitudes: _attitudes, others: _others, ...wide } = counts(analysis, analysis);
    const { checked: reviewed, all } = checked(analysis, { attitudes: true, names: true });
    return {
        claims,
        speakers,
        sources,
        attitudes,
        checked: said.filter(isChecked).length,
        wide: { ...wide, checked: analysis.claims.filter(isChecked).length },
        shares: sharesOf(analysis, said),
        reviewed,
        all,
    };
}

/**
 * @param {Analysis} analysis
 * @param {readonly Claim[]} said
 * @returns {{hue: number, share: number}[]} Who says how much of what is said, most first.
 */
function sharesOf(analysis, said) {
    const signs = createSigns()("", analysis);
    const { speakers, words } = summarise(analysis, said);
    // An analysis of an earlier version counts no words.
    return speakers.slice(0, MOST_SHARES).map((voice) => ({ hue: signs[voice.speaker]?.hue ?? 0, share: voice.words / (words || 1) }));
}
