/**
 * @file A line of a table in CSV -> its cells, after RFC 4180, as spreadsheets write them. The native program has the same
 * automaton in src/bin/whosaid/cells.rs.
 */

/** The most characters that a row may have. A quotation mark that is never closed would take in all that follows. */
export const LARGEST = 1 << 24;

/** What may stand between cells; the first line tells which. */
const SEPARATORS = [",", ";", "\t"];

/**
 * What stands between cells: what the first line has most of, a comma where it has none.
 * @param {string} line
 * @returns {string}
 */
export function separatorOf(line) {
    const counts = SEPARATORS.map((separator) => line.split(separator).length);
    return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** Reads a row, line by line as long as a quotation mark is open. What it looks for is ASCII, so bytes as Latin-1 will do too. */
export class Cells {
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
     * @param {string} line
     */
    read(line) {
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
