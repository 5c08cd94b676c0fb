/**
 * @file The card as a sentence made of menus: who, does what, in which form; and what was done is told, with a way back.
 */
import { ARTICLE, article, corrections, editor, expect, list, mark, openFile, read, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const UNION = `“We are ready,” said Karin Dahl.

The union said that the plan was bad.

The union said that it would strike in May.

The union said that nobody had asked it.
`;

/** @param {Page} page */
function box(page) {
    return editor(page).getByRole("combobox", { name: "Said by" });
}

/** @param {Page} page */
function options(page) {
    return page.getByRole("listbox", { name: "Speakers" }).getByRole("option");
}

/** @param {Page} page */
function toast(page) {
    return page.locator(".toast");
}

test("the menu of speakers lists them with their letters and roles, filters while one types, and Enter chooses", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "that the decision was final").click();
    await expect(box(page)).toHaveValue("Peter Holm");
    await page.keyboard.press("a");
    await expect(box(page)).toHaveAttribute("aria-expanded", "true");
    await expect(options(page).filter({ hasText: "Karin Dahl" })).toContainText("director");
    await expect(options(page).filter({ hasText: "Karin Dahl" }).locator(".chip")).toHaveAttribute("data-letter", "B");
    await expect(options(page).and(page.locator("[aria-selected=true]"))).toContainText("Peter Holm");
    await page.keyboard.type("dah");
    await expect(options(page)).toHaveText([/^Karin Dahl/, "New: “dah”", "Nobody named"]);
    const active = await box(page).getAttribute("aria-activedescendant");
    await expect(page.locator(`#${active}`)).toContainText("Karin Dahl");
    await page.keyboard.press("Enter");
    await expect(box(page)).toHaveValue("Karin Dahl");
    await expect(page.getByRole("listbox")).toBeHidden();
    // The keyboard is back in the article, and the choice is kept once.
    await expect(article(page)).toBeFocused();
    await corrections(page, 1);
});

test("somebody new and nobody are chosen with arrows or with the pointer", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "that the decision was final").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Hol");
    await expect(options(page)).toHaveText([/^Peter Holm/, "New: “Hol”", "Nobody named"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(box(page)).toHaveValue("Hol");
    await page.keyboard.press("a");
    await page.keyboard.press("ArrowUp");
    await expect(options(page).and(page.locator("[aria-selected=true]"))).not.toHaveText("Hol");
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await box(page).click();
    await options(page).filter({ hasText: "Nobody named" }).click();
    await expect(box(page)).toHaveValue("");
    await corrections(page, 2);
    await expect(toast(page)).toContainText("Attributed “that the decision was final” to nobody named.");
});

test("what a claim is and its form are menus of the same sentence", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "that the decision was final").click();
    const [does, form] = [editor(page).getByLabel("Kind"), editor(page).getByLabel("Form")];
    await expect(does.locator("option:checked")).toHaveText("denies");
    await expect(form.locator("option:checked")).toHaveText("paraphrase");
    await expect(editor(page)).toContainText(/Claim 3 of 3 · \d+% confidence/);
    await form.selectOption("partial quote");
    await expect(mark(page, "that the decision was final")).toHaveClass(/mixed/);
    await expect(editor(page)).toContainText("Claim 3 of 3 · checked");
    // The rest stands behind a button, and stays there.
    const place = editor(page).getByRole("button", { name: "Place", exact: true });
    await expect(place).toBeHidden();
    await editor(page).getByRole("button", { name: "More corrections" }).click();
    await expect(place).toBeVisible();
    await expect(editor(page).getByRole("button", { name: "Correct who Peter Holm is" })).toBeVisible();
});

test("a review asks a question; A, a name and Enter answer it, and Enter goes on", async ({ page }) => {
    await read(page, ARTICLE);
    const question = editor(page).locator(".editor-question");
    await mark(page, "that the decision was final").click();
    await expect(question).toBeHidden();
    await page.keyboard.press("Escape");
    for (let at = 0; at < 3; at += 1) {
        await page.keyboard.press("n");
        await expect(editor(page)).toContainText(/0 of 3 claims checked · \d+% confidence/);
        const text = (await question.textContent()) ?? "";
        const expected = { "Did Peter Holm deny this?": /decision/, "Did Karin Dahl say this?": /lost money/ };
        const title = expected[/** @type {keyof typeof expected} */ (text)] ?? /will stop in May/;
        await expect(editor(page).locator(".editor-title")).toHaveText(title);
    }
    await page.keyboard.press("a");
    await page.keyboard.type("Ida M");
    await page.keyboard.press("Enter");
    await expect(box(page)).toHaveValue("Ida Moen");
    await expect(question).toContainText("Did Ida Moen");
    await expect(editor(page)).toContainText("1 of 3 claims checked");
    const before = (await editor(page).locator(".editor-title").textContent()) ?? "";
    await page.keyboard.press("Enter");
    await expect(editor(page).locator(".editor-title")).not.toHaveText(before);
});

test("each correction is told with a way back, which goes by itself, and when something else was undone", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    await page.keyboard.press("x");
    await expect(toast(page)).toContainText("We have lost money for nine years");
    await toast(page).getByRole("button", { name: /^Undo/ }).click();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(toast(page)).toBeHidden();
    await corrections(page, 0);

    await mark(page, "We have lost money").click();
    await page.keyboard.press("x");
    await expect(toast(page)).toBeVisible();
    await page.keyboard.press("Control+z");
    await expect(toast(page)).toBeHidden();
    await page.keyboard.press("Control+Shift+z");
    await expect(mark(page, "We have lost money")).toHaveCount(0);
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("Enter");
    await expect(toast(page)).toContainText("Karin Dahl");
    await expect(toast(page)).toBeHidden();
    await corrections(page, 2);
});

test("other claims of the same source follow in one step, and go back in one", async ({ page }) => {
    await openFile(page, "union.txt", UNION);
    await mark(page, "that the plan was bad").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Karin Dahl");
    await page.keyboard.press("Enter");
    const also = editor(page).getByRole("button", { name: /^Also change \d other claims? with “The union”$/ });
    await expect(also).toHaveText("Also change 2 other claims with “The union”");
    await also.click();
    await expect(also).toBeHidden();
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("listitem").filter({ hasText: "Karin Dahl" })).toHaveCount(4);
    await corrections(page, 3);
    await expect(toast(page)).toContainText("Attributed 2 more claims to Karin Dahl.");
    await toast(page).getByRole("button", { name: /^Undo/ }).click();
    await expect(claims.getByRole("listitem").filter({ hasText: "Karin Dahl" })).toHaveCount(2);
    // All of them are undone, and offered again.
    await expect(also).toHaveText("Also change 2 other claims with “The union”");
    await corrections(page, 1);
    // What is checked stays as it is: the correction is made anew, and one claim less is offered.
    await mark(page, "that it would strike in May").click();
    await page.keyboard.press("Enter");
    await mark(page, "that nobody had asked it").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Karin Dahl");
    await page.keyboard.press("Enter");
    await expect(editor(page)).toContainText("checked");
    await expect(also).toBeHidden();
});

test("Backspace and E do what the card says", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    await page.keyboard.press("e");
    await expect(editor(page).getByRole("button", { name: "✓ Correct" })).toBeFocused();
    await page.keyboard.press("Backspace");
    await expect(mark(page, "We have lost money")).toHaveCount(0);
});
