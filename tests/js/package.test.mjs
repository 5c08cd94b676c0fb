/**
 * @file The built package in Node: what it exports is there, it reads what the core reads, and each of its doors says what to do.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { PACKAGE } from "../../scripts/package.mjs";

const root = new URL("../../", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");
const manifest = JSON.parse(read("packages/whosaid/package.json"));

/** @type {typeof import("../../packages/whosaid/index.js")} */
const { annotate, createAnnotator } = await import(`${PACKAGE}/node.js`);
/** @type {typeof import("../../www/pkg/whosaid.js")} */
const core = await import(`${PACKAGE}/pkg/whosaid.js`);

const TEXT = "📈 “Taxes will rise,” said Anna Berg, finance minister. She denied that fares would.";

/**
 * @param {string | object} entry Of the package's exports, by condition.
 * @returns {string[]} All of its paths.
 */
function pathsOf(entry) {
    return typeof entry === "string" ? [entry] : Object.values(entry).flatMap(pathsOf);
}

test("everything that is exported is there, and all entries have a type", () => {
    for (const path of pathsOf(manifest.exports)) {
        assert.ok(existsSync(`${PACKAGE}/${path}`), path);
    }
    for (const path of manifest.sideEffects) {
        assert.ok(existsSync(`${PACKAGE}/${path}`), path);
    }
    const scripts = Object.entries(manifest.exports).filter(([, entry]) => typeof entry === "object");
    assert.ok(scripts.length >= 4 && scripts.every(([, entry]) => entry.types.endsWith(".d.ts")));
});

test("the packages, the page and the core have one version", () => {
    const [, version] = /^version = "(.*)"$/mu.exec(read("Cargo.toml")) ?? [];
    for (const path of ["package.json", "packages/whosaid/package.json", "packages/whosaid-precise/package.json"]) {
        assert.equal(JSON.parse(read(path)).version, version, path);
    }
});

test("the package takes the core's client from the page, its element from element/, and nothing else", () => {
    const files = readdirSync(new URL("packages/whosaid/src/", root), { recursive: true, encoding: "utf8" });
    for (const name of files.filter((file) => file.endsWith(".js"))) {
        const taken = [...read(`packages/whosaid/src/${name}`).matchAll(/from "([^"]*\/www\/[^"]*)"/gu)].map(([, path = ""]) => path);
        const own = name === "element.js" ? /\/www\/element\/[\w-]+\.js$/u : /\/www\/(?:core\/\w+|types)\.js$/u;
        for (const path of taken) {
            assert.match(path, own, name);
        }
    }
    assert.match(read("packages/whosaid/src/open.js"), /from "\.\.\/\.\.\/\.\.\/www\/core\/client\.js"/u);
});

test("what a browser fetches of it, core and model aside, stays small", () => {
    const sum = (/** @type {string[]} */ names) =>
        names.reduce((all, name) => all + brotliCompressSync(readFileSync(`${PACKAGE}/${name}`)).length, 0);
    assert.ok(sum(["index.js", "worker.js"]) <= 10_000, `${sum(["index.js", "worker.js"])} bytes`);
});

test("importing it does nothing, and needs no page", () => {
    for (const name of ["index.js", "node.js", "inlined.js", "here.js", "element-node.js"]) {
        const code = `
            const before = Object.keys(globalThis).join();
            for (const name of ["fetch", "Worker", "atob"]) {
                globalThis[name] = () => { throw new Error(name + " was called"); };
            }
            const names = Object.keys(globalThis).join();
            await import(${JSON.stringify(`${PACKAGE}/${name}`)});
            console.log(names === Object.keys(globalThis).join(), typeof document);`;
        const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
        assert.equal(stdout, "true undefined\n", `${name}: ${stderr}`);
    }
});

