/**
 * @file The parts that sentences are made of.
 */

/** @import {Counts} from "../types.js" */

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
 * An article in numbers, and the number of claims that are not shown.
 * @param {Pick<Counts, "claims" | "sources" | "attitudes" | "others">} counts
 * @returns {string}
 */
export function counted({ claims, sources, attitudes, others }) {
    return [
        `${plural(sources, "source", "sources")}, ${plural(claims, "claim", "claims")}`,
        attitudes > 0 && `${plural(attitudes, "belief or decision", "beliefs and decisions")} not counted`,
        others > 0 && `${plural(others, "claim", "claims")} filtered out`,
    ]
        .filter((part) => typeof part === "string")
        .join(" · ");
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

/**
 * A share of a whole: never nothing for something, never all for less.
 * @param {number} part 0 to 1.
 * @returns {string}
 */
export function percent(part) {
    const rounded = Math.round(100 * part);
    const told = part > 0 && part < 1 ? Math.min(99, Math.max(1, rounded)) : rounded;
    return `${told.toLocaleString("en-GB")}%`;
}
