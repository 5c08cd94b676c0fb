/**
 * @file What is marked is accepted, its edges are moved, and a claim's kind and form are set: by keys and in the editor, there
 * again after a reload.
 */
import {
    ARTICLE,
    article,
    corrections,
    editor,
    expect,
    filter,
    holdAnswers,
    list,
    mark,
    openFile,
    read,
    saved,
    select,
    test,
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

/**
 * What is chosen, as the text shows it.
 * @param {Page} page
 */
function chosen(page) {
    return article(page).locator("mark[data-state=chosen]");
}

test.beforeEach(async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
});

test("what is right is accepted with Enter, in the text and in the lists, or with a button", async ({ page }) => {
    const yours = editor(page).getByText(/checked$/);
    await mark(page, "Karin Dahl").click();
    await expect(editor(page).getByText(/\d+% confidence/)).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(yours).toBeVisible();
    await expect(editor(page).getByRole("button", { name: "✓ Correct" })).toBeHidden();
    // Once more is no second correction.
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");

    const claims = await list(page, "Claims");
    const row = claims.getByRole("button", { name: /that the decision was final/ });
    await row.focus();
    await page.keyboard.press("Enter");
    await expect(editor(page).getByRole("button", { name: "✓ Correct" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(yours).toBeVisible();
    await expect(row).toContainText("checked");
    await page.keyboard.press("Escape");

    const other = claims.getByRole("button", { name: /We have lost money/ });
    await other.click();
    await page.keyboard.press("Enter");
    await expect(other).toContainText("checked");
    await page.keyboard.press("Escape");

    await mark(page, "Peter Holm").click();
    await editor(page).getByRole("button", { name: "✓ Correct" }).click();
    await expect(yours).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeEnabled();
    await corrections(page, 4);
    await saved(page);

    await page.reload();
    await mark(page, "Karin Dahl").click();
    await expect(yours).toBeVisible();
    await page.keyboard.press("Escape");
    await expectLogged(page, "Marked “Karin Dahl” as a person.");
    await expectLogged(page, "Marked “that the decision was final” as a claim.");
});

test("the edges of a name are moved by words and by characters, and it stays chosen", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(chosen(page)).toHaveText("Karin");
    await expect(editor(page).locator(".editor-title")).toHaveText("Karin");
    // Nothing would be left.
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowRight");
    await expect(chosen(page)).toHaveText("Karin Dahl");
    // Keys do not wait for each other.
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "Alt+Shift+ArrowRight", "Control+Shift+ArrowLeft"]) {
        await page.keyboard.press(key);
    }
    await expect(chosen(page)).toHaveText("Dahl, the directo");
    await page.keyboard.press("Control+Alt+Shift+ArrowLeft");
    await page.keyboard.press("Alt+Shift+ArrowLeft");
    await page.keyboard.press("Control+Shift+ArrowRight");
    await expect(chosen(page)).toHaveText("Karin Dahl, the director");
    await expect(editor(page).getByLabel("Refers to")).toHaveValue(/Karin Dahl/);
    await saved(page);

    await page.reload();
    await expect(mark(page, "Karin Dahl, the director")).toBeVisible();
    await expectLogged(page, "Shortened the person “Karin Dahl” to “Karin”.");
    const entries = page.getByRole("tabpanel", { name: "History" }).getByRole("listitem");
    await expect(entries.filter({ hasText: "no effect" })).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(mark(page, "Karin Dahl, the directo")).toHaveText("Karin Dahl, the directo");
});

