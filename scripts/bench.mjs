/**
 * @file `npm run bench`: how fast articles are annotated, natively and as WebAssembly in Node, how fast the network is
 * by itself, and how large what the page fetches is. Prints three tables; fails for no figure.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { DIST, build } from "./page.mjs";
import { isPrecise } from "./precise-page.mjs";
import { PKG, ROOT, run, script } from "./run.mjs";
import { setUp } from "./setup.mjs";

/** As in benches/lib.rs, which makes the same texts. */
const ARTICLES = ["comet", "harbour", "hospital"];
const LONG = 100;

/** @returns {Map<string, string>} */
function texts() {
    const files = ARTICLES.map((name) => join(ROOT, "tests", "articles", `${name}.txt`));
    const articles = files.map((file) => readFileSync(file, "utf8")).join("\n");
    return new Map([
        ["articles", articles],
        ["long", `${articles}\n`.repeat(LONG)],
    ]);
}

/**
 * What criterion measured last.
 * @param {string} target Cargo's output folder.
 * @param {string} name
 * @returns {{tokens: number, seconds: number}}
 */
function native(target, name) {
    const folder = join(target, "criterion", "annotate", name, "new");
    const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(folder, file), "utf8"));
    return {
        tokens: read("benchmark.json").throughput.Elements,
        seconds: read("estimates.json").median.point_estimate / 1e9,
    };
}

/**
 * The time of a call in seconds.
 * @param {() => void} work
 */
function timed(work) {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
}

/**
 * The median time of a call in seconds, once the engine has compiled it as well as it will.
 * @param {() => void} call
 */
function median(call) {
    const once = timed(call);
    const runs = Math.min(200, Math.max(7, Math.ceil(2 / once)));
    for (let warm = 0; warm < runs / 2; warm += 1) {
        call();
    }
    const times = Array.from({ length: runs }, () => timed(call)).sort((a, b) => a - b);
    return times[Math.floor(runs / 2)] ?? NaN;
}

/**
 * Prints a table as Markdown, numbers to the right.
 * @param {string[][]} rows The first is the head.
 */
function print(rows) {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (/** @type {string[]} */ row) =>
        `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
    const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
    const [head = [], ...body] = rows;
    console.log(`\n${[line(head), rule, ...body.map(line)].join("\n")}`);
}

/**
 * Rows of speed.
 * @param {string} target
 */
async function speed(target) {
    const { Annotator, initSync } = await import("../www/pkg/whosaid.js");
    initSync({ module: readFileSync(join(PKG, "whosaid_bg.wasm")) });
    const annotator = new Annotator(readFileSync(join(PKG, "model.bin")));
    const rate = (/** @type {number} */ tokens) => `${Math.round(tokens / 1000).toLocaleString("en")} k tokens/s`;
    return [...texts()].map(([name, text]) => {
        const { tokens, seconds } = native(target, name);
        const wasm = median(() => annotator.annotate(text));
        const label = `${name}: ${tokens.toLocaleString("en")} tokens`;
        return [label, rate(tokens / seconds), rate(tokens / wasm), (seconds / wasm).toFixed(2)];
    });
}

/**
 * Rows of what the network does by itself, beside the rate at which its matrices can be multiplied at best.
 * @param {import("./setup.mjs").Places} places
 */
async function network({ target, tools }) {
    const wasm = ["--release", "--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "wasm,train"];
    await run("cargo", ["build", "--locked", "--package", "whosaid", "--example", "speed", ...wasm], {
        env: { CARGO_BUILD_BUILD_DIR: target },
    });
    const made = join(ROOT, ".cache", "speed");
    const raw = join(target, "wasm32-unknown-unknown", "release", "examples", "speed.wasm");
    await run(tools, ["bindgen", "--target", "web", "--out-dir", made, raw]);
    const { initSync, multiply, read } = await import(pathToFileURL(join(made, "speed.js")).href);
    initSync({ module: readFileSync(join(made, "speed_bg.wasm")) });

    const rounds = 20;
    const products = multiply(rounds);
    const rates = Array.from({ length: 200 }, () => products / timed(() => multiply(rounds)));
    const peak = Math.max(...rates);
    const rate = (/** @type {number} */ each) => `${(each / 1e9).toFixed(1)} G/s`;
    const rows = [["products of matrices by themselves, at best", "", rate(peak), ""]];
    const model = readFileSync(join(PKG, "model.bin"));
    for (const [name, text] of texts()) {
        /** @type {number[]} */
        const times = [];
        const [tokens, , work] = read(model, text, name === "long" ? 10 : 200, () => times.push(performance.now()));
        if (tokens === undefined) {
            return [...rows, ["the model file holds no network", "", "", ""]];
        }
        const each = times.slice(1).map((time, i) => (time - (times[i] ?? NaN)) / 1000);
        // The first ones run while the engine still compiles.
        const taken = each.slice(each.length / 2).sort((a, b) => a - b)[Math.floor(each.length / 4)] ?? NaN;
        const share = `${((100 * work) / taken / peak).toFixed(0)} %`;
        const label = `${name}: ${tokens.toLocaleString("en")} tokens, ${Math.round(work / tokens / 1000)} k products each`;
        rows.push([label, `${Math.round(tokens / taken / 1000).toLocaleString("en")} k`, rate(work / taken), share]);
    }
    return rows;
}

/** Rows of sizes. */
function sizes() {
    // The precise file is fetched when the user asks for it.
    const files = readdirSync(DIST, { encoding: "utf8", recursive: true }).filter((path) => !isPrecise(path));
    const ending = (/** @type {string} */ end) => files.filter((file) => file.endsWith(end));
    const size = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    /** @type {[string, string[]][]} */
    const groups = [
        ["WebAssembly", ending(".wasm")],
        ["model", ending(".bin")],
        ["JavaScript", ending(".js")],
        ["CSS", ending(".css")],
        ["HTML", ending(".html")],
    ];
    return groups.map(([name, members]) => {
        const contents = members.map((file) => readFileSync(join(DIST, file)));
        const sum = (/** @type {Buffer[]} */ buffers) => size(buffers.reduce((all, { length }) => all + length, 0));
        // Node's default is quality 11, the best there is: what a server of static files does once.
        return [name, sum(contents), sum(contents.map((content) => brotliCompressSync(content)))];
    });
}

await script(async () => {
    const places = await setUp();
    await build(places);
    await run("cargo", ["bench", "--locked", "--package", "benches", "--bench", "annotate"]);
    print([["annotate", "native", "WebAssembly in Node", "ratio"], ...(await speed(places.target))]);
    print([["the network in Node", "tokens/s", "multiply-adds", "of the best"], ...(await network(places))]);
    print([["the page fetches", "size", "after brotli"], ...sizes()]);
});
