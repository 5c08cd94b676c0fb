/**
 * @file The card as it is read: who says what, in a sentence. To correct it is one step further.
 */

import { createChip } from "../article/chip.js";
import { element, fill } from "../../kit/dom.js";
import { NOBODY } from "../../state/signs.js";
import { words } from "../../words/words.js";

/** @import {Subject} from "./editor.js" */

/** @param {{edited: () => void, copied: () => void}} actions */
export function createReading({ edited, copied }) {
    const chip = element("span", { class: "reading-chip" });
    const who = element("p", { class: "reading-who" });
    const facts = element("p", { class: "reading-facts" });
    const said = element("blockquote", { class: "reading-said" });
    const amount = element("p", { class: "reading-facts" });
    const hint = element("kbd", { "aria-hidden": "true" }, words.editor.keys.edit);
    const edit = element("button", { type: "button", class: "quiet reading-edit", onclick: edited }, words.editor.edit, hint);
    const copy = element("button", { type: "button", class: "quiet", onclick: copied }, words.editor.copy);
    const foot = element("div", { class: "editor-foot" }, edit, copy);
    const node = element("div", { class: "reading-card" }, chip, element("div", {}, who, facts), said, amount, foot);
    return {
        node,
        focus: () => edit.focus(),

        /** @param {Subject} subject */
        show({ text, mark, kind, form, speaker, sign, source, facts: known = "", amount: told = () => "" }) {
            const much = told();
            const isClaim = mark === "claim";
            const name = element("strong", {}, speaker ?? (isClaim ? (source ?? words.editor.nobodyNamed) : words.editor.unresolved));
            const does = kind && words.editor.does(sign ?? NOBODY, kind);
            const how = form && words.editor.reads[form];
            const mention = !isClaim && text !== speaker && element("span", { class: "reading-mention" }, words.editor.refers(text));
            fill(chip, (isClaim || sign) && createChip(sign ?? NOBODY));
            chip.hidden = !isClaim && !sign;
            const ofPlace = mark === "place" || (!isClaim && speaker === undefined);
            fill(who, ...(isClaim ? [name, ` ${does}`, how] : ofPlace ? [element("strong", {}, text)] : [mention, mention && " ", name]));
            fill(facts, known || (ofPlace && mark ? words.marks[mark] : ""));
            fill(said, isClaim && words.editor.short(text, 400));
            said.hidden = !isClaim;
            fill(amount, much);
            amount.hidden = much === "";
            copy.hidden = !isClaim;
        },
    };
}
