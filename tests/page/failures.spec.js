/**
 * @file What fails says what happened, what is safe and what to do; nothing that was made is lost.
 */
import { goBlank, holdDatabase } from "./device.js";
import { holdModel } from "./slow.js";
import { ARTICLE, article, downloaded, editor, expect, home, list, mark, openFile, read, saved, test, watch } from "./whosaid.js";

/** @import {Page, Route} from "@playwright/test" */

// The browser itself reports in the console what the tests break on purpose.
test.use({ expected: /Failed to load resource|net::ERR_/ });

/** @param {Page} page */
async function relabel(page) {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
}

test("without IndexedDB a correction stays on the screen and is offered as a file", async ({ page, browser, baseURL }) => {
    await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new DOMException("not in private windows", "InvalidStateError");
        };
    });
    await page.reload();
    await read(page, ARTICLE);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This browser does not let whosaid save anything");
    await relabel(page);
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    await expect(page.getByText(/^Saved/)).toHaveCount(0);
    await expect(alert).toContainText("Your corrections stay on this screen until you close it.");
    const { name, content } = await downloaded(page, alert.getByRole("button", { name: "Download the corrections" }));

    // What was downloaded holds the correction: it is there again in a browser that can save.
    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL ?? "", null);
    const other = await context.newPage();
    await other.goto("/");
    await openFile(other, name, content);
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await saved(other);
    expect(faults).toEqual([]);
    await context.close();
});

test("a database that does not answer keeps nobody from reading, and is used once it does", async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
    const answer = await holdDatabase(page);
    await page.reload();
    await read(page, ARTICLE);
    await expect(page.getByRole("alert")).toContainText("This browser does not let whosaid save anything");
    await relabel(page);
    await expect(page.getByText("1 correction not saved")).toBeVisible();

    await answer();
    await editor(page).getByRole("button", { name: "Place" }).click();
    await saved(page);
    await page.reload();
    await answer();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
});

test("another article does not push out corrections that are not saved", async ({ page }) => {
    await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new DOMException("not in private windows", "InvalidStateError");
        };
    });
    await page.reload();
    await read(page, ARTICLE);
    await relabel(page);
    await home(page).click();
    await page.getByLabel("Article text").fill("The bridge is safe, said Tor Lie.");
    await page.getByRole("button", { name: "Show who said what" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("1 correction of the open article cannot be saved here.");
    await expect(article(page)).toBeHidden();
    await page.getByRole("button", { name: "Back to the article" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await alert.getByRole("button", { name: "Go on without them" }).click();
    await expect(article(page)).toContainText("The bridge is safe");
});

test("when there is no room left, what failed is saved with the next correction", async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
    await page.evaluate(() => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = () => {
            IDBObjectStore.prototype.put = put;
            throw new DOMException("full", "QuotaExceededError");
        };
    });
    await relabel(page);
    await expect(page.getByRole("alert")).toContainText("There is no room left to save.");
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    await editor(page).getByRole("button", { name: "Place" }).click();
    await saved(page);

    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    const log = await list(page, "History");
    await expect(log.getByRole("listitem")).toHaveCount(2);
});

/**
 * Answers with the model, damaged.
 * @param {Route} route
 * @param {(bytes: Buffer) => void} damage
 */
async function damaged(route, damage) {
    const response = await route.fetch();
    const bytes = await response.body();
    damage(bytes);
    await route.fulfill({ body: bytes });
}

for (const { fault, answer, says } of [
    { fault: "missing", answer: (/** @type {Route} */ route) => route.fulfill({ status: 404 }), says: /404/ },
    { fault: "not to be reached", answer: (/** @type {Route} */ route) => route.abort(), says: /could not be loaded: / },
    {
        fault: "cut short",
        async answer(/** @type {Route} */ route) {
            const response = await route.fetch();
            const whole = await response.body();
            await route.fulfill({ body: whole.subarray(0, whole.length / 2) });
        },
        says: /the model file is cut short: \d+ of \d+ bytes/,
    },
    {
        fault: "changed in one byte",
        answer: (/** @type {Route} */ route) =>
            damaged(route, (bytes) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)),
        says: /the model file is damaged/,
    },
    {
        fault: "of another version",
        answer: (/** @type {Route} */ route) => damaged(route, (bytes) => bytes.writeUInt8(200, 8)),
        says: /the model file has version 200, this program reads versions \d+ and \d+/,
    },
    {
        fault: "something else",
        answer: (/** @type {Route} */ route) => route.fulfill({ body: "<!doctype html><title>Log in</title>" }),
        says: /this is not a whosaid model file/,
    },
]) {
    test(`a model that is ${fault} is reported, the text stays, and trying again reads it`, async ({ page }) => {
        await page.route("**/model.bin", answer);
        await page.reload();
        await page.getByLabel("Article text").fill(ARTICLE);
        await page.getByRole("button", { name: "Show who said what" }).click();
        const alert = page.getByRole("alert");
        await expect(alert).toContainText("The model could not be loaded: ");
        await expect(alert).toContainText(says);
        await expect(alert).toContainText("Your text and your corrections are safe.");
        await expect(page.getByLabel("Article text")).toHaveValue(ARTICLE);

        await page.unroute("**/model.bin");
        await alert.getByRole("button", { name: "Try again" }).click();
        await expect(mark(page, "Karin Dahl")).toBeVisible();
        await expect(alert).toBeEmpty();
    });
}

