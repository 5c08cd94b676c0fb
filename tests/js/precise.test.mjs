/**
 * @file The precise model file and its npm package, in Node: a tiny file stands for the real one.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PACKAGE } from "../../scripts/package.mjs";
import { buildPrecise } from "../../scripts/precise.mjs";
import { tinyPrecise } from "./precise.js";

const folder = mkdtempSync(join(tmpdir(), "whosaid-precise-"));
const modules = join(folder, "node_modules");
const precise = join(modules, "whosaid-precise");
const file = tinyPrecise();

before(async () => {
    mkdirSync(modules);
    symlinkSync(PACKAGE, join(modules, "whosaid"));
    writeFileSync(join(folder, "tiny.bin"), file);
    await buildPrecise(precise, join(folder, "tiny.bin"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string} code Of a module in a project that has both packages.
 * @returns {string} What it prints.
 */
function printed(code) {
    writeFileSync(join(folder, "main.mjs"), code);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["main.mjs"], { cwd: folder, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout;
}

test("the package says where the file is, how long it is and its hash, and importing it does nothing", () => {
    const said = printed(`
        globalThis.fetch = () => { throw new Error("it was fetched"); };
        const before = process.getActiveResourcesInfo().join();
        const { url, bytes, sha256, ...others } = await import("whosaid-precise");
        console.log(JSON.stringify([url, bytes, sha256, others, process.getActiveResourcesInfo().join() === before]));`);
    const hash = createHash("sha256").update(file).digest("hex");
    const [url, ...others] = JSON.parse(said);
    assert.deepEqual(others, [file.length, hash, {}, true]);
    assert.deepEqual(readFileSync(new URL(url)), file);
});

test("the lines of its README for a program run as they stand", () => {
    const readme = readFileSync(new URL("../../packages/whosaid-precise/README.md", import.meta.url), "utf8");
    const [, code = ""] = /^```js\n([^]*?)^```/mu.exec(readme) ?? [];
    assert.match(code, /from "whosaid-precise"/u);
    assert.match(printed(code), /^[1-9]\d*\n$/u);
});

test("what is packed is the file, its address, its types and whose work it is", () => {
    const { stdout } = spawnSync("npm", ["pack", precise, "--dry-run", "--json"], { cwd: folder, encoding: "utf8" });
    const [{ files }] = JSON.parse(stdout);
    assert.deepEqual(files.map((/** @type {{path: string}} */ { path }) => path).sort(), [
        "LICENSE-APACHE",
        "NOTICE",
        "README.md",
        "index.d.ts",
        "index.js",
        "package.json",
        "precise.bin",
    ]);
});

test("an annotator reads with it, by its address and by its bytes", () => {
    const said = printed(`
        import { readFile } from "node:fs/promises";
        import { annotate, createAnnotator } from "whosaid";
        import { url } from "whosaid-precise";
        const text = "“Taxes will rise,” said Anna Berg, finance minister.";
        const small = await annotate(text);
        const read = await Promise.all([url, await readFile(url), () => readFile(url)].map(async (model) => {
            const annotator = await createAnnotator({ model });
            return annotator.annotate(text);
        }));
        console.log(JSON.stringify([small, ...read]));`);
    const [small, first, ...others] = JSON.parse(said);
    assert.ok(first.claims.length > 0);
    assert.match(first.model, /^network-3-/u);
    assert.notEqual(first.claims[0].confidence, small.claims[0].confidence);
    others.forEach((/** @type {unknown} */ other) => assert.deepEqual(other, first));
});
