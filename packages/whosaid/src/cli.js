#!/usr/bin/env node
/**
 * @file The command line on the WebAssembly: `whosaid annotate` as the native program has it, with the same records.
 *
 * Exit status: 0 when all went well, 1 when some of the input could not be read (standard error says where and what to
 * mend; everything else was still done), 2 when it could not go on.
 */

import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import init, { Annotator } from "../pkg/whosaid.js";

/** @import {Readable} from "node:stream" */
/** @import {Options} from "../pkg/whosaid.js" */

const HELP = `Reads news articles and says who said what.

Usage: whosaid annotate [OPTIONS] [FILES]...

  [FILES]...                Plain text, one article a file (its id is the file's name as given); "-" or none: standard input

      --jsonl                    The input is JSONL: one {"id": "…", "text": "…"} a line, other fields ignored; without an
                                 id, the line's number is the id
      --min-confidence <NUMBER>  Leave out claims that are less sure than this, 0 to 1 [default: 0.4]
      --model <FILE>             Read with this model file instead of the built-in one
  -h, --help                     Print this
  -V, --version                  Print the version

Each article gives one line of JSON, with offsets in Unicode code points.
`;

const OPTIONS = /** @type {const} */ ({
    jsonl: { type: "boolean" },
    "min-confidence": { type: "string" },
    model: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "V" },
});

const LINE_FEED = 0x0a;
const SPACES = [0x09, LINE_FEED, 0x0c, 0x0d, 0x20];

/** @param {unknown} message */
function complain(message) {
    process.stderr.write(`whosaid: ${message}\n`);
}

/** @param {unknown} error */
function said(error) {
    return error instanceof Error ? error.message : String(error);
}

/**
 * Bytes as text; where they are no UTF-8, the error says in which line.
 * @param {string} name Of the file.
 * @param {Uint8Array} bytes
 * @param {number} first The number of the line that they start with.
 */
function decoded(name, bytes, first) {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        const before = bytes.subarray(0, validLength(bytes));
        const line = first + before.filter((byte) => byte === LINE_FEED).length;
        const column = before.length - before.lastIndexOf(LINE_FEED);
        throw new Error(`${name}:${line}: byte ${column} of the line is not UTF-8: save the file as UTF-8`);
    }
}

/**
 * How many bytes at the start are whole characters of UTF-8.
 * @param {Uint8Array} bytes
 */
function validLength(bytes) {
    const startOf = (/** @type {number} */ length) => {
        try {
            return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), { stream: true });
        } catch {
            return undefined;
        }
    };
    let [good, bad] = [0, bytes.length + 1];
    while (bad - good > 1) {
        const middle = Math.floor((good + bad) / 2);
        if (startOf(middle) === undefined) {
            bad = middle;
        } else {
            good = middle;
        }
    }
    return Buffer.byteLength(startOf(good) ?? "");
}

/**
 * The lines of a stream as they come, each with its number, without the byte order mark that some editors write and without
 * white space at their ends; blank ones are left out.
 * @param {Readable} stream
 * @returns {AsyncGenerator<{number: number, bytes: Uint8Array}>}
 */
async function* linesOf(stream) {
    let number = 0;
    /** @type {Buffer[]} */
    let parts = [];
    const line = () => {
        number += 1;
        let bytes = Buffer.concat(parts);
        parts = [];
        if (number === 1 && bytes.subarray(0, 3).equals(Buffer.from("\ufeff"))) {
            bytes = bytes.subarray(3);
        }
        return { number, bytes: bytes.subarray(0, bytes.findLastIndex((byte) => !SPACES.includes(byte)) + 1) };
    };
    for await (const chunk of stream) {
        let start = 0;
        for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
            parts.push(chunk.subarray(start, end));
            start = end + 1;
            const whole = line();
            if (whole.bytes.length > 0) {
                yield whole;
            }
        }
        parts.push(chunk.subarray(start));
    }
    const last = line();
    if (last.bytes.length > 0) {
        yield last;
    }
}

/**
 * Writes one record at once, so that a program at the other end can work on it.
 * @param {string} record
 * @returns {Promise<void>}
 */
