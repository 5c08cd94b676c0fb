/**
 * @file Without a network: what was visited once works, and another version comes whole, when the user asks for it.
 */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sirv from "sirv";

import { DIST } from "../../scripts/page.mjs";
import { ARTICLE, article, corrections, expect, mark, read, readSample, saved, select, test } from "./whosaid.js";

/** @import {AddressInfo} from "node:net" */
/** @import {Page} from "@playwright/test" */

test.use({ serviceWorkers: "allow" });

/**
 * Waits until the page is kept.
 * @param {Page} page
 */
async function kept(page) {
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** @param {Page} page */
const caches = (page) => page.evaluate(() => globalThis.caches.keys());

test("after one visit all of it works without a network, and corrections are kept", async ({ page, context }) => {
    await kept(page);
    await context.setOffline(true);
    await page.reload();
    await readSample(page);
    await select(page, "clean power");
    await page.keyboard.press("i");
    await corrections(page, 1);
    await saved(page);
    await page.reload();
    await corrections(page, 1);
    const other = await context.newPage();
    await other.goto("/?from=elsewhere");
    await expect(article(other)).toBeVisible();
});

/**
 * Damages a file in the page's cache.
 * @param {Page} page
 * @param {string} path
 * @param {"cut" | "changed" | "garbage"} damage
 */
async function damage(page, path, damage) {
    await page.evaluate(
        async ([name, how]) => {
            const [key] = await globalThis.caches.keys();
            const cache = await globalThis.caches.open(key ?? "");
            const address = new URL(name ?? "", location.href);
            const whole = /** @type {Response} */ (await cache.match(address));
            const bytes = new Uint8Array(await whole.clone().arrayBuffer());
            const middle = bytes.length >> 1;
            bytes.set([(bytes[middle] ?? 0) ^ 4], middle);
            const content = { cut: bytes.slice(0, middle), changed: bytes, garbage: "%%% garbage" }[how ?? ""];
            await cache.put(address, new Response(content, { headers: whole.headers }));
        },
        [path, damage],
    );
}

for (const [path, how] of /** @type {const} */ ([
    ["pkg/model.bin", "cut"],
    ["pkg/model.bin", "changed"],
    ["pkg/whosaid_bg.wasm", "garbage"],
    ["main.js", "garbage"],
    ["worker.js", "cut"],
    ["index.html", "garbage"],
])) {
    test(`${path} that is ${how} in the cache is fetched again, and kept whole`, async ({ page, context }) => {
        await read(page, ARTICLE);
        await saved(page);
        await kept(page);
        await expect.poll(() => caches(page)).toHaveLength(1);
        await damage(page, path, how);
        await page.reload();
        await expect(mark(page, "Karin Dahl")).toBeVisible();
        await context.setOffline(true);
        await page.reload();
        await expect(mark(page, "Karin Dahl")).toBeVisible();
    });
}

test.describe("without a network", () => {
    test.use({ expected: /Failed to load resource|net::ERR_|FetchEvent/ });

    test("a damaged file is told, and trying again reads the article once there is one", async ({ page, context }) => {
        await read(page, ARTICLE);
        await saved(page);
        await kept(page);
        await expect.poll(() => caches(page)).toHaveLength(1);
        await damage(page, "pkg/model.bin", "changed");
        await context.setOffline(true);
        await page.reload();
        const alert = page.getByRole("alert");
        await expect(alert).toContainText("The model could not be loaded");
        await context.setOffline(false);
        await alert.getByRole("button", { name: "Try again" }).click();
        await expect(mark(page, "Karin Dahl")).toBeVisible();
    });
});

/** A copy of the built page, which can be changed, served at an address of its own. */
async function copyOfPage() {
    const folder = mkdtempSync(join(tmpdir(), "whosaid-"));
    cpSync(DIST, folder, { recursive: true });
    const files = sirv(folder, { dev: true, etag: true });
    const server = createServer((request, response) => files(request, response)).listen(0, "localhost");
    await new Promise((resolve) => server.once("listening", resolve));
    const edit = (/** @type {string} */ name, /** @type {(text: string) => string} */ change) =>
        writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
    return {
        address: `http://localhost:${/** @type {AddressInfo} */ (server.address()).port}/`,
        /** Makes it another version: the style says so. */
        update() {
            const style = `${readFileSync(join(folder, "theme.css"), "utf8")}:root{--another:version}`;
            writeFileSync(join(folder, "theme.css"), style);
            const hash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
            edit("service.js", (text) =>
                text.replace(/(theme\.css"?,hash:")[^"]+/, `$1${hash}`).replace(/version:"[0-9a-f]{16}"/, 'version:"another000000000"'),
            );
        },
        edit,
        close() {
            server.close();
            server.closeAllConnections();
            rmSync(folder, { recursive: true });
        },
    };
}

test.describe("another version", () => {
    /** @type {Awaited<ReturnType<typeof copyOfPage>>} */
    let copy;
    test.beforeEach(async () => {
        copy = await copyOfPage();
    });
    test.afterEach(() => copy.close());

    const version = (/** @type {Page} */ page) =>
        page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--another"));

    test("waits until the user asks for it; corrections stay, the old files go", async ({ browser }) => {
        const context = await browser.newContext({ serviceWorkers: "allow" });
        const page = await context.newPage();
        await page.goto(copy.address);
        await kept(page);
        await page.reload();
        await read(page, ARTICLE);
        await mark(page, "Karin Dahl").click();
        await page.keyboard.press("i");
        await saved(page);
        const [before] = await caches(page);
        const other = await context.newPage();
        await other.goto(copy.address);
        await expect(article(other)).toBeVisible();

        copy.update();
        await page.reload();
        await expect(page.getByText("A new version of whosaid is ready.")).toBeVisible();
        await expect.poll(() => version(page)).toBe("");
        await page.reload();
        // It still waits.
        await expect(page.getByText("A new version of whosaid is ready.")).toBeVisible();
        await expect.poll(() => version(page)).toBe("");
        await page.getByRole("button", { name: "Reload" }).click();
        await expect.poll(() => version(page).catch(() => "")).toBe("version");
        await corrections(page, 1);
        await expect.poll(() => caches(page)).toEqual(["whosaid-another000000000"]);
        expect(before).not.toBe("whosaid-another000000000");

        // The other tab is not taken from under the user's hands: it says so, and saves what is corrected.
        await expect(other.getByText("A new version of whosaid is ready.")).toBeVisible();
        await expect.poll(() => version(other)).toBe("");
        await mark(other, "Peter Holm").click();
        await other.keyboard.press("i");
        await corrections(other, 2);
        await saved(other);
        await corrections(page, 2);
        await context.close();
    });

    test("is read at once where a file of the old one is damaged, and the old one cannot be had any more", async ({ browser }) => {
        const context = await browser.newContext({ serviceWorkers: "allow" });
        const page = await context.newPage();
        await page.goto(copy.address);
        await kept(page);
        await read(page, ARTICLE);
        await saved(page);
        await damage(page, "theme.css", "garbage");
        copy.update();
        await page.reload();
        await expect(mark(page, "Karin Dahl")).toBeVisible();
        await expect.poll(() => version(page)).toBe("version");
        await context.close();
    });

    test("that comes with a file cut in half is not taken", async ({ browser }) => {
        const context = await browser.newContext({ serviceWorkers: "allow" });
        const page = await context.newPage();
        await page.goto(copy.address);
        await kept(page);
        const before = await caches(page);
        copy.update();
        copy.edit("main.js", (text) => text.slice(0, text.length / 2));
        await page.reload();
        await page.evaluate(async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration?.update().catch(() => undefined);
        });
        await context.setOffline(true);
        await page.reload();
        await readSample(page);
        await expect.poll(() => caches(page)).toEqual(before);
        await expect(page.getByText("A new version of whosaid is ready.")).toHaveCount(0);
        await context.close();
    });
});
