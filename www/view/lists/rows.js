/**
 * @file One claim as a row of a list: speaker, form and words.
 */

import { element, fill, setAttribute } from "../../kit/dom.js";
import { createChip } from "../article/chip.js";
import { keyOf } from "../../state/annotations.js";
import { NOBODY } from "../../state/signs.js";
import { extentOf } from "../../state/spans.js";
import { isUnsure, sureness } from "../../state/unsure.js";
import { words } from "../../words/words.js";

/** @import {Claim, Span} from "../../pkg/whosaid.js" */
/** @import {Filtered, Sign} from "../../types.js" */

/**
 * The actions of rows; keys are those of annotations.
 * @typedef {object} RowActions
 * @property {(keys: readonly string[], event: MouseEvent) => void} chosen A row was clicked, or Enter was pressed on it.
 * @property {(keys: readonly string[], places?: readonly Span[]) => void} hovered The pointer or the focus came to a
 *   row; none: it left. The places are where its speaker is meant, marked or not.
 */

/**
 * The content of a row.
 * @typedef {object} RowKeys
 * @property {() => readonly string[]} chosen
 * @property {() => readonly string[]} hovered
 * @property {() => readonly Span[]} [places]
 */

/**
 * A claim in a list.
 * @typedef {object} ClaimItem
 * @property {string} key
 * @property {string} text The words of the claim.
 * @property {string | undefined} speaker The speaker's name.
 * @property {Sign} sign
 * @property {string | undefined} source The source, in the article's words.
 * @property {readonly string[]} outer The speakers of the claims that it stands in, the innermost first.
 * @property {Claim} claim
 */

/**
 * The words of a claim: one part after the other.
 * @param {string} text
 * @param {readonly Span[]} parts
 * @returns {string}
 */
export function contentOf(text, parts) {
    return parts.map(({ start, end }) => text.slice(start, end)).join(" … ");
}

/**
 * The claims of an analysis, in the order of the text.
 * @param {string} text
 * @param {Filtered} analysis
 * @returns {ClaimItem[]}
 */
export function claimItems(text, analysis) {
    const { claims, speakers, signs } = analysis;
    return claims.map((claim) => ({
        key: keyOf("claim", extentOf(claim.content)),
        text: contentOf(text, claim.content),
        speaker: claim.speaker === undefined ? undefined : speakers[claim.speaker]?.name,
        sign: signs?.[claim.speaker ?? -1] ?? NOBODY,
        source: claim.source && text.slice(claim.source.start, claim.source.end),
        outer: outerOf(text, analysis, claim),
        claim,
    }));
}

/**
 * The speakers of the claims that a claim stands in.
 * @param {string} text
 * @param {Filtered} analysis
 * @param {Claim} claim
 * @returns {string[]} The innermost first.
 */
export function outerOf(text, analysis, claim) {
    const { claims, all = claims, speakers } = analysis;
    const outer = claim.inside === undefined ? undefined : all[claim.inside];
    if (!outer) {
        return [];
    }
    const source = outer.source && text.slice(outer.source.start, outer.source.end);
    const name = outer.speaker === undefined ? undefined : speakers[outer.speaker]?.name;
    return [name ?? source ?? words.claims.nobody, ...outerOf(text, analysis, outer)];
}

/**
 * The button of a row, which tells when it is chosen or pointed at.
 * @param {RowActions} actions
 * @param {RowKeys} keys
 * @returns {HTMLButtonElement}
 */
export function rowButton({ chosen, hovered }, keys) {
    const light = () => hovered(keys.hovered(), keys.places?.());
    return element("button", {
        type: "button",
        class: "row",
        onclick: (/** @type {MouseEvent} */ event) => chosen(keys.chosen(), event),
        onpointerenter: light,
        onpointerleave: () => hovered([]),
        onfocus: light,
        onblur: () => hovered([]),
    });
}

/**
 * A row of a claim.
 * @param {RowActions} actions
 * @param {boolean} named Whether the row names the speaker.
 * @returns {import("../../kit/keyed.js").Row<ClaimItem>}
 */
export function claimRow(actions, named) {
    let key = "";
    /** @type {ClaimItem | undefined} */
    let shown;
    const keys = () => [key];
    const button = rowButton(actions, { chosen: keys, hovered: keys });
    const node = element("li", { class: "claim-row" }, button);
    return {
        node,
        update(item) {
            if (shown && isSame(shown, item)) {
                return;
            }
            shown = item;
            ({ key } = item);
            setAttribute(node, "data-keys", key);
            node.classList.toggle("continued", item.claim.continues !== undefined);
            node.classList.toggle("inside", item.outer.length === 1);
            node.classList.toggle("deeper", item.outer.length > 1);
            fill(button, ...claimParts(item, named));
        },
    };
}

/**
 * The content of a row, with the chip of a speaker before it.
 * @param {Sign | undefined} sign
 * @param {...Node} content
 * @returns {Node[]}
 */
export function signed(sign, ...content) {
    const chip = sign ? createChip(sign) : element("span", { class: "chip-space" });
    return [chip, element("span", { class: "row-body" }, ...content)];
}

/**
 * @param {ClaimItem} one
 * @param {ClaimItem} other
 * @returns {boolean} Whether both look the same.
 */
function isSame(one, other) {
    const same = one.claim === other.claim && one.sign === other.sign && one.speaker === other.speaker && one.text === other.text;
    return same && one.outer.join() === other.outer.join();
}

/**
 * @param {ClaimItem} item
 * @param {boolean} named
 * @returns {Node[]}
 */
function claimParts({ text, speaker, sign, source, outer, claim }, named) {
    const { form, kind, origin, continues } = claim;
    const percent = Math.round(100 * sureness(claim));
    const tags = [
        continues !== undefined && words.claims.continued,
        outer[0] !== undefined && words.claims.inside(outer[0]),
        words.forms[form],
        kind !== "statement" && words.kinds[kind],
        origin === "user" && words.claims.yours,
        isUnsure(claim) && words.claims.unsure(percent),
    ];
    // A speaker without a name, or an unknown one.
    const nobody = source ? words.claims.unresolved(source) : words.claims.nobody;
    const parts = [
        element(
            "span",
            { class: "row-head" },
            named && element("span", { class: speaker ? "name" : "name nobody" }, speaker ?? nobody),
            element("span", { class: `tags ${form}` }, tags.filter(Boolean).join(" · ")),
            element("span", { class: "for-ears" }, `, ${words.claims.sure(percent)}: `),
        ),
        element("span", { class: "row-text" }, text),
    ];
    return named ? signed(sign, ...parts) : [element("span", { class: "row-body" }, ...parts)];
}
