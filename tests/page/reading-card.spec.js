/**
 * @file The card as it is read first: who said it, in a sentence. To correct it is one step further.
 */
import { ARTICLE, article, corrections, editor, expect, list, mark, openFile, read, select, test } from "./whosaid.js";

test.use({ editing: false });

test("a click on a claim says who made it, in a sentence", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    const card = editor(page);
    await expect(card).toContainText("Karin Dahl says:");
    await expect(card).toContainText("director · Coast Transport Agency");
    await expect(card.getByRole("blockquote")).toHaveText("“We have lost money for nine years,”");
    await expect(card.getByText(/^\d+% of quoted words, 1 claim$/)).toBeVisible();
    await expect(card.getByRole("combobox")).toHaveCount(0);
    await expect(card.getByRole("button", { name: /Correct/ })).toHaveCount(0);
    await mark(page, "that the decision was final").click();
    await expect(card).toContainText("Peter Holm denies, in the article’s words:");
    await corrections(page, 0);
});

test("to correct is one step further, and the page remembers it", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    const card = editor(page);
    await card.getByRole("button", { name: "Edit" }).click();
    await expect(card.getByRole("combobox", { name: "Said by" })).toHaveValue("Karin Dahl");
    await expect(card.getByRole("blockquote")).toHaveCount(0);
    await mark(page, "that the decision was final").click();
    await expect(card.getByRole("combobox", { name: "Said by" })).toHaveValue("Peter Holm");
    await page.reload();
    await mark(page, "We have lost money").click();
    await expect(card.getByRole("combobox", { name: "Said by" })).toBeVisible();
    await card.getByRole("button", { name: "Done" }).click();
    await expect(card.getByRole("button", { name: "Edit" })).toBeFocused();
    await mark(page, "that the decision was final").click();
    await expect(card.getByRole("blockquote")).toBeVisible();
    await page.keyboard.press("e");
    await expect(card.getByRole("button", { name: /Correct/ })).toBeFocused();
});

test("A asks for the speaker at once, a review and a selection too can be corrected, and the next card is read", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    const card = editor(page);
    await page.keyboard.press("a");
    await expect(card.getByRole("combobox", { name: "Said by" })).toBeFocused();
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await expect(card.getByRole("blockquote")).toBeVisible();
    await page.keyboard.press("n");
    await expect(card.getByText(/^Did .* (say|deny) this\?$/)).toBeVisible();
    await expect(card.getByRole("button", { name: /Correct/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await select(page, "Monday");
    await expect(card.getByRole("button", { name: "Place", exact: true })).toBeVisible();
});

test("the edges have handles only while the card can be corrected", async ({ page }) => {
    await read(page, ARTICLE);
    const handles = page.locator(".handle");
    const end = page.locator(".handle.end");
    const claim = mark(page, "We have lost money");
    await claim.click();
    const card = editor(page);
    await expect(card.getByRole("blockquote")).toBeVisible();
    await expect(handles.filter({ visible: true })).toHaveCount(0);
    await card.getByRole("button", { name: "Edit" }).click();
    await expect(handles.filter({ visible: true })).toHaveCount(2);
    const [knob, words] = [await end.boundingBox(), await claim.boundingBox()];
    expect(Math.abs((knob?.x ?? 0) + 12 - (words?.x ?? 0) - (words?.width ?? 0))).toBeLessThan(3);
    await card.getByRole("button", { name: "Done" }).click();
    await expect(handles.filter({ visible: true })).toHaveCount(0);
    await page.keyboard.press("a");
    await expect(handles.filter({ visible: true })).toHaveCount(2);
});

test("a click on a name says who that is", async ({ page }) => {
    await read(page, ARTICLE);
    await article(page).locator("mark.speaks").filter({ hasText: "Karin Dahl" }).click();
    const card = editor(page);
    await expect(card).toContainText("Karin Dahl");
    await expect(card).toContainText("director · Coast Transport Agency");
    await expect(card).toContainText("1 claim");
    await expect(card.getByRole("blockquote")).toHaveCount(0);
});

const UNION = `The union speaks

The union said that the plan was bad. The union said that it would strike in May. The union said that nobody had asked it.

Karin Dahl said that she would wait.
`;

test("what followed in one step goes back in one from the bar, and comes again in one", async ({ page }) => {
    await openFile(page, "union.txt", UNION);
    await mark(page, "that the plan was bad").click();
    await page.keyboard.press("a");
    await page.keyboard.type("Karin Dahl");
    await page.keyboard.press("Enter");
    await editor(page)
        .getByRole("button", { name: /^Also change 2 other claims/ })
        .click();
    const hers = (await list(page, "Claims")).getByRole("listitem").filter({ hasText: "Karin Dahl" });
    await expect(hers).toHaveCount(4);
    await corrections(page, 3);
    const bar = page.getByRole("banner");
    await bar.getByRole("button", { name: "Undo" }).click();
    await expect(hers).toHaveCount(2);
    await corrections(page, 1);
    await bar.getByRole("button", { name: "Redo" }).click();
    await expect(hers).toHaveCount(4);
    await corrections(page, 3);
    await bar.getByRole("button", { name: "Undo" }).click();
    await bar.getByRole("button", { name: "Undo" }).click();
    await corrections(page, 0);
    await bar.getByRole("button", { name: "Redo" }).click();
    await corrections(page, 1);
});
