/**
 * @file Files -> the articles in them, as they come: a text or a saved page is one; of a table each row is one, and of JSONL
 * each line. What is none is told, and the rest goes on.
 */

import { Cells, LARGEST, separatorOf } from "../core/cells.js";
import { pathOf } from "../kit/files.js";
import { isPage, kindOf, readFile } from "../state/text.js";
import { many } from "../words/many.js";
import { later } from "../words/words.js";
import { textOf } from "./html.js";

/** @import {Client, Given} from "../types.js" */

/** @typedef {Omit<Given, "time">} Place */

/** @typedef {{given: Place, text: string} | {fault: string}} Item */

/**
 * @typedef {object} Needs
 * @property {Pick<Client, "ask">} client
 * @property {(error: Error, file: string) => string} explain What to say of a file that cannot be opened.
 * @property {(file: string, columns: readonly string[]) => Promise<string>} choose Asks which column holds the texts.
 * @property {(bytes: number) => void} counted Is told how much of the files is read.
 */

const words = later("many", many);

const LINE_FEED = 10;

/** Errors that the other files would meet too. */
const GRAVE = ["AbortError", "LoadError", "ModelError"];

/** So many lines are given to the core at once. */
const LINES = 20;

/** What the column with the texts, and the one with the ids, are called in tables that people have. */
const TEXT = /^(?:text|content|body|article|full[ _-]?text)$/i;
const ID = /^(?:id|(?:article|doc(?:ument)?)[ _-]?id|url|link)$/i;

/**
 * @param {readonly File[]} files
 * @param {Needs} needs
 * @returns {AsyncGenerator<Item>}
 */
export async function* articlesOf(files, needs) {
    for (const file of files) {
        try {
            yield* KINDS[kindOf(file.name) ?? "text"](file, needs);
        } catch (error) {
            if (GRAVE.includes(/** @type {Error} */ (error).name)) {
                throw error;
            }
            yield { fault: needs.explain(/** @type {Error} */ (error), pathOf(file)) };
        }
    }
}

/** @type {Record<"table" | "lines" | "text", (file: File, needs: Needs) => AsyncGenerator<Item>>} */
const KINDS = { table, lines, text: whole };

/**
 * One article.
 * @param {File} file
 * @param {Needs} needs
 * @returns {AsyncGenerator<Item>}
 */
async function* whole(file, { counted }) {
    const content = await readFile(file, () => false);
    counted(file.size);
    const path = pathOf(file);
    const text = isPage(file.name, content) ? (textOf(content) ?? content) : content;
    yield item({ file: path, row: 1, id: JSON.stringify(path) }, text);
}

/**
 * @param {Place} given
 * @param {string} text
 * @returns {Item}
 */
function item(given, text) {
    return text.trim() === "" ? { fault: words.line(given.file, given.row, words.noText) } : { given, text };
}

/**
 * An article a line.
 * @param {File} file
 * @param {Needs} needs
 * @returns {AsyncGenerator<Item>}
 */
async function* lines(file, { client, counted }) {
    const path = pathOf(file);
    /** @type {{line: string, number: number}[]} */
    let some = [];
    async function* given() {
        for (const [index, each] of (await client.ask("articles", some)).entries()) {
            const row = some[index]?.number ?? 0;
            yield "fault" in each ? { fault: words.line(path, row, each.fault) } : item({ file: path, row, id: each.id }, each.text);
        }
        some = [];
    }
    for await (const { line, number } of linesOf(file, counted)) {
        if (line.trim() !== "") {
            some.push({ line: line.trimEnd(), number });
        }
        if (some.length === LINES) {
            yield* given();
        }
    }
    yield* given();
}

/**
 * An article a row.
 * @param {File} file
 * @param {Needs} needs
 * @returns {AsyncGenerator<Item>}
 */