function print(record) {
    return new Promise((resolve, reject) => {
        process.stdout.write(`${record}\n`, (error) => (error ? reject(error) : resolve()));
    });
}

/** @param {string} path */
function open(path) {
    return path === "-" ? process.stdin : createReadStream(path);
}

/**
 * What to say of a file that the system does not give.
 * @param {string} name
 * @param {unknown} error
 */
function unreadable(name, error) {
    return `${name}: cannot be read (${said(error)}): check its name and who may read it`;
}

/**
 * Annotates what a file holds; false when some of it could not be read.
 * @param {string} path
 * @param {boolean} isJsonl
 * @param {(line: string, number: number) => string} record
 */
async function annotate(path, isJsonl, record) {
    const name = path === "-" ? "stdin" : path;
    let isGood = true;
    const articles = isJsonl ? linesOf(open(path)) : wholeOf(open(path));
    try {
        for await (const { number, bytes } of articles) {
            let done;
            try {
                const text = decoded(name, bytes, number);
                done = record(isJsonl ? text : JSON.stringify({ id: name, text }), number);
            } catch (error) {
                if (error instanceof WebAssembly.RuntimeError) {
                    throw error;
                }
                const isLine = error instanceof Error && error.name === "ArgumentError";
                complain(isLine ? `${name}:${number}: ${said(error)}` : said(error));
                isGood = false;
                continue;
            }
            await print(done);
        }
    } catch (error) {
        // What the system said of the file; of anything else the caller knows more.
        if (!(error instanceof Error && "syscall" in error && error.syscall !== "write")) {
            throw error;
        }
        complain(unreadable(name, error));
        return false;
    }
    return isGood;
}

/**
 * A whole stream, as one article.
 * @param {Readable} stream
 * @returns {AsyncGenerator<{number: number, bytes: Uint8Array}>}
 */
async function* wholeOf(stream) {
    yield { number: 1, bytes: Buffer.concat(await stream.toArray()) };
}

/**
 * The core with its model.
 * @param {string} [path] Of another model file.
 */
async function load(path) {
    await init({ module_or_path: await readFile(new URL("./pkg/whosaid_bg.wasm", import.meta.url)) });
    if (path === undefined) {
        return new Annotator(await readFile(new URL("./pkg/model.bin", import.meta.url)));
    }
    const bytes = await readFile(path).catch((error) => {
        throw new Error(unreadable(path, error));
    });
    try {
        return new Annotator(bytes);
    } catch (error) {
        throw new Error(`${path}: ${said(error)}`, { cause: error });
    }
}

/**
 * @param {string | undefined} given
 * @returns {Options}
 */
function optionsOf(given) {
    if (given === undefined) {
        return {};
    }
    const minConfidence = given.trim() === "" ? NaN : Number(given);
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
        throw new Error(`--min-confidence ${given}: a number from 0 to 1 is needed`);
    }
    return { minConfidence };
}

/** @returns {Promise<number>} The exit status. */
async function main() {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (values.help || values.version) {
        // @ts-expect-error scripts/package.mjs puts it in.
        process.stdout.write(values.help ? HELP : `whosaid ${VERSION}\n`);
        return 0;
    }
    const [command, ...files] = positionals;
    if (command !== "annotate") {
        const what = command === undefined ? "nothing is asked" : `there is no command "${command}"`;
        throw new Error(`${what}: whosaid annotate article.txt (--help says more)`);
    }
    const options = optionsOf(values["min-confidence"]);
    const annotator = await load(values.model);
    let isGood = true;
    for (const path of files.length > 0 ? files : ["-"]) {
        const record = (/** @type {string} */ line, /** @type {number} */ number) => annotator.record(line, number, options);
        isGood = (await annotate(path, values.jsonl === true, record)) && isGood;
    }
    return isGood ? 0 : 1;
}

// Whoever read our output has had enough.
process.stdout.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === "EPIPE") {
        process.exit(0);
    }
});

try {
    process.exitCode = await main();
} catch (error) {
    complain(said(error));
    process.exitCode = 2;
}
