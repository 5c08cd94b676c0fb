/**
 * @file Files, compressed by gzip or not -> their lines, and complaints that say where and what to mend. The native program
 * says the same in src/bin/whosaid/input.rs.
 */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

const LINE_FEED = 0x0a;
const SPACES = [0x09, LINE_FEED, 0x0c, 0x0d, 0x20];
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTANDARD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A complaint about the input: what cannot be read is passed over, and the rest is read. */
export class Complaint extends Error {}

/**
 * What a complaint says; any other error is thrown on.
 * @param {unknown} error
 * @returns {string}
 */
export function complaintIn(error) {
    if (!(error instanceof Complaint)) {
        throw error;
    }
    return error.message;
}

/**
 * Lets the core read some input: where it refuses, that is a complaint about the place.
 * @template Result
 * @param {string} place
 * @param {"ArgumentError" | "ImportError"} name Of the error by which it refuses.
 * @param {() => Result} read
 * @returns {Result}
 */
export function complaining(place, name, read) {
    try {
        return read();
    } catch (error) {
        if (!(error instanceof Error && error.name === name)) {
            throw error;
        }
        throw new Complaint(`${place}: ${error.message}`, { cause: error });
    }
}

/** @param {unknown} error */
export function said(error) {
    return error instanceof Error ? error.message : String(error);
}

/**
 * What to say of a file that the system does not give.
 * @param {string} name
 * @param {unknown} error
 */
export function unreadable(name, error) {
    return `${name}: cannot be read (${said(error)}): check its name and who may read it`;
}

/**
 * Bytes as text; where they are no UTF-8, the complaint says in which line.
 * @param {string} name Of the file.
 * @param {Uint8Array} bytes
 * @param {number} first The number of the line that they start with.
 */
export function decoded(name, bytes, first) {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        const before = bytes.subarray(0, validLength(bytes));
        const line = first + before.filter((byte) => byte === LINE_FEED).length;
        const column = before.length - before.lastIndexOf(LINE_FEED);
        throw new Complaint(`${name}:${line}: byte ${column} of the line is not UTF-8: save the file as UTF-8`);
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
 * Bytes without the white space at their end.
 * @param {Uint8Array} bytes
 */
export function trimmed(bytes) {
    return bytes.subarray(0, bytes.findLastIndex((byte) => !SPACES.includes(byte)) + 1);
}

/**
 * The lines of chunks as they come, each with its number and with its end, without the byte order mark that some editors write.
 * @param {string} name Of the file.
 * @param {AsyncIterable<Buffer>} chunks
 * @returns {AsyncGenerator<{number: number, bytes: Buffer}>}
 */
export async function* linesOf(name, chunks) {
    let number = 0;
    /** @type {Buffer[]} */
    let parts = [];
    const line = () => {
        number += 1;
        const bytes = Buffer.concat(parts);
        parts = [];
        return { number, bytes: number === 1 && bytes.subarray(0, 3).equals(Buffer.from("\ufeff")) ? bytes.subarray(3) : bytes };
    };
    try {
        for await (const chunk of chunks) {
            let start = 0;
            for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
                parts.push(chunk.subarray(start, end + 1));
                start = end + 1;
                yield line();
            }
            if (start < chunk.length) {
                parts.push(chunk.subarray(start));
            }
        }
    } catch (error) {
        throw new Complaint(broken(name, number, error));
    }
    if (parts.length > 0) {
        yield line();
    }
}

/**
 * What to say of a file that gives no more after the line of this number, 0 being its start.
 * @param {string} name
 * @param {number} line
 * @param {unknown} error
 */
export function broken(name, line, error) {
    const after = line === 0 ? "" : ` after line ${line}`;
    if (error instanceof Complaint) {
        return error.message;
    }
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
        return `${name}: the compressed file is cut short or damaged${after} (${error.message}): copy it again`;
    }
    return line === 0 ? unreadable(name, error) : `${name}: cannot be read${after} (${said(error)})`;
}

/**
 * What a file holds, "-" being standard input, in chunks as they come. What gzip has compressed is decompressed; it tells by
 * its first bytes.
 * @param {string} path
 * @param {string} name
 * @param {(bytes: number) => void} counted Is told how many bytes of a file are read.
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* chunksOf(path, name, counted) {
    const chunks = path === "-" ? process.stdin : countedChunks(path, counted);
    const iterator = chunks[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    const maybe = (/** @type {Buffer} */ mark) => head.length < mark.length && mark.subarray(0, head.length).equals(head);
    while (maybe(GZIP) || maybe(ZSTANDARD)) {
        const { done, value } = await iterator.next();
        if (done === true) {
            break;
        }
        head = Buffer.concat([head, value]);
    }
    if (head.subarray(0, ZSTANDARD.length).equals(ZSTANDARD)) {
        const what = "is compressed by Zstandard, which the native program alone reads";
        throw new Complaint(`${name}: ${what}: decompress it (zstd -d), or compress it by gzip`);
    }
    const rest = { [Symbol.asyncIterator]: () => iterator };
    if (head.subarray(0, GZIP.length).equals(GZIP)) {
        yield* gunzipped(head, rest);
    } else {
        yield head;
        yield* rest;
    }
}

/**
 * @param {string} path
 * @param {(bytes: number) => void} counted
 * @returns {AsyncGenerator<Buffer>}
 */
async function* countedChunks(path, counted) {
    for await (const chunk of createReadStream(path)) {
        counted(chunk.length);
        yield chunk;
    }
}

/**
 * Decompresses chunk by chunk: a stream would drop what it has ready when it finds damage.
 * @param {Buffer} head
 * @param {AsyncIterable<Buffer>} rest
 * @returns {AsyncGenerator<Buffer>}
 */
async function* gunzipped(head, rest) {
    const gunzip = createGunzip();
    /** @type {Buffer[]} */
    let ready = [];
    gunzip.on("data", (chunk) => ready.push(chunk));
    /** @type {Promise<Error | undefined>} */
    const end = new Promise((resolve) => {
        gunzip.on("error", resolve);
        gunzip.on("end", () => resolve(undefined));
    });
    const taken = () => {
        const chunks = ready;
        ready = [];
        return chunks;
    };
    const write = (/** @type {Buffer} */ chunk) =>
        Promise.race([end, new Promise((resolve) => void gunzip.write(chunk, () => resolve(undefined)))]);
    let error = await write(head);
    yield* taken();
    if (error === undefined) {
        for await (const chunk of rest) {
            error = await write(chunk);
            yield* taken();
            if (error !== undefined) {
                break;
            }
        }
    }
    gunzip.end();
    error ??= await end;
    yield* taken();
    if (error !== undefined) {
        throw error;
    }
}

/** For each byte, what it does to a checksum. */
const CHECKS = Uint32Array.from({ length: 256 }, (_, byte) => {
    let check = byte;
    for (let bit = 0; bit < 8; bit += 1) {
        check = check & 1 ? (check >>> 1) ^ 0xedb88320 : check >>> 1;
    }
    return check;
});

/**
 * The CRC-32 of what has this checksum and these bytes after it; `zlib.crc32` is not in every Node 20.
 * @param {Uint8Array} bytes
 * @param {number} [before]
 */
export function checksum(bytes, before = 0) {
    let check = ~before;
    for (const byte of bytes) {
        check = /** @type {number} */ (CHECKS[(check ^ byte) & 0xff]) ^ (check >>> 8);
    }
    return ~check >>> 0;
}
