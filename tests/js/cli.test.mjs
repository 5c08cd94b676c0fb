/**
 * @file The package's command line writes what the native one writes, byte for byte: records, and what it says of lines that are none.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PACKAGE } from "../../scripts/package.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join("tests", "articles");
const pages = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".txt"))
    .map((name) => join(folder, name));

/**
 * What a program says and writes.
 * @param {string} program
 * @param {string[]} given
 * @param {Buffer | string} input
 */
function run(program, given, input) {
    const { status, stdout, stderr } = spawnSync(program, given, { cwd: root, input, maxBuffer: 1 << 28 });
    return { status, stdout: stdout.toString("latin1"), stderr: stderr.toString("latin1") };
}

const native = (/** @type {string[]} */ given, /** @type {Buffer | string} */ input = "") =>
    run("cargo", ["run", "--quiet", "--locked", "--bin", "whosaid", "--", ...given], input);

const packaged = (/** @type {string[]} */ given, /** @type {Buffer | string} */ input = "") =>
    run(process.execPath, [join(PACKAGE, "cli.js"), ...given], input);

/**
 * @param {string[]} given
 * @param {Buffer | string} [input]
 * @param {number} [status]
 */
function same(given, input, status = 0) {
    const [expected, found] = [native(given, input), packaged(given, input)];
    assert.deepEqual(found, expected);
    assert.equal(found.status, status);
    return found;
}

test("the pages of tests/articles, as files", () => {
    const { stdout } = same(["annotate", ...pages]);
    const records = stdout.trimEnd().split("\n");
    assert.ok(pages.length > 10 && records.length === pages.length);
    assert.ok(records.every((record) => JSON.parse(record).claims.length > 0));
});

test("the same as JSONL, with ids of every sort and fields that are passed over", () => {
    const ids = ['"a\\u0301"', "1e2", "10000000000000000000001", "null", '{"b":  [1, 2]}', "-0.0"];
    const lines = pages.map((page, index) => {
        const text = JSON.stringify(readFileSync(join(root, page), "utf8"));
        return index < ids.length ? `{"url":"x","id": ${ids[index]} ,"text":${text}}` : `{"text":${text}}`;
    });
    const { stdout } = same(["annotate", "--jsonl"], `\ufeff${lines.join("\r\n")}  `);
    assert.ok(ids.every((id) => stdout.includes(`{"id":${Buffer.from(id).toString("latin1")},`)));
    assert.ok(stdout.includes(`{"id":${pages.length},`));
});

test("claims that are less sure are left out", () => {
    const all = same(["annotate"], readFileSync(join(root, pages[0] ?? "")));
    const some = same(["annotate", "--min-confidence", "0.9", "-"], readFileSync(join(root, pages[0] ?? "")));
    assert.ok(some.stdout.length < all.stdout.length);
});

test("lines that are none are reported by line and column, and the others are read", () => {
    const bad = ["nonsense", '{"text": 3}', '{"id": 1}', '["a"]', '{"text": "\\ud800"}', '{"text": "a"', " "];
    const bytes = Buffer.concat([Buffer.from(`${bad.join("\n")}\n{"text": "a`), Buffer.from([0xe2, 0x82, 0x22, 0x7d, 0x0a])]);
    const { stdout, stderr } = same(["annotate", "--jsonl"], Buffer.concat([bytes, Buffer.from('{"text": "It is late, she said."}')]), 1);
    assert.equal(stderr.trim().split("\n").length, 7);
    assert.equal(JSON.parse(stdout).id, 9);
    for (const text of [[0xff], [0x61, 0x0a, 0xe2, 0x82], [0x61, 0xc3, 0x28, 0x61], [0xed, 0xa0, 0x80]]) {
        same(["annotate"], Buffer.from(text), 1);
    }
    same(["annotate"], "", 0);
    same(["annotate", "--jsonl"], "", 0);
});

test("a file that is missing is reported, and the next one is read", () => {
    const { stdout, stderr, status } = packaged(["annotate", "missing.txt", pages[0] ?? ""]);
    assert.deepEqual([stdout.trim().split("\n").length, status], [1, 1]);
    assert.match(stderr, /^whosaid: missing\.txt: cannot be read \(ENOENT.*\): check its name and who may read it\n$/u);
});

test("what it cannot go on with costs one line and the exit status 2", () => {
    const made = mkdtempSync(join(tmpdir(), "whosaid-"));
    try {
        writeFileSync(join(made, "model.bin"), "no model");
        for (const given of [
            ["annotate", "--model", join(made, "model.bin")],
            ["annotate", "--model", join(made, "none.bin")],
            ["annotate", "--min-confidence", "7"],
            ["annotate", "--min-confidence", ""],
            ["annotate", "--jsonn"],
            ["annotates"],
            [],
        ]) {
            const { stdout, stderr, status } = packaged(given);
            assert.deepEqual([stdout, status], ["", 2], given.join(" "));
            assert.match(stderr, /^whosaid: [^\n]+\n$/u, given.join(" "));
        }
    } finally {
        rmSync(made, { recursive: true });
    }
    assert.match(packaged(["--help"]).stdout, /whosaid annotate \[OPTIONS\]/u);
    const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
    assert.equal(packaged(["--version"]).stdout, `whosaid ${version}\n`);
});
