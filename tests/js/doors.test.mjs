/**
 * @file What comes in from outside and is wrong costs an error, never a trap: model files with a right checksum and wrong
 * contents. Cells of copied tables are no formulas.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { crc32 } from "node:zlib";

import { Annotator, initSync } from "../../www/pkg/whosaid.js";
import { tsvOf } from "../../www/view/figures/figure.js";

const pkg = new URL("../../www/pkg/", import.meta.url);

before(() => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
});

/** Where the directory of a model file starts, and how long an entry is: src/model/file.rs. */
const [HEADER, ENTRY] = [32, 48];

/**
 * The committed model file, changed, with a right checksum.
 * @param {(view: DataView, entries: Map<string, number>) => void} change Given where each section's entry stands.
 */
function changed(change) {
    const bytes = new Uint8Array(readFileSync(new URL("model.bin", pkg)));
    const view = new DataView(bytes.buffer);
    const entries = Array.from({ length: view.getUint32(20, true) }, (_, index) => HEADER + ENTRY * index);
    const name = (/** @type {number} */ at) => new TextDecoder().decode(bytes.subarray(at, at + 32)).replace(/\0+$/u, "");
    change(view, new Map(entries.map((at) => [name(at), at])));
    view.setUint32(12, crc32(bytes.subarray(16)), true);
    return bytes;
}

test("sizes whose products leave 32 bits are refused", () => {
    for (const units of [2 ** 30, 2 ** 30 + 8, 2 ** 20]) {
        const bytes = changed((view, entries) => {
            for (const way of ["forward", "backward"]) {
                for (const [part, columns] of /** @type {const} */ ([
                    ["hidden", units],
                    ["input", 96],
                    ["bias", 1],
                ])) {
                    const at = entries.get(`lstm.${way}.${part}`) ?? assert.fail(part);
                    view.setUint32(at + 40, (4 * units) % 2 ** 32, true);
                    view.setUint32(at + 44, columns, true);
                }
            }
        });
        assert.throws(() => new Annotator(bytes), { name: "ModelError" });
    }
});

test("a finite state map that was changed is refused", () => {
    for (const name of ["lexicon", "vocabulary.word", "vocabulary.suffix", "vocabulary.prefix", "vocabulary.shape"]) {
        const bytes = changed((view, entries) => {
            const at = entries.get(name) ?? assert.fail(name);
            const middle = view.getUint32(at + 36, true) + Math.floor(view.getUint32(at + 40, true) / 2);
            view.setUint8(middle, view.getUint8(middle) ^ 0x55);
        });
        assert.throws(() => new Annotator(bytes), { name: "ModelError" }, name);
    }
});

test("cells that a spreadsheet would take for a formula have an apostrophe before them", () => {
    const rows = [["=1+1", "+2", "-3", "@SUM(A1)", "Anna = Berg"]];
    assert.equal(tsvOf({ head: ["Name"], rows: () => rows }), "Name\n'=1+1\t'+2\t'-3\t'@SUM(A1)\tAnna = Berg");
});
