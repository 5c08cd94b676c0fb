/**
 * @file The built, optimised WebAssembly, with any JavaScript string: annotating never throws, and every place lies in
 * the string and on the boundaries of its characters.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import fc from "fast-check";

import { Annotator, initSync } from "../../www/pkg/whosaid.js";

const pkg = new URL("../../www/pkg/", import.meta.url);

/** @type {Annotator} */
let annotator;

before(() => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
    annotator = new Annotator(readFileSync(new URL("model.bin", pkg)));
});

/** Code units, any of them: half of what fast-check draws are surrogates, most of them alone. */
const units = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.constantFrom(0x201c, 0x201d, 0x22, 0x27, 0x2019, 0x0a, 0x0d, 0x20, 0x2e, 0x2c),
);

/** What articles are made of. */
const words = fc.constantFrom(
    ..."“ ” \" ' ’ ‘ Anna Berg Tom O’Neill Sen. Dale U.S. said says told added denied that according to , . ? ! — 📈".split(" "),
    "\n",
    "\n\n",
    "\r",
    "\t",
    "finance minister",
    "the Dockers’ Union",
    "By Maria Lindqvist in Port Arden | The Arden Courier",
);

const strings = fc.oneof(
    fc.array(units, { maxLength: 80 }).map((codes) => String.fromCharCode(...codes)),
    fc.array(words, { maxLength: 80 }).map((list) => list.join(" ")),
    fc
        .array(
            fc.oneof(
                words,
                units.map((code) => String.fromCharCode(code)),
            ),
            { maxLength: 80 },
        )
        .map((list) => list.join("")),
);

/**
 * Every place in a result, wherever it stands.
 * @param {unknown} value
 * @returns {{start: number, end: number}[]}
 */
function spans(value) {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const inside = Object.values(value).flatMap(spans);
    return "start" in value && "end" in value ? [/** @type {{start: number, end: number}} */ (value), ...inside] : inside;
}

/**
 * Whether a place in a string parts the two halves of a character.
 * @param {string} text
 * @param {number} at
 */
function partsPair(text, at) {
    return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(at - 1, 0), at + 1));
}

test("any string is annotated, and every place is one of its places", () => {
    fc.assert(
        fc.property(strings, (text) => {
            for (const { start, end } of spans(annotator.annotate(text))) {
                assert.ok(Number.isInteger(start) && Number.isInteger(end), `${start} to ${end}`);
                assert.ok(start < end && end <= text.length, `${start} to ${end} of ${text.length}`);
                assert.ok(!partsPair(text, start) && !partsPair(text, end), `half a character: ${start} to ${end}`);
            }
        }),
        { numRuns: 1000 },
    );
});

test("an article gives the places that one would point at", () => {
    const text = "📈\n\n“Taxes will rise,” said Anna Berg, finance minister.";
    const { claims, speakers } = annotator.annotate(text);
    const slice = (/** @type {{start: number, end: number} | undefined} */ span) => span && text.slice(span.start, span.end);
    assert.equal(claims.length, 1);
    assert.match(slice(claims[0]?.content[0]) ?? "", /^“?Taxes will rise,?”?$/);
    assert.equal(slice(claims[0]?.cue), "said");
    assert.match(slice(claims[0]?.source) ?? "", /^Anna Berg/);
    assert.deepEqual(
        speakers.map(({ name }) => name),
        ["Anna Berg"],
    );
});

test("a long text is annotated", () => {
    const paragraph = "“Taxes will rise,” said Anna Berg, finance minister. She denied that it was planned.";
    for (const end of ["\n\n", " "]) {
        const text = `${paragraph}${end}`.repeat(12_000);
        const { claims } = annotator.annotate(text);
        const last = claims.at(-1)?.content.at(-1);
        assert.ok(last && last.end > text.length - paragraph.length, `read up to ${last?.end} of ${text.length}`);
    }
});
