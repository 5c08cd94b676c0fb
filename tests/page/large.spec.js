/**
 * @file Texts of a megabyte and more.
 */
import { ARTICLE, article, editor, expect, list, mark, paragraphs, read, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * Puts a text into the box that is as long as many articles.
 * @param {Page} page
 * @param {number} count How many.
 */
async function fillMany(page, count) {
    await page.getByLabel("Article text").evaluate((box, text) => {
        /** @type {HTMLTextAreaElement} */ (box).value = text;
    }, ARTICLE.repeat(count));
}

test("a text of one megabyte is read and drawn, and the page answers meanwhile", async ({ page }) => {
    const count = Math.ceil(2 ** 20 / ARTICLE.length);
    await fillMany(page, count);
    // Notes how much is drawn whenever the page takes a turn: a page that is stuck takes none in between.
    await page.evaluate(() => {
        const seen = new Set();
        Object.assign(globalThis, { seen });
        setInterval(() => seen.add(document.querySelectorAll("article .section > *").length), 10);
    });
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(paragraphs(page)).toHaveCount(5 * count);
    const seen = await page.evaluate(() => [.../** @type {any} */ (globalThis).seen]);
    expect(seen.filter((drawn) => drawn > 0 && drawn < 5 * count).length).toBeGreaterThan(5);
    await expect(mark(page, "Karin Dahl")).toHaveCount(count);
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button").first()).toBeVisible();
    await article(page).locator("mark.claim").first().click();
    await expect(editor(page)).toBeVisible();
});

test("of a long text what is on the screen is laid out, and nothing else", async ({ page }) => {
    await fillMany(page, 400);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(paragraphs(page)).toHaveCount(5 * 400);
    const laidOut = () =>
        paragraphs(page).evaluateAll((all) =>
            all.flatMap((node, index) => (node.checkVisibility({ contentVisibilityAuto: true }) ? index : [])),
        );
    await expect.poll(async () => (await laidOut()).length).toBeLessThan(100);
    expect(await laidOut()).toContain(0);
    await paragraphs(page).last().scrollIntoViewIfNeeded();
    await expect.poll(laidOut).toContain(5 * 400 - 1);
    await expect.poll(laidOut).not.toContain(0);
    // The narrowest bar holds its menu, however many claims are to be checked.
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(page.getByRole("button", { name: "Check 1,200 claims" })).toBeInViewport();
    await expect(page.getByRole("button", { name: "More", exact: true })).toBeInViewport({ ratio: 1 });
});

test("the beginning of a long text is shown while the whole is read, which takes its place", async ({ page }) => {
    const count = Math.ceil(2 ** 18 / ARTICLE.length);
    await fillMany(page, count);
    // Notes what the beginning shows when it comes.
    await page.evaluate(() => {
        new MutationObserver(() => {
            const beginning = document.querySelector("article[aria-busy=true]");
            const { length } = beginning?.querySelectorAll("mark.claim") ?? [];
            if (beginning && length > 0) {
                Object.assign(globalThis, { beginning: { claims: length, text: beginning.textContent } });
            }
        }).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(paragraphs(page)).toHaveCount(5 * count);
    await expect(page.locator("[aria-busy]")).toHaveCount(0);
    const beginning = await page.evaluate(() => /** @type {any} */ (globalThis).beginning);
    expect(beginning.claims).toBeGreaterThan(5);
    const words = beginning.text.split(/\s+/).length;
    expect(words).toBeGreaterThan(1000);
    expect(words).toBeLessThan(4000);
    // The whole can be corrected.
    await article(page).locator("mark.claim").first().click();
    await expect(editor(page)).toBeVisible();
});

/** Runs in the page: notes how much is read, and calls the reading off once that has moved on. Who looks from outside may come too late. */
function cancelUnderWay() {
    /** @type {{share: number, told: string[]}[]} */
    const seen = [];
    Object.assign(globalThis, { seen });
    const observer = new MutationObserver(() => {
        const node = [...document.querySelectorAll(".progress")].find((each) => each.checkVisibility());
        const share = node?.querySelector("progress")?.getAttribute("value");
        if (!node || !share || Number(share) <= (seen.at(-1)?.share ?? 0)) {
            return;
        }
        const told = [".amount", "[role=status]", "button"].map((part) => node.querySelector(part)?.textContent ?? "");
        seen.push({ share: Number(share), told });
        if (seen.length === 2) {
            observer.disconnect();
            node.querySelector("button")?.click();
        }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
}

test("a text of four megabytes can be cancelled while it is read, and the next one is read", async ({ page }) => {
    await fillMany(page, Math.ceil(2 ** 22 / ARTICLE.length));
    await page.evaluate(cancelUnderWay);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(page.getByRole("alert")).toContainText("Cancelled. Your text and your corrections are safe.");
    const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
    expect(seen).toHaveLength(2);
    expect(seen[1].share).toBeLessThan(1);
    expect(seen[1].told).toEqual([expect.stringMatching(/%/), "Reading the article …", "Cancel"]);
    await expect(page.getByRole("progressbar")).toBeHidden();
    await expect(article(page)).toBeHidden();
    await expect(page.getByText(/Long article ready \([\d,]+ words\)/)).toBeVisible();
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});
