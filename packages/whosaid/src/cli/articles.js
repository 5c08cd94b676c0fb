/**
 * @file Files -> the articles in them, as they come: src/bin/whosaid/articles.rs for Node.
 */
import { Complaint, broken, checksum, chunksOf, complaintIn, decoded, linesOf, trimmed } from "./bytes.js";
import { rowsOf } from "./cells.js";

/** @typedef {{text: string, id?: string}} Columns The names of a table's columns. */

/**
 * An article as a line of JSON, where it stands, and the checksum of its bytes; or why there is none.
 * @typedef {{check: number, name: string, number: number, line: string} | {check: number, complaint: string}} Item
 */

/**
 * What a file holds.
 * @param {string} path
 * @param {"text" | "lines" | Columns} form
 * @param {readonly string[]} keep The fields that go through. Those of a table are called "0", "1" and so on.
 * @param {(bytes: number) => void} counted
 * @returns {AsyncGenerator<Item>}
 */
export async function* articlesOf(path, form, keep, counted) {
    const name = path === "-" ? "stdin" : path;
    const chunks = chunksOf(path, name, counted);
    try {
        if (form === "text") {
            yield* whole(name, chunks);
        } else if (form === "lines") {
            for await (const { number, bytes } of linesOf(name, chunks)) {
                const line = trimmed(bytes);
                if (line.length > 0) {
                    yield item(checksum(line), () => ({ name, number, line: decoded(name, line, number) }));
                }
            }
        } else {
            yield* table(name, linesOf(name, chunks), form, keep);
        }
    } catch (error) {
        yield { check: 0, complaint: complaintIn(error) };
    }
}

/**
 * @param {number} check
 * @param {() => {name: string, number: number, line: string}} article
 * @returns {Item}
 */
function item(check, article) {
    try {
        return { check, ...article() };
    } catch (error) {
        return { check, complaint: complaintIn(error) };
    }
}

/**
 * All that a file holds.
 * @param {string} name
 * @param {AsyncIterable<Buffer>} chunks
 */
export async function bytesOf(name, chunks) {
    const parts = [];
    try {
        for await (const chunk of chunks) {
            parts.push(chunk);
        }
    } catch (error) {
        throw new Complaint(broken(name, 0, error));
    }
    return Buffer.concat(parts);
}

/**
 * One plain text.
 * @param {string} name
 * @param {AsyncIterable<Buffer>} chunks
 * @returns {AsyncGenerator<Item>}
 */
async function* whole(name, chunks) {
    const bytes = await bytesOf(name, chunks);
    yield item(checksum(bytes), () => ({ name, number: 1, line: JSON.stringify({ id: name, text: decoded(name, bytes, 1) }) }));
}

/**
 * An article a row.
 * @param {string} name
 * @param {AsyncIterator<{number: number, bytes: Buffer}>} lines
 * @param {Columns} columns
 * @param {readonly string[]} keep
 * @returns {AsyncGenerator<Item>}
 */
async function* table(name, lines, columns, keep) {
    const rows = rowsOf(name, lines);
    const { value: head } = await rows.next();
    if (head === undefined) {
        throw new Complaint(`${name}: the table is empty: it needs a head with a column "${columns.text}"`);
    }
    if (head instanceof Complaint) {
        throw head;
    }
    const find = (/** @type {string} */ column) => {
        const place = head.cells.indexOf(column);
        if (place === -1) {
            throw new Complaint(`${name}:${head.line}: there is no column "${column}": there are ${head.cells.join(", ")}`);
        }
        return place;
    };
    const id = columns.id === undefined ? undefined : find(columns.id);
    const text = find(columns.text);
    const kept = keep.map(find);
    for await (const row of rows) {
        if (row instanceof Complaint) {
            yield { check: 0, complaint: row.message };
            continue;
        }
        const { line: number, bytes, cells } = row;
        yield item(checksum(bytes), () => {
            if (cells.length !== head.cells.length) {
                const counts = `${cells.length} cells where the head has ${head.cells.length}`;
                const mend = "put a cell that holds the separator, a quotation mark or the end of a line in quotation marks";
                throw new Complaint(`${name}:${number}: ${counts}: ${mend}`);
            }
            const ids = id === undefined ? {} : { id: cells[id] };
            const fields = kept.map((column, index) => [index, cells[column]]);
            return { name, number, line: JSON.stringify({ ...ids, text: cells[text], ...Object.fromEntries(fields) }) };
        });
    }
}
