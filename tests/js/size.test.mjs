/**
 * @file What the built page fetches before anything is done with it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_AT_FIRST, firstLoad } from "../../scripts/page.mjs";

test("the first screen fetches 75 kB of scripts and styles at most, after brotli", () => {
    assert.ok(firstLoad() <= MOST_AT_FIRST, `${firstLoad()} bytes: what is used only after a click can come later (www/view/later.js)`);
});
