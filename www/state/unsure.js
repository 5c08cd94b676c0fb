/**
 * @file Which claims are uncertain: the page asks nowhere else.
 */

/** @import {Claim} from "../pkg/whosaid.js" */

/** Less sure than this is uncertain. */
const SURE = 0.6;

/**
 * How sure it is that a claim is one and is this speaker's: the lower of the two. What the user confirmed is sure.
 * @param {Claim} claim
 * @returns {number} 0 to 1.
 */
export function sureness({ confidence, origin, speaker, speaker_confidence = 1 }) {
    if (origin === "user") {
        return 1;
    }
    return speaker === undefined ? confidence : Math.min(confidence, speaker_confidence);
}

/**
 * @param {Claim} claim
 * @returns {boolean}
 */
export function isUnsure(claim) {
    return sureness(claim) < SURE;
}
