/**
 * @file The sample article, which is the first that most people see, is read without a mistake in its first paragraph.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Annotator, initSync } from "../../www/pkg/whosaid.js";
import { sample } from "../../www/start/sample.js";

/** @import {Span} from "../../www/pkg/whosaid.js" */

const pkg = new URL("../../www/pkg/", import.meta.url);

test("names and claims of the first paragraph are right", () => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
    const { zones, mentions, claims } = new Annotator(readFileSync(new URL("model.bin", pkg))).annotate(sample);
    const first = zones.find(({ zone }) => zone === "body")?.span;
    assert.ok(first);
    const isThere = (/** @type {Span | undefined} */ span) => span && first.start <= span.start && span.end <= first.end;
    const words = (/** @type {Span | undefined} */ span) => span && sample.slice(span.start, span.end);
    assert.deepEqual(
        mentions.filter(({ span, form }) => form === "name" && isThere(span)).map(({ span, label }) => [label, words(span)]),
        [
            ["place", "PORT ORRIN"],
            ["place", "Orrin"],
        ],
    );
    assert.deepEqual(
        claims.filter(({ content }) => content.some(isThere)).map(({ source, cue, content }) => [source, cue, ...content].map(words)),
        [["The towns", "say", "that it would put their oldest streets under water"]],
    );
});
