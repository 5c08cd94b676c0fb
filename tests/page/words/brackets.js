/**
 * @file Puts a catalogue in place of the page's own that has each of its texts in brackets. See words.spec.js.
 */
import { legend } from "../../../www/words/legend.js";
import { many } from "../../../www/words/many.js";
import { words } from "../../../www/words/page.js";
import { precise } from "../../../www/words/precise.js";
import { reread } from "../../../www/words/reread.js";
import { sourceList } from "../../../www/words/source-list.js";
import { tools } from "../../../www/words/tools.js";
import { voices } from "../../../www/words/voices.js";
import { setMessages } from "../../../www/words/words.js";

/** What is in the catalogue for the page, not to be read. */
const SIGNS = new Set(["tone"]);

/** @param {unknown} value @returns {any} The same, with every text in brackets, whoever makes it. */
function bracketed(value) {
    if (typeof value === "string") {
        return value === "" ? value : `[${value}]`;
    }
    if (typeof value === "function") {
        return (/** @type {unknown[]} */ ...given) => bracketed(value(...given));
    }
    if (Array.isArray(value)) {
        return value.map(bracketed);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, SIGNS.has(name) ? part : bracketed(part)]));
    }
    return value;
}

setMessages(bracketed({ ...words, legend, many, precise, reread, sourceList, tools, voices }));
