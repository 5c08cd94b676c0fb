/**
 * @file Figures: who has which share, what kinds of sources there are; each with a table, and as an image.
 */
import { ARTICLE, editor, expect, letterBefore, list, mark, read, readSample, saved, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

/**
 * @param {Page} page
 * @param {string} title
 * @returns {Locator}
 */
function figure(page, title) {
    return page.locator(".voices .figure-part").filter({ has: page.getByRole("heading", { name: title }) });
}

/**
 * The cells of a figure's table, row by row.
 * @param {Locator} within
 */
async function cells(within) {
    await within.locator("summary").click();
    return within.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
}

test("shares are bars, in words and in claims, with a table that says the same", async ({ page }) => {
    await readSample(page);
    await list(page, "Balance");
    const speakers = figure(page, "Share by speaker");
    const rows = await cells(speakers);
    expect(rows.length).toBeGreaterThan(3);
    const count = (/** @type {string | null | undefined} */ text) => Number(text?.replaceAll(",", ""));
    const all = rows.reduce((sum, [, words]) => sum + count(words), 0);
    const [first] = rows;
    const percent = Math.round((100 * count(first?.[1])) / all);
    await expect(speakers.locator("figcaption")).toHaveText(`${first?.[0]} has ${percent}% of the attributed words.`);
    await expect(speakers.locator(".bars li")).toHaveCount(rows.length);
    await expect(speakers.locator(".bars li").first()).toContainText(`${first?.[1]} · ${percent}%`);

    await page.getByRole("button", { name: "Claims", exact: true }).click();
    await expect(speakers.locator("figcaption")).toContainText("of the attributed claims");
    const most = Math.max(...rows.map((row) => count(row[3])));
    await expect(speakers.locator(".bars li").first()).toContainText(`${most} · `);
    await expect(figure(page, "Share by institution").locator("figcaption")).toContainText("with those who speak for it, has");
});

test("a bar chooses its speaker, and is marked as chosen", async ({ page }) => {
    await read(page, ARTICLE);
    await list(page, "Balance");
    const row = figure(page, "Share by speaker").locator(".bars li").filter({ hasText: "Karin Dahl" });
    await row.getByRole("button").click();
    await expect(editor(page)).toContainText("Karin Dahl");
    await expect(mark(page, "Karin Dahl")).toHaveAttribute("data-state", "chosen");
    await expect(row).toHaveClass(/chosen/);
});

test("figures follow corrections", async ({ page }) => {
    await read(page, ARTICLE);
    await list(page, "Balance");
    const bars = figure(page, "Share by speaker").locator(".bars li");
    await expect(bars.filter({ hasText: "Karin Dahl" })).toHaveCount(1);
    await mark(page, "We have lost money for nine years").click();
    await page.keyboard.press("x");
    await saved(page);
    await expect(bars.filter({ hasText: "Karin Dahl" })).toHaveCount(0);
    await expect(figure(page, "Kinds of sources").locator("figcaption")).not.toContainText("Karin");
    await page.keyboard.press("Control+z");
    await expect(bars.filter({ hasText: "Karin Dahl" })).toHaveCount(1);
});

test("of many bars some are shown, and the rest on demand", async ({ page }) => {
    const names = [
        "Berg",
        "Lind",
        "Falk",
        "Holm",
        "Dahl",
        "Moen",
        "Aster",
        "Brandt",
        "Reyl",
        "Storm",
        "Vinter",
        "Lake",
        "Stone",
        "Marsh",
        "Field",
    ];
    const first = [
        "Anna",
        "Carl",
        "Dora",
        "Peter",
        "Karin",
        "Ida",
        "Helen",
        "Jonas",
        "Thomas",
        "Eva",
        "Martin",
        "Susan",
        "George",
        "Laura",
        "David",
    ];
    await read(page, names.map((name, nth) => `“The bridge has to be built this year,” said ${first[nth]} ${name}.\n\n`).join(""));
    await list(page, "Balance");
    const speakers = figure(page, "Share by speaker");
    await expect(speakers.locator(".bars li")).toHaveCount(12);
    await speakers.getByRole("button", { name: /^and \d+ more$/ }).click();
    const all = await speakers.locator(".bars li").count();
    expect(all).toBeGreaterThan(12);
    await speakers.getByRole("button", { name: "Show fewer" }).click();
    await expect(speakers.locator(".bars li")).toHaveCount(12);
});

test("in the timeline a click goes to the claim, and so does a row of its table", async ({ page }) => {
    await read(page, ARTICLE);
    await list(page, "Balance");
    const timeline = figure(page, "Order of speaking");
    await timeline.locator("svg").scrollIntoViewIfNeeded();
    const [claim] = await timeline.locator("svg").evaluateAll(([node]) => {
        // The second lane's first claim: lanes stand in the order of who speaks first.
        const lanes = [...(node?.querySelectorAll("path[fill='var(--claim-fill)']") ?? [])];
        return lanes.slice(1, 2).map((lane) => lane.getBoundingClientRect().toJSON());
    });
    await page.mouse.click(claim.x + 3, claim.y + claim.height / 2);
    await expect(editor(page)).toContainText("We have lost money for nine years");
    await expect(timeline.locator("text").filter({ hasText: "Karin Dahl" })).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();

    await timeline.locator("summary").focus();
    await page.keyboard.press("Enter");
    await timeline.getByRole("button", { name: "that the decision was final" }).press("Enter");
    await expect(editor(page)).toContainText("that the decision was final");
});

test("who belongs where is drawn, and told in a table", async ({ page }) => {
    await read(page, ARTICLE);
    await list(page, "Balance");
    const graph = figure(page, "Affiliations");
    await expect
        .poll(() => cells(graph))
        .toEqual([
            ["Karin Dahl", "Coast Transport Agency", "now"],
            ["Peter Holm", "Ministry of Transport", "now"],
        ]);
    await expect(graph.locator("figcaption")).toHaveText("2 ties to 2 institutions: Coast Transport Agency and others.");
    await expect(graph.locator("svg path")).toHaveCount(2);
    await graph.getByRole("button", { name: "Peter Holm" }).click();
    await expect(mark(page, "Peter Holm")).toHaveAttribute("data-state", "chosen");
});

test("an article without claims says so", async ({ page }) => {
    await read(page, "The harbour is closed on Sunday.");
    await expect((await list(page, "Balance")).getByText("No claims yet")).toBeVisible();
    await expect(page.locator(".voices figure").first()).toBeHidden();
});

test("a hidden page of figures is not drawn", async ({ page }) => {
    await readSample(page);
    await expect(page.locator(".card").first()).toBeAttached();
    await expect(page.locator(".voices li, .voices svg")).toHaveCount(0);
});

test.describe("the clipboard", () => {
    test.use({ permissions: ["clipboard-read", "clipboard-write"] });

    test("takes a table as text between tabs, and a figure as an image", async ({ page }) => {
        await readSample(page);
        await list(page, "Balance");
        const sources = figure(page, "Kinds of sources");
        const rows = await cells(sources);
        await sources.getByRole("button", { name: "Copy table" }).click();
        await expect(sources.getByRole("status")).toHaveText("Copied");
        const text = await page.evaluate(() => navigator.clipboard.readText());
        expect(
            text
                .split("\n")
                .slice(1)
                .map((line) => line.split("\t")),
        ).toEqual(rows);

        for (const title of await page.locator(".voices .figure-part:has(.figure-tools:not([hidden])) h3").allTextContents()) {
            await page.evaluate(() => navigator.clipboard.writeText("not yet"));
            await figure(page, title).getByRole("button", { name: "Copy as image" }).click();
            // “Copied” may still stand there for the table.
            await expect.poll(() => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types)).toContain("image/png");
            await expect(figure(page, title).getByRole("status")).toHaveText("Copied");
            // Not paper alone, and none of the colours lost: lost ones are black.
            const seen = await page.evaluate(async () => {
                const [item] = await navigator.clipboard.read();
                const image = await createImageBitmap(/** @type {Blob} */ (await item?.getType("image/png")));
                const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
                context?.drawImage(image, 0, 0);
                const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0));
                return { width: image.width, paper: pixels[0], colours: new Set(pixels).size };
            });
            expect(seen.width).toBeGreaterThan(1000);
            expect(seen.paper).toBe(0xff_ff_ff_ff);
            expect(seen.colours).toBeGreaterThan(5);
        }
    });
});

