/**
 * @file The built, optimised WebAssembly reads the pages of tests/articles exactly as the native program does: the same
 * claims with the same confidences, the same names, the same speakers.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Annotator, initSync } from "../../www/pkg/whosaid.js";

/** @import {Analysis, Fact, Span} from "../../www/pkg/whosaid.js" */

const root = new URL("../../", import.meta.url);
const pkg = new URL("www/pkg/", root);
const pages = new URL("tests/articles/", root);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

/** @type {Annotator} */
let annotator;

before(() => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
    annotator = new Annotator(readFileSync(new URL("model.bin", pkg)));
});

/**
 * An analysis as the command line writes it: places in code points, continuations as parts of their claims.
 * @param {string} id
 * @param {string} text
 * @param {Analysis} analysis
 */
function record(id, text, analysis) {
    const point = (/** @type {number} */ unit) => Array.from(text.slice(0, unit)).length;
    const place = (/** @type {Span} */ span) => [point(span.start), point(span.end)];
    const places = (/** @type {Span | undefined} */ span) => (span ? [place(span)] : []);
    const words = (/** @type {Fact[]} */ facts) => facts.map((fact) => fact.text);
    const claims = analysis.claims.map(({ source, cue, content, ...rest }) => {
        const { form, kind, group, confidence, speaker, speaker_confidence } = rest;
        const found = { form, kind, group, confidence, speaker_confidence };
        const said = { source: places(source), cue: places(cue), content: content.map(place), ...found };
        return speaker === undefined ? said : { ...said, speaker };
    });
    analysis.claims.forEach(({ continues }, index) => {
        if (continues !== undefined) {
            claims[continues]?.content.push(...(claims[index]?.content ?? []));
            // What goes on from here goes on from there.
            claims[index] = /** @type {typeof claims[number]} */ (claims[continues]);
        }
    });
    const types = { person: "PER", institution: "ORG", place: "LOC" };
    return {
        id,
        language: analysis.language,
        model: analysis.model,
        whosaid: version,
        claims: claims.filter((_, index) => analysis.claims[index]?.continues === undefined),
        entities: analysis.mentions
            .filter(({ form }) => form === "name")
            .map(({ span, label }) => ({ start: point(span.start), end: point(span.end), type: types[label] })),
        speakers: analysis.speakers.map(({ roles, affiliations, mentions, ...rest }) => {
            return { ...rest, roles: words(roles), affiliations: words(affiliations), mentions: mentions.map(place) };
        }),
    };
}

test("native and WebAssembly read the same in the pages of tests/articles", () => {
    const texts = readdirSync(pages)
        .filter((name) => name.endsWith(".txt"))
        .map((id) => ({ id, text: readFileSync(new URL(id, pages), "utf8") }));
    const native = spawnSync("cargo", ["run", "--quiet", "--locked", "--bin", "whosaid", "--", "annotate", "--jsonl"], {
        cwd: fileURLToPath(root),
        encoding: "utf8",
        input: texts.map((page) => JSON.stringify(page)).join("\n"),
        maxBuffer: 1 << 26,
    });
    assert.equal(native.status, 0, native.stderr);
    const records = native.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    assert.equal(records.length, texts.length);
    texts.forEach(({ id, text }, index) => {
        assert.deepEqual(record(id, text, annotator.annotate(text)), records[index]);
    });
    const claims = records.flatMap((each) => each.claims);
    assert.ok(claims.length > 5 * texts.length, `only ${claims.length} claims are compared`);
});
