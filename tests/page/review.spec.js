/**
 * @file An article is looked through: what is least sure comes first, and so on to the end, by keys and by buttons.
 */
import { ARTICLE, article, editor, expect, list, mark, openFile, read, readSample, saved, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** @param {Page} page */
function title(page) {
    return editor(page).locator(".editor-title");
}

/** @param {Page} page */
function group(page) {
    return page.getByRole("group", { name: "Review" });
}

/**
 * How much is looked at, as the bar says it.
 * @param {Page} page
 * @returns {Promise<[number, number]>}
 */
async function progress(page) {
    const seen = { count: NaN, all: NaN };
    // The core's answer may change both between two looks: they are looked at again until they agree.
    await expect(async () => {
        const text = (await group(page).locator(".review-count").textContent()) ?? "";
        const [, count, all] = /^(\d+) of (\d+) looked at$/.exec(text) ?? [];
        const bar = group(page).getByRole("progressbar", { name: text });
        expect(await bar.getAttribute("max", { timeout: 1000 })).toBe(String(all));
        Object.assign(seen, { count: Number(count), all: Number(all) });
    }).toPass();
    return [seen.count, seen.all];
}

/**
 * How sure the page says it is of what it brought up, in percent.
 * @param {Page} page
 */
async function sureness(page) {
    return Number(/sure: (\d+) %/.exec((await editor(page).locator(".editor-detail").textContent()) ?? "")?.[1]);
}

test("N brings up what is least sure first, and goes round", async ({ page }) => {
    await read(page, ARTICLE);
    await expect(group(page)).toBeVisible();
    const [none, all] = await progress(page);
    expect(none).toBe(0);
    const seen = [];
    const sure = [];
    for (let at = 0; at < all; at += 1) {
        await page.keyboard.press("n");
        const detail = await editor(page).locator(".editor-detail").textContent();
        seen.push(`${await title(page).textContent()} ${detail}`);
        sure.push(await sureness(page));
    }
    expect(new Set(seen).size).toBe(all);
    expect(sure).toEqual(sure.toSorted((one, other) => one - other));
    await page.keyboard.press("n");
    expect(`${await title(page).textContent()} ${await editor(page).locator(".editor-detail").textContent()}`).toBe(seen[0]);
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();
    await expect(page.getByText("0 corrections", { exact: true })).toBeVisible();
});

test("a whole article is reviewed without a mouse: Enter accepts, X rejects, the next comes by itself", async ({ page }) => {
    await read(page, ARTICLE);
    await expect(group(page)).toBeVisible();
    const [, all] = await progress(page);
    await page.keyboard.press("n");
    const rejected = (await title(page).textContent()) ?? "";
    await page.keyboard.press("x");
    await expect(title(page)).not.toHaveText(rejected);
    for (let at = 1; at < all; at += 1) {
        const before = await title(page).textContent();
        // A mark is made right by being moved, too, and stays what was brought up.
        if (at === 2) {
            await page.keyboard.press("Shift+ArrowRight");
            await expect(title(page)).not.toHaveText(before ?? "");
        }
        await page.keyboard.press("Enter");
    }
    await expect(editor(page)).toBeHidden();
    await expect(group(page).locator(".review-count")).toHaveText(`${all - 1} of ${all - 1} looked at`);
    await expect(page.getByRole("status").filter({ hasText: "All is looked at" })).toBeAttached();
    await expect(group(page).getByRole("button", { name: "Next" })).toBeDisabled();
    await saved(page);
    await page.reload();
    await expect(group(page).locator(".review-count")).toHaveText(`${all - 1} of ${all - 1} looked at`);
});

test("what is brought up is told to those who cannot see it, once", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    const told = page.getByRole("status").filter({ hasText: /percent sure: .*\. 0 of \d+ looked at$/ });
    await expect(told).toHaveCount(1);
    await expect(told).toHaveText(/^(Claim, (direct|indirect|partly quoted)|Person|Institution|Place)/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: /percent sure: .*\. 1 of \d+ looked at$/ })).toHaveCount(1);
});

test("Escape ends a review: Enter on something else is for that alone", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("Enter");
    await expect(title(page)).toHaveText("Karin Dahl");
    await expect(editor(page)).toContainText("marked by you");
    // What was chosen by hand in the middle of a review, too.
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await page.keyboard.press("Enter");
    await expect(title(page)).toHaveText("that the decision was final");
});