test("the edges of a claim pass over its source and its cue, and who makes it stays", async ({ page }) => {
    const claims = await list(page, "Claims");
    await mark(page, "We have lost money").click();
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(chosen(page)).toHaveText(["“We have lost money for nine"]);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    // Behind its cue and its source: what is next there is the next claim's.
    await expect(claims.getByRole("button", { name: /We have lost money for nine years,” … Peter/ })).toContainText("Karin Dahl");
    await expect(
        article(page)
            .locator("mark.claim")
            .filter({ hasText: /said|Karin/ }),
    ).toHaveCount(0);
    await page.keyboard.press("Shift+ArrowLeft");
    // A list: while there are two marks still, of which one is to go, a single text would fail at once.
    await expect(chosen(page)).toHaveText(["“We have lost money for nine years"]);

    await editor(page).getByLabel("Said by").fill("Ann Vik");
    await page.keyboard.press("Enter");
    await expect(claims.getByRole("button", { name: /We have lost money/ })).toContainText("Ann Vik");
    await editor(page).getByRole("button", { name: "Claim" }).focus();
    for (const key of ["Alt+Shift+ArrowRight", "Alt+Shift+ArrowRight", "Shift+ArrowLeft"]) {
        await page.keyboard.press(key);
    }
    await expect(chosen(page)).toHaveText(["have lost money for nine"]);
    await expect(claims.getByRole("button", { name: /: have lost money for nine$/ })).toContainText("Ann Vik");
    await saved(page);

    await page.reload();
    await expect((await list(page, "Claims")).getByRole("button", { name: /have lost money for nine/ })).toContainText("Ann Vik");
    const log = await list(page, "History");
    await expect(log.getByRole("listitem").filter({ hasText: "no effect" })).toHaveCount(0);
});

test("an edge is moved while a row of the lists has the focus, and X removes", async ({ page }) => {
    const claims = await list(page, "Claims");
    const row = claims.getByRole("button", { name: /that the decision was final/ });
    await row.click();
    await expect(row).toBeFocused();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(chosen(page)).toHaveText("that the decision was");
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await expect(chosen(page)).toHaveText("the decision was");
    await expect.poll(() => page.evaluate(() => getSelection()?.isCollapsed)).toBe(true);
    await page.keyboard.press("x");
    await expect(claims.getByRole("button", { name: /the decision was/ })).toHaveCount(0);
});

test("a claim that is shown only because it is chosen stays chosen when its edge is moved", async ({ page }) => {
    await openFile(page, "bridge.txt", "Tor Lie, an engineer, believes that the old bridge is safe.\n");
    await (await filter(page, "Include beliefs and decisions")).check();
    await mark(page, "the old bridge is safe").click();
    await (await filter(page, "Include beliefs and decisions")).uncheck();
    await article(page).focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(chosen(page)).toHaveText(/the old bridge is$/);
    await expect(editor(page)).toContainText("checked");
});

test("kind and form of a claim are set, in the editor and with a key", async ({ page }) => {
    const claims = await list(page, "Claims");
    const row = claims.getByRole("button", { name: /that the decision was final/ });
    await mark(page, "that the decision was final").click();
    const [kind, form] = [editor(page).getByLabel("Kind"), editor(page).getByLabel("Form")];
    await expect(kind).toHaveValue("denial");
    await expect(form).toHaveValue("indirect");
    await kind.selectOption("criticises");
    await expect(row).toContainText("paraphrase · accusation · checked");
    await form.selectOption("partial quote");
    await expect(row).toContainText("partial quote · accusation · checked");
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeEnabled();
    await editor(page).getByRole("button", { name: "Copy" }).focus();
    await page.keyboard.press("1");
    await expect(mark(page, "that the decision was final")).toHaveClass(/direct/);
    await expect(form).toHaveValue("direct");
    // What it is already is no correction.
    await page.keyboard.press("1");
    await corrections(page, 3);
    await page.keyboard.press("Escape");
    await mark(page, "Karin Dahl").click();
    await expect(kind).toBeHidden();
    await page.keyboard.press("1");
    await saved(page);

    await page.reload();
    await expect((await list(page, "Claims")).getByRole("button", { name: /that the decision was final/ })).toContainText(
        "quote · accusation · checked",
    );
    await expectLogged(page, "Changed “that the decision was final” to an accusation or criticism.");
    await expectLogged(page, "Changed “that the decision was final” to a partial quote.");
    await expectLogged(page, "Changed “that the decision was final” to a direct quote.");
    await page.keyboard.press("Control+z");
    await expect(mark(page, "that the decision was final")).toHaveClass(/mixed/);
});

