/**
 * @file What is typed into a field is kept, however the field is left; and Back leads from an article to the library.
 */
import { ARTICLE, article, editor, expect, library, list, mark, profile, read, saved, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * What the log says that was corrected, the last first.
 * @param {Page} page
 */
async function log(page) {
    return (await list(page, "History")).getByRole("listitem");
}

test("a speaker that was typed is kept when the field is left, once", async ({ page }) => {
    await read(page, ARTICLE);
    await article(page).locator("mark.claim.direct").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Peter Holm");
    // The field is left for another mark.
    await mark(page, "Coast Transport Agency").click();
    await expect(await log(page)).toHaveCount(1);
    await expect((await log(page)).first()).toContainText("Peter Holm");
    await saved(page);
});

test("Enter keeps it once, and Escape gives back what stood there", async ({ page }) => {
    await read(page, ARTICLE);
    await article(page).locator("mark.claim.direct").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Peter Holm");
    await page.keyboard.press("Enter");
    await expect(await log(page)).toHaveCount(1);
    await article(page).locator("mark.claim.direct").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Karin Dahl");
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();
    await mark(page, "Sandvik").first().click();
    await expect(editor(page)).toBeVisible();
    await expect(await log(page)).toHaveCount(1);
});

test("a name and a role that were typed are kept when the field is left", async ({ page }) => {
    await read(page, ARTICLE);
    await list(page, "Sources");
    await page
        .locator("[data-speaker]")
        .filter({ hasText: "Karin Dahl" })
        .getByRole("button", { name: /Correct who/ })
        .first()
        .click();
    await profile(page).getByLabel("Name").fill("Karin Dahl-Moen");
    await profile(page)
        .getByPlaceholder(/another role/)
        .fill("engineer");
    // A click beside the window closes it.
    await page.mouse.click(5, 300);
    await expect(profile(page)).toBeHidden();
    await expect(await log(page)).toHaveCount(2);
    await list(page, "Sources");
    const card = page.locator("[data-speaker]").filter({ hasText: "Karin Dahl-Moen" });
    await expect(card.first()).toContainText("engineer");
});

test("Back leads from an article to the library, and forward again; choosing a mark adds no step", async ({ page }) => {
    const steps = () => page.evaluate(() => history.length);
    const before = await steps();
    await read(page, ARTICLE);
    await mark(page, "Karin Dahl").first().click();
    await mark(page, "Peter Holm").first().click();
    await expect.poll(() => steps()).toBe(before + 1);
    await page.goBack();
    await expect(library(page)).toBeVisible();
    await expect(article(page)).toBeHidden();
    await page.goForward();
    await expect(article(page)).toBeVisible();

    await startAnew(page);
    await read(page, ARTICLE.replaceAll("Sandvik", "Halden"));
    await page.goBack();
    await expect(shelved(page, "Ferry line to close in May").first()).toBeVisible();
    await page.goBack();
    await expect(mark(page, "Sandvik").first()).toBeVisible();
});
