/**
 * @file Every sort of correction: shown at once, saved before the page says so, there again after a reload, taken
 * back, carried to another profile and to another tab.
 */
import {
    ARTICLE,
    article,
    corrections,
    downloaded,
    editor,
    expect,
    fileExport,
    home,
    list,
    mark,
    openFile,
    read,
    saved,
    select,
    test,
    watch,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * @param {Page} page
 * @param {string} sentence
 */
async function expectLogged(page, sentence) {
    const log = await list(page, "History");
    await expect(log.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(1);
}

test.beforeEach(async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
});

test("another sort of mark stays after a reload", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(editor(page)).toContainText("checked");
    await corrections(page, 1);
    await saved(page);

    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expectLogged(page, "Changed “Karin Dahl” from a person to an institution.");
});

test("a mark that is removed stays away after a reload", async ({ page }) => {
    await mark(page, "that the decision was final").click();
    await editor(page)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();
    await expect(mark(page, "that the decision was final")).toHaveCount(0);
    await expect(article(page)).toContainText("denied that the decision was final.");
    await saved(page);

    await page.reload();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(mark(page, "that the decision was final")).toHaveCount(0);
    await expectLogged(page, "Removed the claim “that the decision was final”.");
});

test("a claim is given to another speaker, also to one that the list does not have", async ({ page }) => {
    const speakers = page.getByRole("tabpanel", { name: "Sources" });
    await mark(page, "We have lost money").click();
    await editor(page).getByLabel("Said by").fill("Peter Holm");
    await page.keyboard.press("Enter");
    await expect(speakers.getByRole("button", { name: /Peter Holm.*2 claims/ })).toBeVisible();
    await editor(page).getByLabel("Said by").fill("Ann Vik");
    await page.keyboard.press("Enter");
    await expect(speakers.getByRole("button", { name: /Ann Vik.*1 claim/ })).toBeVisible();
    await saved(page);

    await page.reload();
    await expect(speakers.getByRole("button", { name: /Ann Vik.*1 claim/ })).toBeVisible();
    await expectLogged(page, "Attributed “We have lost money for nine years,” to Ann Vik.");
});

for (const { name, text, sentence } of [
    { name: "Person", text: "to close", sentence: "Marked “to close” as a person." },
    { name: "Institution", text: "Ferry line", sentence: "Marked “Ferry line” as an institution." },
    { name: "Place", text: "on Monday", sentence: "Marked “on Monday” as a place." },
]) {
    test(`a selection becomes a mark, ${name}, and stays one after a reload`, async ({ page }) => {
        const fresh = article(page).locator(`mark.${name.toLowerCase()}`).filter({ hasText: text });
        await expect(fresh).toHaveCount(0);
        await select(page, text);
        await expect(editor(page)).toContainText(text);
        await editor(page).getByRole("button", { name }).click();
        await expect(fresh).toHaveText(text);
        await expect(fresh).toHaveAttribute("data-state", "chosen");
        await saved(page);

        await page.reload();
        await expect(fresh).toHaveText(text);
        await expect(page.getByRole("tabpanel", { name: "Sources" }).getByRole("button", { name: text })).toBeVisible();
        await expectLogged(page, sentence);
    });
}

test("a selection becomes a claim with a speaker, and stays one after a reload", async ({ page }) => {
    const claims = await list(page, "Claims");
    const fresh = claims.getByRole("button", { name: /The ferry to Sandvik will stop in May, its owner said/ });
    await expect(fresh).toHaveCount(0);
    await select(page, "The ferry to Sandvik will stop in May, its owner said");
    await editor(page).getByRole("button", { name: "Claim" }).click();
    await expect(fresh).toContainText("checked");
    await editor(page).getByLabel("Said by").fill("Karin Dahl");
    await page.keyboard.press("Enter");
    await expect(fresh).toContainText("Karin Dahl");
    await saved(page);

    await page.reload();
    await list(page, "Claims");
    await expect(fresh).toContainText("Karin Dahl");
    await expectLogged(page, "Attributed “The ferry to Sandvik will stop in May, its owner said” to Karin Dahl.");
});

