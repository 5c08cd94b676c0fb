/**
 * @file The view as a part of another page: two of them in two shadow trees, without the page of whosaid around them.
 */
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { ARTICLE, expect, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @param {string} name @returns {Promise<string>} A script or a style with all that it takes in. */
async function bundled(name) {
    const { outputFiles } = await build({ entryPoints: [path(name)], bundle: true, format: "esm", target: "es2023", write: false });
    return outputFiles[0]?.text ?? "";
}

const OTHER = ARTICLE.replaceAll("Karin Dahl", "Greta Lund");

/** @param {Page} page */
async function holdTwo(page) {
    const [script, ...styles] = await Promise.all(["views/two.js", "../../www/theme.css", "../../www/style/view.css"].map(bundled));
    await page.route("**/two.js", (route) => route.fulfill({ contentType: "text/javascript", body: script ?? "" }));
    const body = '<!doctype html><meta charset="utf-8"><title>two</title><script type="module" src="two.js"></script>';
    await page.route("**/two.html", (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto("/two.html");
    await page.waitForFunction(() => "hold" in globalThis);
    const style = styles.join("\n");
    await page.evaluate(
        async ([one = "", other = "", css = ""]) => {
            const { hold } = /** @type {any} */ (globalThis);
            Object.assign(globalThis, { views: [await hold(one, css), await hold(other, css)] });
        },
        [ARTICLE, OTHER, style],
    );
    const two = [page.locator("section").first(), page.locator("section").nth(1)];
    await expect(page.getByRole("tab", { name: "Claims" })).toHaveCount(2);
    for (const view of two) {
        await expect(view.getByRole("tab", { name: /^Claims \d/ })).toBeVisible();
    }
    return /** @type {[import("@playwright/test").Locator, import("@playwright/test").Locator]} */ (two);
}

/** @param {Page} page @param {string} name @returns {Promise<any>} What the page's own function of this name answers. */
const asked = (page, name) => page.evaluate((each) => /** @type {any} */ (globalThis)[each](), name);

test("two views are corrected, each for itself", async ({ page }) => {
    const [one, other] = await holdTwo(page);
    const history = (/** @type {typeof one} */ view) => view.getByRole("tab", { name: "History" });
    await one.locator("mark").filter({ hasText: "Karin Dahl" }).first().click();
    await one.getByRole("button", { name: "Institution", exact: true }).click();
    await expect(history(one)).toHaveText("History 1");
    await expect(one.locator("mark").filter({ hasText: "Karin Dahl" }).first()).toHaveClass(/institution/);
    await expect(history(other)).toHaveText("History 0");
    await expect(other.getByRole("dialog")).toHaveCount(0);

    // Keys are heard where the focus is.
    await other.locator("mark").filter({ hasText: "Peter Holm" }).first().click();
    await other.locator("article").focus();
    await page.keyboard.press("x");
    await expect(history(other)).toHaveText("History 1");
    await expect(history(one)).toHaveText("History 1");
});

test("words that are selected in one view are marked there", async ({ page }) => {
    const [one, other] = await holdTwo(page);
    const box = await other.locator("article h2, article p").first().boundingBox();
    const { x, y, height } = /** @type {NonNullable<typeof box>} */ (box);
    const line = y + height - 12;
    await page.mouse.move(x + 2, line);
    await page.mouse.down();
    await page.mouse.move(x + 40, line, { steps: 4 });
    await page.mouse.up();
    await expect(other.getByRole("dialog", { name: "Mark the selection" })).toBeVisible();
    await expect(one.getByRole("dialog")).toHaveCount(0);
    await other.getByRole("button", { name: "Place", exact: true }).click();
    await expect(other.locator("article .place, article mark").filter({ hasText: "Ferry" })).not.toHaveCount(0);
});

test("each puts its own light into the document, and a view that is disposed of leaves nothing behind", async ({ page }) => {
    const [one, other] = await holdTwo(page);
    for (const view of [one, other]) {
        await view.locator("mark.claim").filter({ hasText: "lost money" }).first().click();
    }
    const before = await asked(page, "lit");
    expect(Math.min(...before)).toBeGreaterThan(0);

    const both = (await asked(page, "listeners")).sort();
    expect(both.length).toBeGreaterThan(0);
    await page.evaluate(() => {
        const held = /** @type {any} */ (globalThis).views;
        held.pop().view.dispose();
    });
    const [left, gone] = await asked(page, "lit");
    expect(left).toBeGreaterThan(0);
    expect(gone).toBe(0);
    const still = (await asked(page, "listeners")).sort();
    // Each had the same ones.
    expect([...still, ...still].sort()).toEqual(both);
    await expect(other.locator("article")).toHaveCount(0);

    // The one that is left works on.
    await one
        .getByRole("button", { name: /Correct/ })
        .first()
        .click();
    await expect(one.getByRole("tab", { name: "History" })).toHaveText("History 1");
    await page.evaluate(() => /** @type {any} */ (globalThis).views.pop().view.dispose());
    expect(await asked(page, "listeners")).toEqual([]);
    expect(await page.evaluate(() => CSS.highlights?.size)).toBe(0);
});

test("a view is as narrow as what it fills", async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const [one, other] = await holdTwo(page);
    const column = (/** @type {typeof one} */ view) => view.locator(".desk").evaluate((desk) => getComputedStyle(desk).display);
    await page.evaluate(() => document.querySelector("section")?.setAttribute("style", "inline-size: 24rem"));
    expect(await column(one)).toBe("flex");
    expect(await column(other)).toBe("grid");
    await one.locator("mark.claim").filter({ hasText: "lost money" }).first().click();
    const card = /** @type {DOMRect} */ (await one.getByRole("dialog").boundingBox());
    const place = /** @type {DOMRect} */ (await one.boundingBox());
    expect(card.width).toBeLessThanOrEqual(place.width);
    expect(card.x).toBeGreaterThanOrEqual(place.x);
});