test("buttons do the same, for a finger", async ({ page }) => {
    await read(page, ARTICLE);
    await group(page).getByRole("button", { name: "Next" }).click();
    const first = await title(page).textContent();
    await editor(page).getByRole("button", { name: "Right" }).click();
    await expect(title(page)).not.toHaveText(first ?? "");
    const second = await title(page).textContent();
    await editor(page).getByRole("button", { name: "Remove" }).click();
    await expect(title(page)).not.toHaveText(second ?? "");
    await expect(page.getByText("2 corrections", { exact: true })).toBeVisible();
    // The button has not kept the keyboard: Enter is for what it brought up.
    await page.keyboard.press("Escape");
    await group(page).getByRole("button", { name: "Next" }).click();
    await page.keyboard.press("Enter");
    await expect(page.getByText("3 corrections", { exact: true })).toBeVisible();
});

test("the rest is right: one correction for all, by button and by key, which can be taken back", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    await page.keyboard.press("x");
    const [, all] = await progress(page);
    await page.keyboard.press("Escape");
    await group(page).getByRole("button", { name: "The rest is right" }).click();
    const count = group(page).locator(".review-count");
    await expect(count).toHaveText(/^(\d+) of \1 looked at$/);
    const log = await list(page, "Log");
    await expect(log.getByRole("listitem")).toHaveCount(2);
    await expect(log.getByRole("listitem").first()).toContainText(/The rest is right: \d+ marks, and nothing is missing\./);
    await saved(page);
    await page.reload();
    await expect(count).toHaveText(/^(\d+) of \1 looked at$/);
    await article(page).focus();
    await page.keyboard.press("Control+z");
    await expect(count).toHaveText(new RegExp(`^0 of ${all - 1} looked at$|^0 of ${all} looked at$`));
    await page.keyboard.press("Shift+Enter");
    await expect(count).toHaveText(/^(\d+) of \1 looked at$/);
    // There is nothing left to say.
    await page.keyboard.press("Shift+Enter");
    await expect((await list(page, "Log")).getByRole("listitem")).toHaveCount(3);
});

test("how far one is shows with the article alone", async ({ page }) => {
    await expect(group(page)).toBeHidden();
    await read(page, ARTICLE);
    await expect(group(page)).toBeVisible();
    await page.getByRole("button", { name: "New article" }).click();
    await expect(group(page)).toBeHidden();
    await page.getByRole("button", { name: "Back to the article" }).click();
    await expect(group(page)).toBeVisible();
});

test("when a name is right, its other places can be said to be right with it", async ({ page }) => {
    await openFile(page, "cup.txt", "“We won,” said Tor Lie.\n\nTor Lie was late. Many saw Tor Lie.\n");
    await expect(mark(page, "Tor Lie")).toHaveCount(3);
    await mark(page, "Tor Lie").first().click();
    await page.keyboard.press("Enter");
    const also = group(page).getByRole("button", { name: "Also 2 others “Tor Lie”" });
    await expect(also).toBeVisible();
    await also.click();
    await expect(also).toBeHidden();
    for (const nth of [1, 2]) {
        await page.keyboard.press("Escape");
        await mark(page, "Tor Lie").nth(nth).click();
        await expect(editor(page)).toContainText("marked by you");
    }
});

test("what the filter hides is brought up as well", async ({ page }) => {
    await openFile(page, "bridge.txt", "Tor Lie, an engineer, believes that the old bridge is safe.\n");
    await expect(page.getByText("1 attitude or decision hidden")).toBeVisible();
    const [, all] = await progress(page);
    const seen = [];
    for (let at = 0; at < all; at += 1) {
        await page.keyboard.press("n");
        seen.push(await title(page).textContent());
    }
    expect(seen.some((text) => /the old bridge is safe/.test(text ?? ""))).toBe(true);
});

test("the sample is looked through to its end, as fast as keys come", async ({ page }) => {
    await readSample(page);
    await expect(group(page)).toBeVisible();
    const [, all] = await progress(page);
    await page.keyboard.press("n");
    for (let at = 0; at < all; at += 1) {
        await page.keyboard.press("Enter");
    }
    await expect(group(page).locator(".review-count")).toHaveText(`${all} of ${all} looked at`);
    await saved(page);
    await page.reload();
    await expect(group(page).locator(".review-count")).toHaveText(`${all} of ${all} looked at`);
});
