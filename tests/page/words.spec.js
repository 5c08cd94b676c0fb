/**
 * @file The page says nothing but what its catalogue says: with each of its texts in brackets, no word stands outside of them, but
 * for those of the article.
 */
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { ARTICLE, expect, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const ENTRY = fileURLToPath(new URL("words/main.js", import.meta.url));

/** @param {Page} page */
async function replaceWords(page) {
    const { outputFiles } = await build({ entryPoints: [ENTRY], bundle: true, format: "esm", target: "es2023", write: false });
    const body = outputFiles[0]?.text ?? "";
    await page.route("**/main.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
    await page.reload();
    await expect(page.getByRole("button", { name: "[Show who said what]" })).toBeVisible();
}

/**
 * What can be seen or heard, and is neither in brackets nor in the article; a single letter is a speaker's, or a key.
 * @param {Page} page
 * @param {string} text The article's.
 * @returns {Promise<string[]>}
 */
async function strange(page, text) {
    const said = await page.evaluate(() => {
        /** @type {string[]} */
        const all = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node instanceof Element ? node : node.parentElement;
            // What a list of options or a screen reader offers is said too; what is hidden is not. What <noscript> says stands in
            // index.html: it shows where no script runs, and a catalogue is one.
            if (
                !at ||
                at.closest("noscript, [hidden], .excerpt > .article") ||
                !(at.matches("option, .for-ears") || at.checkVisibility())
            ) {
                continue;
            }
            if (node instanceof Text) {
                all.push(node.data);
            } else {
                const attributes = ["aria-label", "title", "placeholder", "data-name", "data-does", "data-zone"];
                all.push(...attributes.flatMap((name) => at.getAttribute(name) ?? []));
            }
        }
        return all;
    });
    const own = text.replace(/\s+/g, " ").toLowerCase();
    return said.filter((each) => {
        let left = each.replace(/\s+/g, " ");
        // Sentences stand inside of sentences.
        for (let before = ""; left !== before; left = left.replace(/\[[^[\]]*\]/g, " ")) {
            before = left;
        }
        const parts = left.split(/ · |[,;:“”‘’…]|\s{2,}/u).map((part) => part.trim().toLowerCase());
        return parts.some((part) => /\p{L}{2}/u.test(part) && !own.includes(part));
    });
}

test("what stands outside of the brackets is found", async ({ page }) => {
    await replaceWords(page);
    expect(await strange(page, "")).toEqual([]);
    await page.evaluate(() => document.querySelector("main")?.append("Said by nobody"));
    await page.getByRole("button", { name: "[Open a file]" }).evaluate((button) => button.setAttribute("title", "[Open] it"));
    expect((await strange(page, "")).sort()).toEqual(["Said by nobody", "[Open] it"].sort());
    expect(await strange(page, "It was said by nobody.")).toEqual([]);
});

test("all that the page says comes from its catalogue", async ({ page }) => {
    await replaceWords(page);
    const nothingElse = async (/** @type {string} */ where) => expect(await strange(page, ARTICLE), where).toEqual([]);
    const button = (/** @type {string} */ name) => page.getByRole("button", { name: `[${name}]`, exact: true });
    await nothingElse("the first screen");
    await button("Show who said what").click();
    await expect(page.getByRole("alert")).toContainText("nothing to read");
    await nothingElse("a message");
    await page.getByLabel("[Article text]").fill("Der Bürgermeister sagte, die Brücke werde nächste Woche wieder für alle geöffnet.");
    await button("Show who said what").click();
    await expect(page.getByRole("alert")).toContainText("German");
    await nothingElse("another language");

    await page.getByLabel("[Article text]").fill(ARTICLE);
    await button("Show who said what").click();
    await expect(page.getByRole("article").locator("mark").first()).toBeVisible();
    await expect(page.getByText(/^\[Saved\]/)).toBeVisible();
    await nothingElse("an article");

    const claim = page.getByRole("article").locator("mark.claim").filter({ hasText: "lost money" }).first();
    await claim.click();
    const card = page.getByRole("dialog", { name: "[Correct this]" });
    await card.getByRole("button", { name: "[More corrections]" }).click();
    await nothingElse("the card of a claim");
    await card.getByRole("button", { name: "[Done]" }).click();
    const reading = page.getByRole("dialog", { name: "[Who said it]" });
    await expect(reading.getByRole("blockquote")).toBeVisible();
    await nothingElse("the card as it is read");
    await reading.getByRole("button", { name: /^\[Edit\]/ }).click();
    await card.getByRole("combobox", { name: "[Said by]" }).click();
    await page.keyboard.type("Nora");
    await expect(page.getByRole("option").first()).toBeVisible();
    await nothingElse("the list of speakers");
    await page.keyboard.press("Escape");
    await claim.click();
    await card.getByRole("button", { name: /^\[✓ Correct\]/ }).click();
    await expect(page.getByText("[Undo]").first()).toBeVisible();
    await nothingElse("what was done");

    for (const tab of ["Claims", "Balance", "History"]) {
        await page.getByRole("tab", { name: `[${tab}]` }).click();
        for (const table of await page.locator("summary:visible").all()) {
            await table.click();
        }
        await nothingElse(tab);
    }
    await page.getByRole("tab", { name: "[Sources]" }).click();
    await page.locator(".panel .more").first().click();
    await expect(page.locator("#profile")).toBeVisible();
    await nothingElse("a speaker");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: /^\[Filter\]/ }).click();
    await page.locator("#filter-kind").selectOption("denial");
    await nothingElse("a filter");
    await page.keyboard.press("Escape");
    for (const [menu, last] of /** @type {const} */ ([
        ["Export", "TEI"],
        ["More", "Help"],
    ])) {
        await button(menu).click();
        await expect(page.getByRole("button", { name: `[${last}]` })).toBeVisible();
        await nothingElse(menu);
        await page.keyboard.press("Escape");
    }
    await button("Export").click();
    await Promise.all([page.waitForEvent("download"), button("brat").click()]);
    await expect(page.getByRole("alert")).toContainText("This format cannot hold");
    await nothingElse("what a format cannot hold");
    await button("Export").click();
    await button("Source list…").click();
    await nothingElse("the list of sources");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.locator("dialog.help")).toBeVisible();
    await nothingElse("the help");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("ferry");
    await nothingElse("a search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await expect(page.locator(".editor-question")).toBeVisible();
    await nothingElse("a review");
    await page.keyboard.press("Shift+Enter");
    await expect(page.locator("dialog.rest")).toBeVisible();
    await nothingElse("what is left");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "[whosaid: all articles]" }).click();
    await expect(page.getByRole("region", { name: "[Your articles]" }).getByRole("listitem")).toHaveCount(1);
    await page.locator("summary:visible").click();
    await nothingElse("the library");

    const given = (/** @type {string} */ name, /** @type {string} */ content) => ({
        name,
        mimeType: "text/plain",
        buffer: Buffer.from(content),
    });
    const files = page.locator("input[type=file]");
    await files.setInputFiles(given("a.csv", `ferry,final\n"${ARTICLE}",\nx,y,z\n`));
    await expect(page.getByRole("button", { name: "[Take it]" })).toBeVisible();
    await nothingElse("the question for a column, whose names are the table's");
    await page.getByRole("button", { name: "[Take it]" }).click();
    await expect(page.getByRole("alert")).toContainText("to your library");
    await nothingElse("what came of many articles");
    await files.setInputFiles(given("a.jsonl", '{"text": "The ferry", "label": [[0, 1, "Mood"]]}'));
    await expect(page.getByRole("alert")).toContainText("Not understood");
    await nothingElse("what came of another tool's file");
});
