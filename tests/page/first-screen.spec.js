/**
 * @file The first screen: an excerpt that shows what the page does, and what goes by itself.
 */
import { article, expect, home, openFile, read, ARTICLE, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** @param {Page} page */
const excerpt = (page) => page.getByRole("figure");

test("the excerpt shows what the page itself finds there, and opens its article", async ({ page }) => {
    const look = (/** @type {Element} */ paragraph) =>
        [...paragraph.querySelectorAll(".entry-text, mark")].map((node) => node.getAttribute("data-name") ?? node.textContent);
    await expect(excerpt(page).locator("mark.claim").first()).toBeVisible();
    const paragraphs = await excerpt(page).locator(".article p").all();
    const texts = await Promise.all(paragraphs.map((each) => each.innerText()));
    const looks = await Promise.all(paragraphs.map((each) => each.evaluate(look)));
    expect(
        new Set(
            await excerpt(page)
                .locator(".entry-text")
                .evaluateAll((all) => all.map((each) => each.getAttribute("data-name"))),
        ).size,
    ).toBeGreaterThan(2);
    await excerpt(page).getByRole("button", { name: "Open it" }).click();
    await expect(article(page).locator("mark.claim").first()).toBeVisible();
    for (const [index, text] of texts.entries()) {
        const same = article(page)
            .locator("p")
            .filter({ hasText: text.slice(0, 60) });
        expect(await same.evaluate(look)).toEqual(looks[index]);
    }
});

test("the excerpt stands beside the box where there is room, and below it where there is none", async ({ page }) => {
    const box = async (/** @type {import("@playwright/test").Locator} */ node) => /** @type {DOMRect} */ (await node.boundingBox());
    await expect(excerpt(page)).toBeVisible();
    await page.setViewportSize({ width: 1440, height: 900 });
    const [wide, beside] = [await box(page.getByLabel("Article text")), await box(excerpt(page))];
    expect(beside.x).toBeGreaterThan(wide.x + wide.width);
    expect(beside.y + beside.height).toBeLessThan(900);
    await page.setViewportSize({ width: 390, height: 844 });
    const [narrow, below] = [await box(page.getByLabel("Article text")), await box(excerpt(page))];
    expect(below.y).toBeGreaterThan(narrow.y + narrow.height);
});

test("what was done goes by itself, but not under the pointer, and a fault stays", async ({ page }) => {
    await page.clock.install();
    await page.reload();
    const message = page.getByRole("alert").locator(".notice");
    const texts = ["one.txt", "two.txt"].map((name) => ({
        name,
        mimeType: "text/plain",
        buffer: Buffer.from(`${name}\n\n${ARTICLE}`),
    }));
    await page.locator("input[type=file]").setInputFiles(texts);
    await expect(message).toContainText("Added 2 articles");
    await message.hover();
    await page.clock.fastForward(60_000);
    await expect(message).toBeVisible();
    await page.mouse.move(5, 400);
    await page.clock.fastForward(60_000);
    await expect(message).toHaveCount(0);
    await openFile(page, "photo.jpg", Buffer.from([0, 1, 2, 3]));
    await expect(message).toContainText("is not a text file");
    await page.clock.fastForward(60_000);
    await expect(message).toBeVisible();
});

test.describe("without the excerpt", () => {
    test.use({ expected: /Failed to load resource/ });

    test("the way in is as it was", async ({ page }) => {
        await page.route("**/excerpt.json", (route) => route.abort());
        await page.reload();
        await read(page, ARTICLE);
        await expect(excerpt(page)).toHaveCount(0);
        await home(page).click();
        await expect(page.getByLabel("Article text")).toBeVisible();
    });
});
