/**
 * @file A claim inside a claim: each is marked, seen, listed, copied and deleted by itself.
 */
import { article, downloaded, editor, expect, fileExport, home, list, mark, openFile, read, saved, select, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const TEXT = `Council meets again

The Sandvik Post wrote that Karin Dahl had said that engineers believe the bridge is unsafe, and that it will close.
`;
const OUTER = "Karin Dahl had said that engineers believe the bridge is unsafe";
const MIDDLE = "engineers believe the bridge is unsafe";
const INNER = "the bridge is unsafe";

/**
 * Marks words as a claim by the mouse, whoever the model thinks makes it, and says who does.
 * @param {Page} page
 * @param {string} words
 * @param {string} speaker
 */
async function claim(page, words, speaker) {
    await select(page, words);
    await editor(page).getByRole("button", { name: "Claim" }).click();
    await editor(page).getByRole("combobox", { name: "Said by" }).fill(speaker);
    await page.keyboard.press("Enter");
    await saved(page);
    await page.keyboard.press("Escape");
}

/** @param {Page} page */
async function rows(page) {
    const found = (await list(page, "Claims")).locator("li");
    return found.evaluateAll((all) =>
        all.map((row) => [
            row.querySelector(".name")?.textContent,
            row.querySelector(".row-text")?.textContent,
            row.className.includes("inside") ? 1 : row.className.includes("deeper") ? 2 : 0,
        ]),
    );
}

const THREE = [
    ["Sandvik Post", OUTER, 0],
    ["Karin Dahl", MIDDLE, 1],
    ["engineers", INNER, 2],
];

test.describe("three claims, one in the other", () => {
    test.use({ permissions: ["clipboard-read", "clipboard-write"] });

    test.beforeEach(async ({ page }) => {
        await read(page, TEXT);
        // What the model found is taken away: the user marks all three.
        for (
            let left = await article(page).locator("mark.claim").count();
            left > 0;
            left = await article(page).locator("mark.claim").count()
        ) {
            await article(page).locator("mark.claim").first().click();
            await page.keyboard.press("Delete");
            await saved(page);
        }
        await claim(page, OUTER, "Sandvik Post");
        await claim(page, MIDDLE, "Karin Dahl");
        await claim(page, INNER, "engineers");
    });

    test("are listed one under the other, each with a line of its own", async ({ page }) => {
        await expect.poll(() => rows(page)).toEqual(THREE);
        await expect(article(page).locator(".claim.lane-2")).toHaveText(INNER);
        await expect((await list(page, "Claims")).locator("li").nth(2)).toContainText("told by Karin Dahl");
    });

    test("are copied with all who tell it", async ({ page }) => {
        await (await list(page, "Claims")).locator("li button").nth(2).click();
        await page.keyboard.press("Control+c");
        await expect
            .poll(() => page.evaluate(() => navigator.clipboard.readText()))
            .toContain(`${INNER} [in the article’s words], according to Karin Dahl, according to Sandvik Post`);
    });

    test("are deleted one by one: what was inside comes up", async ({ page }) => {
        await (await list(page, "Claims")).locator("li button").nth(1).click();
        await page.keyboard.press("Delete");
        await saved(page);
        await expect.poll(() => rows(page)).toEqual([THREE[0], ["engineers", INNER, 1]]);
        await page.keyboard.press("Control+z");
        await expect.poll(() => rows(page)).toEqual(THREE);
        await (await list(page, "Claims")).locator("li button").nth(0).click();
        await page.keyboard.press("Delete");
        await expect
            .poll(() => rows(page))
            .toEqual([
                ["Karin Dahl", MIDDLE, 0],
                ["engineers", INNER, 1],
            ]);
    });

    test("come back from a file", async ({ page }) => {
        const { name, content } = await downloaded(page, await fileExport(page));
        await home(page).click();
        await openFile(page, name, content);
        await expect(mark(page, "the bridge").first()).toBeVisible();
        await expect.poll(() => rows(page)).toEqual(THREE);
    });
});
