/**
 * @file The element of the built package in Firefox, in a page of somebody else's: read, corrected, marked and taken out.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { launch } from "puppeteer-core";
import sirv from "sirv";

import { PACKAGE } from "../../scripts/package.mjs";
import { firefox } from "../../scripts/setup.mjs";

/** @import {Browser, Page} from "puppeteer-core" */

/** A slow machine is no failure. */
const PATIENCE = { timeout: 300_000 };

const TWO = readFileSync(new URL("../page/element/two.html", import.meta.url), "utf8");
const files = sirv(PACKAGE, { dev: true });
const server = createServer((request, response) => {
    if (request.url === "/") {
        response.setHeader("Content-Type", "text/html").end(TWO.replace('src="whosaid/', 'src="'));
    } else {
        files(request, response);
    }
});
/** @type {Browser} */
let browser;
/** @type {Page} */
let page;

before(async () => {
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    const at = server.address();
    browser = await launch({ browser: "firefox", executablePath: firefox(), headless: true });
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.goto(`http://localhost:${typeof at === "object" ? at?.port : ""}/`);
    await within("taxes", "mark.claim");
    await within("ferry", "mark.claim");
});

after(async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
});

/** @param {string} id @param {string} selector @returns {Promise<{x: number, y: number, height: number}>} Where a node of its shadow tree is, once it is there. */
async function within(id, selector) {
    const find = (/** @type {string} */ host, /** @type {string} */ wanted) => {
        const node = document.getElementById(host)?.shadowRoot?.querySelector(wanted);
        const { x, y, height } = node?.getBoundingClientRect() ?? { x: 0, y: 0, height: 0 };
        return node && { x, y, height };
    };
    return /** @type {any} */ (await (await page.waitForFunction(find, PATIENCE, id, selector)).jsonValue());
}

/** @param {string} id @returns {Promise<string[]>} What was done to its article. */
const made = (id) => page.$eval(`#${id}`, (node) => /** @type {any} */ (node).corrections.map((/** @type {any} */ { edit }) => edit.op));

/** @param {string} id @param {number} count Waits for so many corrections. */
const corrected = (id, count) =>
    page.waitForFunction((id, count) => /** @type {any} */ (document.getElementById(id)).corrections.length === count, PATIENCE, id, count);

test("two elements are corrected, each for itself, in colours of their own", async () => {
    const { x, y } = await within("ferry", "mark.claim");
    await page.mouse.click(x + 40, y + 8);
    await within("ferry", "[role=dialog]:not([hidden])");
    await page.keyboard.press("Enter");
    await corrected("ferry", 1);
    assert.deepEqual([await made("ferry"), await made("taxes")], [["add"], []]);
    const paper = await page.$$eval("who-said", (nodes) =>
        nodes.map(({ shadowRoot }) => getComputedStyle(/** @type {Element} */ (shadowRoot?.querySelector(".frame"))).backgroundColor),
    );
    assert.deepEqual(paper, ["rgb(251, 250, 247)", "rgb(24, 23, 21)"]);
    assert.ok(await page.$eval("#ferry", (node) => node.matches(":state(ready)")));
});

test("words that are selected in an element are marked there", async () => {
    const { x, y, height } = await within("ferry", "article p");
    await page.mouse.move(x + 2, y + height / 4);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + height / 4, { steps: 4 });
    await page.mouse.up();
    await within("ferry", '[role=dialog][aria-label="Mark the selection"]:not([hidden])');
    await page.keyboard.press("p");
    await corrected("ferry", 2);
});

test("one that is taken out and put in again goes on", async () => {
    await page.$eval("#ferry", (node) => {
        Object.assign(globalThis, { taken: node });
        node.remove();
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await page.evaluate(() => document.body.append(/** @type {any} */ (globalThis).taken));
    await within("ferry", "mark.claim");
    assert.equal((await made("ferry")).length, 2);
});
