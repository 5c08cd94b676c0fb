/**
 * @file `npm run bench:precise`: the invented articles of tests/gold as one text, read by the WebAssembly with the precise model file in
 * one thread and in two, and with the small file, in turn. It prints tokens a second and what the memories hold, on which nothing is
 * decided: figures depend on the machine and on what else runs there. Two threads gain little where both cores are one core's halves.
 *
 * `node scripts/bench-precise.mjs [--model FILE] [--rounds N]`
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

import { PKG, ROOT, script } from "./run.mjs";

/** What the larger encoder says of a token: so many numbers. */
const WIDTH = 96;

const MB = 1e6;

/** The text of the bench. */
function article() {
    const lines = readFileSync(join(ROOT, "tests", "gold", "speakers", "world_dev.jsonl"), "utf8")
        .split("\n")
        .filter(Boolean);
    return lines.map((line) => /** @type {string} */ (JSON.parse(line).text)).join("\n\n");
}

/** A thread that holds the model: it is told a window, and answers how many tokens that has, or is told a text to read whole. */
async function work() {
    const { default: init, Annotator } = await import(join(PKG, "whosaid.js"));
    const { memory } = await init({ module_or_path: readFileSync(join(PKG, "whosaid_bg.wasm")) });
    const annotator = new Annotator(new Uint8Array(readFileSync(workerData.model)));
    const windows = annotator.windows(article());
    const port = /** @type {NonNullable<typeof parentPort>} */ (parentPort);
    port.on("message", (/** @type {number | "whole"} */ asked) => {
        if (asked === "whole") {
            annotator.annotate(article());
        }
        const tokens = asked === "whole" ? 0 : annotator.look(windows, asked).length / WIDTH;
        port.postMessage({ tokens, memory: memory.buffer.byteLength });
    });
    port.postMessage({ windows: windows.count, memory: memory.buffer.byteLength });
}

/**
 * @param {Worker} worker
 * @param {number | "whole"} [asked] Nothing: it says by itself that it is ready.
 * @returns {Promise<{tokens: number, memory: number, windows: number}>}
 */
function ask(worker, asked) {
    return new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (told) => {
            worker.off("error", reject);
            resolve(told);
        });
        if (asked !== undefined) {
            worker.postMessage(asked);
        }
    });
}

/** @param {string} model */
async function start(model) {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { model } });
    return { worker, ...(await ask(worker)) };
}

/**
 * @param {Worker[]} workers They share the windows.
 * @param {number} count
 * @returns {Promise<{tokens: number, seconds: number}>}
 */
async function speed(workers, count) {
    const left = Array.from({ length: count }, (_, window) => window);
    const begun = performance.now();
    let tokens = 0;
    await Promise.all(
        workers.map(async (worker) => {
            for (let window = left.shift(); window !== undefined; window = left.shift()) {
                const told = await ask(worker, window);
                tokens += told.tokens;
            }
        }),
    );
    return { tokens, seconds: (performance.now() - begun) / 1000 };
}

async function bench() {
    const { values } = parseArgs({ options: { model: { type: "string" }, rounds: { type: "string", default: "3" } } });
    const model = values.model ?? join(ROOT, "packages", "whosaid-precise", "precise.bin");
    const [one, two, small] = [await start(model), await start(model), await start(join(PKG, "model.bin"))];
    for (let round = 1; round <= Number(values.rounds); round += 1) {
        const alone = await speed([one.worker], one.windows);
        const both = await speed([one.worker, two.worker], one.windows);
        const begun = performance.now();
        await ask(small.worker, "whole");
        const whole = { tokens: alone.tokens, seconds: (performance.now() - begun) / 1000 };
        const [first, second, third] = [alone, both, whole].map(({ tokens, seconds }) =>
            Math.round(tokens / seconds).toLocaleString("en-GB"),
        );
        const times = (alone.seconds / both.seconds).toFixed(2);
        console.log(`tokens a second: one thread ${first}, two ${second} (${times} times), the small file ${third}`);
    }
    const held = await ask(one.worker, 0);
    console.log(
        `WebAssembly's memory of a thread: ${(held.memory / MB).toFixed(0)} MB; the small file's: ${(small.memory / MB).toFixed(0)} MB`,
    );
    await Promise.all([one, two, small].map(({ worker }) => worker.terminate()));
}

await (isMainThread ? script(bench) : work());
