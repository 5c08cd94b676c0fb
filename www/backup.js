/**
 * @file The library as one file: written, and read with every part of it looked at before anything is changed.
 *
 * `{"format": "whosaid-library", "version": 1, "articles": [{"title", "text", "opened", "corrections", "tally"?}], "learnt"?}`.
 * The version grows when a reader of the old one would misread the new one; fields that are not known are passed over.
 */

import { countsOf } from "./database.js";
import { accept, digest } from "./text.js";
import { words } from "./words.js";

/** @import {Correction, Notebook} from "./pkg/whosaid.js" */
/** @import {Row} from "./database.js" */
/** @import {Whole} from "./store.js" */
/** @import {Tally} from "./tally.js" */

const FORMAT = "whosaid-library";
const VERSION = 1;

/**
 * What a file holds.
 * @typedef {object} Library
 * @property {Whole[]} articles
 * @property {object} [learnt]
 */

/** @typedef {(file: string) => Promise<Notebook>} Import The core's reader of one article; throws what it cannot read. */

/**
 * @param {string} why
 * @returns {Error}
 */
function importError(why) {
    return Object.assign(new Error(why), { name: "ImportError" });
}

/**
 * @param {string} start How a file starts.
 * @returns {boolean} Whether it is a library's, whole or not.
 */
export function isLibrary(start) {
    return new RegExp(`^\\uFEFF?\\s*\\{\\s*"format":\\s*"${FORMAT}"`).test(start);
}

/**
 * A library as the parts of a file, an article a line: they need not fit into one string.
 * @param {readonly Whole[]} articles
 * @param {object} [learnt]
 * @returns {string[]}
 */
export function writeLibrary(articles, learnt) {
    const lines = articles.map(({ title, text, opened, log, tally }, index) => {
        const article = JSON.stringify({ title, text, opened, corrections: log, tally });
        return `${index === 0 ? "" : ","}\n${article}`;
    });
    const head = `{"format": ${JSON.stringify(FORMAT)}, "version": ${VERSION}, "articles": [`;
    return [head, ...lines, "\n]", learnt ? `, "learnt": ${JSON.stringify(learnt)}` : "", "}\n"];
}

/**
 * Reads a library's file.
 * @param {string} content
 * @param {Import} read
 * @returns {Promise<Library>}
 * @throws {Error} An `ImportError` when any part of it is cut, damaged or newer: it says which, and what to mend.
 */
export async function readLibrary(content, read) {
    const { version, articles, learnt } = await parse(content, read);
    if (typeof version !== "number") {
        throw importError(words.library.damaged(words.library.damages.version));
    }
    if (version > VERSION) {
        throw importError(words.library.newer(version, VERSION));
    }
    if (!Array.isArray(articles)) {
        throw importError(words.library.damaged(words.library.damages.articles));
    }
    if (learnt !== undefined && !isObject(learnt)) {
        throw importError(words.library.damaged(words.library.damages.learnt));
    }
    const wholes = [];
    for (const [index, article] of articles.entries()) {
        try {
            wholes.push(await readArticle(article, read));
        } catch (error) {
            const title = typeof article?.title === "string" ? article.title : "";
            const { message } = /** @type {Error} */ (error);
            throw importError(words.library.article(index + 1, articles.length, title, message));
        }
    }
    return { articles: wholes, ...(learnt && { learnt }) };
}

/**
 * @param {string} content
 * @param {Import} read
 */
async function parse(content, read) {
    try {
        return JSON.parse(content.replace(/^\uFEFF/, ""));
    } catch (error) {
        // The core says the same of all files that are cut or damaged, with the line.
        await read(content);
        throw error;
    }
}

/**
 * @param {any} article As it stands in the file.
 * @param {Import} read
 * @returns {Promise<Whole>}
 */
async function readArticle(article, read) {
    if (typeof article?.text !== "string" || article.text.trim() === "") {
        throw importError(words.library.noText);
    }
    const { text, corrections: log } = await readNotebook(article, read);
    // Looked at, not changed: the corrections mean this text, line ends and all.
    accept(text);
    const { title, opened, tally } = article;
    /** @type {Row} */
    const row = {
        doc: await digest(text),
        title: typeof title === "string" ? title : "",
        opened: toTime(opened),
        ...countsOf(log),
        ...(isTally(tally) && { tally }),
    };
    return { ...row, text, log };
}

/**
 * An article's text and corrections, as the core takes them.
 * @param {{text: string, corrections: Correction[]}} article
 * @param {Import} read
 */
async function readNotebook({ text, corrections }, read) {
    try {
        return await read(JSON.stringify({ format: "whosaid", version: 1, text, corrections }));
    } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        if (name !== "ImportError") {
            throw error;
        }
        // The place in brackets is one in what was made here, not in the file.
        const what = /\((.*)\)/.exec(message)?.[1] ?? message;
        throw importError(words.library.damaged(what.replace(/ at line \d+ column \d+/, "")));
    }
}

/**
 * @param {unknown} time
 * @returns {string} RFC 3339, in UTC, so that times can be compared as strings.
 */
function toTime(time) {
    const parsed = new Date(typeof time === "string" ? time : NaN);
    return (Number.isNaN(parsed.getTime()) ? new Date() : parsed).toISOString();
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {any} value
 * @returns {value is Tally}
 */
function isTally(value) {
    const fields = ["claims", "speakers", "reviewed", "all"];
    return isObject(value) && fields.every((field) => Number.isInteger(/** @type {any} */ (value)[field]));
}
