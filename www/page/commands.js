/**
 * @file What the keys do: see the table in the help, and design of each in the module that does it.
 */

import { edgeKeys, listenForKeys } from "../kit/keys.js";

/** @import {Caret} from "../view/article/caret.js" */
/** @import {Choice} from "../view/correct/choice.js" */
/** @import {createEditor} from "../view/correct/editor.js" */
/** @import {createHandles} from "../view/article/handles.js" */
/** @import {createHelp} from "../shell/help.js" */
/** @import {createLooking} from "../view/correct/review-steps.js" */
/** @import {createPanel} from "../view/lists/panel.js" */
/** @import {createProfile} from "../view/correct/profile.js" */
/** @import {Search} from "../view/article/search.js" */
/** @import {Session} from "./session.js" */

/**
 * @typedef {object} Commanded
 * @property {Choice} choice
 * @property {ReturnType<typeof createLooking>} looking
 * @property {ReturnType<typeof createPanel>} panel
 * @property {ReturnType<typeof createProfile>} profile
 * @property {ReturnType<typeof createEditor>} editor
 * @property {ReturnType<typeof createHandles>} handles
 * @property {Session} session
 * @property {ReturnType<typeof createHelp>} help
 * @property {Search} search
 * @property {Caret} caret
 * @property {() => boolean} copy Copies the chosen claim; `false` where none is chosen.
 */

/**
 * @param {Commanded} page
 * @returns {{leave: () => boolean}} What Escape does.
 */
export function listenForCommands(page) {
    const { choice, looking, panel, handles, session, help, search, caret } = page;
    // Out of a drag, or out of what is chosen and out of the review, or out of what was found, or out of the text.
    const leave = () => handles.cancel() || looking.stop() || search.close() || caret.leave();
    const isInClaims = () => panel.tab() === "claims";
    listenForKeys(
        document.documentElement,
        {
            j: () => choice.step(1, isInClaims()),
            k: () => choice.step(-1, isInClaims()),
            c: () => choice.mark("claim"),
            s: () => choice.mark("person"),
            i: () => choice.mark("institution"),
            p: () => choice.mark("place"),
            a: () => choice.askSpeaker(),
            m: () => askMerge(page),
            l: () => choice.everywhere(),
            1: () => choice.qualify({ form: "direct" }),
            2: () => choice.qualify({ form: "indirect" }),
            3: () => choice.qualify({ form: "mixed" }),
            n: () => looking.next(),
            Enter: () => caret.pick() || looking.at(() => choice.accept()),
            "Shift+Enter": () => looking.rest(),
            x: () => looking.at(() => choice.remove()),
            Delete: () => looking.at(() => choice.remove()),
            ...edgeKeys(choice.respan),
            // What is selected is copied as it is.
            "Mod+c": () => (getSelection()?.isCollapsed === false ? false : page.copy()),
            "Mod+z": () => void session.undo(),
            "Mod+Shift+z": () => void session.redo(),
            "/": search.open,
            v: caret.toggle,
            "?": help.show,
            Escape: leave,
        },
        help.enabled,
    );
    return { leave };
}

/**
 * Asks who else the speaker is that the keyboard is on, or that is chosen.
 * @param {Commanded} page
 * @returns {boolean} Whether there is one.
 */
function askMerge({ panel, choice, profile, editor }) {
    const at = panel.focusedCard();
    const speaker = at?.speaker ?? choice.speaker();
    if (speaker === undefined) {
        return false;
    }
    profile.askMerge(speaker, at?.card.querySelector(".more") ?? editor.node);
    return true;
}