test("where images cannot be copied, they are downloaded", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator.clipboard, "write", { value: () => Promise.reject(new Error("no")) }));
    await page.reload();
    await readSample(page);
    await list(page, "Balance");
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        figure(page, "Share by speaker").getByRole("button", { name: "Copy as image" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("share-by-speaker.png");
    await expect(figure(page, "Share by speaker").getByRole("status")).toContainText("Downloaded");
});

test.describe("the strip", () => {
    test.use({ viewport: { width: 1280, height: 700 } });

    /**
     * How many rows of pixels of the strip hold something, and how many something that stands out.
     * @param {Page} page
     */
    function drawn(page) {
        return page.locator(".strip canvas").evaluate((node) => {
            const canvas = /** @type {HTMLCanvasElement} */ (node);
            const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
            const rows = Array.from({ length: canvas.height }, (_, y) => y);
            const alpha = (/** @type {number} */ x, /** @type {number} */ y) => data[4 * (y * canvas.width + x) + 3] ?? 0;
            return {
                claims: rows.filter((y) => alpha(canvas.width - 2, y) > 0).length,
                // What stands out is as wide as the strip.
                strong: rows.filter((y) => alpha(1, y) > 0).length,
            };
        });
    }

    test("shows where claims stand, the chosen speaker's stronger, and a click goes there", async ({ page }) => {
        await readSample(page);
        await expect.poll(async () => (await drawn(page)).claims).toBeGreaterThan(20);
        await expect.poll(async () => (await drawn(page)).strong).toBe(0);
        await mark(page, "Helen Aster").click();
        await expect.poll(async () => (await drawn(page)).strong).toBeGreaterThan(5);
        const { claims, strong } = await drawn(page);
        expect(strong).toBeLessThan(claims);
        await page.keyboard.press("Escape");
        await expect.poll(async () => (await drawn(page)).strong).toBe(0);

        // The last part of the article, which is not in sight.
        await expect(mark(page, "they would all be there")).not.toBeInViewport();
        const strip = page.locator(".strip canvas");
        const height = (await strip.boundingBox())?.height ?? 0;
        await strip.click({ position: { x: 5, y: height * 0.908 } });
        await expect(mark(page, "they would all be there")).toBeInViewport();
        await expect(page.locator(".strip")).toHaveAttribute("aria-hidden", "true");
    });

    test("follows corrections", async ({ page }) => {
        await read(page, ARTICLE);
        await expect.poll(async () => (await drawn(page)).claims).toBeGreaterThan(5);
        const before = (await drawn(page)).claims;
        await mark(page, "We have lost money for nine years").click();
        await page.keyboard.press("x");
        await expect.poll(async () => (await drawn(page)).claims).toBeLessThan(before);
    });
});

