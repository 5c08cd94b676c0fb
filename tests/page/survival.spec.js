/**
 * @file No correction that the page has said is saved is ever lost: the browser is killed, tabs correct at once, the
 * disk is full, storage is denied, the database is deleted. Older and newer layouts: layouts.spec.js.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { chromium as wholeChromium } from "../../scripts/setup.mjs";
import { acknowledged, blank, deleteDatabase, kept, labels } from "./device.js";
import {
    ARTICLE,
    article,
    correctOnce,
    downloaded,
    editor,
    expect,
    library,
    list,
    mark,
    read,
    saved,
    startAnew,
    test as base,
    watch,
} from "./whosaid.js";

/** @import {BrowserContext, Page} from "@playwright/test" */

/** Starts a browser whose profile is on the disk, with what stands in its preferences. */
const test = /** @type {typeof base.extend<{start: (preferences?: object) => Promise<BrowserContext>}>} */ (base.extend)({
    start: async ({ baseURL, launchOptions }, use) => {
        const profile = mkdtempSync(join(tmpdir(), "whosaid-"));
        /** @type {BrowserContext[]} */
        const started = [];
        /** @type {string[][]} */
        const faults = [];
        await use(async (preferences) => {
            if (preferences) {
                mkdirSync(join(profile, "Default"), { recursive: true });
                writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
            }
            // Chromium as users have it: it is killed here, and its preferences count.
            const executablePath = wholeChromium();
            const context = await chromium.launchPersistentContext(profile, { ...launchOptions, executablePath, baseURL });
            started.push(context);
            faults.push(await watch(context, baseURL ?? "", null));
            return context;
        });
        await Promise.all(started.map((context) => context.close()));
        rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
        expect(faults.flat()).toEqual([]);
    },
});

/** The keys that say what a name stands for, with what they say. */
const SORTS = /** @type {const} */ ([
    ["i", "institution"],
    ["p", "place"],
    ["s", "person"],
]);

/**
 * Presses the key that says what the chosen name stands for: something else each time.
 * @param {Page} page
 * @param {number} count How many corrections of it there are.
 */
async function relabel(page, count) {
    await page.keyboard.press(SORTS[count % SORTS.length]?.[0] ?? "");
}

/**
 * Waits until the name stands for what the last of so many corrections says.
 * @param {Page} page
 * @param {string} name
 * @param {number} count
 */
async function expectLabel(page, name, count) {
    await expect(mark(page, name).last()).toHaveClass(new RegExp(expectedLabels(count).at(-1) ?? "person"));
}

/** @param {number} count */
function expectedLabels(count) {
    return Array.from({ length: count }, (_, index) => SORTS[index % SORTS.length]?.[1]);
}

/**
 * Kills a browser with all its processes, as a machine does that runs out of memory.
 * @param {BrowserContext} context
 */
async function killer(context) {
    const session = await context.browser()?.newBrowserCDPSession();
    const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
    const ids = processInfo.map(({ id }) => id);
    return () => ids.forEach((id) => process.kill(id, "SIGKILL"));
}

test("the browser is killed while corrections are made, five times: all that were said to be saved are there", async ({ start }) => {
    let count = 0;
    for (const more of [1, 4, 2, 7, 3]) {
        const context = await start();
        const page = await context.newPage();
        await page.goto("/");
        if (count === 0) {
            await read(page, ARTICLE);
        }
        await expectLabel(page, "Karin Dahl", count);
        await acknowledged(page, count);
        await expect.poll(() => labels(page)).toEqual(expectedLabels(count));

        await mark(page, "Karin Dahl").click();
        const kill = await killer(context);
        const ended = new Promise((resolve) => context.on("close", resolve));
        const before = count;
        while (count < before + more) {
            await relabel(page, count);
            count += 1;
            await acknowledged(page, count);
            await expectLabel(page, "Karin Dahl", count);
        }
        // And in the middle of another one.
        const pending = relabel(page, count).catch(() => undefined);
        kill();
        await Promise.all([pending, ended]);

        const after = await start();
        const look = await after.newPage();
        await look.goto("/");
        await expect(mark(look, "Karin Dahl")).toBeVisible();
        const there = await labels(look);
        expect(there.length).toBeGreaterThanOrEqual(count);
        expect(there).toEqual(expectedLabels(there.length));
        count = there.length;
        await after.close();
    }
});

