/**
 * @file The precise model file and its npm package, in Node: a tiny file stands for the real one.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PACKAGE } from "../../scripts/package.mjs";
import { buildPrecise } from "../../scripts/precise.mjs";
import { tinyPrecise } from "./precise.js";

/** @type {typeof import("../../packages/whosaid/index.js")} */
const { createAnnotator } = await import(`${PACKAGE}/node.js`);

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
        "MODEL.md",
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

/**
 * @param {import("node:http").Server} server
 * @returns {Promise<string>} The address of the file there.
 */
async function served(server) {
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/precise.bin`;
}

/** An article that the transformer reads in several windows. */
const LONG = readFileSync(new URL("../articles/harbour.txt", import.meta.url), "utf8").repeat(3);

test("an article is read in windows: shares are told, others are heard in between, and nothing changes by it", async () => {
    const client = await createAnnotator({ model: file });
    /** @type {number[]} */
    const told = [];
    let turns = 0;
    const tick = setInterval(() => (turns += 1));
    const found = await client.annotate(LONG, { minConfidence: 0.5, onprogress: (share) => told.push(share) });
    clearInterval(tick);
    assert.ok(told.length > 3 && told.every((share, index) => share >= (told[index - 1] ?? 0) && share <= 1), told.join());
    assert.ok(turns > 1, `${turns}`);
    const core = await import(`${PACKAGE}/pkg/whosaid.js`);
    assert.deepEqual(found, new core.Annotator(file).annotate(LONG, { minConfidence: 0.5 }));
    client.dispose();
});

test("reading that is aborted stops between two windows, and what else was asked is answered", async () => {
    const client = await createAnnotator({ model: file });
    const ending = new AbortController();
    let told = 0;
    const onprogress = () => {
        told += 1;
        ending.abort();
    };
    const asked = [
        client.annotate(LONG, { signal: ending.signal, onprogress }),
        client.annotate("Nobody spoke."),
        client.annotate(LONG, { signal: ending.signal }),
        client.annotate("“Taxes will rise,” said Anna Berg."),
        client.annotate(LONG, { signal: AbortSignal.abort() }),
    ];
    const [first, second, third, fourth, fifth] = await Promise.allSettled(asked);
    for (const each of [first, third, fifth]) {
        assert.equal(each?.status === "rejected" && each.reason.code, "WHOSAID_ABORT");
    }
    assert.equal(second?.status === "fulfilled" && second.value.claims.length, 0);
    assert.ok(fourth?.status === "fulfilled" && fourth.value.claims.length > 0);
    assert.equal(told, 1);
    await assert.rejects(client.annotate("", /** @type {any} */ ({ signal: true })), { code: "WHOSAID_ARGUMENT" });
    await assert.rejects(client.annotate(LONG, { minConfidence: 7 }), { code: "WHOSAID_ARGUMENT" });
    client.dispose();
});

test("who calls its own request off does not wait until the shared annotator is loaded; the others get it", () => {
    const said = printed(`
        import { annotate } from "whosaid";
        const ending = new AbortController();
        const own = annotate("Nobody spoke.", { signal: ending.signal }).catch(({ code }) => code);
        const other = annotate("Nobody spoke.").then(({ model }) => model);
        ending.abort();
        console.log(await Promise.race([own, other]), await other);`);
    assert.match(said, /^WHOSAID_ABORT network-2-/u);
});

test("corrections made on the small reading hold under either model, on the analysis that they were made on", async () => {
    const text = readFileSync(new URL("../articles/harbour.txt", import.meta.url), "utf8");
    const [small, precise] = [await createAnnotator(), await createAnnotator({ model: file })];
    const found = await small.annotate(text);
    assert.notDeepEqual((await precise.annotate(text)).claims, found.claims);
    const at = (/** @type {number} */ start, /** @type {number} */ end) => ({ start, end, exact: text.slice(start, end) });
    const extent = (/** @type {number} */ claim) => {
        const { content } = found.claims[claim] ?? assert.fail();
        return at(content[0]?.start ?? 0, content.at(-1)?.end ?? 0);
    };
    const [first, second] = found.mentions.map(({ span }) => at(span.start, span.end));
    const whole = extent(4);
    const shorter = at(whole.start, whole.start + whole.exact.lastIndexOf(" "));
    // Words that nobody says yet: who says them, and by which words that is told, the network proposes.
    const said = found.claims.flatMap(({ source, cue, content }) => [source, cue, ...content]);
    const isFree = ({ start = 0, end = 0 }) => !said.some((span) => span && span.start < end && start < span.end);
    const sentences = [...text.matchAll(/[A-Z][^.\n]+\./gu)].map(({ index, 0: words }) => at(index, index + words.length - 1));
    const added = sentences.find(isFree) ?? assert.fail("a sentence that nobody says");
    const edits = [
        { op: "relabel", target: first, mark: found.mentions[0]?.label, to: "institution" },
        { op: "delete", target: second, mark: found.mentions[1]?.label },
        { op: "delete", target: extent(1), mark: "claim" },
        { op: "qualify", target: extent(2), kind: "denial" },
        { op: "attribute", target: extent(3), speaker: "Greta Lund" },
        { op: "respan", target: whole, mark: "claim", to: shorter },
        { op: "add", target: extent(5), mark: "claim" },
        { op: "delete", target: at(0, 3), mark: "claim" },
        { op: "add", target: added, mark: "claim" },
    ];
    const log = /** @type {import("../../packages/whosaid/index.js").Correction[]} */ (
        edits.map((edit, index) => ({ id: `a:${index + 1}`, actor: "a", lamport: index + 1, time: "2026-11-30T00:00:00Z", edit }))
    );
    // All but the last need no network: they give the same.
    const settled = await small.correct(text, found, log.slice(0, -1));
    assert.deepEqual(settled.orphans, ["a:8"]);
    assert.ok(settled.analysis.claims.length === found.claims.length - 1 && settled.analysis.model === found.model);
    assert.deepEqual(await precise.correct(text, found, log.slice(0, -1)), settled);
    // Of a claim that is new, what was marked and how it stands is the same; its source may be proposed otherwise.
    const [one, other] = [await small.correct(text, found, log), await precise.correct(text, found, log)];
    const marked = (/** @type {import("../../packages/whosaid/index.js").Revision} */ { orphans, analysis: { claims } }) => [
        orphans,
        claims.map(({ content, kind, form, origin }) => ({ content, kind, form, origin })),
    ];
    assert.deepEqual(marked(other), marked(one));
    assert.equal(one.analysis.claims.length, found.claims.length);
    [small, precise].forEach((client) => client.dispose());
});

/** @param {(bytes: Buffer) => void} change */
function changed(change) {
    const bytes = Buffer.from(file);
    change(bytes);
    return bytes;
}

/** What a server answers, and the error: its code, and what it says. */
const ANSWERS = /** @type {Record<string, [(response: import("node:http").ServerResponse) => unknown, string, RegExp]>} */ ({
    "not there": [(response) => response.writeHead(404).end(), "LOAD", /answered 404 for \/precise\.bin: check the address/],
    "not for everybody": [(response) => response.writeHead(403).end(), "LOAD", /answered 403 .*: check the address/],
    "at a server with a fault": [(response) => response.writeHead(503).end(), "LOAD", /answered 503 .*: try again later/],
    "out of reach": [(response) => response.destroy(), "LOAD", /: check the connection/],
    "ended on its way": [
        (response) => {
            response.writeHead(200, { "Content-Length": file.length });
            response.write(file.subarray(0, 100_000), () => response.destroy());
        },
        "LOAD",
        /: check the connection/,
    ],
    "cut short": [(response) => response.end(file.subarray(0, file.length / 2)), "MODEL", /cut short: \d+ of \d+ bytes: fetch it again/],
    damaged: [
        (response) => response.end(changed((bytes) => bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1))),
        "MODEL",
        /damaged .*: fetch it again/,
    ],
    "something else": [(response) => response.end("<!doctype html><title>Log in</title>"), "MODEL", /is not a whosaid model file/],
    newer: [
        (response) => response.end(changed((bytes) => bytes.writeUInt32LE(9, 8))),
        "MODEL",
        /has version 9, this program reads versions 2 and 3: use/,
    ],
});

for (const [fault, [answer, code, says]] of Object.entries(ANSWERS)) {
    test(`a file that is ${fault} is told, with what to do; the next try reads`, async () => {
        let isWhole = false;
        const server = createServer((_request, response) => void (isWhole ? response.end(file) : answer(response)));
        const model = await served(server);
        await assert.rejects(createAnnotator({ model }), { code: `WHOSAID_${code}`, message: says });
        isWhole = true;
        /** @type {[number, number | undefined][]} */
        const told = [];
        const client = await createAnnotator({ model, onprogress: (...given) => told.push([given[0], given[1]]) });
        assert.deepEqual(told.at(-1), [file.length, file.length]);
        assert.ok(told.length > 1 && told.every(([bytes], index) => bytes > (told[index - 1]?.[0] ?? 0)));
        client.dispose();
        server.close();
    });
}

test("loading that is aborted ends what is being fetched", async () => {
    const server = createServer((_request, response) => response.write(file.subarray(0, 100_000)));
    const model = await served(server);
    const ending = new AbortController();
    const closed = new Promise((resolve) => server.on("connection", (socket) => socket.on("error", () => {}).on("close", resolve)));
    const opened = createAnnotator({ model, signal: ending.signal, onprogress: () => ending.abort() });
    await assert.rejects(opened, { name: "AbortError", code: "WHOSAID_ABORT", message: /loading was aborted/ });
    await closed;
    server.close();
});

test("too little memory is told, with what to do", () => {
    const code = `
        import { readFile } from "node:fs/promises";
        import { createAnnotator } from "whosaid";
        import { url } from "whosaid-precise";
        await createAnnotator({ model: url }).catch(({ name, code, message }) => console.log(name, code, message));`;
    writeFileSync(join(folder, "memory.mjs"), code);
    const given = ["--wasm-max-mem-pages=80", "memory.mjs"];
    const { stdout, stderr } = spawnSync(process.execPath, given, { cwd: folder, encoding: "utf8" });
    assert.match(
        stdout,
        /^MemoryError WHOSAID_MEMORY .* too little memory for the model \(.*\): close other pages or programs, or take/u,
        stderr,
    );
});

test("the memory of an annotator that is disposed of is used again", async () => {
    const core = await import(`${PACKAGE}/pkg/whosaid.js`);
    const { memory } = await core.default();
    /** @type {number[]} */
    const sizes = [];
    for (let round = 0; round < 8; round += 1) {
        const client = await createAnnotator({ model: file });
        await client.annotate("“Taxes will rise,” said Anna Berg.");
        client.dispose();
        await new Promise((resolve) => setImmediate(resolve));
        sizes.push(memory.buffer.byteLength);
    }
    assert.equal(sizes.at(-1), sizes[1], sizes.join());
});
