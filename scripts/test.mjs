/**
 * @file `npm test`: sets up, builds and runs every test. `npm test -- --only page` runs one part of them (`PARTS`).
 *
 * Nothing of a test is kept from one run to the next, but for train's tests: see stamp.mjs.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { checkNative, checkPage } from "./check.mjs";
import { WASM } from "./features.mjs";
import { build } from "./page.mjs";
import { ROOT, Stop, run, say, script, since } from "./run.mjs";
import { chromedriver, chromium, ensureChromium, ensureFirefox, ensureTools, prepare } from "./setup.mjs";
import { stamp, stamped } from "./stamp.mjs";
import { atOnce, step, summary } from "./steps.mjs";

/** What keeps a browser quiet, off the network and startable as root. */
const CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** Where wasm-bindgen's test runner finds what runs the tests. */
function runner(/** @type {string} */ tools) {
    const settings = join(ROOT, ".cache", "webdriver.json");
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    writeFileSync(settings, JSON.stringify({ "goog:chromeOptions": { binary: chromium(), args: CHROMIUM_FLAGS } }));
    return {
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: `${tools} test-runner`,
        CHROMEDRIVER: chromedriver() ?? "",
        WASM_BINDGEN_TEST_WEBDRIVER_JSON: settings,
        // A slow machine is no failure.
        WASM_BINDGEN_TEST_TIMEOUT: "3600",
        WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "600",
    };
}

/** The core, natively. */
async function core() {
    await step("Rust", (count) =>
        run("cargo", ["test", "--locked", "--no-fail-fast", "--package", "whosaid", "--features", "train"], { echo: count }),
    );
}

/** What makes the model: only where a test of it could end otherwise than it did. */
async function train() {
    const before = stamped();
    if (before !== undefined) {
        say(`\n── train: ${before} tests passed on these very files (train/tested.json)`);
        return;
    }
    const { failure, passed } = await step("train", (count) =>
        run("cargo", ["test", "--locked", "--no-fail-fast", "--package", "train"], { echo: count }),
    );
    if (failure === undefined) {
        stamp(passed);
    }
}

/** The boundary: the same tests in each place where the WebAssembly runs. */
async function wasm(/** @type {string} */ tools) {
    const env = runner(tools);
    const tested = (/** @type {string} */ place, /** @type {string[]} */ tests, /** @type {Record<string, string>} */ where) =>
        step(`WebAssembly in ${place}`, (count) =>
            run("cargo", ["test", "--locked", "--package", "whosaid", ...WASM, ...tests], { env: where, echo: count }),
        );
    const inBrowser = { ...env, WASM_BINDGEN_USE_BROWSER: "1" };
    const inWorker = { ...env, WASM_BINDGEN_USE_DEDICATED_WORKER: "1" };
    await tested("Node: the kernels", ["--lib"], env);
    await tested("Node", ["--test", "boundary"], env);
    await tested("Chromium", ["--test", "boundary"], inBrowser);
    await tested("a worker in Chromium", ["--test", "boundary"], inWorker);
}

/**
 * Runs the tests of a folder in Node.
 * @param {string} name
 * @param {string} folder
 */
function inNode(name, folder) {
    const scripts = readdirSync(join(ROOT, "tests", folder)).map((file) => join("tests", folder, file));
    const options = ["--test", "--test-reporter=spec"];
    return step(name, (count) => run(process.execPath, [...options, ...scripts], { echo: count }));
}

/** The built page. It runs alone: Playwright starts as many pages at once as cores are idle. */
async function page() {
    await step("the built page in Chromium", (count) =>
        run("node_modules/.bin/playwright", ["test"], { env: { FORCE_COLOR: "0" }, echo: count }),
    );
    await inNode("the built page in Firefox", "firefox");
    await inNode("the built page in WebKitGTK", "webkit");
}

/**
 * Builds what the tests of the page and of the WebAssembly need.
 * @returns {Promise<import("./setup.mjs").Places>}
 */
async function builtPage() {
    const places = await ensureTools();
    await build(places);
    return places;
}

/** The parts that can be run alone, in the order of the whole. */
const PARTS = ["check", "core", "train", "wasm", "page"];

/** The parts that are asked for: all, where nothing is said. */
function wanted() {
    const { only } = parseArgs({ options: { only: { type: "string", multiple: true } } }).values;
    const unknown = only?.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) {
        throw new Stop(`there is no part “${unknown}” of the tests: --only ${PARTS.join("|")}`);
    }
    return new Set(only ?? PARTS);
}

await script(async () => {
    const start = performance.now();
    const parts = wanted();
    const has = (/** @type {string[]} */ ...names) => names.some((name) => parts.has(name));
    await prepare();

    // Natively and for WebAssembly at once: rustc links on one core only. What the second lane tests last, the first built.
    const built = has("check", "wasm", "page") ? builtPage() : undefined;
    await atOnce(
        async () => {
            const places = await built;
            if (places === undefined) {
                return;
            }
            if (has("check")) {
                await checkPage();
            }
            if (has("wasm")) {
                await ensureChromium();
                await wasm(places.tools);
            }
        },
        async () => {
            if (has("check")) {
                await checkNative();
            }
            if (has("core")) {
                await core();
            }
            if (has("train")) {
                await train();
            }
            await built;
            if (has("wasm", "page")) {
                await inNode("the built WebAssembly in Node", "js");
            }
        },
    );
    if (has("page")) {
        await ensureChromium();
        await ensureFirefox();
        await page();
    }
    say(`\nall of it: ${since(start)}`);
    summary();
});