test("an error of the core reaches the page in its own words, and the next request is answered", async ({ page }) => {
    const alert = page.getByRole("alert");
    await openFile(page, "other.json", `{"format": "something", "version": 1}`);
    await expect(alert).toContainText("The backup was not imported: ");
    await expect(alert).toContainText("something");
    await expect(alert).toContainText("Nothing was changed.");
    await openFile(page, "cut.json", `{"format": "whosaid", "version": 1, "text": "Kar`);
    await expect(alert).toContainText("The backup was not imported: ");
    await expect(alert).not.toContainText("something");
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

/**
 * Lets the core trap, as it does when memory is out or when it has a fault, whenever it reads a text with a word.
 * @param {Page} page
 * @param {string} word
 */
async function trapOn(page, word) {
    await page.route("**/worker.js", async (route) => {
        const response = await route.fetch();
        const trap = `
            const { instantiateStreaming } = WebAssembly;
            WebAssembly.instantiateStreaming = async (...given) => {
                const { instance, module } = await instantiateStreaming(...given);
                const { annotator_annotate } = instance.exports;
                const exports = {
                    ...instance.exports,
                    annotator_annotate(self, text, options) {
                        if (text.includes(${JSON.stringify(word)})) {
                            throw new WebAssembly.RuntimeError("unreachable");
                        }
                        return annotator_annotate(self, text, options);
                    },
                };
                return { instance: { exports }, module };
            };`;
        await route.fulfill({ response, body: `${trap}\n${await response.text()}` });
    });
}

test("a trap fails its request alone: the thread is started again and reads the next text", async ({ page }) => {
    // The thread of the page that each test starts from may be told of late: it is not to be counted.
    await goBlank(page);
    await trapOn(page, "Zanzibar");
    let threads = 0;
    page.on("worker", () => (threads += 1));
    await page.goto("/");
    await page.getByLabel("Article text").fill("A storm came to Zanzibar.");
    await page.getByRole("button", { name: "Show who said what" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("The analysis stopped: unreachable. Your text and your corrections are safe");
    await expect(page.getByLabel("Article text")).toHaveValue("A storm came to Zanzibar.");
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await expect.poll(() => threads).toBe(2);
});

test("a thread whose file is missing is reported, and started again on the next try", async ({ page }) => {
    await page.route("**/worker.js", (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.getByLabel("Article text").fill(ARTICLE);
    await page.getByRole("button", { name: "Show who said what" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("The model could not be loaded: its file cannot be reached.");
    await expect(alert).toContainText("Check the connection and try again.");
    await page.unroute("**/worker.js");
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

/**
 * Does something in the thread that the page runs now.
 * @param {Page} page
 * @param {() => void} work
 */
async function inThread(page, work) {
    await page.workers()[0]?.evaluate(work);
}

test("the model comes while one pastes: how much of it is shown, and told to screen readers once", async ({ page }) => {
    await holdModel(page, 1_000_000);
    await page.reload();
    const bar = page.getByRole("progressbar", { name: "Loading whosaid’s language model …" });
    await expect(bar).toHaveAttribute("aria-valuetext", /^(0\.[1-9]|1\.0) of \d\.\d MB$/);
    const [value, max] = await bar.evaluate((/** @type {HTMLProgressElement} */ node) => [node.value, node.max]);
    expect(value).toBeLessThanOrEqual(1_000_000);
    expect(max).toBe((await (await page.request.get("/pkg/model.bin")).body()).length);
    await expect(page.getByRole("status").filter({ hasText: "Loading whosaid’s language model …" })).not.toContainText("MB");
    // Nobody waits for it: there is nothing to call off, and the box takes its text.
    await expect(page.getByRole("button", { name: "Cancel" })).toBeHidden();
    await page.getByLabel("Article text").fill(ARTICLE);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
    await inThread(page, () => /** @type {any} */ (globalThis).goOn());
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await expect(bar).toBeHidden();
});

test("a connection that ends in the middle of the model is reported, and trying again reads the text", async ({ page }) => {
    await holdModel(page, 1_000_000);
    await page.reload();
    await expect(page.getByText("Loading whosaid’s language model …")).toBeVisible();
    await page.getByLabel("Article text").fill(ARTICLE);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
    await inThread(page, () => /** @type {any} */ (globalThis).breakOff(new TypeError("network error")));
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("The model could not be loaded: ");
    await expect(alert).toContainText("Check the connection and try again.");
    await expect(page.getByLabel("Article text")).toHaveValue(ARTICLE);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("progressbar", { name: "Loading whosaid’s language model …" })).toBeVisible();
    await inThread(page, () => /** @type {any} */ (globalThis).goOn());
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

test("what takes long says what it does, and can be cancelled; the text stays in the box", async ({ page }) => {
    await holdModel(page, 0);
    await page.reload();
    await page.getByLabel("Article text").fill(ARTICLE);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(page.getByText("Loading whosaid’s language model …")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alert")).toContainText("Cancelled. Your text and your corrections are safe.");
    await expect(page.getByText("Loading whosaid’s language model …")).toBeHidden();
    await expect(page.getByLabel("Article text")).toHaveValue(ARTICLE);
    await page.unroute("**/worker.js");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

test("what was begun in the box stays there while something else is opened", async ({ page }) => {
    const box = page.getByLabel("Article text");
    await read(page, ARTICLE);
    await saved(page);
    await expect(box).toHaveValue("");

    /** @type {() => void} */
    let release = () => {};
    const held = new Promise((resolve) => (release = () => resolve(undefined)));
    await page.route("**/model.bin", async (route) => {
        await held;
        await route.continue();
    });
    await page.reload();
    await box.fill("The bridge is safe, said Tor Lie.");
    release();
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await home(page).click();
    await expect(box).toHaveValue("The bridge is safe, said Tor Lie.");
    await page.getByRole("button", { name: "Ferry line to close in May", exact: true }).click();
    await home(page).click();
    await expect(box).toHaveValue("The bridge is safe, said Tor Lie.");
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(mark(page, "Tor Lie")).toBeVisible();
    await expect(box).toHaveValue("");
});
