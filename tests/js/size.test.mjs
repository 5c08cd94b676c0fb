/**
 * @file What the built page and the built element fetch before anything is done with them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_OF_ELEMENT, elementSize } from "../../scripts/package.mjs";
import { MOST_AT_FIRST, firstLoad } from "../../scripts/page.mjs";

test("the first screen fetches 75 kB of scripts and styles at most, after brotli", () => {
    assert.ok(firstLoad() <= MOST_AT_FIRST, `${firstLoad()} bytes: what is used only after a click can come later (www/view/later.js)`);
});

test("the element loads 55 kB at most, after brotli, without WebAssembly and model", () => {
    const size = elementSize();
    assert.ok(size <= MOST_OF_ELEMENT, `${size} bytes: what is used only after a click can come later (www/view/later.js)`);
    assert.ok(size > MOST_OF_ELEMENT / 2, `${size} bytes: what it imports was not counted`);
});
