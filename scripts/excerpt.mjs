/**
 * @file The excerpt on the page's first screen: some paragraphs of the sample, with what the core finds in it. Made by each build, so
 * that it shows what the page itself would show.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { PKG } from "./run.mjs";
import { sample } from "../www/start/sample.js";

/** @import {Analysis, Span} from "../www/pkg/whosaid.js" */

/** The most characters that it has. */
const LONGEST = 520;

/**
 * @param {unknown} value
 * @returns {value is Span}
 */
function isSpan(value) {
    return typeof value === "object" && value !== null && "start" in value && "end" in value;
}

/**
 * @param {unknown} value Part of an analysis.
 * @param {Span} within
 * @returns {any} The same, with places counted from the start of another one.
 */
function shifted(value, within) {
    if (Array.isArray(value)) {
        return value.map((each) => shifted(each, within));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const moved = Object.entries(value).map(([name, part]) => [name, shifted(part, within)]);
    const { start, end, ...rest } = Object.fromEntries(moved);
    return isSpan(value) ? { ...rest, start: start - within.start, end: end - within.start } : Object.fromEntries(moved);
}

/**
 * @param {Analysis} analysis
 * @param {Span} within
 * @returns {Analysis} What is found in a part of the article, with the speakers of all of it.
 */
function cut(analysis, within) {
    const holds = (/** @type {Span | undefined} */ span) => span === undefined || (span.start >= within.start && span.end <= within.end);
    const claims = analysis.claims
        .filter(({ content, source, cue }) => [...content, source, cue].every(holds))
        // They name other claims by their number in all of the article.
        .map((claim) => ({ ...claim, inside: undefined, continues: undefined }));
    const mentions = analysis.mentions.filter(({ span }) => holds(span));
    const speakers = analysis.speakers.map((speaker) => ({ ...speaker, mentions: speaker.mentions.filter(holds) }));
    const zones = analysis.zones.filter(({ span }) => holds(span));
    return { ...analysis, ...shifted({ zones, claims, mentions, speakers }, within) };
}

/**
 * @param {Analysis} analysis
 * @param {Span} within
 * @returns {number} How many named people and institutions speak in a part of the article.
 */
function namesIn({ claims, speakers }, { start, end }) {
    const inside = claims.filter(({ content }) => content.every((part) => part.start >= start && part.end <= end));
    const speaking = new Set(inside.flatMap(({ speaker }) => speaker ?? []));
    return [...speaking].filter((one) => ["person", "institution"].includes(speakers[one]?.kind ?? "")).length;
}

/**
 * The paragraphs in a row that have the most names beside them, and of these the shortest.
 * @param {Analysis} analysis
 * @returns {Span}
 */
function chosen(analysis) {
    const paragraphs = [...sample.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({ start: index, end: index + line.length }));
    const runs = paragraphs.flatMap(({ start }, first) => paragraphs.slice(first).map(({ end }) => ({ start, end })));
    const fitting = runs.filter(({ start, end }) => end - start <= LONGEST);
    const best = (/** @type {Span} */ one, /** @type {Span} */ other) =>
        namesIn(analysis, other) - namesIn(analysis, one) || one.end - one.start - (other.end - other.start);
    return /** @type {Span} */ (fitting.sort(best)[0]);
}

/**
 * @param {string} folder That holds the core.
 * @returns {Promise<typeof import("../www/pkg/whosaid.js")>} The core, started.
 */
export async function startCore(folder) {
    const core = await import(pathToFileURL(join(folder, "whosaid.js")).href);
    core.initSync({ module: readFileSync(join(folder, "whosaid_bg.wasm")) });
    return core;
}

/** @returns {Promise<string>} JSON: the text of the excerpt, and what is found in it. */
export async function excerpt() {
    const { Annotator } = await startCore(PKG);
    const annotator = new Annotator(readFileSync(join(PKG, "model.bin")));
    /** @type {Analysis} */
    const read = annotator.annotate(sample);
    // The page shows neither beliefs nor decisions unless it is asked to.
    const analysis = { ...read, claims: read.claims.filter(({ group }) => group !== "attitude") };
    annotator.free();
    const within = chosen(analysis);
    const { text, ...found } = { text: sample.slice(within.start, within.end), ...cut(analysis, within) };
    const { language, model, zones, claims, mentions, speakers } = found;
    return JSON.stringify({ text, analysis: { language, model, zones, claims, mentions, speakers } });
}
