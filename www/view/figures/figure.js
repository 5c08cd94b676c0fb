/**
 * @file The frame of a figure: title, drawing, its meaning in a sentence, and the same as a table. Drawing and table
 * can be copied.
 */

import { element, fill } from "../../kit/dom.js";
import { copy } from "../lists/quote.js";
import { copyImage } from "./image.js";
import { voices } from "../../words/voices.js";
import { later } from "../../words/words.js";

const own = later("voices", voices);

/** @typedef {string | {text: string, run: (event: MouseEvent) => void}} Cell What `run` has is a button. */

/** @typedef {{head: readonly string[], rows: () => readonly (readonly Cell[])[]}} Table Its rows are asked for when they are looked at. */

/** @typedef {{caption: string, table: Table, picture: () => SVGSVGElement}} Shown */

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
export function createFigure(title, content) {
    /** @type {Shown | undefined} */
    let shown;
    const caption = element("figcaption", { class: "figure-caption" });
    const said = element("span", { role: "status", class: "figure-said" });
    const table = element("table", { class: "figure-table" });
    const copyTable = element("button", { type: "button", class: "quiet", onclick: () => void copyRows() }, own.copyTable);
    const details = element(
        "details",
        { class: "figure-details", ontoggle: showTable },
        element("summary", { "aria-label": `${own.table}: ${title}` }, own.table),
        element("div", { class: "figure-scroll", tabindex: 0, role: "region", "aria-label": title }, table),
        copyTable,
    );
    const copyPicture = element("button", { type: "button", class: "quiet", onclick: () => void image() }, own.copyImage);
    copyPicture.setAttribute("aria-label", `${own.copyImage}: ${title}`);
    const tools = element("div", { class: "figure-tools" }, copyPicture, said);
    const figure = element("figure", { class: "figure" }, content, caption, tools, details);
    const node = element("section", { class: "figure-part" }, element("h3", { class: "heading" }, title), figure);

    function showTable() {
        if (details.open && shown) {
            fill(table, ...tableParts(shown.table));
        } else {
            fill(table);
        }
    }

    async function copyRows() {
        const isCopied = await copy(shown ? tsvOf(shown.table) : "");
        fill(said, isCopied ? own.copied : own.notCopied);
    }

    async function image() {
        if (shown) {
            const { picture, caption: sentence } = shown;
            try {
                fill(said, own[await copyImage(picture(), title, sentence, node)]);
            } catch {
                fill(said, own.notCopied);
            }
        }
    }

    return {
        node,

        /** @param {Shown | string} what A sentence where there is nothing to draw. */
        show(what) {
            shown = typeof what === "string" ? undefined : what;
            fill(caption, typeof what === "string" ? what : what.caption);
            fill(said);
            for (const part of [content, tools, details]) {
                part.hidden = !shown;
            }
            showTable();
        },
    };
}

/**
 * @param {Table} table
 * @returns {Node[]}
 */
export function tableParts({ head, rows }) {
    const cell = (/** @type {Cell} */ one) =>
        typeof one === "string" ? one : element("button", { type: "button", class: "link", onclick: one.run }, one.text);
    const heads = head.map((name) => element("th", { scope: "col" }, name));
    const body = rows().map((row) =>
        element(
            "tr",
            {},
            ...row.map((one, nth) => (nth === 0 ? element("th", { scope: "row" }, cell(one)) : element("td", {}, cell(one)))),
        ),
    );
    return [element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body)];
}

/**
 * A cell for spreadsheets: text that they would read as a formula gets an apostrophe before it, which they do not show
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 * @param {string} cell
 * @returns {string}
 */
function shielded(cell) {
    return /^[=+\-@]/u.test(cell) ? `'${cell}` : cell;
}

/**
 * A table as spreadsheets take it: columns between tabs.
 * @param {Table} table
 * @returns {string}
 */
export function tsvOf({ head, rows }) {
    const plain = (/** @type {Cell} */ one) => shielded((typeof one === "string" ? one : one.text).replace(/\s+/gu, " "));
    return [head, ...rows()].map((row) => row.map(plain).join("\t")).join("\n");
}