test("a selection is taken with whole words and without white space", async ({ page }) => {
    await select(page, "da Moe");
    await editor(page).getByRole("button", { name: "Person" }).click();
    await expect(mark(page, "Ida Moen")).toHaveText("Ida Moen");
});

test("undo and redo, by keys and by buttons", async ({ page }) => {
    const removed = mark(page, "that the decision was final");
    await removed.click();
    await editor(page)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await page.keyboard.press("Escape");

    await article(page).press("Control+z");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await expect(removed).toHaveCount(0);
    await article(page).press("Control+z");
    await expect(removed).toBeVisible();
    await corrections(page, 0);
    await article(page).press("Control+Shift+Z");
    await expect(removed).toHaveCount(0);
    const redo = page.getByRole("button", { name: "Redo" });
    await redo.click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await expect(redo).toBeDisabled();
    const undo = page.getByRole("button", { name: "Undo", exact: true });
    await undo.click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await redo.click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await saved(page);

    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await expect(removed).toHaveCount(0);
});

test("the log takes any correction back, and puts it back", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await editor(page)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();

    const log = await list(page, "History");
    await log.getByRole("button", { name: /Revert: .*“Karin Dahl”/ }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await expect(mark(page, "that the decision was final")).toHaveCount(0);
    const entry = log.getByRole("listitem").filter({ hasText: "Karin Dahl" });
    await expect(entry).toContainText(/reverted \d\d:\d\d/);
    await log.getByRole("button", { name: /Restore: .*“Karin Dahl”/ }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(entry).not.toContainText("reverted");
});

test("everything can be done with the keyboard alone", async ({ page }) => {
    await page.getByRole("tab", { name: "Sources" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Claims" })).toBeFocused();
    const claims = page.getByRole("tabpanel", { name: "Claims" });
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Search", exact: true })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Filter" })).toBeFocused();
    // It is offered a moment after the first reading.
    const offered = page.getByRole("button", { name: /^Read more precisely/ }).first();
    await expect(offered).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(offered).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(claims).toBeFocused();
    await page.keyboard.press("Tab");
    const first = claims.getByRole("button").first();
    await expect(first).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(editor(page).getByRole("button", { name: "✓ Correct" })).toBeFocused();
    await page.keyboard.press("a");
    await expect(editor(page).getByLabel("Said by")).toBeFocused();
    await page.keyboard.type("Peter Holm");
    await page.keyboard.press("Enter");
    await expect(first).toContainText("Peter Holm");
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();
    await expect(first).toBeFocused();

    const count = await claims.getByRole("button").count();
    await page.keyboard.press("j");
    await expect(editor(page)).toBeVisible();
    await page.keyboard.press("Delete");
    await expect(claims.getByRole("button")).toHaveCount(count - 1);
    await page.keyboard.press("Control+z");
    await expect(claims.getByRole("button")).toHaveCount(count);
    await saved(page);
});

test("keys mark a selection, and can be switched off", async ({ page }) => {
    await article(page).focus();
    await select(page, "Ida Moen");
    await page.keyboard.press("s");
    await expect(mark(page, "Ida Moen")).toHaveClass(/person/);
    await page.keyboard.press("i");
    await expect(mark(page, "Ida Moen")).toHaveClass(/institution/);

    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.keyboard.press("c");
    await page.keyboard.press("Delete");
    await expect(mark(page, "Ida Moen")).toHaveCount(0);
    await expectLogged(page, "Removed the institution “Ida Moen”.");
});

test("a backup brings text and corrections to another profile, once", async ({ page, browser, baseURL }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await saved(page);
    const { name, content } = await downloaded(page, await fileExport(page));
    expect(name).toBe("ferry-line-to-close-in-may.whosaid.json");
    expect(JSON.parse(content)).toMatchObject({
        format: "whosaid",
        text: ARTICLE,
        corrections: [{ edit: { op: "relabel", mark: "person", to: "institution", target: { exact: "Karin Dahl" } } }],
    });

    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL ?? "", null);
    const other = await context.newPage();
    await other.goto("/");
    await openFile(other, name, content);
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await expect(other.getByRole("alert")).toContainText("The backup was imported: 1 new correction.");
    await saved(other);
    await openFile(other, name, content);
    await expect(other.getByRole("alert")).toContainText("The backup was imported: 0 new corrections.");
    await other.reload();
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await expectLogged(other, "Changed “Karin Dahl” from a person to an institution.");
    expect(faults).toEqual([]);
    await context.close();
});

