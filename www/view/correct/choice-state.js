/**
 * @file The choice and the selection as plain data, with the parts of the view that show them.
 */

import { withKey } from "../../state/annotations.js";
import { isSame } from "../../state/spans.js";

/** @import {Analysis, Edit, Span} from "../../pkg/whosaid.js" */
/** @import {ArticleView} from "../article/article.js" */
/** @import {ShowConnector} from "../article/connector.js" */
/** @import {createEditor} from "./editor.js" */
/** @import {createPanel} from "../lists/panel.js" */
/** @import {Handles} from "../article/handles.js" */
/** @import {Annotation, Filtered} from "../../types.js" */

/**
 * @typedef {object} Joined
 * @property {ArticleView} article
 * @property {ReturnType<typeof createEditor>} editor
 * @property {ReturnType<typeof createPanel>} panel
 * @property {Handles} handles
 * @property {(edit: Edit) => void} correct
 * @property {(edits: readonly Edit[], what: string) => void} correctAll Several at once, which are undone at once.
 * @property {(key: string) => string | undefined} asked How far the review is that brought this mark up, in words; nothing: none did.
 * @property {() => Edit | undefined} lastEdit What undo would take back.
 * @property {{show: ShowConnector}} connector
 * @property {() => void} chose Called when the choice changes.
 */

/**
 * @typedef {object} Choosing
 * @property {string} text
 * @property {Filtered} analysis
 * @property {Filtered} settled The same as the core said last: nothing is counted of what is predicted.
 * @property {readonly Annotation[]} annotations In the order of the text.
 * @property {readonly string[]} here Keys among which the choice goes round.
 * @property {string} [key] What is chosen.
 * @property {string} [moving] The key that it had before it was moved, as long as the core's answer is on its way.
 * @property {boolean} [isCovered] Whether it was moved, and something may cover it.
 * @property {readonly Annotation[]} related What belongs to it, as it is shown.
 * @property {Span} [selected] What is selected, when nothing is chosen.
 * @property {Span} [last] Where the user was last: steps go on from there when nothing is chosen.
 * @property {readonly string[]} hovered Keys of what the pointer is on.
 * @property {readonly Span[]} places Where the speaker is meant that the pointer is on.
 * @property {{key: string, source?: Span}} [given] The claim whose speaker was corrected last, and its source before.
 * @property {boolean} [isAsked] Whether the focus is in the field of the speaker because a key asked for it.
 * @property {Element | null} [from] Where the focus goes back to.
 */

/** @typedef {Joined & Choosing} ChoiceState */

/** @type {Analysis} */
export const NOTHING = {
    language: "en",
    model: "",
    zones: [],
    mentions: [],
    claims: [],
    speakers: [],
    summary: {
        claims: 0,
        words: 0,
        attitudes: 0,
        unattributed: 0,
        sources: { named: 0, anonymous: 0, institutional: 0, documents: 0, groups: 0 },
        speakers: [],
        institutions: [],
    },
};

/** @param {ChoiceState} state */
export function chosen({ key, annotations }) {
    return key === undefined ? undefined : withKey(annotations, key);
}

/**
 * @param {Annotation} annotation
 * @returns {boolean} Whether the user made or confirmed it.
 */
export function isUsers({ origin }) {
    return origin === "user";
}

/**
 * @param {Edit | undefined} edit
 * @param {Span} span
 * @returns {boolean} Whether the edit is about this very place.
 */
export function isAbout(edit, span) {
    const target = edit?.op === "respan" ? edit.to : edit && "target" in edit ? edit.target : undefined;
    return target !== undefined && isSame(target, span);
}