test("on paper speakers have letters, and claims and figures follow the article", async ({ page }) => {
    await read(page, ARTICLE);
    await expect(page.locator(".card").first()).toBeAttached();
    await expect(page.locator(".paper table")).toHaveCount(0);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const paper = page.locator(".paper");
    const claims = paper.locator("table").first();
    await expect(claims.locator("tbody tr")).toHaveCount(3);
    const dahl = claims.locator("tbody tr").filter({ hasText: "Karin Dahl" });
    await expect(dahl).toContainText("We have lost money for nine years");
    const letter = (await dahl.locator("th").textContent()) ?? "";
    expect(letter).toMatch(/^[A-Z]$/);
    for (const text of ["We have lost money for nine years", "Karin Dahl"]) {
        await expect.poll(() => letterBefore(mark(page, text))).toBe(letter);
    }
    await expect(paper.getByRole("img", { name: "Share by speaker" })).toBeVisible();
    await expect(paper.getByRole("img", { name: "Kinds of sources" })).toBeVisible();
    for (const chrome of [".bar", ".panel", ".strip"]) {
        await expect(page.locator(chrome)).toBeHidden();
    }
    // Paper is light, whatever the screen is.
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe("rgb(255, 255, 255)");

    await page.emulateMedia({ media: "screen" });
    await expect(page.locator(".paper table")).toHaveCount(0);
    await expect.poll(() => letterBefore(mark(page, "Karin Dahl"))).toBe("");
});

test("what is printed holds letters and claims too", async ({ page }) => {
    await read(page, ARTICLE);
    await expect(page.locator(".card").first()).toBeAttached();
    // Printing waits for nothing: what is printed beside the article has to be there.
    const fetched = () => performance.getEntriesByType("resource").some(({ name }) => name.includes("/parts/parts-"));
    await page.waitForFunction(fetched);
    await page.evaluate(() => {
        addEventListener("beforeprint", () => {
            const count = (/** @type {string} */ selector) => document.querySelectorAll(selector).length;
            Object.assign(globalThis, { printed: [count(".paper tbody tr") > 3, count("mark[data-letter]") > 2] });
        });
    });
    await page.pdf();
    await expect.poll(() => page.evaluate(() => /** @type {any} */ (globalThis).printed)).toEqual([true, true]);
    await expect(page.locator(".paper tbody tr")).toHaveCount(0);
});
