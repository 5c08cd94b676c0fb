/**
 * @file What the built page and the built element fetch before anything is done with them.
 */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { MOST_OF_ELEMENT, elementSize } from "../../scripts/package.mjs";
import { DIST, MOST_AT_FIRST, firstLoad } from "../../scripts/page.mjs";

/** Of the WebAssembly that reads, as it travels. */
const MOST_OF_CORE = 380_000;

test("the first screen fetches 75 kB of scripts and styles at most, after brotli", () => {
    assert.ok(firstLoad() <= MOST_AT_FIRST, `${firstLoad()} bytes: what is used only after a click can come later (www/view/later.js)`);
});

test("the element loads 55 kB at most, after brotli, without WebAssembly and model", () => {
    const size = elementSize();
    assert.ok(size <= MOST_OF_ELEMENT, `${size} bytes: what is used only after a click can come later (www/view/later.js)`);
    assert.ok(size > MOST_OF_ELEMENT / 2, `${size} bytes: what it imports was not counted`);
});

test("the WebAssembly that reads has 380 kB at most, after brotli", () => {
    const { size } = statSync(join(DIST, "pkg", "whosaid_bg.wasm.br"));
    assert.ok(
        size <= MOST_OF_CORE,
        `${size} bytes: what only files need can go to converter/ (docs/decisions/0023 tells what else was left out)`,
    );
});
