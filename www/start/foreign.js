/**
 * @file Files that other tools wrote: their articles go into the library with their marks, and a single one is opened. Loaded when
 * a file has the ending of one.
 */

import { imported } from "../core/converting.js";
import { pathOf } from "../kit/files.js";
import { IMPORTED } from "../state/records.js";
import { tally } from "../state/tally.js";
import { accept, digest, readFile, titleOf } from "../state/text.js";
import { tools } from "../words/tools.js";
import { later } from "../words/words.js";

/** @import {Notebook} from "../pkg/whosaid.js" */
/** @import {Given, Lost, Whole} from "../types.js" */
/** @import {Message} from "../words/messages.js" */
/** @import {Needs} from "./tools.js" */

const words = later("tools", tools);

/** How much of a file is looked at to tell whose it is, in bytes: the first line of JSONL holds a whole article. */
const START = 1 << 20;

/** @typedef {"brat" | "w3c" | "label-studio" | "doccano" | "prodigy"} Format */

/** Those that keep the text in a file of its own. @type {readonly Format[]} */
const APART = ["brat", "w3c"];

/**
 * @typedef {object} Taken
 * @property {readonly File[]} others Files that no other tool wrote.
 * @property {readonly string[]} notes What came of those that one did, in sentences: it is told already where there are no others.
 */

/**
 * What came of files.
 * @typedef {object} Read
 * @property {Whole[]} articles
 * @property {Lost[]} lost
 * @property {string[]} faults
 */

/**
 * Opens the files among some that other tools wrote.
 * @param {Needs} needs
 * @param {readonly File[]} files
 * @returns {Promise<Taken>}
 */
export async function takeOut(needs, files) {
    const all = await Promise.all(files.map(async (file) => ({ file, format: await formatOf(file) })));
    const known = all.flatMap(({ file, format }) => (format ? [{ file, format }] : []));
    if (known.length === 0) {
        return { others: files, notes: [] };
    }
    /** @type {Read} */
    const read = { articles: [], lost: [], faults: [] };
    const taken = new Set(known.map(({ file }) => file));
    const apart = known.filter(({ format }) => APART.includes(format));
    for (const { file, format } of known) {
        const beside = APART.includes(format) ? textBeside(file, files, apart.length === 1) : undefined;
        if (beside) {
            taken.add(beside);
        }
        await readOne(needs, { file, format, beside }, read);
    }
    const names = [...new Set(known.map(({ format }) => words.names[format]))].join(", ");
    const others = files.filter((file) => !taken.has(file));
    const { title, safe } = await keep(needs, read, { format: names, isAlone: others.length === 0 });
    return { others, notes: [title, ...(safe === undefined ? [] : [safe])] };
}

/**
 * Opens an article of whosaid's own file that another tool marked: its marks hold all corrections.
 * @param {Needs} needs
 * @param {Notebook} notebook
 */
export async function reopen(needs, notebook) {
    const { length: count } = notebook.corrections;
    const lost = count > 0 ? [{ what: "corrections in the log", count }] : [];
    const articles = [await wholeOf(notebook)].filter((whole) => whole !== undefined);
    await keep(needs, { articles, lost, faults: [] }, { format: words.names.json, isAlone: true });
}

/**
 * Keeps what was read, opens it where it is one article, and tells what came of it.
 * @param {Needs} needs
 * @param {Read} read
 * @param {{format: string, isAlone: boolean}} more Alone: no other file was given.
 * @returns {Promise<Message>} What came of it.
 */
async function keep({ store, shelf, notices, open, showLibrary }, { articles, lost, faults }, { format, isAlone }) {
    // What was deleted there goes for good: its corrections are not those of what comes.
    await shelf.leave();
    const kept = new Set(articles.length > 0 ? await store.keepMarked(articles) : []);
    const fresh = articles.filter(({ doc }) => !kept.has(doc));
    const left = articles.filter(({ doc }) => kept.has(doc)).map(({ title }) => title);
    const [only] = fresh;
    if (only && fresh.length === 1 && isAlone) {
        await open(only.doc, only.text);
    } else {
        showLibrary();
    }
    const message = words.opened({ format, articles: fresh.length, left, lost, faults });
    notices.show(message);
    return message;
}

