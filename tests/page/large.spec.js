/**
 * @file A text of one megabyte.
 */
import { ARTICLE, article, editor, expect, list, mark, test } from "./whosaid.js";

// A trace would copy all of its nodes at every step.
test.use({ trace: "off" });

test("a text of one megabyte is read and drawn, and the page answers meanwhile", async ({ page }) => {
    const count = Math.ceil(2 ** 20 / ARTICLE.length);
    await page.getByLabel("Article text").evaluate((box, text) => {
        /** @type {HTMLTextAreaElement} */ (box).value = text;
    }, ARTICLE.repeat(count));
    // Counts the turns that the page takes while it works: a page that is stuck takes none.
    await page.evaluate(() => {
        const counter = { turns: 0 };
        Object.assign(globalThis, { counter });
        setInterval(() => (counter.turns += 1), 10);
    });
    await page.getByRole("button", { name: "Find who said what" }).click();
    await expect(article(page).locator("> *")).toHaveCount(5 * count, { timeout: 45_000 });
    const turns = await page.evaluate(() => /** @type {any} */ (globalThis).counter.turns);
    expect(turns).toBeGreaterThan(10);
    await expect(mark(page, "Karin Dahl")).toHaveCount(count);
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button").first()).toBeVisible();
    await article(page).locator("mark.claim").first().click();
    await expect(editor(page)).toBeVisible();
});