test("another tab with the same article shows a correction without being asked", async ({ page, context }) => {
    const other = await context.newPage();
    await other.goto("/");
    await expect(mark(other, "Karin Dahl")).toHaveClass(/person/);
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);

    await mark(other, "that the decision was final").click();
    await editor(other)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();
    await expect(mark(page, "that the decision was final")).toHaveCount(0);
    for (const tab of [page, other]) {
        await corrections(tab, 2);
        await expectLogged(tab, "Changed “Karin Dahl” from a person to an institution.");
        await expectLogged(tab, "Removed the claim “that the decision was final”.");
    }
});

test("an earlier article comes back with its corrections, and can be deleted", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    await home(page).click();
    await read(page, "Bridge reopens\n\nThe bridge is safe, said Tor Lie, an engineer.\n");
    await expect(mark(page, "Tor Lie")).toBeVisible();
    await saved(page);

    await home(page).click();
    await page.getByRole("button", { name: "Ferry line to close in May", exact: true }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await home(page).click();
    await page.getByRole("button", { name: "Delete “Ferry line to close in May” and its corrections" }).click();
    await expect(page.getByRole("button", { name: "Ferry line to close in May", exact: true })).toBeHidden();

    // What it taught stays until that is forgotten; without it the same text starts afresh.
    await page.getByText("What whosaid has learned from you").click();
    await page.getByLabel("Use it for new articles").uncheck();
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await corrections(page, 0);
});

test("steps go on from where the last mark was, after it was removed, changed or let go of", async ({ page }) => {
    // Marks that lie apart: what is done to one leaves the others as they are.
    await openFile(page, "cup.txt", "“We won,” said Ida Moen.\n\n“We lost,” said Peter Holm.\n\n“We drew,” said Tor Lie.\n");
    await expect(mark(page, "Tor Lie")).toBeVisible();
    await article(page).focus();
    const title = editor(page).locator(".editor-title");
    /** @type {string[]} */
    const all = [];
    for (let at = 0; at < 5; at += 1) {
        await page.keyboard.press("j");
        all.push((await title.textContent()) ?? "");
    }
    expect(new Set(all).size).toBe(5);

    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await expect(title).toHaveText(all[2] ?? "");
    await page.keyboard.press("Delete");
    await corrections(page, 1);
    await page.keyboard.press("j");
    await expect(title).toHaveText(all[3] ?? "");
    await page.keyboard.press("k");
    await expect(title).toHaveText(all[1] ?? "");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await expect(title).toHaveText(all[3] ?? "");
    // Two keys at once: the second does not wait until the first is shown.
    await page.keyboard.press("p");
    await page.keyboard.press("j");
    await expect(title).toHaveText(all[4] ?? "");
});

test("a backup is known by what it holds, whatever it is called", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    const { content } = await downloaded(page, await fileExport(page));
    for (const name of ["backup.JSON", "backup.json.txt"]) {
        await openFile(page, name, content);
        await expect(page.getByRole("alert")).toContainText("The backup was imported: 0 new corrections.");
        await page.getByRole("button", { name: "Dismiss" }).click();
    }
});

test("an article that another tab deletes comes back whole with the next correction", async ({ page, context }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    const other = await context.newPage();
    await other.goto("/");
    await home(other).click();
    await other.getByRole("button", { name: /^Delete “Ferry line/ }).click();
    await read(other, "The bridge is safe, said Tor Lie.");
    await home(other).click();
    await expect(other.getByRole("button", { name: /^Delete/ })).toHaveCount(1);

    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await corrections(page, 2);
    await saved(page);
    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await corrections(page, 2);
});
