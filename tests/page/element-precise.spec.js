/**
 * @file The element with another model file than the package's: a tiny one stands for the precise one.
 */
import { tinyPrecise } from "../js/precise.js";
import { asked, heard, history, open, openTen } from "./element.js";
import { expect, test } from "./whosaid.js";

/** @import {Route} from "@playwright/test" */

const FILE = tinyPrecise();

test("a model file is fetched when it is asked for, for all elements that ask, and its memory is given back with the last", async ({
    page,
}) => {
    let fetched = 0;
    await page.route("**/precise.bin", (route) => {
        fetched += 1;
        return route.fulfill({ body: FILE });
    });
    const element = await openTen(page);
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");
    const before = await asked(element, (node) => node.analysis);
    expect([fetched, before.model]).toEqual([0, expect.stringMatching(/^network-2-/)]);

    // A second one asks for it in HTML, the first one while it shows an article.
    const told = (await heard(page, "progress")).length;
    await asked(element, (node) => {
        const other = Object.assign(node.cloneNode(true), { id: "other" });
        other.setAttribute("model-url", "/precise.bin");
        node.after(other);
        node.modelUrl = new URL("/precise.bin", location.href);
    });
    const other = page.locator("#other");
    await expect(other.locator("mark.claim").first()).toBeVisible();
    await expect.poll(async () => (await heard(page, "annotated")).length).toBe(3);
    expect(await asked(other, (node) => node.analysis.model)).toMatch(/^network-3-/);
    const progress = (await heard(page, "progress", "other")).map(({ bytes }) => bytes);
    expect(progress.at(-1)).toBe(FILE.length);
    expect(progress).toEqual(progress.toSorted((/** @type {number} */ one, /** @type {number} */ next) => one - next));
    expect((await heard(page, "progress")).length).toBeGreaterThan(told + progress.length);
    expect((await heard(page, "ready")).map(({ model }) => model.slice(0, 9)).toSorted()).toEqual(["network-2", "network-3", "network-3"]);
    expect(fetched).toBe(1);
    await expect.poll(() => page.workers().length).toBe(1);

    // What was corrected stands on the analysis that it was corrected on.
    await expect(history(element.first())).toHaveText("History 1");
    expect(await asked(element.first(), (node) => node.analysis)).toEqual(before);
    await asked(element.first(), (node) => node.undo());
    await expect(element.first().getByRole("button", { name: "Redo" })).toBeEnabled();

    await page.evaluate(() => document.querySelectorAll("who-said").forEach((node) => node.remove()));
    await expect.poll(() => page.workers().length).toBe(0);
});

test("an element that is taken out while its file comes ends that, unless another one waits for it", async ({ page }) => {
    /** @type {(() => Promise<void>)[]} */
    const held = [];
    await page.route("**/precise.bin", (route) => void held.push(() => route.fulfill({ body: FILE })));
    await open(page, "two");
    await page.evaluate(() => {
        for (const node of document.querySelectorAll("who-said")) {
            node.setAttribute("model-url", "/precise.bin");
        }
    });
    await expect.poll(() => held.length).toBeGreaterThan(0);
    const asks = held.length;
    await page.evaluate(() => document.querySelector("#ferry")?.remove());
    await held.at(-1)?.();
    const taxes = page.locator("#taxes");
    await expect(taxes.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    expect(await asked(taxes, (node) => node.analysis.model)).toMatch(/^network-3-/);
    expect(held).toHaveLength(asks);

    await page.evaluate(() => document.querySelector("#taxes")?.setAttribute("model-url", "/precise.bin?again"));
    await page.route("**/precise.bin?again", (route) => void held.push(() => route.fulfill({ body: FILE })));
    await page.evaluate(() => document.querySelector("#taxes")?.remove());
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await heard(page, "error")).toEqual([]);
});

const damaged = Buffer.from(FILE);
damaged.writeUInt8((damaged.at(-1) ?? 0) ^ 1, damaged.length - 1);

/** What comes of the file, and the error: its code and what it says. */
const FAULTS = /** @type {[(route: Route) => Promise<void>, string, RegExp][]} */ ([
    [(route) => route.fulfill({ status: 404 }), "WHOSAID_LOAD", /answered 404 for \/precise\.bin: check the address/],
    [(route) => route.fulfill({ status: 503 }), "WHOSAID_LOAD", /answered 503 for \/precise\.bin: try again later/],
    [(route) => route.abort(), "WHOSAID_LOAD", /: check the connection/],
    [(route) => route.fulfill({ body: FILE.subarray(0, FILE.length / 2) }), "WHOSAID_MODEL", /cut short: \d+ of \d+ bytes: fetch it again/],
    [(route) => route.fulfill({ body: damaged }), "WHOSAID_MODEL", /damaged .*: fetch it again/],
    [(route) => route.fulfill({ body: "<!doctype html>" }), "WHOSAID_MODEL", /not a whosaid model file/],
]);

test.describe(() => {
    test.use({ expected: /404|503|ERR_FAILED/ });

    test("a model file that does not come is told, with what to do; the text stays, and the next try reads", async ({ page }) => {
        await open(page, "ten");
        const element = page.locator("who-said");
        await expect(element.locator("mark.claim").filter({ hasText: "Taxes will rise" }).first()).toBeVisible();
        for (const [answer, code, says] of FAULTS) {
            const before = (await heard(page, "error")).length;
            await page.route("**/precise.bin*", answer);
            await element.evaluate((node, query) => node.setAttribute("model-url", `/precise.bin?${query}`), String(before));
            await expect
                .poll(async () => (await heard(page, "error")).slice(before))
                .toMatchObject([{ code, message: expect.stringMatching(says) }]);
            // What was read before stays.
            await expect(element.locator("mark.claim").filter({ hasText: "Taxes will rise" }).first()).toBeVisible();
            await page.unroute("**/precise.bin*");
        }
        await page.route("**/precise.bin*", (route) => route.fulfill({ body: FILE }));
        await element.getByRole("button", { name: "Try again" }).last().click();
        await expect.poll(() => asked(element, (node) => node.analysis.model)).toMatch(/^network-3-/);
        await expect(element.getByRole("alert")).toBeEmpty();
    });
});
