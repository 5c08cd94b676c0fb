/**
 * @file What is not English, or no article, is said before it is read, and is kept only where the user goes on.
 */
import { kept } from "./device.js";
import { ARTICLE, article, expect, mark, openFile, read, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const GERMAN = `Die Fähre nach Sandvik fährt nicht mehr

Die Fähre nach Sandvik wird im Mai eingestellt, sagte die Reederei am Montag. „Wir haben neun Jahre lang Geld verloren“,
sagte Karin Dahl, die Direktorin der Behörde. Niemand weiß, was danach aus den Dörfern auf der Insel werden soll.`;

/**
 * Asks for a text to be read.
 * @param {Page} page
 * @param {string} text
 */
async function ask(page, text) {
    await page.getByLabel("Article text").fill(text);
    await page.getByRole("button", { name: "Show who said what" }).click();
}

test("German is not read unasked and nothing of it is kept; who goes on reads it, as German", async ({ page }) => {
    await ask(page, GERMAN);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This looks like German, and whosaid reads English.");
    await expect(page.getByLabel("Article text")).toHaveValue(GERMAN);
    await expect(article(page)).toBeHidden();
    await expect.poll(async () => (await kept(page)).articles ?? []).toEqual([]);

    await alert.getByRole("button", { name: "Read it all the same" }).click();
    await expect(article(page)).toBeVisible();
    await expect(article(page)).toHaveAttribute("lang", "de");
    await startAnew(page);
    await expect(shelved(page, "Die Fähre nach Sandvik fährt nicht mehr")).toBeVisible();
    // Who opens it again has gone on before.
    await shelved(page, "Die Fähre")
        .getByRole("button", { name: /^Die Fähre/ })
        .click();
    await expect(article(page)).toHaveAttribute("lang", "de");
    await expect(page.getByRole("alert")).toBeEmpty();
});

test("English is read at once, and says so", async ({ page }) => {
    await read(page, ARTICLE);
    await expect(article(page)).toHaveAttribute("lang", "en");
    await expect(page.getByRole("alert")).toBeEmpty();
});

for (const [what, text, told] of /** @type {const} */ ([
    ["a link", "https://example.org/ferry-to-close", "does not look like an article: paste the article's own text"],
    ["program code", "const ferry = close(may);\nif (ferry) {\n    throw new Error(ferry.message);\n}\n", "does not look like an article"],
    [
        "Icelandic",
        "Ferjan til Sandvíkur hættir siglingum í maí, sagði eigandi hennar á mánudag. Við höfum tapað peningum í níu ár og getum ekki haldið svona áfram.",
        "does not look like English",
    ],
    ["Chinese", "渡轮公司周一表示，将于五月停止运营。", "looks like Chinese"],
])) {
    test(`${what} is told apart`, async ({ page }) => {
        await ask(page, text);
        await expect(page.getByRole("alert")).toContainText(`This ${told}`);
        await expect(page.getByLabel("Article text")).toHaveValue(text);
        await expect.poll(async () => (await kept(page)).articles ?? []).toEqual([]);
        // Another text goes on from there.
        await read(page, ARTICLE);
        await expect(mark(page, "Karin Dahl")).toBeVisible();
    });
}

test("a file says its name; of several files those that are not English are named", async ({ page }) => {
    await openFile(page, "faehre.txt", GERMAN);
    await expect(page.getByRole("alert")).toContainText("“faehre.txt” looks like German");
    const file = (/** @type {string} */ name, /** @type {string} */ text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator("input[type=file]").setInputFiles([file("faehre.txt", GERMAN), file("ferry.txt", ARTICLE)]);
    await expect(page.getByRole("alert")).toContainText("1 article does not look like English, which is what whosaid reads: “");
    await expect.poll(async () => ((await kept(page)).articles ?? []).length).toBe(2);
});
