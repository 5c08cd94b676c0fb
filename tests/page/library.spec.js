/**
 * @file The library: every article that was worked on, found again, deleted with a way back, carried as one file.
 */
import { kept } from "./device.js";
import {
    ARTICLE,
    correctOnce,
    downloaded,
    elsewhere,
    expect,
    library,
    mark,
    openFile,
    read,
    saved,
    shelved,
    startAnew,
    test,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const FERRY = "Ferry line to close in May";
const BRIDGE = "Bridge reopens\n\nThe bridge near Århus is safe, said Tor Lie, an engineer.\n";

/**
 * Reads the article about the ferry and one about a bridge, each with a correction, and goes to the library.
 * @param {Page} page
 */
async function readTwo(page) {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await startAnew(page);
    await read(page, BRIDGE);
    await correctOnce(page, "Tor Lie");
    await startAnew(page);
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
}

/** @param {Page} page */
async function backedUp(page) {
    return downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
}

/**
 * Waits until the page has shown what a file brought about.
 * @param {Page} page
 * @param {string} text
 */
async function expectTold(page, text) {
    await expect(page.getByRole("alert")).toContainText(text);
}

test("an empty library says what it is for, and takes a backup", async ({ page }) => {
    await expect(library(page)).toContainText("Articles that you read are kept here, on this device only.");
    await expect(library(page).getByRole("button")).toHaveText(["Restore a backup"]);
    await expect(library(page).getByRole("searchbox")).toBeHidden();
});

test("an article stands there with title, day, counts and progress; the one that was worked on last is first", async ({ page }) => {
    await readTwo(page);
    await expect(library(page).getByRole("listitem").first()).toContainText("Bridge reopens");
    await expect(library(page)).toContainText("2 articles");
    const row = shelved(page, FERRY);
    await expect(row).toContainText(/today\s· \d sources, 3 claims · 1 correction/);
    // Who says how much, in the hues of the text.
    await expect(row.locator(".stack > .hue-1")).toHaveCount(1);
    const [value, max] = await row.locator("progress").evaluate((/** @type {HTMLProgressElement} */ bar) => [bar.value, bar.max]);
    expect([value, max]).toEqual([0, 3]);
    await expect(row).toContainText("0 of 3 checked");

    await row.getByRole("button", { name: FERRY, exact: true }).click();
    await mark(page, "We have lost money").click();
    await page.getByRole("button", { name: "✓ Correct" }).click();
    await saved(page);
    await startAnew(page);
    await expect(row).toContainText("1 of 3 checked");
    await expect(row).toContainText("2 corrections");
    await expect(library(page).getByRole("listitem").first()).toContainText(FERRY);
});

test("the search finds words of titles and of texts, without regard to case and accents", async ({ page }) => {
    await readTwo(page);
    const box = library(page).getByRole("searchbox", { name: "Search titles and texts" });
    for (const [query, found] of /** @type {const} */ ([
        ["REOPENS", ["Bridge reopens"]],
        ["arhus", ["Bridge reopens"]],
        ["director sandvik", [FERRY]],
        ["director bridge", []],
        ["said", ["Bridge reopens", FERRY]],
    ])) {
        await box.fill(query);
        await expect(library(page).locator(".title:visible")).toHaveText([...found]);
    }
    await box.fill("<Zanzibar>");
    await expect(library(page)).toContainText("No articles match “<Zanzibar>”.");
    await expect(library(page)).toContainText("0 of 2 articles");
    await box.fill("");
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
});

test("what is deleted comes back by undo, with its corrections, also after a reload", async ({ page }) => {
    await readTwo(page);
    const row = shelved(page, FERRY);
    await row.getByRole("button", { name: `Delete “${FERRY}” and its corrections` }).press("Enter");
    const undo = row.getByRole("button", { name: `Undo: keep “${FERRY}”` });
    await expect(undo).toBeFocused();
    await expect(library(page)).toContainText("1 article");
    await expect(page.getByRole("status").filter({ hasText: `“${FERRY}” was deleted.` })).toHaveCount(1);
    await undo.press("Enter");
    await expect(row.getByRole("button", { name: /^Delete/ })).toBeFocused();
    await row.getByRole("button", { name: /^Delete/ }).click();
    await expect(undo).toBeVisible();

    await page.reload();
    await undo.click();
    await row.getByRole("button", { name: FERRY, exact: true }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
});

test("what is deleted is gone for good once the library is left", async ({ page }) => {
    await readTwo(page);
    await shelved(page, FERRY)
        .getByRole("button", { name: /^Delete/ })
        .click();
    await shelved(page, "Bridge").getByRole("button", { name: "Bridge reopens", exact: true }).click();
    await expect(mark(page, "Tor Lie")).toBeVisible();
    await expect.poll(async () => (await kept(page)).shelf?.length).toBe(1);
    const { articles, events } = await kept(page);
    expect(articles).toHaveLength(1);
    expect(events?.map(({ correction }) => correction.edit.target.exact)).toEqual(["Tor Lie"]);
});

test("another tab sees what is deleted, and can bring it back although the first has left the library", async ({ page, context }) => {
    await readTwo(page);
    const other = await context.newPage();
    await other.goto("/");
    await startAnew(other);
    await shelved(page, FERRY)
        .getByRole("button", { name: /^Delete/ })
        .click();
    const undo = shelved(other, FERRY).getByRole("button", { name: /^Undo/ });
    await expect(undo).toBeVisible();
    await shelved(page, "Bridge").getByRole("button", { name: "Bridge reopens", exact: true }).click();
    await expect(mark(page, "Tor Lie")).toBeVisible();
    await undo.click();
    await shelved(other, FERRY).getByRole("button", { name: FERRY, exact: true }).click();
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
});

test("one file carries the library to another profile; a second time it adds nothing", async ({ page, browser, baseURL }) => {
    await readTwo(page);
    const { name, content } = await backedUp(page);
    expect(name).toMatch(/^whosaid-library-\d{4}-\d\d-\d\d\.json$/);
    const file = JSON.parse(content);
    expect(file).toMatchObject({
        format: "whosaid-library",
        version: 1,
        articles: [{ title: "Bridge reopens", text: BRIDGE }, { text: ARTICLE }],
    });
    expect(file.articles[1].corrections).toHaveLength(1);

    await elsewhere(browser, baseURL ?? "", async (other) => {
        await openFile(other, name, content);
        await expectTold(other, "The backup was restored: 2 new articles, 2 new corrections.");
        await expect(library(other).getByRole("listitem")).toHaveCount(2);
        await expect(shelved(other, FERRY)).toContainText(/3 claims.*1 correction.*0 of 3 checked/);
        const before = await kept(other);
        // Under any name that it got on its way.
        await openFile(other, "library.txt", content);
        await expectTold(other, "The backup was restored: 0 new articles, 0 new corrections.");
        await expect.poll(() => kept(other)).toEqual(before);
        await shelved(other, FERRY).getByRole("button", { name: FERRY, exact: true }).click();
        await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    });
});

test("a backup is merged with what is here: both sides' corrections hold, in the open article at once", async ({
    page,
    browser,
    baseURL,
}) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await startAnew(page);
    const { name, content } = await backedUp(page);
    await elsewhere(browser, baseURL ?? "", async (other) => {
        await read(other, ARTICLE);
        await correctOnce(other, "Peter Holm");
        await openFile(other, name, content);
        await expectTold(other, "0 new articles, 1 new correction.");
        await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
        await expect(mark(other, "Peter Holm")).toHaveClass(/institution/);
        await other.reload();
        await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
        await expect(mark(other, "Peter Holm")).toHaveClass(/institution/);
        await startAnew(other);
        await expect(shelved(other, FERRY)).toContainText("2 corrections");
    });
});

test("a deleted article comes back when a backup holds it", async ({ page }) => {
    await readTwo(page);
    const { name, content } = await backedUp(page);
    await shelved(page, FERRY)
        .getByRole("button", { name: /^Delete/ })
        .click();
    await openFile(page, name, content);
    await expectTold(page, "0 new articles, 0 new corrections.");
    await expect(shelved(page, FERRY).getByRole("button", { name: /^Delete/ })).toBeVisible();
});

test("what was learnt is in the backup, and stays as it is where something was learnt already", async ({ page, browser, baseURL }) => {
    /** @type {(value: object) => Promise<void>} */
    const learn = (value) =>
        new Promise((resolve) => {
            const opening = indexedDB.open("whosaid");
            opening.onsuccess = () => {
                const write = opening.result.transaction("learnt", "readwrite");
                write.objectStore("learnt").put({ key: "corrections", value });
                write.oncomplete = () => {
                    opening.result.close();
                    resolve();
                };
            };
        });
    const memory = (/** @type {boolean} */ on) => ({ learnt: { articles: 1, names: [], cues: [], delta: { cue: [] } }, on, from: {} });
    await readTwo(page);
    await page.evaluate(learn, memory(false));
    const { name, content } = await backedUp(page);
    expect(JSON.parse(content).learnt).toEqual(memory(false));
    await elsewhere(browser, baseURL ?? "", async (other) => {
        await openFile(other, name, content);
        await expectTold(other, "2 new articles");
        await expect.poll(async () => (await kept(other)).learnt).toEqual([{ key: "corrections", value: memory(false) }]);
        await other.evaluate(learn, memory(true));
        await openFile(other, name, content);
        await expectTold(other, "0 new articles");
        await expect.poll(async () => (await kept(other)).learnt).toEqual([{ key: "corrections", value: memory(true) }]);
    });
});

test("a file that is cut, newer, or no list of articles says what to mend, and changes nothing", async ({ page }) => {
    await readTwo(page);
    const { content } = await backedUp(page);
    const file = JSON.parse(content);
    await page.reload();
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
    const before = await kept(page);
    const changed = (/** @type {object} */ change) => JSON.stringify({ ...file, ...change });
    const files = [
        [content.slice(0, content.length / 2), /this file is cut short: export or copy it again, to its end/],
        [content.slice(0, 60), /this file is cut short/],
        [content.replace('"title"', 'title"'), /this is not a whosaid file: choose one that whosaid exported/],
        [changed({ version: 2 }), /this backup has version 2, this program reads up to 1: reload the page/],
        [changed({ version: undefined }), /this backup is damaged \(its version is no number\)/],
        [changed({ articles: undefined }), /this backup is damaged \(it has no list of articles\)/],
    ];
    for (const [damaged, says] of files) {
        await openFile(page, "library.json", String(damaged));
        await expect(page.getByRole("alert")).toContainText(says ?? "");
        await expectTold(page, "Nothing was changed.");
        await expect.poll(() => kept(page)).toEqual(before);
        await page.getByRole("button", { name: "Dismiss" }).click();
    }
});

test("of a backup that is damaged in parts the good parts come in, and the rest is named and kept", async ({ page }) => {
    await readTwo(page);
    const file = JSON.parse((await backedUp(page)).content);
    const [bridge, ferry] = file.articles;
    const fresh = (/** @type {number} */ nth) => ({ ...ferry, text: `A new one, ${nth}, said Karin Dahl.` });
    const files = [
        [{ learnt: [] }, [], "the lessons in it do not fit this version"],
        [{}, [{ ...bridge, text: undefined }], "article 2 of 2, “Bridge reopens”: it has no text"],
        [{}, [null], "article 2 of 2: it has no text"],
        [
            {},
            [{ ...fresh(100), corrections: [{ id: 1 }] }],
            "article 2 of 2, “Ferry line to close in May”: 1 correction of it cannot be read",
        ],
        [{}, [{ ...fresh(101), corrections: undefined }], "article 2 of 2, “Ferry line to close in May”: a part of it cannot be read"],
        [{}, [{ ...fresh(102), title: 7 }], "article 2 of 2: a part of it cannot be read"],
    ];
    for (const [index, [rest, articles, says]] of files.entries()) {
        const content = JSON.stringify({
            ...file,
            .../** @type {object} */ (rest),
            articles: [fresh(index), .../** @type {object[]} */ (articles)],
        });
        await openFile(page, "library.json", content);
        await expectTold(page, String(says));
        await expectTold(page, index < 3 ? "1 new article, 1 new correction." : "2 new articles");
        const [unread] = JSON.parse((await downloaded(page, page.getByRole("alert").getByRole("button", { name: "Download it" }))).content);
        expect(content).toContain(
            JSON.stringify(unread.value?.correction ?? (unread.store === "learnt" ? unread.value.value : unread.value)),
        );
        await expect(library(page)).toContainText(`${index + 1} record`);
    }
});

test("a library of 500 articles is taken in, searched, scrolled and given back", async ({ page }) => {
    const articles = Array.from({ length: 500 }, (_, index) => ({
        title: `Ferry ${index} to close`,
        text: `Ferry ${index} to close\n\n“We have lost money for ${index} years,” said Karin Dahl.\n\n${ARTICLE.repeat(8)}`,
        opened: new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(),
        corrections: [],
    }));
    await openFile(page, "library.json", JSON.stringify({ format: "whosaid-library", version: 1, articles }));
    await expectTold(page, "The backup was restored: 500 new articles, 0 new corrections.");
    await expect(library(page).getByRole("listitem")).toHaveCount(100);
    for (const count of [200, 300, 400, 500]) {
        await library(page).getByRole("button", { name: "Show 100 more" }).click();
        await expect(library(page).getByRole("listitem")).toHaveCount(count);
    }
    const first = library(page).getByRole("button", { name: "Ferry 0 to close", exact: true });
    await first.scrollIntoViewIfNeeded();
    await expect(first).toBeInViewport();
    await library(page).getByRole("searchbox").fill("for 499 years");
    await expect(library(page).getByRole("listitem")).toHaveCount(1);
    await expect(shelved(page, "Ferry 499 to close")).toContainText("21 Jan 2025");
    const { content } = await backedUp(page);
    expect(JSON.parse(content).articles).toEqual(articles.toReversed());
    await library(page).getByRole("button", { name: "Ferry 499 to close", exact: true }).click();
    await expect(mark(page, "for 499 years")).toBeVisible();
});

test("how much room is used is shown, and whether the browser keeps it", async ({ page }) => {
    await read(page, ARTICLE);
    await startAnew(page);
    await expect(library(page)).toContainText(/Using [\d.,]+ (kB|MB) of [\d.,]+ (MB|GB)\./);
    await expect(library(page)).toContainText("The browser may clear it when the disk is full");
    await page.addInitScript(() => {
        StorageManager.prototype.persisted = async () => true;
        StorageManager.prototype.estimate = async () => ({ usage: 1_234_567, quota: 45_600_000_000 });
    });
    await page.reload();
    await expect(library(page)).toContainText("Using 1.2 MB of 46 GB. The browser has promised to keep it.");
});
