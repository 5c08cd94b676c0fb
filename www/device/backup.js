/**
 * @file The library as one file. Before anything is changed, each part of a file is checked.
 *
 * `{"format": "whosaid-library", "version": 1, "articles": [{"title", "text", "opened", "corrections", "tally"?, "given"?, "base"?}],
 * "learnt"?, "aside"?}`. `base` is the analysis that the corrections were made on: `{"model", "time", "found"}`.
 * `given` says where the article stood in what was taken in with others: `[{"file", "row", "id"}]`.
 * The version grows when a program of the old one would misread the new one. `aside` holds records as they stand, which
 * this version cannot read or would change: `[{"store", "value"}]`.
 */

import { failure } from "../core/failure.js";
import { readBase } from "./base.js";
import { fitsModel } from "./learning.js";
import { canRead, isCorrection, isMemory, isObject, isPlain, mended, textOf, unreadEvent } from "../state/records.js";
import { countsOf } from "../state/log.js";
import { LIBRARY, accept, digest } from "../state/text.js";
import { words } from "../words/page.js";

/** @import {Aside, Client, Memory, Whole} from "../types.js" */

const VERSION = 1;

/**
 * The content of a file.
 * @typedef {object} Library
 * @property {Whole[]} articles
 * @property {Memory} [learnt]
 * @property {Aside[]} aside Records that cannot be read completely.
 * @property {string[]} faults The parts that cannot be read, in words.
 */

/**
 * A library as the parts of a file, an article a line: they need not fit into one string.
 * @param {readonly Whole[]} articles
 * @param {object | undefined} learnt
 * @param {readonly Aside[]} aside
 * @returns {string[]}
 */
export function writeLibrary(articles, learnt, aside) {
    const list = (/** @type {readonly object[]} */ values) => values.map((value, index) => `${index === 0 ? "" : ","}\n${textOf(value)}`);
    const lines = articles.map(({ title, text, opened, log, tally, given, base }) => {
        const { doc: _, ...rest } = base ?? { doc: "" };
        return { title, text, opened, corrections: log, tally, given, base: base && rest };
    });
    const head = `{"format": ${JSON.stringify(LIBRARY)}, "version": ${VERSION}, "articles": [`;
    const rest = aside.length > 0 ? [`, "aside": [`, ...list(aside), "\n]"] : [];
    return [head, ...list(lines), "\n]", learnt ? `, "learnt": ${textOf(learnt)}` : "", ...rest, "}\n"];
}

/**
 * Reads a library's file.
 * @param {string} content
 * @param {Client} client
 * @returns {Promise<Library>}
 * @throws {Error} An `ImportError` when the file is cut, newer, or holds no list of articles: it says what to mend.
 */
export async function readLibrary(content, client) {
    const { version, articles, learnt, aside = [] } = await parse(content, client);
    if (typeof version !== "number") {
        throw failure("ImportError", words.library.damaged(words.library.damages.version));
    }
    if (version > VERSION) {
        throw failure("ImportError", words.library.newer(version, VERSION));
    }
    if (!Array.isArray(articles)) {
        throw failure("ImportError", words.library.damaged(words.library.damages.articles));
    }
    /** @type {Library} */
    const library = { articles: [], aside: [], faults: [] };
    const records = (Array.isArray(aside) ? aside : [aside]).map(toAside);
    const isArticle = (/** @type {Aside} */ { store }) => store === "library";
    for (const [index, article] of articles.entries()) {
        const why = await readArticle(article, library);
        if (why) {
            const title = isObject(article) && typeof article.title === "string" ? article.title : "";
            library.faults.push(words.library.article(index + 1, articles.length, title, why));
        }
    }
    for (const { value } of records.filter(isArticle)) {
        await readArticle(value, library);
    }
    library.aside.push(...records.filter((record) => !isArticle(record)));
    await readLearnt(learnt, library, client);
    return library;
}

/**
 * @param {string} content
 * @param {Client} client
 */
async function parse(content, client) {
    try {
        return JSON.parse(content.replace(/^\uFEFF/, ""));
    } catch (error) {
        // The core says the same of all files that are cut or damaged, with the line.
        await client.ask("import", content);
        throw error;
    }
}

/**
 * @param {unknown} record As it stands in the file.
 * @returns {Aside}
 */
function toAside(record) {
    const isAside = isObject(record) && typeof record.store === "string" && "value" in record;
    return isAside ? { store: record.store, value: record.value } : { store: "aside", value: record };
}

/**
 * Reads an article with those of its corrections that can be read; sets the rest aside.
 * @param {any} article As it stands in the file.
 * @param {Library} library
 * @returns {Promise<string | undefined>} The parts of it that cannot be read, in words.
 */
async function readArticle(article, library) {
    const setAside = () => library.aside.push({ store: "library", value: article });
    const why = whyNot(article);
    if (why) {
        setAside();
        return why;
    }
    const { text, title, opened, tally, given } = article;
    const doc = await digest(text);
    const values = Array.isArray(article.corrections) ? article.corrections : [];
    const log = values.filter(isCorrection);
    const unread = values.filter((/** @type {unknown} */ value) => !isCorrection(value));
    library.aside.push(...unread.map((/** @type {unknown} */ value) => unreadEvent(doc, value)));
    if (!isPlain("library", article)) {
        setAside();
    }
    const base = isObject(article.base) ? readBase({ ...article.base, doc }) : undefined;
    const row = { ...mended({ doc, title, opened: toTime(opened), tally, given }), ...countsOf(log) };
    library.articles.push({ ...row, text, log, ...(base && { base }) });
    if (unread.length > 0) {
        return words.library.unreadCorrections(unread.length);
    }
    return canRead("library", article) ? undefined : words.library.partly;
}

/**
 * @param {any} article
 * @returns {string | undefined} Why an article has no text that can be read.
 */
function whyNot(article) {
    if (!isObject(article) || typeof article.text !== "string") {
        return words.library.noText;
    }
    try {
        // Looked at, not changed: the corrections mean this text, line ends and all.
        accept(article.text);
        return undefined;
    } catch {
        return words.library.noText;
    }
}

/**
 * Takes the lessons over, if they fit the model.
 * @param {unknown} value As it stands in the file.
 * @param {Library} library
 * @param {Client} client
 */
async function readLearnt(value, library, client) {
    if (value === undefined) {
        return;
    }
    const fits = isMemory(value) && (await fitsModel(value.learnt, client));
    if (fits) {
        library.learnt = value;
    } else {
        library.aside.push({ store: "learnt", value: { key: "corrections", value } });
        library.faults.push(words.library.unfitLearnt);
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