async function* table(file, { counted, choose }) {
    const path = pathOf(file);
    const rows = rowsOf(linesOf(file, counted));
    const { value: head } = await rows.next();
    if (!head?.cells) {
        yield { fault: words.noTable(path) };
        return;
    }
    const text = head.cells.find((/** @type {string} */ name) => TEXT.test(name.trim())) ?? (await choose(path, head.cells));
    const [column, id] = [head.cells.indexOf(text), head.cells.findIndex((/** @type {string} */ name) => ID.test(name.trim()))];
    for await (const { number, cells } of rows) {
        const why = !cells ? words.quotation : cells.length !== head.cells.length && words.cells(cells.length, head.cells.length);
        if (why || !cells) {
            yield { fault: words.line(path, number, why || "") };
        } else {
            const name = id >= 0 && id !== column ? cells[id] : number;
            yield item({ file: path, row: number, id: JSON.stringify(name) }, cells[column] ?? "");
        }
    }
}

/**
 * The rows of a table, blank lines left out.
 * @param {AsyncGenerator<{line: string, number: number}>} given
 * @returns {AsyncGenerator<{number: number, cells?: string[]}>} Without cells: a quotation mark is not closed.
 */
async function* rowsOf(given) {
    /** @type {string | undefined} */
    let separator;
    for (let next = await given.next(); !next.done; next = await given.next()) {
        const { line, number } = next.value;
        if (/^\r?\n?$/.test(line)) {
            continue;
        }
        separator ??= separatorOf(line);
        const row = new Cells(separator);
        row.read(line);
        for (let { length } = line; row.isQuoted; length += next.value.line.length) {
            next = length > LARGEST ? { done: true, value: undefined } : await given.next();
            if (next.done) {
                yield { number };
                return;
            }
            row.read(next.value.line);
        }
        yield { number, cells: row.cells };
    }
}

/**
 * The lines of a file with their numbers and ends, as they come. A line that is no UTF-8 is taken for Windows-1252.
 * @param {File} file
 * @param {(bytes: number) => void} counted
 * @returns {AsyncGenerator<{line: string, number: number}>}
 */
async function* linesOf(file, counted) {
    let number = 0;
    for await (const bytes of chunkedLines(await streamOf(file, counted))) {
        number += 1;
        const line = decoded(bytes);
        yield { line: number === 1 ? line.replace(/^\uFEFF/, "") : line, number };
    }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {Uint8Array} bytes */
function decoded(bytes) {
    try {
        return utf8.decode(bytes);
    } catch {
        return new TextDecoder("windows-1252").decode(bytes);
    }
}

/**
 * What a file holds: decompressed where gzip compressed it, in UTF-8 where it begins as UTF-16.
 * @param {File} file
 * @param {(bytes: number) => void} counted
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
async function streamOf(file, counted) {
    const count = new TransformStream({
        transform(/** @type {Uint8Array} */ chunk, out) {
            counted(chunk.length);
            out.enqueue(chunk);
        },
    });
    const raw = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (file.stream()).pipeThrough(count);
    const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    if (first === 0x1f && second === 0x8b) {
        return raw.pipeThrough(new DecompressionStream("gzip"));
    }
    const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : undefined;
    return wide ? raw.pipeThrough(new TextDecoderStream(wide)).pipeThrough(new TextEncoderStream()) : raw;
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>} Each with its end.
 */
async function* chunkedLines(stream) {
    const reader = stream.getReader();
    /** @type {Uint8Array[]} */
    let parts = [];
    const line = () => {
        const [only] = parts;
        const all = parts.length === 1 && only ? only : new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
        if (all !== only) {
            parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
        }
        parts = [];
        return all;
    };
    try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
            let start = 0;
            for (let end = next.value.indexOf(LINE_FEED); end >= 0; end = next.value.indexOf(LINE_FEED, start)) {
                parts.push(next.value.subarray(start, end + 1));
                start = end + 1;
                yield line();
            }
            if (start < next.value.length) {
                parts.push(next.value.subarray(start));
            }
        }
    } finally {
        void reader.cancel().catch(() => undefined);
    }
    if (parts.length > 0) {
        yield line();
    }
}
