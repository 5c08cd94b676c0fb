/**
 * @file `npm run bench:page`: how soon the built page shows the first mark of a long article, and for how long it does not
 * answer meanwhile, in the browser of the tests. It prints figures, on which nothing is decided: they depend on the machine and on
 * what else runs there. `npm run bench:corrections` has those of corrections.
 *
 * `node scripts/bench-page.mjs [--words N]`
 */
import { parseArgs } from "node:util";

import { withPage } from "./bench-browser.mjs";
import { script } from "./run.mjs";
import { sample } from "../www/start/sample.js";

/** @import {Page} from "@playwright/test" */

/**
 * A text of many articles, one after the other, without menu and footer.
 * @param {number} words
 * @returns {string}
 */
function textOf(words) {
    const paragraphs = sample.split("\n\n").slice(4, -1);
    const length = paragraphs.join(" ").split(/\s+/).length;
    return Array.from({ length: Math.ceil(words / length) }, () => paragraphs.join("\n\n")).join("\n\n");
}

/**
 * Notes when the first mark is there, and each task that takes longer than 50 ms, which the browser calls long.
 * @param {Page} page
 */
function observe(page) {
    return page.evaluate(() => {
        /** @type {{began: number, first?: number, all?: number, tasks: {start: number, duration: number}[]}} */
        const seen = { began: 0, tasks: [] };
        Object.assign(globalThis, { seen });
        new PerformanceObserver((list) => {
            seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ start: startTime, duration })));
        }).observe({ type: "longtask" });
        new MutationObserver(() => {
            if (seen.first === undefined && document.querySelector("article mark")) {
                requestAnimationFrame(() => (seen.first ??= performance.now()));
            }
        }).observe(document.body, { childList: true, subtree: true });
        document.addEventListener("click", () => (seen.began ||= performance.now()), { capture: true });
    });
}

/** @param {number} words */
async function bench(words) {
    await withPage(async (page) => {
        // The model is there: a short article was read before.
        await page.getByLabel("Article text").fill(textOf(300));
        await page.getByRole("button", { name: "Show who said what" }).click();
        await page.locator("article mark").first().waitFor();
        await page.getByRole("button", { name: "whosaid: all articles" }).click();
        const text = textOf(words);
        await page.getByLabel("Article text").evaluate((box, value) => {
            /** @type {HTMLTextAreaElement} */ (box).value = value;
        }, text);
        await page.evaluate(() => document.querySelector("article")?.replaceChildren());
        await observe(page);
        await page.getByRole("button", { name: "Show who said what" }).click();
        await page.waitForFunction(() => /** @type {any} */ (globalThis).seen.first, undefined, { timeout: 300_000 });
        const count = text.split("\n\n").length;
        // Until the whole is drawn, its beginning is another article.
        const isDrawn = (/** @type {number} */ all) =>
            [...document.querySelectorAll("article")].some((article) => article.querySelectorAll("p, h2").length >= all);
        await page.waitForFunction(isDrawn, count, { timeout: 60_000 });
        const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
        const claims = await page.locator("article mark.claim[data-letter], article mark.claim").count();
        const long = seen.tasks.map((/** @type {{duration: number}} */ { duration }) => Math.round(duration));
        console.log(`${text.split(/\s+/).length.toLocaleString("en")} words, ${claims.toLocaleString("en")} pieces of claims`);
        console.log(`first mark after ${((seen.first - seen.began) / 1000).toFixed(2)} s (wanted: under 1 s)`);
        console.log(`tasks over 50 ms: ${long.length}${long.length > 0 ? `, the longest ${Math.max(...long)} ms` : ""} (wanted: none)`);
    });
}

const { values } = parseArgs({ options: { words: { type: "string", default: "100000" } } });
await script(() => bench(Number(values.words)));
