/**
 * @file What sentences are made of.
 */

/**
 * A number of things.
 * @param {number} count
 * @param {string} one
 * @param {string} many
 * @returns {string}
 */
export function plural(count, one, many) {
    return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

/**
 * The beginning of a text, on one line.
 * @param {string} text
 * @param {number} [longest] In UTF-16 code units.
 * @returns {string}
 */
export function short(text, longest = 60) {
    const line = text.replace(/\s+/gu, " ").trim();
    return line.length <= longest ? line : `${line.slice(0, line.lastIndexOf(" ", longest) + 1 || longest).trimEnd()} …`;
}

/**
 * A text between quotation marks.
 * @param {string} text
 * @returns {string}
 */
export function quoted(text) {
    // A quotation brings its own marks.
    const line = short(text).replace(/^[“"‘']|[”"’']$/gu, "");
    return `“${line}”`;
}