for (const names of [
    ["Karin Dahl", "Peter Holm"],
    ["Karin Dahl", "Peter Holm", "Ida Moen"],
]) {
    test(`${names.length} tabs correct one article at once, and end with one log that holds all`, async ({ page, context }) => {
        await read(page, `${ARTICLE}\n“We wait,” said Ida Moen.\n`);
        await saved(page);
        const rounds = 8;
        const tabs = [page];
        while (tabs.length < names.length) {
            const tab = await context.newPage();
            await tab.goto("/");
            await expect(mark(tab, "Karin Dahl")).toBeVisible();
            tabs.push(tab);
        }
        await Promise.all(
            tabs.map(async (tab, index) => {
                const name = names[index] ?? "";
                await mark(tab, name).last().click();
                for (let count = 0; count < rounds; count += 1) {
                    await relabel(tab, count);
                    await expectLabel(tab, name, count + 1);
                }
            }),
        );
        const all = names.length * rounds;
        for (const tab of tabs) {
            await acknowledged(tab, all);
            await expect((await list(tab, "History")).getByRole("listitem")).toHaveCount(all);
        }
        // The numbers that corrections got as they were saved may put a tab's log into another order: all end with the same.
        const logs = async () => Promise.all(tabs.map(async (tab) => (await tab.locator("#page-log li > p").allTextContents()).join("\n")));
        await expect.poll(async () => new Set(await logs()).size).toBe(1);
        const { events = [] } = await kept(page);
        for (const name of names) {
            const own = events.filter(({ correction }) => correction.edit.target.exact === name);
            const ordered = own.toSorted((one, other) => one.correction.lamport - other.correction.lamport);
            expect(ordered.map(({ correction }) => correction.edit.to)).toEqual(expectedLabels(rounds));
        }
        await page.reload();
        await acknowledged(page, all);
        for (const name of names) {
            await expectLabel(page, name, rounds);
        }
    });
}

/**
 * Says how much room the browser gives the page; without a number: as much as before.
 * @param {Page} page
 * @param {number} [bytes]
 */
async function giveRoom(page, bytes) {
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    await session.send("Storage.overrideQuotaForOrigin", { origin, ...(bytes !== undefined && { quotaSize: bytes }) });
}

/**
 * Writes until there is no room for the smallest correction.
 * @param {Page} page
 */
async function fillUp(page) {
    await page.evaluate(async () => {
        /** @type {IDBDatabase} */
        const database = await new Promise((resolve, reject) => {
            const opening = indexedDB.open("filler");
            opening.onupgradeneeded = () => opening.result.createObjectStore("filler", { autoIncrement: true });
            opening.onsuccess = () => resolve(opening.result);
            opening.onerror = () => reject(opening.error);
        });
        const fits = (/** @type {number} */ size) =>
            new Promise((resolve) => {
                const write = database.transaction("filler", "readwrite");
                write.objectStore("filler").add(crypto.getRandomValues(new Uint8Array(size)));
                write.oncomplete = () => resolve(true);
                write.onabort = () => resolve(false);
            });
        for (const size of [50_000, 5_000, 500, 50]) {
            while (await fits(size)) {
                // The browser hands out room in advance: it is full when it says so.
            }
        }
        database.close();
    });
}

/** So little, in bytes, that it is soon full; so much that an article fits. The browser counts from its first use on. */
const LITTLE = 1_000_000;

/**
 * The page, on a device with little room.
 * @param {BrowserContext} context
 */
async function littleRoom(context) {
    const page = await blank(context);
    await giveRoom(page, LITTLE);
    await page.goto("/");
    return page;
}

