/**
 * @file Corrections as sentences.
 */

import { plural, quoted } from "./plain.js";

/** @import {Edit, ClaimForm, ClaimKind, Mark, SpeakerKind} from "../pkg/whosaid.js" */

/** @type {Record<Mark, string>} */
export const aMark = { claim: "a claim", person: "a person", institution: "an institution", place: "a place" };

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
const how = { direct: "in its source’s own words", indirect: "in the article’s words", mixed: "partly quoted" };

/** @type {Record<SpeakerKind, string>} */
const aKind = {
    person: "a person",
    institution: "an institution",
    group: "a group",
    document: "a document",
    anonymous: "somebody not named",
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
            return `${what} is ${aMark[edit.mark]}${where}.`;
        case "delete":
            return `${what} is not ${aMark[edit.mark]}${where}.`;
        case "relabel":
            return `${what} is ${aMark[edit.to]}, not ${aMark[edit.mark]}${where}.`;
        case "respan":
            return respanSentence(edit);
        case "qualify":
            return `${what} is ${[edit.kind && aSort[edit.kind], edit.form && how[edit.form]].filter(Boolean).join(", ")}.`;
        case "attribute":
            return edit.speaker === undefined ? `Nobody in particular said ${what}.` : `${edit.speaker} said ${what}.`;
        case "merge":
            return `${quoted(edit.speaker.name)} is ${edit.into.name}.`;
        case "split":
            return edit.speaker === undefined ? `${what} is somebody else there.` : `${what} is ${edit.speaker} there.`;
        case "rename":
            return `${quoted(edit.speaker.name)} is called ${edit.name}.`;
        case "fact":
            return factSentence(edit);
        case "classify":
            return `${edit.speaker.name} is ${edit.anonymous ? "anonymous" : aKind[edit.kind]}.`;
        case "review":
            return reviewSentence(edit.marks.length);
    }
}

/**
 * @param {number} count
 * @returns {string}
 */
function reviewSentence(count) {
    return count === 0 ? "Nothing is missing here." : `The rest is right: ${plural(count, "mark", "marks")}, and nothing is missing.`;
}

/**
 * @param {Extract<Edit, {op: "fact"}>} edit
 * @returns {string}
 */
function factSentence({ speaker, fact, from, to, former }) {
    const [is, was, isNot] = fact === "role" ? ["is", "was", "is not"] : ["belongs to", "belonged to", "does not belong to"];
    if (to === undefined) {
        return `${speaker.name} ${isNot} ${from}.`;
    }
    const instead = from === undefined || from === to ? "" : `, not ${from}`;
    return `${speaker.name} ${former ? was : is} ${to}${instead}.`;
}

/**
 * @param {Extract<Edit, {op: "respan"}>} edit
 * @returns {string}
 */
function respanSentence({ target, mark, to }) {
    if (Math.max(target.exact.length, to.exact.length) <= 60 || (target.start !== to.start && target.end !== to.end)) {
        return `${quoted(to.exact)}, not ${quoted(target.exact)}, is ${aMark[mark]}.`;
    }
    // Two long texts would look the same.
    const isStart = target.start !== to.start;
    const [now, before] = [to, target].map(({ exact }) => quoted(exact.split(/\s+/u).at(isStart ? 0 : -1) ?? ""));
    return `${quoted(to.exact)} ${isStart ? "starts" : "ends"} with ${now}, not with ${before}.`;
}