/**
 * Whose file it is.
 * @param {File} file
 * @returns {Promise<Format | undefined>} Nobody's but whosaid's, or a list of articles.
 */
async function formatOf(file) {
    if (/\.ann$/i.test(file.name)) {
        return "brat";
    }
    if (!/\.(?:json|jsonl|jsonld)$/i.test(file.name)) {
        return undefined;
    }
    const start = (await file.slice(0, START).text()).replace(/^\uFEFF/, "").trimStart();
    if (/^[[{]/.test(start) && /"https?:\/\/www\.w3\.org\/ns\/anno\.jsonld"|"type"\s*:\s*"Annotation"/.test(start)) {
        return "w3c";
    }
    if (/^\[\s*\{/.test(start) && /"data"\s*:\s*\{/.test(start) && /"(?:annotations|predictions)"\s*:\s*\[/.test(start)) {
        return "label-studio";
    }
    return ofLine(start.split("\n", 1)[0] ?? "");
}

/**
 * Whose line it is.
 * @param {string} line
 * @returns {"doccano" | "prodigy" | undefined}
 */
function ofLine(line) {
    try {
        const { text, spans, entities, label, labels } = JSON.parse(line);
        if (typeof text !== "string") {
            return undefined;
        }
        return Array.isArray(spans) ? "prodigy" : [entities, label, labels].some(Array.isArray) ? "doccano" : undefined;
    } catch {
        return undefined;
    }
}

/**
 * The file with the text that a file of marks speaks of: the one of its name, or the only one where there are no other marks.
 * @param {File} file
 * @param {readonly File[]} files
 * @param {boolean} isOnly
 * @returns {File | undefined}
 */
function textBeside(file, files, isOnly) {
    const texts = files.filter(({ name }) => /\.txt$/i.test(name));
    const stem = (/** @type {File} */ given) => pathOf(given).replace(/\.[^./]+$/, "");
    return texts.find((text) => stem(text) === stem(file)) ?? (isOnly && texts.length === 1 ? texts[0] : undefined);
}

/**
 * @param {Needs} needs
 * @param {{file: File, format: Format, beside: File | undefined}} given
 * @param {Read} read Gets what came of it.
 */
async function readOne({ startConverter }, { file, format, beside }, read) {
    const path = pathOf(file);
    if (APART.includes(format) && !beside) {
        read.faults.push(words.noText(path));
        return;
    }
    try {
        const text = beside && (await readFile(beside, () => false));
        const content = await readFile(file, () => false);
        const found = await imported(startConverter, { file: content, format, ...(text !== undefined && { text }) });
        for (const [index, { notebook, lost }] of found.entries()) {
            const time = new Date().toISOString();
            const given = { file: path, row: index + 1, id: JSON.stringify(found.length === 1 ? path : index + 1), time };
            const whole = await wholeOf(notebook, given);
            read.articles.push(...(whole ? [whole] : []));
            read.lost.push(...lost);
        }
        if (found.length === 0) {
            read.faults.push(words.noArticle(path));
        }
    } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        if (name !== "ImportError") {
            throw error;
        }
        read.faults.push(words.unread(path, message));
    }
}

/**
 * An article as the library keeps it: its marks are what its corrections will be made on.
 * @param {Notebook} notebook
 * @param {Given} [given] Where it stood.
 * @returns {Promise<Whole | undefined>}
 */
async function wholeOf({ text, analysis: found }, given) {
    if (!found) {
        return undefined;
    }
    // Looked at, not changed: the marks mean this text, line ends and all.
    accept(text);
    const [doc, time] = [await digest(text), new Date().toISOString()];
    const base = { doc, model: IMPORTED, time, found };
    const row = { doc, title: titleOf(text, found), opened: time, corrections: 0, tally: tally(found) };
    return { ...row, text, log: [], base, ...(given && { given: [given] }) };
}
