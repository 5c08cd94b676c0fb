/**
 * @file The built page in WebKitGTK: an article is read, its marks can be seen, a claim is corrected. Skipped where Debian's
 * webkit2gtk-driver or xvfb is not installed.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";

import { createPageServer } from "../../scripts/serve.mjs";
import { which } from "../../scripts/setup.mjs";
import { sample } from "../../www/start/sample.js";

/** Where Debian keeps the browser that the driver starts. */
const LIBRARIES = "/usr/lib";

/** How often it is looked whether something holds, in milliseconds; the test's own limit ends what never does. */
const AGAIN = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, AGAIN));

/** @returns {string | undefined} The newest browser of WebKitGTK. */
function browser() {
    const paths = readdirSync(LIBRARIES)
        .filter((name) => name.endsWith("-linux-gnu"))
        .flatMap((name) => readdirSync(`${LIBRARIES}/${name}`).map((each) => `${LIBRARIES}/${name}/${each}`))
        .filter((path) => /\/webkit2?gtk-[\d.]+$/.test(path))
        .filter((path) => readdirSync(path).includes("MiniBrowser"));
    return paths.length > 0 ? `${paths.sort().at(-1)}/MiniBrowser` : undefined;
}

/**
 * @param {import("node:net").Server} server
 * @returns {Promise<number>} The port that it listens on.
 */
async function listen(server) {
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
}

const isThere = which("WebKitWebDriver") !== undefined && which("xvfb-run") !== undefined && browser() !== undefined;
const skip = isThere ? false : "webkit2gtk-driver or xvfb is not installed";

test("an article is read and corrected, and what is said in other words has its line", { skip, timeout: 300_000 }, async (t) => {
    const server = createPageServer();
    const address = `http://127.0.0.1:${await listen(server)}/`;
    const free = createServer();
    const port = await listen(free);
    free.close();
    const driver = spawn("xvfb-run", ["--auto-servernum", "WebKitWebDriver", `--port=${port}`], { stdio: "ignore", detached: true });
    t.after(() => {
        process.kill(-(/** @type {number} */ (driver.pid)));
        server.close();
        server.closeAllConnections();
    });

    /**
     * Asks the driver, after https://www.w3.org/TR/webdriver2/.
     * @param {string} path
     * @param {object} body
     * @returns {Promise<any>}
     */
    const ask = async (path, body) => {
        const options = { method: "POST", body: JSON.stringify(body) };
        const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, options).catch(() => undefined);
        if (!answer) {
            // It is still starting.
            await pause();
            return ask(path, body);
        }
        const { value } = /** @type {any} */ (await answer.json());
        assert.ok(answer.ok, value?.message);
        return value;
    };
    const wanted = { "webkitgtk:browserOptions": { binary: browser(), args: ["--automation"] } };
    const { sessionId } = await ask("", { capabilities: { alwaysMatch: wanted } });
    const run = (/** @type {string} */ script, /** @type {unknown[]} */ ...args) => ask(`/${sessionId}/execute/sync`, { script, args });
    const until = async (/** @type {string} */ script) => {
        for (let value = await run(script); ; value = await run(script)) {
            if (value) {
                return value;
            }
            await pause();
        }
    };

    await ask(`/${sessionId}/url`, { url: address });
    await until("return document.querySelector('#paste')");
    await run("document.querySelector('#paste').value = arguments[0]; document.querySelector('.paste form .main').click()", sample);
    const before = await until("return document.querySelectorAll('article mark.claim').length");
    const name = "return document.querySelector('article .entry-text')?.dataset.name";
    assert.match(await until(name), /\w/);
    const line = await run(
        "const { textDecorationLine: line, textDecorationThickness: thickness } = " +
            "getComputedStyle(document.querySelector('article mark.claim.indirect')); return [line, thickness].join(' ')",
    );
    assert.equal(line, "underline 2px");
    await run("document.querySelector('article mark.claim').click()");
    await until("return document.querySelector('.editor:not([hidden]) blockquote')?.textContent");
    await run("document.documentElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }))");
    await until(`return document.querySelectorAll('article mark.claim').length < ${before}`);
    await until("return document.querySelector('.status .saved')");
});
