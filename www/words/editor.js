/**
 * @file The words of the card that corrects a mark.
 */

import { margin } from "./margin.js";
import { plural, quoted, short } from "./plain.js";

/** @import {ClaimForm, ClaimKind, Mark} from "../pkg/whosaid.js" */
/** @import {Sign} from "../types.js" */

/** @type {Record<ClaimKind, string>} */
const asked = {
    statement: "say this",
    denial: "deny this",
    accusation: "criticise this",
    prediction: "predict this",
    demand: "demand this",
    question: "ask this",
    belief: "believe this",
    intention: "intend this",
    support: "support this",
};

export const editor = {
    label: "Correct this",
    labelRead: "Who said it",
    labelNew: "Mark the selection",
    type: "Type",
    markAs: "Mark as",
    saidBy: "Said by",
    nobody: "nobody named",
    nobodyNamed: "Nobody named",
    means: "Refers to",
    unresolved: "unknown",
    other: "Someone else",
    otherInstitution: "Another institution",
    /** @param {string} name */
    created: (name) => `New: ${quoted(name)}`,
    speakers: "Speakers",
    kind: "Kind",
    /**
     * What the speaker does, for each kind of claim.
     * @param {Sign} sign
     * @param {ClaimKind} kind
     */
    does: (sign, kind) => margin.does(sign, [kind]),
    form: "Form",
    forms: /** @type {Record<ClaimForm, string>} */ ({ direct: "direct quote", indirect: "paraphrase", mixed: "partial quote" }),
    accept: "✓ Correct",
    remove: /** @type {Record<Mark, string>} */ ({
        claim: "Not a claim",
        person: "Not a name",
        institution: "Not a name",
        place: "Not a name",
    }),
    keys: { accept: "⏎", remove: "⌫", edit: "E" },
    edit: "Edit",
    done: "Done",
    /** What follows the verb, for each form. @type {Record<ClaimForm, string>} */
    reads: { direct: ":", indirect: ", in the article’s words:", mixed: ", partly in the article’s words:" },
    /** @param {string} name As it stands in the text. */
    refers: (name) => `${quoted(name)} is`,
    copy: "Copy",
    more: "More corrections",
    close: "Close",
    /**
     * @param {number} count With the one that was corrected.
     * @param {string} name
     */
    everywhere: (count, name) => `Apply to all ${count.toLocaleString("en-GB")} ${quoted(name)}`,
    /**
     * @param {number} count
     * @param {string} source
     */
    alike: (count, source) => `Also change ${plural(count, "other claim", "other claims")} with ${quoted(source)}`,
    /**
     * @param {number} count
     * @param {string} speaker
     */
    changed: (count, speaker) => `Attributed ${plural(count, "more claim", "more claims")} to ${speaker}.`,
    /**
     * What a review asks, before and after the speaker's name.
     * @param {ClaimKind} kind
     * @returns {[string, string]}
     */
    asks: (kind) => ["Did ", ` ${asked[kind]}?`],
    asksWho: "Who said this?",
    asksName: "Is this right?",
    /**
     * @param {number} number
     * @param {number} count
     */
    nth: (number, count) => `Claim ${number.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")}`,
    /**
     * @param {number} number
     * @param {number} count
     */
    overlap: (number, count) => `${number} of ${count}`,
    next: "Next overlap",
    /** @param {number} percent */
    confidence: (percent) => `${percent}% confidence`,
    checked: "checked",
    undo: "Undo",
    set: "Set",
    short,
};
