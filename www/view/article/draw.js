/**
 * @file Draws paragraphs as nodes: flat marks that do not overlap, with a line each for marks that do.
 */

import { element } from "../../kit/dom.js";
import { cutAt, quotesIn } from "../../state/quotes.js";
import { isUnsure } from "../../state/unsure.js";
import { words } from "../../words/words.js";
import { drawMargin, lookOf } from "./margin.js";

/** @import {Span, Zone} from "../../pkg/whosaid.js" */
/** @import {Entry} from "./margin.js" */
/** @import {Piece} from "./places.js" */
/** @import {Annotation, Block, Segment, Sign} from "../../types.js" */

/** Whether claims are looked for in a zone, as `Zone::is_read` of the core says. @type {Record<Zone, boolean>} */
const IS_READ = {
    navigation: false,
    headline: true,
    standfirst: true,
    byline: false,
    dateline: false,
    body: true,
    footer: false,
};

/** So far from where a speaker was named its next claim names it again, where the names stand above the paragraph: a small screen holds more. */
const FAR = 500;

/**
 * A paragraph that is drawn.
 * @typedef {object} Drawn
 * @property {HTMLElement} node
 * @property {Piece[]} pieces Its text nodes, in order.
 * @property {{node: HTMLElement, segment: Segment}[]} marks
 * @property {readonly {node: HTMLElement, entry: Entry}[]} entries In the margin.
 */

/**
 * A paragraph as nodes.
 * @param {string} text The article's.
 * @param {Block} block
 * @param {readonly Segment[]} segments
 * @param {readonly Entry[]} entries Who speaks here.
 * @param {boolean} first Whether it is the first of its part of the page.
 * @returns {Drawn}
 */
export function drawBlock(text, block, segments, entries, first) {
    /** @type {Piece[]} */
    const pieces = [];
    /** @type {Drawn["marks"]} */
    const marks = [];
    const quotes = segments.some(({ shown }) => shown.some(isMixed)) ? quotesIn(text, block) : [];
    const write = (/** @type {Span} */ { start, end }) => {
        const node = new Text(text.slice(start, end));
        pieces.push({ start, end, node });
        return node;
    };
    const again = namedAgain(block, segments);
    const children = segments.map((segment) => {
        if (segment.all.length === 0) {
            return write(segment);
        }
        const mixed = segment.shown.findLast(isMixed);
        const inside = mixed ? cutAt(segment, quotes).map((piece) => drawPiece(write(piece), piece.isQuoted, mixed)) : [write(segment)];
        const mark = drawMark(segment, inside);
        const name = again.get(segment);
        if (name !== undefined) {
            mark.setAttribute("data-who", name);
        }
        marks.push({ node: mark, segment });
        return mark;
    });
    const unread = !IS_READ[block.zone];
    const several = new Set(entries.map(({ sign }) => sign)).size > 1 && "several";
    const margin = drawMargin(entries);
    const attributes = {
        class: [`zone-${block.zone}`, unread && "unread", several].filter(Boolean).join(" "),
        "data-zone": first && unread && words.unread(block.zone),
    };
    const node = element(block.zone === "headline" ? "h2" : "p", attributes, margin?.node, ...children);
    return { node, pieces, marks, entries: margin?.entries ?? [] };
}

/**
 * @param {Block} block
 * @param {readonly Segment[]} segments
 * @returns {Map<Segment, string>} The names of those who begin to speak far from where they were named last.
 */
function namedAgain({ start }, segments) {
    /** @type {Map<Segment, string>} */
    const names = new Map();
    /** Where each was named last. @type {Map<Sign, number>} */
    const last = new Map();
    for (const segment of segments) {
        const [{ claim, sign, parts } = { parts: [] }] = segment.shown;
        const begins = claim && sign && parts.some((part) => part.start === segment.start);
        if (begins && segment.start - (last.get(sign) ?? start) >= FAR) {
            names.set(segment, words.margin.who(sign));
            last.set(sign, segment.start);
        }
    }
    return names;
}

/** @param {Annotation} annotation */
function isMixed({ form }) {
    return form === "mixed";
}

/**
 * A piece of a partly quoted claim: what is quoted is filled.
 * @param {Text} text
 * @param {boolean} isQuoted
 * @param {Annotation} claim
 */
function drawPiece(text, isQuoted, { sign }) {
    return isQuoted ? element("span", { class: `quoted hue-${sign?.hue}` }, text) : text;
}

/**
 * The signature of a paragraph: equal strings, equal nodes.
 * @param {readonly Segment[]} segments
 * @param {readonly Entry[]} entries
 * @returns {string}
 */
export function signature(segments, entries) {
    const look = (/** @type {Segment} */ segment) => segment.shown.map((one) => Object.values(lineOf(segment, one)));
    const pieces = segments.map((segment) => [segment.start, look(segment), segment.all.map(({ key }) => key)]);
    return JSON.stringify([pieces, lookOf(entries)]);
}

/**
 * @param {Segment} segment
 * @param {readonly Node[]} content
 * @returns {HTMLElement}
 */
function drawMark(segment, content) {
    const { shown, all } = segment;
    const lines = shown.length > 0 ? shown : all.slice(0, 1);
    const [outer, ...inner] = lines.map((one) => lineOf(segment, one));
    // One element a line under the text: their decorations add up, on paper and in forced colours too.
    const inside = inner.reduceRight((children, line) => [element("span", line, ...children)], content);
    const hidden = all.length - lines.length;
    return element("mark", { ...outer, "data-more": hidden > 0 && `+${hidden}` }, ...inside);
}

/**
 * How one annotation is drawn here: a letter stands where a part of it starts, a question mark where it ends.
 * @param {Segment} segment
 * @param {Annotation} annotation
 * @returns {{class: string, part?: string, "data-letter"?: string}}
 */
function lineOf({ start, end }, { mark, form, naming, lane, claim, sign, parts, end: last }) {
    const unsure = claim && last === end && isUnsure(claim);
    const isLast = parts.some((part) => part.end === end);
    const look = claim ? ["claim", form, `lane-${lane}`, isLast && "last", unsure && "unsure"] : [mark, `by-${naming}`, sign && "speaks"];
    const isLettered = (claim || naming === "name") && parts.some((part) => part.start === start);
    return {
        class: [...look, sign && `hue-${sign.hue}`].filter(Boolean).join(" "),
        part: claim && "claim",
        "data-letter": isLettered ? sign?.letter : undefined,
    };
}
