/**
 * @file Six layers of 768 numbers on one thread of WebAssembly: whosaid's kernels, onnxruntime-web's, candle's, in turn.
 *
 *     RUSTFLAGS='-C target-feature=+simd128 --cfg getrandom_backend="wasm_js"' \
 *         cargo build --release --target wasm32-unknown-unknown --manifest-path benches/transformer/Cargo.toml
 *     python benches/transformer/six.py PACKAGE 456 six.onnx
 *     node benches/transformer/run.mjs WASM SECTIONS six.onnx six.8.onnx
 *
 * SECTIONS is what `cargo run -p train --example vectors` writes; onnxruntime-web is looked for from the working folder.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Pieces of a window, those at its ends counted. */
const ROWS = 456;
const ROUNDS = 3;

const [wasm, sections, ...graphs] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(wasm));
/** @type {Record<string, Record<string, () => never>>} */
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = {
        ...imports[from],
        [name]: () => {
            throw new Error(`${name} is asked for`);
        },
    };
}
const { exports } = await WebAssembly.instantiate(module, imports);
const core = /** @type {any} */ (exports);
const file = readFileSync(sections);
const place = core.room(file.length);
new Uint8Array(core.memory.buffer, place, file.length).set(file);
core.open(place, file.length);
core.make();

/** @type {[string, () => unknown][]} */
const runs = [
    ["whosaid", () => core.ours(ROWS - 2)],
    ["candle", () => core.candle(ROWS)],
];
if (graphs.length > 0) {
    const path = createRequire(join(process.cwd(), "run.mjs")).resolve("onnxruntime-web");
    const { default: ort } = await import(pathToFileURL(path).href);
    ort.env.wasm.numThreads = 1;
    const some = (/** @type {number} */ count) => Float32Array.from({ length: count }, () => Math.random() - 0.5);
    const x = new ort.Tensor("float32", some(ROWS * 768), [1, ROWS, 768]);
    const near = new ort.Tensor("float32", some(12 * ROWS * ROWS), [1, 12, ROWS, ROWS]);
    for (const graph of graphs) {
        const session = await ort.InferenceSession.create(graph, { executionProviders: ["wasm"] });
        runs.push([graph, () => session.run({ x, near })]);
    }
}
for (const [, run] of runs) {
    await run();
}
for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of runs) {
        const before = process.cpuUsage();
        await run();
        const { user, system } = process.cpuUsage(before);
        console.log(`${name}: ${((user + system) / 1000).toFixed(0)} ms of CPU for ${ROWS} pieces`);
    }
}
