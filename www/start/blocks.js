/**
 * @file Nodes -> their text as it is seen: a blank line between paragraphs and headings, nothing of buttons and hidden parts.
 */

/** Elements that have a line of their own, with room around it. */
const BLOCKS = new Set(
    (
        "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL " +
        "P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL"
    ).split(" "),
);

/** Elements that are never read. */
const UNSEEN =
    "script, style, noscript, template, title, button, input, select, textarea, svg, canvas, audio, video, object, iframe, [hidden], [aria-hidden=true]";

/**
 * @param {readonly Node[]} nodes
 * @param {(element: HTMLElement) => boolean} [isLeftOut]
 * @returns {string}
 */
export function textOfBlocks(nodes, isLeftOut = () => false) {
    /** @type {string[]} */
    const lines = [""];
    nodes.forEach((node) => gather(node, lines, isLeftOut));
    return lines
        .map((line) => line.trim())
        .filter(Boolean)
        .join("\n\n");
}

/**
 * Adds the text of a node to the last line; an element with a line of its own begins a new one.
 * @param {Node} node
 * @param {string[]} lines Never empty.
 * @param {(element: HTMLElement) => boolean} isLeftOut
 */
function gather(node, lines, isLeftOut) {
    if (node.nodeType === Node.TEXT_NODE) {
        const isKept = Boolean(node.parentElement?.closest("pre"));
        const text = node.nodeValue ?? "";
        append(lines, isKept ? text : text.replace(/[\t\n\f\r ]+/g, " "));
        return;
    }
    if (!isElement(node) || node.matches(UNSEEN) || isLeftOut(node)) {
        return;
    }
    if (node.tagName === "BR") {
        lines.push("");
        return;
    }
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock) {
        lines.push("");
    }
    for (const child of node.childNodes) {
        gather(child, lines, isLeftOut);
    }
    if (isBlock) {
        lines.push("");
    }
}

/**
 * @param {Node} node
 * @returns {node is HTMLElement}
 */
function isElement(node) {
    return node.nodeType === Node.ELEMENT_NODE;
}

/**
 * @param {string[]} lines
 * @param {string} text
 */
function append(lines, text) {
    const last = lines.pop() ?? "";
    lines.push(last + (last.endsWith(" ") || last === "" ? text.trimStart() : text));
}