test("it reads what the core reads, from its own files, inlined ones and those that are passed", async () => {
    const files = { wasm: readFileSync(`${PACKAGE}/pkg/whosaid_bg.wasm`), model: readFileSync(`${PACKAGE}/pkg/model.bin`) };
    await core.default({ module_or_path: files.wasm });
    const expected = new core.Annotator(files.model).annotate(TEXT);
    assert.ok(expected.claims.length >= 2);
    assert.deepEqual(await annotate(TEXT), expected);
    const model = new URL(`file://${PACKAGE}/pkg/model.bin`);
    for (const from of [files, await import(`${PACKAGE}/inlined.js`), { model }, { model: model.pathname, wasm: undefined }]) {
        const client = await createAnnotator(from);
        assert.deepEqual([await client.annotate(TEXT), client.model, client.version], [expected, expected.model, manifest.version]);
        client.dispose();
    }
});

test("corrections are applied, learnt, written and read again, as the core does it", async () => {
    const client = await createAnnotator();
    const found = await client.annotate(TEXT);
    const exact = "Taxes will rise,";
    const target = { start: TEXT.indexOf(exact), end: TEXT.indexOf(exact) + exact.length, exact };
    const { span } = found.mentions[0] ?? assert.fail();
    const edit = /** @type {const} */ ({ op: "relabel", mark: "person", to: "institution" });
    const at = { ...span, exact: TEXT.slice(span.start, span.end) };
    const log = [{ id: "a:1", actor: "a", lamport: 1, time: "2026-11-29T00:00:00Z", edit: { ...edit, target: at } }];
    const revision = await client.correct(TEXT, found, log);
    assert.deepEqual([revision.orphans, revision.analysis.mentions[0]?.label], [[], "institution"]);
    assert.equal(found.mentions[0]?.label, "person");
    // Of a text that it did not read last, too.
    await client.annotate("Nobody spoke.");
    assert.deepEqual(await client.correct(TEXT, found, log), revision);
    assert.deepEqual((await client.correct(TEXT, found, [])).analysis, found);

    const learnt = await client.learn(null, TEXT, log);
    await client.teach(learnt);
    assert.equal((await client.annotate(TEXT)).mentions[0]?.label, "institution");
    await client.teach();
    assert.deepEqual(await client.annotate(TEXT), found);

    assert.deepEqual(client.formats, ["json", "training"]);
    const file = await client.export({ text: TEXT, analysis: found, corrections: log }, "json");
    assert.deepEqual((await client.import(file)).corrections, log);
    assert.equal(await client.language(TEXT), "en");
    assert.ok(target.end > target.start);
    client.dispose();
});

/**
 * @param {Promise<unknown>} asked
 * @param {string} name
 * @param {RegExp} says
 * @param {string} door
 */
async function refused(asked, name, says, door) {
    const code = `WHOSAID_${name.replace("Error", "").toUpperCase()}`;
    await assert.rejects(asked, { name, code, message: says }, door);
}

