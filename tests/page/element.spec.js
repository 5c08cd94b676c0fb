/**
 * @file The element in pages of others: what stands in tests/page/element, with the built package beside it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

const root = fileURLToPath(new URL("../../", import.meta.url));
const TYPES = /** @type {Record<string, string>} */ ({ js: "text/javascript", wasm: "application/wasm", html: "text/html" });

/** @param {Page} page @param {string} folder @param {RegExp} paths Of which the page asks for those below it. */
async function serve(page, folder, paths) {
    await page.route(paths, (route) => {
        const path = new URL(route.request().url()).pathname.replace(/^\/whosaid\//, "/");
        const contentType = TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
        return route.fulfill({ contentType, body: readFileSync(join(root, folder, path)) });
    });
}

/** @param {Page} page @param {string} name */
async function open(page, name) {
    await serve(page, "release/whosaid", /\/whosaid\//);
    await serve(page, "tests/page/element", /\/(?:ten|two)\.html$/);
    await page.addInitScript(() => {
        /** @type {{type: string, from: string, detail: any}[]} */
        const heard = [];
        Object.assign(globalThis, { heard });
        for (const name of "ready progress annotated before-change change select saved orphan language error".split(" ")) {
            addEventListener(`whosaid-${name}`, (event) => {
                const { type, target, detail } = /** @type {CustomEvent} */ (event);
                heard.push({ type: type.replace("whosaid-", ""), from: /** @type {Element} */ (target).id, detail });
            });
        }
    });
    await page.goto(`/${name}.html`);
}

/** @param {Page} page @param {string} type @param {string} [from] @returns {Promise<any[]>} The details of the events of a sort. */
const heard = (page, type, from = "") =>
    page.evaluate(
        ([type, from]) =>
            /** @type {any} */ (globalThis).heard
                .filter((/** @type {any} */ one) => one.type === type && (from === "" || one.from === from))
                .map((/** @type {any} */ { detail }) => detail),
        [type, from],
    );

/** @param {Locator} element */
const history = (element) => element.getByRole("tab", { name: /^History/ });

test("in a page of ten lines the article is read and shown", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await expect(element.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    await expect(element.locator("mark.claim").filter({ hasText: "Taxes will rise" }).first()).toBeVisible();
    // The text that the page wrote stands there once.
    await expect(element.locator("article h2, article p").filter({ hasText: "Anna Berg" })).toHaveCount(1);
    expect(await heard(page, "ready")).toEqual([{ model: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+/) }]);
    const [{ analysis }] = await heard(page, "annotated");
    expect(analysis.speakers.map((/** @type {any} */ { name }) => name)).toContain("Anna Berg");
    const known = await element.evaluate((node) => {
        const { text, speakers, claims, corrections, selected } = /** @type {any} */ (node);
        return { text, speakers: speakers.length, claims: claims.length, corrections, selected, ready: node.matches(":state(ready)") };
    });
    expect(known.text.split("\n\n")).toHaveLength(2);
    expect(known).toMatchObject({ speakers: analysis.speakers.length, claims: analysis.claims.length, corrections: [], ready: true });
    expect(known.selected).toBeUndefined();
    expect(page.workers()).toHaveLength(1);
});

test("two elements are corrected, moved and taken out, each for itself", async ({ page }) => {
    await open(page, "two");
    const [ferry, taxes] = [page.locator("#ferry"), page.locator("#taxes")];
    await ferry.locator("mark.claim").filter({ hasText: "lost money" }).first().click();
    await ferry.getByRole("button", { name: "Edit" }).click();
    await ferry.getByRole("dialog").locator("button.main").click();
    await expect(history(ferry)).toHaveText("History 1");
    await expect(history(taxes)).toHaveText("History 0");
    await taxes.locator("mark.claim").filter({ hasText: "strike" }).first().click();
    await taxes.getByRole("button", { name: "Edit" }).click();
    await taxes.locator("#editor-kind").selectOption("prediction");
    await expect(history(taxes)).toHaveText("History 1");
    await expect.poll(() => heard(page, "change", "taxes")).toHaveLength(1);

    const [told, ...more] = await heard(page, "change", "ferry");
    expect(more).toEqual([]);
    expect(told.corrections).toMatchObject([{ actor: expect.stringMatching(/^anna\./), edit: { op: "add", mark: "claim" } }]);
    expect(await heard(page, "before-change", "ferry")).toEqual([{ correction: told.corrections[0] }]);
    expect(await heard(page, "select", "ferry")).toContainEqual(
        expect.objectContaining({ key: expect.stringMatching(/^claim:/), speaker: expect.objectContaining({ name: "Karin Dahl" }) }),
    );
    // One core serves both.
    expect(page.workers()).toHaveLength(1);

    // What is moved goes on: nothing is read again, and what is chosen stays so.
    await ferry.evaluate((node) => document.querySelector("#there")?.append(node));
    await expect(page.locator("#there > #ferry")).toHaveCount(1);
    await expect(history(ferry)).toHaveText("History 1");
    expect(await heard(page, "annotated", "ferry")).toHaveLength(1);
    expect(await ferry.evaluate((node) => /** @type {any} */ (node).selected)).toMatch(/^claim:/);

    // What is taken out comes back with its log.
    await ferry.evaluate(async (node) => {
        Object.assign(globalThis, { taken: node });
        node.remove();
    });
    await expect(history(taxes)).toHaveText("History 1");
    expect(await page.evaluate(() => /** @type {any} */ (globalThis).taken.shadowRoot.childElementCount)).toBe(1);
    await page.evaluate(() => document.querySelector("#here")?.append(/** @type {any} */ (globalThis).taken));
    await expect(history(ferry)).toHaveText("History 1");
    expect(await heard(page, "annotated", "ferry")).toHaveLength(1);
    await ferry.getByRole("button", { name: "Undo" }).first().click();
    await expect(ferry.getByRole("button", { name: "Redo" })).toBeEnabled();

    // With the last one the core goes.
    await page.evaluate(() => document.querySelectorAll("who-said").forEach((node) => node.remove()));
    await expect.poll(() => page.workers().length).toBe(0);
});

test("a correction that the page prevents is not made; who may only read is offered none", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await page.evaluate(() => addEventListener("whosaid-before-change", (event) => event.preventDefault(), { once: true }));
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    expect(await heard(page, "before-change")).toHaveLength(1);
    await expect(history(element)).toHaveText("History 0");
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");

    await element.evaluate((node) => node.setAttribute("readonly", ""));
    await element.locator("mark.claim").first().click();
    await expect(element.getByRole("dialog")).toBeVisible();
    for (const name of [/^Edit/, /^Check/, "Undo", "Redo"]) {
        await expect(element.getByRole("button", { name })).toHaveCount(0);
    }
    for (const key of ["x", "e", "a", "c", "Enter", "n", "Control+z", "Shift+ArrowRight"]) {
        await page.keyboard.press(key);
    }
    await element.evaluate((node) => /** @type {any} */ (node).updateComplete);
    expect(await heard(page, "before-change")).toHaveLength(2);
    await expect(history(element)).toHaveText("History 1");
});

test("storage in memory holds for all elements of the page that have a name", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await element.evaluate((node) => {
        node.setAttribute("storage", "memory");
        node.setAttribute("doc-id", "taxes");
        return /** @type {any} */ (node).annotate();
    });
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");
    await element.evaluate((node) => {
        const other = node.cloneNode(true);
        node.replaceWith(other);
    });
    await expect(history(element)).toHaveText("History 1");
});
