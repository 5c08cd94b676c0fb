/**
 * @file The built page in Firefox, under the headers that serve.mjs sends: what a user does first works there too. All
 * else is tried in Chromium (tests/page).
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { launch } from "puppeteer-core";

import { createPageServer } from "../../scripts/serve.mjs";
import { firefox } from "../../scripts/setup.mjs";

/** @import {Browser, Page} from "puppeteer-core" */

/** A slow machine is no failure. */
const PATIENCE = { timeout: 300_000 };

/** A page of somebody else's: text of it is copied. */
const FERRY =
    "<!doctype html><title>The Sandvik Post</title><nav>Home</nav>" +
    "<article><h1>Ferry to close</h1><p>“We have lost <b>money</b>,” said Karin Dahl.</p><p>Peter Holm denied it.</p></article>";

const server = createPageServer((path) => (path === "/ferry.html" ? FERRY : undefined));
/** @type {string} */
let address;
/** @type {Browser} */
let browser;
/** @type {Page} */
let page;
/** What the page does that it must not do. @type {string[]} */
let faults;

before(async () => {
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    const at = server.address();
    address = `http://localhost:${typeof at === "object" ? at?.port : ""}/`;
    browser = await launch({ browser: "firefox", executablePath: firefox(), headless: true });
});

after(async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
});

beforeEach(async () => {
    await page?.browserContext().close();
    page = await (await browser.createBrowserContext()).newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    faults = [];
    page.on("request", (request) => {
        if (new URL(request.url()).protocol.startsWith("http") && !request.url().startsWith(address)) {
            faults.push(`request to ${request.url()}`);
        }
    });
    // Firefox reports a violation of the policy as an error too.
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(address);
});

/**
 * The button, tab or box of this name.
 * @param {string} name
 * @param {string} role
 */
const named = (name, role = "button") => page.locator(`::-p-aria([name="${name}"][role="${role}"])`);

/**
 * Waits until something holds in the page.
 * @param {string} selector
 * @param {(text: string) => boolean} holds Told the text of the first such node.
 */
async function until(selector, holds) {
    const end = performance.now() + PATIENCE.timeout;
    for (;;) {
        const text = await page.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? "", selector);
        if (holds(text)) {
            return;
        }
        assert.ok(performance.now() < end, `${selector} stays “${text.slice(0, 200)}”`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

const marks = (/** @type {string} */ selector) =>
    page.$$eval(`article ${selector}`, (nodes) => nodes.map((node) => node.textContent ?? ""));

/** @param {"a" | "c" | "v"} key */
async function withControl(key) {
    await page.keyboard.down("Control");
    await page.keyboard.press(key);
    await page.keyboard.up("Control");
}

async function copyAll() {
    await withControl("a");
    await withControl("c");
}

async function readSample() {
    await named("Try a sample article").click();
    await page.waitForSelector("article mark.claim", PATIENCE);
    await until("#tab-claims .count", (text) => Number(text) > 5);
}

test("the sample article is read: names, claims, who makes them", PATIENCE, async () => {
    await readSample();
    const names = await marks("mark.by-name.person");
    assert.ok(names.includes("Helen Aster") && names.includes("Jonas Brandt"), names.join());
    const claims = await marks("mark.claim.direct");
    assert.ok(
        claims.some((text) => text.includes("we will not pay for it with our homes")),
        claims.join(),
    );
    await until("#page-speakers", (text) => text.includes("Helen Aster"));
    for (const [tab, holds] of [
        ["claims", "We are not against clean power"],
        ["voices", "Helen Aster"],
    ]) {
        await page.click(`#tab-${tab}`);
        await until(`#page-${tab}`, (text) => text.includes(holds ?? ""));
    }
    assert.deepEqual(faults, []);
});

test("a claim that is clicked is joined with its speaker, and lit", PATIENCE, async () => {
    await readSample();
    await page.click("article mark.claim.direct");
    await page.waitForSelector("mark[data-state=chosen]");
    await page.waitForSelector(".connector:not([hidden]) path[d^=M]");
    const lit = await page.evaluate(() => CSS.highlights.get("whosaid-source")?.size);
    assert.equal(lit, 1);
    assert.deepEqual(faults, []);
});

test("a correction is saved, and holds after a reload", PATIENCE, async () => {
    await readSample();
    const before = (await marks("mark.by-name.person")).length;
    await page.click("article mark.by-name.person");
    await page.waitForSelector("mark[data-state=chosen]");
    await page.keyboard.press("x");
    await until(".status", (text) => text.includes("Saved"));
    await until("#tab-log .count", (text) => text === "1");
    const then = (await marks("mark.by-name.person")).length;
    assert.ok(then < before, `${then} of ${before}`);
    await page.reload();
    await page.waitForSelector("article mark.claim", PATIENCE);
    await until("#tab-log .count", (text) => text === "1");
    assert.equal((await marks("mark.by-name.person")).length, then);
    assert.deepEqual(faults, []);
});

test("rich text is pasted, searched and read", PATIENCE, async () => {
    await page.goto(`${address}ferry.html`);
    await copyAll();
    await page.goto(address);
    await page.click("textarea");
    await withControl("v");
    const pasted = await page.$eval("textarea", (box) => box.value);
    assert.equal(pasted, "Ferry to close\n\n“We have lost money,” said Karin Dahl.\n\nPeter Holm denied it.");
    await named("Show who said what").click();
    await page.waitForSelector("article mark.claim.direct", PATIENCE);
    await page.keyboard.press("/");
    await page.keyboard.type("holm");
    await until(".finder-count", (text) => text.startsWith("1 "));
    assert.equal(await page.evaluate(() => CSS.highlights.get("whosaid-here")?.size), 1);
    assert.deepEqual(faults, []);
});
