/**
 * @file Keyboard shortcuts: one table of the keys, what they do, and what the help says of them.
 */

import { arrowKeys, labelOf, listenForKeys } from "../kit/keys.js";
import { words } from "../words/words.js";

/** @import {Caret} from "../view/article/caret.js" */
/** @import {Choice} from "../view/correct/choice.js" */
/** @import {createEditor} from "../view/correct/editor.js" */
/** @import {createHandles} from "../view/article/handles.js" */
/** @import {createHelp} from "../shell/help.js" */
/** @import {createLooking} from "../view/correct/review-steps.js" */
/** @import {createPanel} from "../view/lists/panel.js" */
/** @import {createProfile} from "../view/correct/profile.js" */
/** @import {Search} from "../view/article/search.js" */
/** @import {KeptSession} from "./keep.js" */

/**
 * @typedef {object} Commanded
 * @property {Choice} choice
 * @property {ReturnType<typeof createLooking>} looking
 * @property {ReturnType<typeof createPanel>} panel
 * @property {ReturnType<typeof createProfile>} profile
 * @property {ReturnType<typeof createEditor>} editor
 * @property {ReturnType<typeof createHandles>} handles
 * @property {KeptSession} session
 * @property {ReturnType<typeof createHelp>} help
 * @property {Search} search
 * @property {Caret} caret
 * @property {() => boolean} copy Copies the chosen claim; `false` where none is chosen.
 */

/**
 * A row of the table: keys, and what the help says of them.
 * @typedef {object} Command
 * @property {Record<string, () => boolean | void>} keys What each does, by its name; `false`: it did not apply.
 * @property {string} does
 * @property {string} [label] What stands for the keys in the help, where not all of them are listed.
 */

/**
 * All shortcuts, in the order of the help. Each is explained where it is implemented.
 * @param {Commanded} page
 * @param {() => boolean} leave
 * @returns {Command[]}
 */
function tableOf(page, leave) {
    const { choice, looking, panel, session, help, search, caret } = page;
    const does = words.help.keys;
    const isInClaims = () => panel.tab() === "claims";
    const remove = () => looking.at(() => choice.remove());
    const edge = (/** @type {string} */ modifiers, /** @type {"start" | "end"} */ which, /** @type {"word" | "grapheme"} */ unit = "word") =>
        arrowKeys(modifiers, (way) => choice.respan(which, way, unit));
    return [
        { does: does.next, keys: { n: () => looking.next() } },
        { does: does.rest, keys: { "Shift+Enter": () => looking.rest() } },
        { does: does.step, keys: { j: () => choice.step(1, isInClaims()), k: () => choice.step(-1, isInClaims()) } },
        { does: does.claim, keys: { c: () => choice.mark("claim") } },
        { does: does.person, keys: { s: () => choice.mark("person") } },
        { does: does.institution, keys: { i: () => choice.mark("institution") } },
        { does: does.place, keys: { p: () => choice.mark("place") } },
        { does: does.speaker, keys: { a: () => choice.askSpeaker() } },
        { does: does.merge, keys: { m: () => askMerge(page) } },
        {
            does: does.form,
            keys: {
                1: () => choice.qualify({ form: "direct" }),
                2: () => choice.qualify({ form: "indirect" }),
                3: () => choice.qualify({ form: "mixed" }),
            },
        },
        { does: does.accept, keys: { Enter: () => caret.pick() || looking.at(() => choice.accept()) } },
        { does: does.search, keys: { "/": search.open } },
        { does: does.caret, keys: { v: caret.toggle } },
        { does: does.everywhere, keys: { l: () => choice.everywhere() } },
        { does: does.remove, keys: { Delete: remove, x: remove } },
        { does: does.end, keys: edge("Shift+", "end") },
        { does: does.start, keys: edge("Alt+Shift+", "start") },
        {
            does: does.character,
            keys: { ...edge("Mod+Shift+", "end", "grapheme"), ...edge("Mod+Alt+Shift+", "start", "grapheme") },
            label: words.help.names.Mod,
        },
        // What is selected is copied as it is.
        { does: does.copy, keys: { "Mod+c": () => (getSelection()?.isCollapsed === false ? false : page.copy()) } },
        { does: does.undo, keys: { "Mod+z": () => void session.undo() } },
        { does: does.redo, keys: { "Mod+Shift+z": () => void session.redo() } },
        { does: does.help, keys: { "?": help.show } },
        { does: does.leave, keys: { Escape: leave } },
    ];
}

/**
 * Listens for the shortcuts, and lists them in the help.
 * @param {Commanded} page
 * @returns {{leave: () => boolean}} What Escape does.
 */
export function listenForCommands(page) {
    const { looking, handles, help, search, caret } = page;
    // Out of a drag, or out of what is chosen and out of the review, or out of what was found, or out of the text.
    const leave = () => handles.cancel() || looking.stop() || search.close() || caret.leave();
    const table = tableOf(page, leave);
    help.list(table.map(({ keys, does, label }) => [label ?? labelOf(Object.keys(keys), words.help.names), does]));
    listenForKeys(document.documentElement, Object.assign({}, ...table.map(({ keys }) => keys)), help.enabled);
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
