/**
 * @file Signs: whoever says something has a letter and a hue, in the text as in the lists, and keeps them.
 */
import { ARTICLE, article, editor, expect, letterBefore, list, mark, read, readSample, select, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

/** Two speakers in one paragraph, and a claim that is partly quoted. */
const TWO = `Council meets again

“The bridge is unsafe,” said Karin Dahl, the mayor. “That is not true,” said Peter Holm, an engineer.

Karin Dahl said that the repair was “a matter of weeks” and no more.

The Coast Transport Agency keeps the bridge. It stands in Sandvik.
`;

/**
 * @param {Locator} node
 * @param {string} property
 * @param {"::before" | "::after"} [part]
 * @returns {Promise<string>}
 */
function style(node, property, part) {
    return node.evaluate((one, [name = "", pseudo]) => getComputedStyle(one, pseudo).getPropertyValue(name), [property, part]);
}

/** What no ground has. */
const CLEAR = "rgba(0, 0, 0, 0)";

test("a speaker's claims and mentions have one hue, and two speakers have two", async ({ page }) => {
    await read(page, TWO);
    const [dahl, holm] = [mark(page, "The bridge is unsafe"), mark(page, "That is not true")];
    await expect(dahl).toHaveClass(/hue-1/);
    await expect(holm).toHaveClass(/hue-2/);
    for (const [nth, name] of ["Karin Dahl", "Peter Holm"].entries()) {
        await expect(mark(page, name).first()).toHaveClass(new RegExp(`speaks hue-${nth + 1}`));
        await expect(mark(page, name).first()).toHaveCSS("text-decoration-line", "none");
    }
    const ink = await style(article(page), "color");
    await expect(mark(page, "Karin Dahl").first()).not.toHaveCSS("color", ink);
    await expect(mark(page, "Sandvik")).toHaveCSS("color", ink);
    await expect(mark(page, "Sandvik")).toHaveCSS("text-decoration-line", "none");
    await expect(mark(page, "Coast Transport Agency")).toHaveCSS("text-decoration-line", "underline");
});

test("what is quoted is filled, what is told is underlined, and of a partial quote the quoted words are filled", async ({ page }) => {
    await read(page, TWO);
    const quoted = mark(page, "The bridge is unsafe");
    await expect(quoted).not.toHaveCSS("background-color", CLEAR);
    await expect(quoted).toHaveCSS("text-decoration-line", "none");
    const partly = mark(page, "a matter of weeks");
    await expect(partly).toHaveClass(/mixed/);
    await expect(partly).toHaveCSS("text-decoration-line", "underline");
    await expect(partly).toHaveCSS("text-decoration-style", "solid");
    await expect(partly).toHaveCSS("background-color", CLEAR);
    await expect(partly.locator(".quoted")).toHaveText("“a matter of weeks”");
    await expect(partly.locator(".quoted")).toHaveCSS("background-color", await style(quoted, "background-color"));
});

test("where two speak in a paragraph, a letter stands before each claim, and in no text", async ({ page }) => {
    await read(page, TWO);
    await expect.poll(() => letterBefore(mark(page, "The bridge is unsafe"))).toBe("A");
    await expect.poll(() => letterBefore(mark(page, "That is not true"))).toBe("B");
    await expect.poll(() => letterBefore(mark(page, "a matter of weeks"))).toBe("");
    await select(page, "The bridge is unsafe,” said Karin Dahl, the mayor. “That is not true");
    await expect
        .poll(() => page.evaluate(() => getSelection()?.toString()))
        .toBe("The bridge is unsafe,” said Karin Dahl, the mayor. “That is not true");
});

test("an uncertain claim ends with a question mark until the user says that it is right", async ({ page }) => {
    await readSample(page);
    const words = await article(page).locator("mark.claim.unsure").first().textContent();
    const claim = mark(page, words ?? "");
    await expect.poll(() => style(claim, "content", "::after")).toContain('"?"');
    await expect(claim).toHaveText(words ?? "");
    await claim.click();
    await page.keyboard.press("Enter");
    await expect.poll(() => style(claim, "content", "::after")).toBe("none");
});

/** @param {Page} page */
async function lettersOf(page) {
    const found = await article(page)
        .locator("mark.claim")
        .evaluateAll((marks) => marks.map((each) => /** @type {HTMLElement} */ (each).dataset.letter));
    return found.join("");
}

test("letters stay with their speakers whatever is corrected, and a new speaker gets the next", async ({ page }) => {
    await read(page, ARTICLE);
    await expect.poll(() => lettersOf(page)).toBe("ABC");
    await article(page).locator("mark.claim").first().click();
    await page.keyboard.press("Delete");
    await expect.poll(() => lettersOf(page)).toBe("BC");
    await mark(page, "that the decision was final").click();
    await editor(page).getByRole("combobox", { name: "Said by" }).fill("Ida Moen");
    await page.keyboard.press("Enter");
    await expect.poll(() => lettersOf(page)).toBe("BD");
    const name = (await list(page, "Claims")).locator("li .name").last();
    await expect(name).toHaveText("Ida Moen");
    await page.keyboard.press("Escape");
    for (const letters of ["BC", "ABC"]) {
        await page.keyboard.press("Control+z");
        await expect.poll(() => lettersOf(page)).toBe(letters);
    }
});
