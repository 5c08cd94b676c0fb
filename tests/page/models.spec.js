/**
 * @file A newer model never takes a correction's place away: an article stays as it was read until the user wants it
 * read again.
 */
import { readFileSync } from "node:fs";

import { acknowledged, blank, correctTwice, kept, putRecord } from "./device.js";
import { nameless } from "./nameless.js";
import { ARTICLE, article, downloaded, expect, library, list, mark, openFile, read, saved, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * From the next load on, another model reads.
 * @param {Page} page
 */
async function changeModel(page) {
    const model = await (await page.request.get("/pkg/model.bin")).body();
    await page.route("**/model.bin", (route) => route.fulfill({ body: nameless(model) }));
}

test("an article is shown as it was corrected, and read again only when the user wants it and knows what it costs", async ({ page }) => {
    await correctTwice(page);
    const before = (await kept(page)).bases ?? [];
    expect(before).toHaveLength(1);
    await changeModel(page);
    await page.reload();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This article was corrected on what an older model found");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(await list(page, "History")).not.toContainText("fits the article no more");

    await alert.getByRole("button", { name: "Read again with the new model" }).click();
    await expect(alert).toContainText("1 of 2 corrections would no longer fit what the new model finds.");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await alert.getByRole("button", { name: "Dismiss" }).click();
    await page.reload();
    await alert.getByRole("button", { name: "Read again with the new model" }).click();
    await alert.getByRole("button", { name: "Use the new reading" }).click();
    await expect(article(page).locator("mark.by-name")).toHaveCount(0);
    await expect(mark(page, "We have lost money")).toHaveClass(/indirect/);
    await expect(await list(page, "History")).toContainText("1 correction fits the article no more");
    await expect.poll(async () => (await kept(page)).bases?.length).toBe(2);

    // That is how it stays.
    await page.reload();
    await expect(await list(page, "History")).toContainText("1 correction fits the article no more");
    await expect(alert).toBeEmpty();
    const { bases = [], events = [] } = await kept(page);
    expect(bases).toEqual(expect.arrayContaining(before));
    expect(events).toHaveLength(2);
});

test("a backup brings the analysis along, so that no correction is lost where a newer model reads", async ({ page, browser, baseURL }) => {
    await correctTwice(page);
    await startAnew(page);
    const { name, content } = await downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
    const context = await browser.newContext({ baseURL });
    const other = await context.newPage();
    await other.goto("/");
    await changeModel(other);
    await other.reload();
    await openFile(other, name, content);
    await expect(other.getByRole("alert")).toContainText("1 new article, 2 new corrections.");
    await shelved(other, "Ferry line")
        .getByRole("button", { name: /^Ferry line/ })
        .click();
    await acknowledged(other, 2);
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await expect(await list(other, "History")).not.toContainText("fits the article no more");
    const { bases } = await kept(page);
    await expect.poll(async () => (await kept(other)).bases).toEqual(bases);
    await context.close();
});

/**
 * An analysis as version 1 of the own format had it.
 * @param {any} found
 */
function asBefore({ claims, ...rest }) {
    return { ...rest, attributions: claims };
}

test("an analysis that is kept under the old names holds, and costs no correction", async ({ page, context }) => {
    await correctTwice(page);
    const [base] = (await kept(page)).bases ?? [];
    expect(base.found.claims.length).toBeGreaterThan(0);
    const outside = await blank(context);
    await putRecord(outside, "bases", { ...base, found: asBefore(base.found) });
    await changeModel(page);
    await page.reload();
    await acknowledged(page, 2);
    await expect(page.getByRole("alert")).toContainText("This article was corrected on what an older model found");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(await list(page, "History")).not.toContainText("fits the article no more");
    // Nothing was kept again: what was found stands as it did.
    await expect.poll(async () => (await kept(page)).bases).toEqual([{ ...base, found: asBefore(base.found) }]);

    await startAnew(page);
    const { content } = await downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
    expect(JSON.parse(content).articles[0].base.found).toEqual(base.found);
});

test("a backup of an older version brings the analysis along, under the names of today", async ({ page, browser, baseURL }) => {
    await correctTwice(page);
    await startAnew(page);
    const { name, content } = await downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
    const file = JSON.parse(content);
    file.articles[0].base.found = asBefore(file.articles[0].base.found);
    const context = await browser.newContext({ baseURL });
    const other = await context.newPage();
    await other.goto("/");
    await changeModel(other);
    await other.reload();
    await openFile(other, name, JSON.stringify(file));
    await expect(other.getByRole("alert")).toContainText("1 new article, 2 new corrections.");
    await shelved(other, "Ferry line")
        .getByRole("button", { name: /^Ferry line/ })
        .click();
    await acknowledged(other, 2);
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await expect(await list(other, "History")).not.toContainText("fits the article no more");
    const { bases } = await kept(page);
    await expect.poll(async () => (await kept(other)).bases).toEqual(bases);
    await context.close();
});

test("a file of version 1 is opened with its corrections", async ({ page }) => {
    await page.goto("/");
    await openFile(page, "ferry.whosaid.json", readFileSync(new URL("../formats/version-1.whosaid.json", import.meta.url), "utf8"));
    await acknowledged(page, 2);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(await list(page, "History")).not.toContainText("fits the article no more");
});

test("an article without corrections is read with the new model", async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
    await changeModel(page);
    await page.reload();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(article(page).locator("mark.by-name")).toHaveCount(0);
    await expect(page.getByRole("alert")).toBeEmpty();
});

for (const [damage, change] of /** @type {const} */ ([
    ["without its analysis", (/** @type {any} */ base) => ({ ...base, found: undefined })],
    ["of another type", (/** @type {any} */ base) => ({ ...base, found: "everything" })],
    ["with a place that is none", (/** @type {any} */ base) => ({ ...base, found: { ...base.found, mentions: [{ span: null }] } })],
    ["of an unknown kind", (/** @type {any} */ base) => ({ ...base, found: { ...base.found, speakers: [{ name: 7 }] } })],
])) {
    test(`an analysis that is kept ${damage} costs no correction`, async ({ page, context }) => {
        await correctTwice(page);
        const [base] = (await kept(page)).bases ?? [];
        const outside = await blank(context);
        await putRecord(outside, "bases", change(base));
        await page.reload();
        await acknowledged(page, 2);
        await expect(article(page)).toBeVisible();
        await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
        await expect(mark(page, "We have lost money")).toHaveClass(/indirect/);
        await expect.poll(async () => (await kept(page)).bases?.[0]?.found).toEqual(base.found);
    });
}
