/**
 * @file Tables as CSV: lines -> rows of cells, each with its bytes.
 */
import { Cells, LARGEST, separatorOf } from "../../../../www/core/cells.js";
import { Complaint, decoded } from "./bytes.js";

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
        const first = bytes.toString("latin1");
        if (["\n", "\r\n", ""].includes(first)) {
            continue;
        }
        separator ??= separatorOf(first);
        const parser = new Cells(separator);
        parser.read(first);
        const parts = [bytes];
        let length = bytes.length;
        while (parser.isQuoted) {
            const more = length > LARGEST ? undefined : await lines.next();
            if (more === undefined || more.done === true) {
                const mend = "close it, or write two of them for one in a cell; nothing was read from here on";
                yield new Complaint(`${name}:${line}: a quotation mark is not closed: ${mend}`);
                return;
            }
            parser.read(more.value.bytes.toString("latin1"));
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
