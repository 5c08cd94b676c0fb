/**
 * @file Text on its way in: pasted, dropped or opened -> the string that all later offsets refer to.
 */

/** @import {Analysis} from "../pkg/whosaid.js" */

/** The longest text that is read, in UTF-16 code units; about 40 novels. */
export const LONGEST = 20_000_000;

/** So many words of a long text are shown before it is read to its end. */
const FIRST_WORDS = 2000;

/** A text of more UTF-16 code units is a long one: it takes a while until it is read. */
const LONG = 40_000;

/** How much of a file is looked at to tell what it is, in bytes. */
const START = 200;

/** Why something that was given cannot be read; `name` says which of the catalogue's messages fits. */
export class TextError extends Error {
    /** @param {"empty" | "tooLong" | "notText"} name */
    constructor(name) {
        super(name);
        this.name = name;
    }
}

/**
 * A string as it is kept: line ends are LF, a lone surrogate is U+FFFD. Done once; nothing later changes the text.
 * @param {string} raw
 * @returns {string}
 */
export function normalise(raw) {
    const text = raw.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
    // Under `u` a pair is one character, so the class matches lone surrogates only.
    return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * The first line of a text, cut to the length of a title.
 * @param {string} text
 * @returns {string}
 */
export function firstLine(text) {
    const line = text.trimStart().slice(0, 1000).split("\n", 1)[0] ?? "";
    return line.trim().slice(0, 200);
}

/**
 * The title of an article: its headline, or its first line.
 * @param {string} text
 * @param {Pick<Analysis, "zones">} analysis
 * @returns {string}
 */
export function titleOf(text, { zones }) {
    const place = zones.find(({ zone }) => zone === "headline")?.span ?? zones[0]?.span;
    return firstLine(place ? text.slice(place.start, place.end) : text);
}

/**
 * The beginning of a long text, to the end of a paragraph where one ends soon.
 * @param {string} text
 * @returns {string | undefined} `undefined`: the text is short.
 */
export function beginningOf(text) {
    if (text.length <= LONG) {
        return undefined;
    }
    const words = /\S+\s*/gu;
    for (let count = 0; count < FIRST_WORDS && words.lastIndex < LONG / 2 && words.test(text);) {
        count += 1;
    }
    const at = words.lastIndex;
    const end = text.indexOf("\n", at);
    return text.slice(0, end >= 0 && end < at + LONG / 4 ? end : at);
}

/**
 * A text as it is searched: without case and accents.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
    return text
        .normalize("NFKD")
        .replace(/\p{Mn}/gu, "")
        .toLowerCase();
}

/**
 * The given text in the form that is kept.
 * @param {string} raw
 * @returns {string}
 * @throws {TextError} When there is nothing to read, or too much.
 */
export function accept(raw) {
    if (raw.length > LONGEST) {
        throw new TextError("tooLong");
    }
    const text = normalise(raw);
    if (text.trim() === "") {
        throw new TextError("empty");
    }
    return text;
}

/**
 * What a file holds, after its name: one text, or many of them in the rows of a table or in lines of JSON.
 * @param {string} name
 * @returns {"text" | "table" | "lines" | undefined} `undefined`: the name does not say.
 */
export function kindOf(name) {
    const kinds = /** @type {const} */ ({ csv: "table", tsv: "table", jsonl: "lines", ndjson: "lines" });
    const many = /\.(csv|tsv|jsonl|ndjson)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
    const isText = /\.(?:txt|text|md|x?html?)$/i.test(name);
    return many === undefined ? (isText ? "text" : undefined) : kinds[/** @type {keyof typeof kinds} */ (many)];
}

/** What a file of the whole library says of itself. */
export const LIBRARY = "whosaid-library";

/**
 * @param {string} start How a file starts.
 * @returns {boolean} Whether it is a library's, whole or not.
 */
export function isLibrary(start) {
    return new RegExp(`^\\uFEFF?\\s*\\{\\s*"format":\\s*"${LIBRARY}"`).test(start);
}

/**
 * @param {string} name The file's.
 * @param {string} content
 * @returns {boolean} Whether it is a page of the web.
 */
export function isPage(name, content) {
    return /\.x?html?$/i.test(name) || /^\s*<(?:!doctype html|html)[\s>]/i.test(content);
}

/**
 * A file's text: UTF-8, UTF-16 with a byte order mark, or Windows-1252.
 * @param {Blob} file
 * @param {(start: string) => boolean} isMany Whether a file that starts so may hold many articles.
 * @returns {Promise<string>}
 * @throws {TextError} When it is too long or no text.
 */
export async function readFile(file, isMany) {
    // A code unit takes four bytes at most in all encodings that are read.
    if (file.size > 4 * LONGEST && !isMany(await file.slice(0, START).text())) {
        throw new TextError("tooLong");
    }
    return decode(new Uint8Array(await file.arrayBuffer()));
}

/**
 * Bytes as text: see `readFile`.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function decode(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) {
        return new TextDecoder("utf-16le").decode(bytes);
    }
    if (bytes[0] === 0xfe && bytes[1] === 0xff) {
        return new TextDecoder("utf-16be").decode(bytes);
    }
    // Of the control characters only tab, line feed, form feed, carriage return and escape occur in text.
    if (bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte))) {
        throw new TextError("notText");
    }
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        return new TextDecoder("windows-1252").decode(bytes);
    }
}

/**
 * The SHA-256 of a text's UTF-8 bytes, which is the name that an article is kept under, or of a file's: in hexadecimal.
 * @param {string | Uint8Array<ArrayBuffer>} content
 * @returns {Promise<string>}
 * @throws {Error} Where the page was not loaded from a secure address: browsers offer no digest there.
 */
export async function digest(content) {
    const hash = await crypto.subtle.digest("SHA-256", typeof content === "string" ? new TextEncoder().encode(content) : content);
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
