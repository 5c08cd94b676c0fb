/**
 * @file The page says the same numbers of claims and sources of an article wherever it says any.
 */
import { readFileSync, readdirSync } from "node:fs";

import { article, correctOnce, expect, filter, library, list, read, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const folder = new URL("../articles/", import.meta.url);
const pages = readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .slice(0, 20);

/**
 * The numbers in a sentence.
 * @param {string | null} sentence
 * @returns {{claims: number, sources: number}}
 */
function numbers(sentence) {
    const found = /([\d,]+) sources?, ([\d,]+) claims?/u.exec(sentence ?? "")?.slice(1);
    const [sources = NaN, claims = NaN] = (found ?? []).map((number) => Number(number.replaceAll(",", "")));
    return { claims, sources };
}

/**
 * Reads the numbers beside the article in every place, and says which they are once all agree.
 * @param {Page} page
 */
async function agreed(page) {
    const panel = await list(page, "Sources");
    const line = panel.locator(".counts");
    const count = async (/** @type {string} */ tab) => Number(await page.locator(`#tab-${tab} .count`).textContent());
    await expect(async () => {
        const here = numbers(await line.textContent());
        expect({ ...here, claims: await count("claims"), sources: await count("speakers") }).toEqual(here);
    }).toPass();
    const here = numbers(await line.textContent());
    expect(
        await panel
            .locator("> div > ul.rows:not(.names) > li")
            .filter({ has: page.locator(".chip") })
            .count(),
    ).toBeLessThanOrEqual(here.sources);
    await list(page, "Claims");
    await expect(page.locator("#page-claims ol.rows > li")).toHaveCount(here.claims);
    await page.emulateMedia({ media: "print" });
    await expect.poll(async () => numbers(await page.locator(".paper .counted").textContent())).toEqual(here);
    const told = (await page.locator(".paper .counted").textContent()) ?? "";
    await page.emulateMedia({ media: null });
    const notes = await page.locator(".filter-notes").textContent();
    for (const [said, noted] of /** @type {const} */ ([
        [/(\d+) belief\w* \D*not counted/u, /(\d+) belief\w* \D*not shown/u],
        [/(\d+) claims? filtered out/u, /(\d+) claims? filtered out/u],
    ])) {
        expect(noted.exec(notes ?? "")?.[1]).toBe(said.exec(told)?.[1]);
    }
    const voices = await list(page, "Balance");
    if (here.claims > 0) {
        await expect(voices.locator(".counted")).toContainText(`${told}. `);
    }
    return { here, told };
}

test("tab, line, lists, figures, paper, live region and library agree on twenty articles", async ({ page }) => {
    let attitudes = 0;
    for (const name of pages) {
        await read(page, readFileSync(new URL(name, folder), "utf8"));
        // The lists follow the article: until then they are those of the one before.
        const found = numbers(await page.locator("p.for-ears[role=status]").textContent());
        await expect(page.locator("#tab-claims .count"), name).toHaveText(String(found.claims));
        await expect(page.locator("#tab-speakers .count"), name).toHaveText(String(found.sources));
        const { here, told } = await agreed(page);
        await expect(page.locator("p.for-ears[role=status]"), name).toHaveText(`Found: ${told}.`);
        attitudes += Number(/(\d+) belief/u.exec(told)?.[1] ?? 0);

        await startAnew(page);
        const row = library(page).getByRole("listitem").first();
        await expect.poll(async () => numbers(await row.textContent()), name).toEqual(here);
    }
    expect(attitudes).toBeGreaterThan(5);
});

test("with beliefs and decisions shown, and after a correction, they agree too", async ({ page }) => {
    await read(page, readFileSync(new URL("harbour.txt", folder), "utf8"));
    const { here: said, told } = await agreed(page);
    const left = Number(/(\d+) belief/u.exec(told)?.[1]);
    expect(left).toBeGreaterThan(0);

    await list(page, "Claims");
    await (await filter(page, "Include beliefs and decisions")).check();
    const { here: all } = await agreed(page);
    expect(all.claims).toBe(said.claims + left);

    const name = (await article(page).locator("mark.by-name.person").first().textContent()) ?? "";
    await correctOnce(page, name);
    const { here } = await agreed(page);
    await startAnew(page);
    await expect.poll(async () => numbers(await library(page).getByRole("listitem").first().textContent())).toEqual(here);
});

test("claims that a choice hides are counted beside those that it shows", async ({ page }) => {
    await read(page, readFileSync(new URL("harbour.txt", folder), "utf8"));
    const { here: all } = await agreed(page);
    const claims = await list(page, "Claims");
    await expect(claims).toBeVisible();
    await (await filter(page, "Source")).selectOption({ index: 1 });
    const { here, told } = await agreed(page);
    expect(here.sources).toBe(1);
    const hidden = Number(/(\d+) claims? filtered out/u.exec(told)?.[1]);
    expect(here.claims + hidden).toBe(all.claims);
});
