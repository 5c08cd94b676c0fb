/**
 * @file Tables as CSV: lines -> rows of cells, after RFC 4180, as spreadsheets write them. The native program has the same
 * automaton in src/bin/whosaid/cells.rs.
 */
import { Complaint, decoded } from "./bytes.js";

/** The most bytes that a row may have. A quotation mark that is never closed would take in all that follows. */
const LARGEST = 1 << 24;

/** What may stand between cells; the first line tells which. */
const SEPARATORS = [",", ";", "\t"];

/** @typedef {{line: number, bytes: Buffer, cells: string[]}} Row The number of the line that it starts on, its bytes and its cells. */

/**
 * The rows of a table, blank lines left out. What is none is yielded as a complaint.
 * @param {string} name Of the file.
 * @param {AsyncIterator<{number: number, bytes: Buffer}>} lines
 * @returns {AsyncGenerator<Row | Complaint>}
 */
export async function* rowsOf(name, lines) {
    /** @type {string | undefined} */
    let separator;
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
        const line = next.value.number;
        let { bytes } = next.value;
        if (["\n", "\r\n", ""].includes(bytes.toString("latin1"))) {
            continue;
        }
        separator ??= separatorOf(bytes);
        const parser = new Parser(separator);
        parser.read(bytes);
        const parts = [bytes];
        let length = bytes.length;
        while (parser.isQuoted) {
            const more = length > LARGEST ? undefined : await lines.next();
            if (more === undefined || more.done === true) {
                const mend = "close it, or write two of them for one in a cell; nothing was read from here on";
                yield new Complaint(`${name}:${line}: a quotation mark is not closed: ${mend}`);
                return;
            }
            parser.read(more.value.bytes);
            parts.push(more.value.bytes);
            length += more.value.bytes.length;
        }
        bytes = Buffer.concat(parts);
        try {
            decoded(name, bytes, line);
        } catch (error) {
            yield /** @type {Complaint} */ (error);
            continue;
        }
        yield { line, bytes, cells: parser.cells.map((cell) => Buffer.from(cell, "latin1").toString()) };
    }
}

/**
 * What stands between cells: what the first line has most of, a comma where it has none.
 * @param {Buffer} line
 */
function separatorOf(line) {
    const counts = SEPARATORS.map((separator) => line.filter((byte) => byte === separator.charCodeAt(0)).length);
    return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** Reads bytes as Latin-1, in which each is a character: what it looks for is ASCII. */
class Parser {
    cells = [""];
    /** @type {"start" | "plain" | "quoted" | "mark"} */
    #state = "start";
    #separator;

    /** @param {string} separator */
    constructor(separator) {
        this.#separator = separator;
    }

    /** Whether a quotation mark is open. */
    get isQuoted() {
        return this.#state === "quoted";
    }

    /**
     * Reads a line, with its end.
     * @param {Buffer} bytes
     */
    read(bytes) {
        const line = bytes.toString("latin1");
        const end = line.replace(/\r?\n$/u, "").length;
        // Plain cells as a whole, which most are.
        if (this.#state === "start" && !line.includes('"')) {
            this.cells = line.slice(0, end).split(this.#separator);
            return;
        }
        for (let at = 0; at < line.length; at += 1) {
            const character = /** @type {string} */ (line[at]);
            if (this.#state === "start" && character === '"') {
                this.#state = "quoted";
            } else if (this.#state === "quoted" && character === '"') {
                this.#state = "mark";
            } else if (this.#state === "quoted" || (this.#state === "mark" && character === '"')) {
                this.#push(character, "quoted");
            } else if (at >= end) {
                return;
            } else if (character === this.#separator) {
                this.cells.push("");
                this.#state = "start";
            } else {
                this.#push(character, "plain");
            }
        }
    }

    /**
     * @param {string} character
     * @param {"plain" | "quoted"} state
     */
    #push(character, state) {
        this.cells[this.cells.length - 1] += character;
        this.#state = state;
    }
}
