/**
 * @file Corrections as sentences.
 */

import { plural, quoted } from "./plain.js";

/** @import {Edit, ClaimForm, ClaimKind, Mark, SpeakerKind} from "../pkg/whosaid.js" */

/** @type {Record<Mark, string>} */
export const aMark = { claim: "a claim", person: "a person", institution: "an institution", place: "a place" };

/** @type {Record<Mark, string>} */
const theMark = { claim: "claim", person: "person", institution: "institution", place: "place" };

/** @type {Record<ClaimKind, string>} */
const aSort = {
    statement: "a statement",
    denial: "a denial",
    accusation: "an accusation or criticism",
    prediction: "a prediction or warning",
    demand: "a demand or recommendation",
    question: "a question",
    belief: "a belief or opinion",
    intention: "an intention or decision",
    support: "support or praise",
};

/** @type {Record<ClaimForm, string>} */
const how = { direct: "a direct quote", indirect: "a paraphrase", mixed: "a partial quote" };

/** @type {Record<SpeakerKind, string>} */
const aKind = {
    person: "a person",
    institution: "an institution",
    group: "a group",
    document: "a document",
    anonymous: "an anonymous source",
};

/**
 * An edit as a sentence.
 * @param {Exclude<Edit, {op: "undo"}>} edit
 * @returns {string}
 */
export function sentence(edit) {
    const what = "target" in edit ? quoted(edit.target.exact) : "";
    const where = "everywhere" in edit && edit.everywhere ? ", everywhere" : "";
    switch (edit.op) {
        case "add":
            return `Marked ${what} as ${aMark[edit.mark]}${where}.`;
        case "delete":
            return `Removed the ${theMark[edit.mark]} ${what}${where}.`;
        case "relabel":
            return `Changed ${what} from ${aMark[edit.mark]} to ${aMark[edit.to]}${where}.`;
        case "respan":
            return respanSentence(edit);
        case "qualify":
            return `Changed ${what} to ${[edit.kind && aSort[edit.kind], edit.form && how[edit.form]].filter(Boolean).join(", ")}.`;
        case "attribute":
            return `Attributed ${what} to ${edit.speaker ?? "nobody named"}.`;
        case "merge":
            return `Merged ${quoted(edit.speaker.name)} into ${quoted(edit.into.name)}.`;
        case "split":
            return `Changed who ${what} refers to there: ${edit.speaker ?? "someone else"}.`;
        case "rename":
            return `Renamed ${quoted(edit.speaker.name)} to ${quoted(edit.name)}.`;
        case "fact":
            return factSentence(edit);
        case "classify":
            return `Changed ${edit.speaker.name} to ${edit.anonymous ? "an anonymous source" : aKind[edit.kind]}.`;
        case "review":
            return reviewSentence(edit.marks.length);
    }
}

/**
 * @param {number} count
 * @returns {string}
 */
function reviewSentence(count) {
    return count === 0 ? "Noted that nothing is missing." : `Accepted ${plural(count, "remaining mark", "remaining marks")}.`;
}

/**
 * @param {Extract<Edit, {op: "fact"}>} edit
 * @returns {string}
 */
function factSentence({ speaker, fact, from, to, former }) {
    const what = fact === "role" ? "role" : "institution";
    const past = former ? "former " : "";
    if (to === undefined) {
        return `Removed the ${what} ${quoted(from ?? "")} of ${speaker.name}.`;
    }
    if (from === undefined) {
        return `Added the ${past}${what} ${quoted(to)} to ${speaker.name}.`;
    }
    const whose = `the ${what} of ${speaker.name}`;
    return from === to ? `Changed ${whose}: ${past}${quoted(to)}.` : `Changed ${whose} from ${quoted(from)} to ${past}${quoted(to)}.`;
}

/**
 * @param {Extract<Edit, {op: "respan"}>} edit
 * @returns {string}
 */
function respanSentence({ target, mark, to }) {
    const [before, now] = [target.exact, to.exact];
    const does = before.includes(now) ? "Shortened" : now.includes(before) ? "Extended" : "Moved";
    if (Math.max(before.length, now.length) <= 60 || (target.start !== to.start && target.end !== to.end)) {
        return `${does} the ${theMark[mark]} ${quoted(before)} to ${quoted(now)}.`;
    }
    // Two long texts would look the same.
    const isStart = target.start !== to.start;
    const [first, last] = [now, before].map((text) => quoted(text.split(/\s+/u).at(isStart ? 0 : -1) ?? ""));
    return `${does} the ${theMark[mark]} ${quoted(now)}: it ${isStart ? "starts" : "ends"} with ${first}, not with ${last}.`;
}
