/**
 * @file What is read more precisely takes its place window by window, shared by two threads.
 */
import { acknowledged, kept } from "./device.js";
import { alert, expectPrecise, expectSmall, offer, pill, test } from "./precise.js";
import { expect, mark, read, select } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** Paragraphs that fill a window and a half. */
const FILLER = `${"The council met on a wet day and spoke of roads, of bridges and of the price of salt. ".repeat(8)}\n\n`.repeat(3);

/** An article of three windows, with a name at both ends. */
const LONG = `“We have lost money for nine years,” said Karin Dahl, the director.\n\n${FILLER.repeat(2)}“We are sorry,” said Peter Holm, a spokesman.\n`;

/**
 * From the next load on, of each article the first window alone is read until the page is told to go on.
 * @param {Page} page
 * @param {number} [cores] As many as the browser tells of.
 * @returns {Promise<() => Promise<void>>} Lets the others be read.
 */
async function holdWindows(page, cores = 2) {
    await page.addInitScript((count) => {
        Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => count });
        /** @type {(() => void)[]} */
        let waiting = [];
        let isHeld = true;
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any} */ transfer) {
            const post = () => postMessage.call(this, message, transfer);
            if (isHeld && message.op === "look" && message.args[0] > 0) {
                waiting.push(post);
            } else {
                post();
            }
        };
        Object.assign(globalThis, {
            goOn() {
                isHeld = false;
                waiting.forEach((post) => post());
                waiting = [];
            },
        });
    }, cores);
    await page.reload();
    return () => page.evaluate(() => /** @type {any} */ (globalThis).goOn());
}

/**
 * Waits until the first window stands as the precise network reads it, and the rest as the small one does.
 * @param {Page} page
 */
async function expectPart(page) {
    await expect(mark(page, "Karin Dahl")).not.toHaveClass(/by-name/);
    await expect(mark(page, "Peter Holm")).toHaveClass(/by-name/);
}

test("the beginning is shown as it is read, while the rest stands as it was", async ({ page }) => {
    const goOn = await holdWindows(page);
    await read(page, LONG);
    await offer(page).click();
    await expectPart(page);
    await expect(pill(page)).toContainText("Reading more precisely …");
    await expect(pill(page)).toContainText(/\d+%/);
    await goOn();
    await expectPrecise(page);
    await expect(pill(page)).toBeHidden();
});

test("Cancel brings back what stood there before", async ({ page }) => {
    await holdWindows(page);
    await read(page, LONG);
    await offer(page).click();
    await expectPart(page);
    await pill(page).getByRole("button", { name: "Cancel" }).click();
    await expect(alert(page)).toContainText("Cancelled.");
    await expectSmall(page);
});

test("what is corrected meanwhile stays on what it was corrected on, and the page asks", async ({ page }) => {
    const goOn = await holdWindows(page);
    await read(page, LONG);
    await offer(page).click();
    await expectPart(page);
    await select(page, "price of salt");
    await page.keyboard.press("i");
    await acknowledged(page, 1);
    await goOn();
    await expect(alert(page)).toContainText("All 1 correction would fit what the precise network finds.");
    await expectPart(page);
    await expect
        .poll(async () => (await kept(page)).bases?.map(({ model }) => model))
        .toEqual([expect.stringMatching(/^network-3-.*-part$/)]);
    await page.reload();
    await acknowledged(page, 1);
    await expectPart(page);
    await expect(page.getByText("Read in part by the precise network.")).toBeVisible();
});

test("two threads find what one finds, and one goes on where the other fails", async ({ browser, served }) => {
    /** @type {unknown[]} */
    const found = [];
    for (const [cores, isBroken, threads] of /** @type {const} */ ([
        [1, false, 1],
        [2, false, 2],
        [2, true, 2],
    ])) {
        const context = await browser.newContext({ baseURL: served.address, serviceWorkers: "block" });
        const page = await context.newPage();
        await page.addInitScript((isBad) => {
            const { postMessage } = Worker.prototype;
            let begun = 0;
            Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any} */ transfer) {
                begun += message.begin?.model ? 1 : 0;
                // The second one gets no model.
                const other = isBad && message.begin?.model && begun === 2 ? { begin: { model: new Uint8Array(8) } } : message;
                postMessage.call(this, other, other === message ? transfer : []);
            };
        }, isBroken);
        /** @type {string[]} */
        const started = [];
        page.on("worker", (worker) => started.push(worker.url()));
        await page.goto("/");
        const goOn = await holdWindows(page, cores);
        await read(page, LONG);
        await offer(page).click();
        await expectPart(page);
        await goOn();
        await expectPrecise(page);
        expect(started.filter((url) => url.endsWith("/reader.js"))).toHaveLength(threads);
        await expect.poll(async () => (await kept(page)).bases).toHaveLength(1);
        found.push((await kept(page)).bases?.[0]?.found);
        await context.close();
    }
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
});