test("the last correction of a name is made wherever its words stand, and taken back as one", async ({ page }) => {
    await openFile(page, "dogs.txt", "“We lost,” said Tor Lie, a zorb.\n\nA zorb left. Zorbs stay, but the zorb came back.\n");
    const places = article(page)
        .locator("mark.place")
        .filter({ hasText: /^zorb$/ });
    await select(page, "zorb");
    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(places).toHaveCount(1);
    const button = editor(page).getByRole("button", { name: /^Apply to all \d+ “/ });
    await expect(button).toBeVisible();
    await page.keyboard.press("l");
    await expect(places).toHaveCount(3);
    await expect(button).toBeHidden();
    await page.keyboard.press("Control+z");
    await expect(places).toHaveCount(1);
    await page.keyboard.press("Control+Shift+Z");
    await expect(places).toHaveCount(3);
    await editor(page)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();
    await expect(places).toHaveCount(2);
    await page.keyboard.press("l");
    await expect(places).toHaveCount(0);
    await saved(page);

    await page.reload();
    await expect(article(page)).toContainText("A zorb left.");
    await expect(places).toHaveCount(0);
    await expectLogged(page, "Removed the place “zorb”, everywhere.");
    await page.keyboard.press("Control+z");
    await expect(places).toHaveCount(2);
});

test("every correction is shown before the core's thread has answered, and no key is lost", async ({ page }) => {
    const hold = await holdAnswers(page);
    await page.reload();
    await mark(page, "We have lost money").click();
    await hold(true);
    // Past source and cue, and back: each key acts on what the one before made, not on what is answered.
    await page.keyboard.press("Shift+ArrowRight");
    await expect(chosen(page)).toHaveText(["“We have lost money for nine years,”", "Peter"]);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(chosen(page)).toHaveText(["“We have lost money for nine years"]);
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await expect(chosen(page)).toHaveText(["have lost money for nine years"]);
    await page.keyboard.press("3");
    await expect(chosen(page)).toHaveClass(/mixed/);
    await editor(page).getByLabel("Said by").fill("Ann Vik");
    await page.keyboard.press("Enter");
    await expect(editor(page).getByLabel("Said by")).toHaveValue("Ann Vik");
    await expect(editor(page)).toContainText("checked");
    await page.keyboard.press("Escape");
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("i");
    await expect(chosen(page)).toHaveClass(/institution/);
    await page.keyboard.press("Control+z");
    await expect(chosen(page)).toHaveClass(/person/);
    await page.keyboard.press("Control+Shift+Z");
    await expect(chosen(page)).toHaveClass(/institution/);
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await page.keyboard.press("x");
    await expect(mark(page, "that the decision was final")).toHaveCount(0);
    await select(page, "on Monday");
    await page.keyboard.press("p");
    await expect(mark(page, "on Monday")).toHaveClass(/place/);
    await saved(page);

    const shown = () =>
        article(page).evaluate((root) => [...root.querySelectorAll("mark")].map((each) => `${each.className} ${each.textContent}`));
    const foreseen = await shown();
    await hold(false);
    await expect((await list(page, "Claims")).getByRole("button", { name: /Ann Vik.*have lost money for nine years/ })).toBeVisible();
    await expect.poll(() => shown()).toEqual(foreseen);
    await page.reload();
    await expect(mark(page, "on Monday")).toBeVisible();
    // An article that is opened again gives its speakers letters and hues from the beginning.
    const plain = (/** @type {readonly string[]} */ marks) => marks.map((each) => each.replace(/ hue-\d/u, ""));
    await expect.poll(async () => plain(await shown())).toEqual(plain(foreseen));
});

test("what was undone is followed, not let go of", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("Shift+ArrowRight");
    await expect(chosen(page)).toHaveText("Karin Dahl, the");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(chosen(page)).toHaveText("Karin Dahl");
    await expect(editor(page).locator(".editor-title")).toHaveText("Karin Dahl");
    await page.keyboard.press("Control+Shift+Z");
    await expect(chosen(page)).toHaveText("Karin Dahl, the");
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await page.keyboard.press("Control+z");
    await expect(chosen(page)).toHaveClass(/person/);
    await saved(page);
    // Nothing of this tab is known after a reload: undo and redo go on all the same.
    await page.reload();
    await mark(page, "Karin Dahl, the").click();
    await page.keyboard.press("Control+Shift+Z");
    await expect(chosen(page)).toHaveClass(/institution/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect(chosen(page)).toHaveText("Karin Dahl");
    await expect(chosen(page)).toHaveClass(/person/);
});
