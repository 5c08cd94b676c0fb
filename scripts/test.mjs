/**
 * @file `npm test`: sets up, builds and runs every test. Nothing of a test is kept from one run to the next.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { WASM, check } from "./check.mjs";
import { build } from "./page.mjs";
import { ROOT, run, script } from "./run.mjs";
import { chromedriver, chromium, ensureChromium, ensureFirefox, setUp } from "./setup.mjs";
import { count, step, summary } from "./steps.mjs";

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
        WASM_BINDGEN_TEST_TIMEOUT: "300",
        // Panics tell their line without it, and wasm-bindgen has a sixth to read.
        CARGO_PROFILE_DEV_DEBUG: "0",
    };
}

await script(async () => {
    const places = await setUp();
    await ensureChromium();
    await ensureFirefox();
    await build(places);
    await check();

    await step("Rust", () => run("cargo", ["test", "--locked", "--no-fail-fast"], { echo: count }));
    const env = runner(places.tools);
    for (const [place, ...tests] of [
        ["Node: the kernels", "--lib"],
        ["Node", "--test", "wasm_node"],
        ["Chromium", "--test", "wasm_browser"],
        ["a worker in Chromium", "--test", "wasm_worker"],
    ]) {
        const test = ["test", "--locked", "--package", "whosaid", ...WASM, ...tests];
        await step(`WebAssembly in ${place}`, () => run("cargo", test, { env, echo: count }));
    }
    const inNode = (/** @type {string} */ folder) => {
        const scripts = readdirSync(join(ROOT, "tests", folder)).map((name) => join("tests", folder, name));
        return run(process.execPath, ["--test", "--test-reporter=spec", ...scripts], { echo: count });
    };
    await step("the built WebAssembly in Node", () => inNode("js"));
    await step("the built page in Chromium", () =>
        run("node_modules/.bin/playwright", ["test"], { env: { FORCE_COLOR: "0" }, echo: count }),
    );
    await step("the built page in Firefox", () => inNode("firefox"));
    summary();
});