test("there is no room left: corrections stay on the screen, and are saved once there is room again", async ({ context }) => {
    const page = await littleRoom(context);
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await fillUp(page);
    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("There is no room left to save. What was saved before is safe");
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    await expect(page.getByText(/^Saved/)).toHaveCount(0);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toContainText("There is no room left to save.");
    await expect.poll(() => labels(page)).toEqual(["institution"]);

    await giveRoom(page);
    await alert.getByRole("button", { name: "Try again" }).click();
    await acknowledged(page, 2);
    await expect(alert).toBeEmpty();
    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await expect.poll(() => labels(page)).toEqual(["institution", "place"]);
});

test("where there is no room to note what is deleted, it can be deleted for good, and a backup is not taken in by half", async ({
    context,
}) => {
    const page = await littleRoom(context);
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await startAnew(page);
    const { content } = await downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
    await fillUp(page);
    const before = await kept(page);

    const file = JSON.parse(content);
    const fresh = { ...file.articles[0], corrections: [], text: `${ARTICLE}\nA note.` };
    const buffer = Buffer.from(JSON.stringify({ ...file, articles: [...file.articles, fresh] }));
    await page.locator("input[type=file]").setInputFiles({ name: "all.json", mimeType: "application/json", buffer });
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("There is no room left for this. Nothing was changed.");
    await expect.poll(() => kept(page)).toEqual(before);

    await library(page)
        .getByRole("button", { name: /^Delete/ })
        .click();
    await expect(alert).toContainText("There is no room left to note what was deleted. Nothing was changed.");
    await expect.poll(() => kept(page)).toEqual(before);
    await alert.getByRole("button", { name: "Delete for good" }).click();
    await expect(library(page).getByRole("listitem")).toHaveCount(0);
    await expect.poll(() => kept(page)).toEqual({ articles: [], aside: [], bases: [], events: [], learnt: [], shelf: [] });
});

test("a browser that keeps nothing for any site: corrections stay on the screen, and go into a file", async ({ start }) => {
    const context = await start({ profile: { default_content_setting_values: { cookies: 2 } } });
    const page = await context.newPage();
    await page.goto("/");
    await expect(library(page)).toContainText("This browser does not let whosaid save anything");
    await read(page, ARTICLE);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This browser does not let whosaid save anything");
    await mark(page, "Karin Dahl").click();
    // No setting says that this user corrects.
    await editor(page).getByRole("button", { name: /^Edit/ }).click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    const { content } = await downloaded(page, alert.getByRole("button", { name: "Download the corrections" }));
    expect(JSON.parse(content).corrections).toMatchObject([{ edit: { op: "relabel", to: "institution" } }]);
});

test("the database is deleted under the page: what is open is saved again at once, all of it", async ({ page, context }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await correctOnce(page, "Peter Holm");
    const before = await kept(page);
    await deleteDatabase(await blank(context));
    await expect.poll(async () => (await kept(page)).events).toEqual(before.events);
    await acknowledged(page, 2);

    await editor(page).getByRole("button", { name: "Place" }).click();
    await acknowledged(page, 3);
    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(mark(page, "Peter Holm")).toHaveClass(/place/);
});

test("all that the site keeps is cleared under the page: what is open is saved again", async ({ page }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const before = await kept(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
    await expect.poll(async () => (await kept(page)).events).toEqual(before.events);
    await acknowledged(page, 1);
    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
});

test("a reload in the middle of a drag loses nothing and makes nothing", async ({ page }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await page.keyboard.press("Escape");
    const drag = async () => {
        const box = await article(page).getByText("its owner said on Monday").boundingBox();
        const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
        await page.mouse.move(x + 10, y + height / 2);
        await page.mouse.down();
        await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
        await expect.poll(() => page.evaluate(() => String(getSelection()).length)).toBeGreaterThan(5);
    };
    await drag();
    await page.reload();
    await page.mouse.up();
    await acknowledged(page, 1);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(editor(page)).toBeHidden();

    // The same drag, to its end, is a selection as ever.
    await drag();
    await page.mouse.up();
    await expect(editor(page)).toBeVisible();
    await editor(page).getByRole("button", { name: "Claim" }).click();
    await acknowledged(page, 2);
});
