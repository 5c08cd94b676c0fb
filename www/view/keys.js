/**
 * @file The keys that correct an article: one table of what they do, and what the help says of them. The owner of the view listens.
 */

import { arrowKeys } from "../kit/keys.js";
import { selectedRange } from "../kit/selection.js";

/** @import {On, ViewParts} from "./view.js" */

/**
 * A row of the table: keys, and what the help says of them.
 * @typedef {object} Command
 * @property {Record<string, () => boolean | void>} keys What each does, by its name; `false`: it did not apply.
 * @property {keyof typeof import("../words/help.js").help.keys} does
 * @property {keyof typeof import("../words/help.js").help.names} [label] The key that the help names, where it is not all of them.
 * @property {boolean} [reads] Whether it corrects nothing, and serves whoever reads alone.
 */

/**
 * All of them, in the order of the help. Each is explained where it is implemented.
 * @param {ViewParts} parts
 * @param {On} on
 * @returns {Command[]}
 */
export function keysOf(parts, on) {
    const { root, choice, reviewSteps, panel, search, caret, copy, leave } = parts;
    const isInClaims = () => panel.tab() === "claims";
    const remove = () => reviewSteps.thenNext(() => choice.remove());
    const edge = (
        /** @type {string} */ modifiers,
        /** @type {"start" | "end"} */ which,
        /** @type {"word" | "grapheme"} */ unit = "word",
    ) => arrowKeys(modifiers, (way) => choice.respan(which, way, unit));
    return [
        { does: "next", keys: { n: () => reviewSteps.next() } },
        { does: "rest", keys: { "Shift+Enter": () => reviewSteps.rest() } },
        { reads: true, does: "step", keys: { j: () => choice.step(1, isInClaims()), k: () => choice.step(-1, isInClaims()) } },
        { does: "claim", keys: { c: () => choice.mark("claim") } },
        { does: "person", keys: { s: () => choice.mark("person") } },
        { does: "institution", keys: { i: () => choice.mark("institution") } },
        { does: "place", keys: { p: () => choice.mark("place") } },
        { does: "speaker", keys: { a: () => choice.askSpeaker() } },
        { does: "edit", keys: { e: () => choice.edit() } },
        { does: "merge", keys: { m: () => askMerge(parts) } },
        {
            does: "form",
            keys: {
                1: () => choice.qualify({ form: "direct" }),
                2: () => choice.qualify({ form: "indirect" }),
                3: () => choice.qualify({ form: "mixed" }),
            },
        },
        { reads: true, does: "accept", keys: { Enter: () => caret.pick() || reviewSteps.thenNext(() => choice.accept()) } },
        { reads: true, does: "search", keys: { "/": search.open } },
        { reads: true, does: "caret", keys: { v: caret.toggle } },
        { does: "everywhere", keys: { l: () => choice.everywhere() } },
        { does: "remove", keys: { x: remove, Delete: remove, Backspace: remove } },
        { does: "end", keys: edge("Shift+", "end") },
        { does: "start", keys: edge("Alt+Shift+", "start") },
        {
            does: "character",
            keys: { ...edge("Mod+Shift+", "end", "grapheme"), ...edge("Mod+Alt+Shift+", "start", "grapheme") },
            label: "Mod",
        },
        // Selected text is copied by the browser.
        { reads: true, does: "copy", keys: { "Mod+c": () => (selectedRange(root) ? false : copy()) } },
        { does: "undo", keys: { "Mod+z": () => on.undo() } },
        { does: "redo", keys: { "Mod+Shift+z": () => on.redo() } },
        { reads: true, does: "leave", keys: { Escape: leave } },
    ];
}

/**
 * Asks for the other name of a speaker: the focused one, or the chosen one.
 * @param {ViewParts} parts
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
