/**
 * @file How a correction refers to a speaker: by a place or by the name, since their numbers change.
 */

import { isSame } from "./spans.js";
import { targetOf } from "./target.js";

/** @import {Analysis, Edit, Who} from "../pkg/whosaid.js" */

/**
 * @param {string} text
 * @param {Analysis} analysis
 * @param {number} index
 * @returns {Who}
 */
export function whoOf(text, { mentions, speakers }, index) {
    const { name, mentions: places } = /** @type {Analysis["speakers"][number]} */ (speakers[index]);
    // A name is the same in another reading of the text; what a pronoun means may differ.
    const named = mentions.find(({ speaker, form }) => speaker === index && form === "name");
    const place = named?.span ?? places[0];
    return place ? { name, target: targetOf(text, place) } : { name };
}

/**
 * @param {Analysis} analysis
 * @param {Who} who
 * @returns {number} The speaker's index, -1 where there is none any more.
 */
export function indexOf({ speakers }, { name, target }) {
    const meant = speakers.findIndex(({ mentions }) => mentions.some((place) => target !== undefined && isSame(place, target)));
    return meant < 0 ? speakers.findIndex((speaker) => speaker.name === name) : meant;
}

/**
 * @param {Edit | undefined} edit
 * @returns {Who | undefined} The speaker that an edit is about, if there is one.
 */
export function subjectOf(edit) {
    switch (edit?.op) {
        case "merge":
            return edit.into;
        case "rename":
        case "fact":
        case "classify":
            return edit.speaker;
        default:
            return undefined;
    }
}
