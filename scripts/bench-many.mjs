/**
 * @file `npm run bench:many`: a thousand articles opened as one file in the built page, in the browser of the tests: how long
 * each hundred takes, for how long the page does not answer, and what its memory holds. It prints figures, on which nothing is
 * decided: they depend on the machine and on what else runs there.
 *
 * `node scripts/bench-many.mjs [--news FILE.jsonl.gz] [--count N]`: every hundred has the same texts under other headings, so that
 * each is the same work.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

import { withPage } from "./bench-browser.mjs";
import { script } from "./run.mjs";

/** @import {CDPSession, Page} from "@playwright/test" */

const HUNDRED = 100;

/**
 * Lines of JSON, an article each.
 * @param {string} news
 * @param {number} count
 */
function linesOf(news, count) {
    const texts = gunzipSync(readFileSync(news))
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => /** @type {string} */ (JSON.parse(line).text))
        .filter((text) => text.length > 1500 && text.length < 6000)
        .slice(0, HUNDRED);
    if (texts.length < HUNDRED) {
        throw new Error(`${news} has fewer than ${HUNDRED} articles of 1,500 to 6,000 characters: give another file`);
    }
    const article = (/** @type {number} */ nth) => ({ id: nth, text: `Article number ${nth}\n\n${texts[nth % HUNDRED]}` });
    return Array.from({ length: count }, (_, nth) => JSON.stringify(article(nth))).join("\n");
}

/**
 * Notes when each hundred is read, and each task of more than 50 ms, which the browser calls long.
 * @param {Page} page
 */
function observe(page) {
    return page.evaluate((hundred) => {
        /** @type {{times: number[], tasks: {startTime: number, duration: number}[]}} */
        const seen = { times: [], tasks: [] };
        Object.assign(globalThis, { seen });
        new PerformanceObserver((list) =>
            seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))),
        ).observe({
            type: "longtask",
        });
        new MutationObserver(() => {
            const amount = document.querySelector(".batch .amount")?.textContent ?? "";
            const label = document.querySelector("#batch-label")?.textContent ?? "";
            const done = Number.parseInt(amount.replaceAll(",", ""), 10);
            while (label.startsWith("Reading") && done >= seen.times.length * hundred) {
                seen.times.push(performance.now());
            }
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
    }, HUNDRED);
}

/** @param {CDPSession} session */
async function heap(session) {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0) / 1e6;
}

/**
 * @param {string} news
 * @param {number} count
 */
async function bench(news, count) {
    await withPage(async (page) => {
        const session = await page.context().newCDPSession(page);
        await session.send("Performance.enable");
        await observe(page);
        // As a file on the disk: what the tool itself hands over would hold the page up.
        const folder = mkdtempSync(join(tmpdir(), "whosaid-many-"));
        const file = join(folder, "news.jsonl");
        writeFileSync(file, linesOf(news, count));
        await page.locator("input[type=file]").first().setInputFiles(file);
        const reached = (/** @type {number} */ hundreds) =>
            page.waitForFunction((most) => /** @type {any} */ (globalThis).seen.times.length > most, hundreds, { timeout: 600_000 });
        await reached(2);
        const before = await heap(session);
        await page.getByRole("alert").filter({ hasText: "to your library" }).waitFor({ timeout: 900_000 });
        const after = await heap(session);
        const { times, tasks } = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
        const parts = times.slice(1).map((/** @type {number} */ time, /** @type {number} */ nth) => (time - times[nth]) / 1000);
        console.log(`seconds a hundred articles: ${parts.map((/** @type {number} */ part) => part.toFixed(2)).join(" ")}`);
        console.log(`the last hundred to the first: ${(parts.at(-1) / parts[0]).toFixed(2)} (wanted: at most 1.10)`);
        const long = tasks.map((/** @type {{startTime: number, duration: number}} */ { startTime, duration }) => {
            const hundred = times.filter((/** @type {number} */ time) => time <= startTime).length;
            return `${Math.round(duration)} ms ${hundred === 0 ? "before the first is read" : `after ${(hundred - 1) * HUNDRED} articles`}`;
        });
        console.log(`tasks over 50 ms: ${long.join(", ") || "none"} (wanted: none)`);
        console.log(
            `heap at 200 articles ${before.toFixed(1)} MB, at the end ${after.toFixed(1)} MB: ${(after / before).toFixed(2)} (wanted: within 5 %)`,
        );
        rmSync(folder, { recursive: true });
    });
}

const { values } = parseArgs({
    options: {
        news: { type: "string", default: "../shared/data/unlabelled/news_en.jsonl.gz" },
        count: { type: "string", default: "1000" },
    },
});
await script(() => bench(values.news, Number(values.count)));
