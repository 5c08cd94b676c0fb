/**
 * @file The table of keys, as the help lists it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { labelOf } from "../../www/kit/keys.js";
import { help } from "../../www/words/help.js";

test("the help names keys as they stand on the keyboard", () => {
    const shown = /** @type {const} */ ([
        [["n"], "N"],
        [["Shift+Enter"], "Shift Enter"],
        [["j", "k"], "J / K"],
        [["1", "2", "3"], "1 / 2 / 3"],
        [["/"], "/"],
        [["Delete", "x"], "Delete / X"],
        [["Shift+ArrowLeft", "Shift+ArrowRight"], "Shift ← / →"],
        [["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"], "Alt Shift ← / →"],
        [["Mod+Shift+z"], "Ctrl Shift Z"],
        [["?"], "?"],
        [["Escape"], "Esc"],
    ]);
    for (const [keys, label] of shown) {
        assert.equal(labelOf(keys, help.names), label);
    }
});