/** What is wrong, the name of the error, and what it says. */
const DOORS = /** @type {[(client: any) => Promise<unknown>, string, RegExp][]} */ ([
    [(client) => client.annotate(42), "ArgumentError", /has to be a string, and a number was given/],
    [(client) => client.annotate({}), "ArgumentError", /has to be a string, and an object was given/],
    [(client) => client.annotate(null), "ArgumentError", /has to be a string, and null was given/],
    [(client) => client.annotate([]), "ArgumentError", /has to be a string, and an array was given/],
    [(client) => client.annotate(), "ArgumentError", /has to be a string, and nothing was given/],
    [(client) => client.annotate(() => "text"), "ArgumentError", /has to be plain data/],
    [(client) => client.annotate("", { minConfidence: 7 }), "ArgumentError", /from 0 to 1, and 7 was given/],
    [(client) => client.annotate("", { minConfidence: "0.5" }), "ArgumentError", /"0.5"/],
    [(client) => client.annotate("", { least: 0.5 }), "ArgumentError", /least/],
    [(client) => client.correct(TEXT, undefined, []), "ArgumentError", /pass what annotate\(\) gave/],
    [(client) => client.correct(TEXT, {}, undefined), "ArgumentError", /have to be an array/],
    [(client) => client.learn(undefined, TEXT, {}), "ArgumentError", /have to be an array/],
    [(client) => client.teach({}), "ArgumentError", /pass what learn\(\) gave/],
    [(client) => client.export({}, "json"), "ArgumentError", /no notebook/],
    [(client) => client.import("text"), "ImportError", /choose one that whosaid exported/],
    [() => createAnnotator(/** @type {any} */ (null)), "ArgumentError", /have to be an object/],
    [() => createAnnotator(/** @type {any} */ ({ modell: "a" })), "ArgumentError", /no option "modell": choose among wasm, model/],
    [() => createAnnotator(/** @type {any} */ ({ model: 3 })), "ArgumentError", /model has to be an address, the bytes/],
    [() => createAnnotator(/** @type {any} */ ({ worker: true })), "ArgumentError", /worker has to be a Worker/],
    [() => createAnnotator({ model: "/nowhere/model.bin" }), "LoadError", /no such file.*leave out/],
    [() => createAnnotator({ model: async () => assert.fail("no way") }), "LoadError", /no way/],
    [() => createAnnotator({ model: new Uint8Array(3) }), "ModelError", /fetch model\.bin again/],
    [() => createAnnotator({ signal: AbortSignal.abort() }), "AbortError", /aborted/],
]);

test("each door says what to do, and the next call goes on", async () => {
    const client = await createAnnotator();
    for (const [wrong, name, says] of DOORS) {
        await refused(wrong(client), name, says, String(wrong));
    }
    assert.ok((await client.annotate(TEXT)).claims.length > 0);
    const asked = [client.annotate(TEXT), client.annotate(TEXT)];
    client.dispose();
    for (const each of asked) {
        await refused(each, "AbortError", /disposed of before/, "pending");
    }
    await refused(client.annotate(TEXT), "ArgumentError", /disposed of: create another/, "disposed of");
});

test("loading that is aborted while it runs ends", async () => {
    const ending = new AbortController();
    const opened = createAnnotator({ model: () => new Promise(() => ending.abort()), signal: ending.signal });
    await refused(opened, "AbortError", /loading was aborted/, "signal");
});

test("a core that stopped in this thread says so, and is not asked again", () => {
    const code = `
        import { createAnnotator } from ${JSON.stringify(`${PACKAGE}/node.js`)};
        import { Annotator } from ${JSON.stringify(`${PACKAGE}/pkg/whosaid.js`)};
        const client = await createAnnotator();
        Annotator.prototype.annotate = () => { throw new WebAssembly.RuntimeError("unreachable"); };
        for (const ask of [() => client.annotate("a"), () => client.annotate("b"), () => createAnnotator()]) {
            await ask().catch(({ code, message }) => console.log(code, message));
        }`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
    const lines = stdout.trim().split("\n");
    assert.equal(lines.length, 3, stderr);
    assert.match(lines[0] ?? "", /^WHOSAID_CRASH unreachable/u);
    assert.match(lines[1] ?? "", /^WHOSAID_CRASH the core has stopped, .* worker$/u);
    assert.match(lines[2] ?? "", /^WHOSAID_CRASH the core has stopped, .* worker$/u);
});

test("an annotator of the core that was freed says so", async () => {
    await core.default({ module_or_path: readFileSync(`${PACKAGE}/pkg/whosaid_bg.wasm`) });
    const annotator = new core.Annotator(readFileSync(`${PACKAGE}/pkg/model.bin`));
    annotator.free();
    for (const ask of [() => annotator.annotate(TEXT), () => annotator.formats(), () => annotator.teach()]) {
        assert.throws(ask, { name: "ArgumentError", message: /was freed: make another one/u });
    }
});
