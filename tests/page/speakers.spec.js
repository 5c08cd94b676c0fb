/**
 * @file Speakers as cards: what they say, what they light, and who is who, corrected by pointer, key and finger.
 */
import {
    article,
    downloaded,
    editor,
    expect,
    fileExport,
    filter,
    list,
    mark,
    openFile,
    profile,
    read,
    saved,
    test,
    watch,
} from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

const ARTICLE = `Ferry line to close in May

“We have lost money for nine years,” said Anna Berg, the finance minister. She said that fares would rise.

Carl Lind, a spokesman for the Ministry of Transport, denied that the decision was final.

Dora Falk said that the town needs a bridge.
`;

/**
 * The card of a speaker.
 * @param {Page} page
 * @param {string} name
 * @returns {Locator}
 */
function card(page, name) {
    return page.locator(".card").filter({ has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) });
}

/**
 * Opens the window in which a speaker is corrected.
 * @param {Page} page
 * @param {string} name
 */
async function openProfile(page, name) {
    await card(page, name)
        .getByRole("button", { name: `Correct who ${name} is` })
        .click();
    await expect(profile(page)).toBeVisible();
}

/**
 * @param {Page} page
 * @param {string} sentence
 */
async function expectLogged(page, sentence) {
    const log = await list(page, "History");
    await expect(log.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(1);
    await list(page, "Sources");
}

/**
 * What is lit by one of the highlights.
 * @param {Page} page
 * @param {string} name
 */
function lit(page, name) {
    return page.evaluate((key) => [...(CSS.highlights.get(`whosaid-${key}`) ?? [])].map(String), name);
}

test.beforeEach(async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
});

test("a card says who speaks, in which role, for which institution and how much; a line above, what the article rests on", async ({
    page,
}) => {
    await expect(card(page, "Anna Berg")).toContainText("finance minister");
    await expect(card(page, "Anna Berg")).toContainText(/\d+% of quoted words, 2 claims/);
    await expect(card(page, "Carl Lind")).toContainText("spokesman · Ministry of Transport");
    await expect(page.locator(".summary")).toHaveText("3 named people");
    const heads = await page.locator(".card > .row").allTextContents();
    const shares = heads.map((text) => Number(/(\d+)% of quoted words/.exec(text)?.[1] ?? 0));
    expect(Math.abs(shares.reduce((sum, share) => sum + share) - 100)).toBeLessThan(3);
    const bars = page.locator(".stack > span");
    await expect
        .poll(() => bars.evaluateAll((all) => all.map((bar) => Math.round(100 * parseFloat(bar.style.getPropertyValue("--share"))))))
        .toEqual(shares.filter((share) => share > 0));

    // What is shown is counted, and shares stay those of the whole article.
    const share = /\d+% of quoted words/.exec((await card(page, "Anna Berg").textContent()) ?? "")?.[0];
    await (await filter(page, "Quoted or not")).selectOption("direct");
    await expect(card(page, "Anna Berg")).toContainText(`${share}, 1 claim`);
    await expect(card(page, "Dora Falk")).toHaveCount(0);
});

test("sources that are not named, institutions and claims without a source are told apart and counted", async ({ page }) => {
    await openFile(
        page,
        "talks.txt",
        "She said that fares would rise.\n\n" +
            "Officials familiar with the talks said that the contract would end.\n\n" +
            "The Ministry of Transport said that it would answer.\n\nCritics said that nobody had listened.\n",
    );
    await expect(page.locator(".summary button")).toHaveText([
        "1 institution",
        "1 anonymous source",
        "1 group",
        "1 claim without a source",
    ]);
    await expect(card(page, "Officials familiar with the talks")).toContainText("anonymous");
    await expect(card(page, "Critics")).toContainText("group");
    const claims = await list(page, "Claims");
    await claims.getByRole("button", { name: /^She: unknown.*that fares would rise/s }).click();
    await expect(editor(page).getByLabel("Said by")).toHaveAttribute("placeholder", "She: unknown");
});

test("a card lights all that means its speaker, and what means it lights the card", async ({ page }) => {
    await card(page, "Anna Berg").locator("> .row").hover();
    await expect
        .poll(async () => (await lit(page, "hover")).sort())
        .toEqual(["Anna Berg", "She", "that fares would rise", "“We have lost money for nine years,”"]);
    // Where it is meant by more words than are marked.
    await expect.poll(() => lit(page, "speaker")).toContain("Anna Berg, the finance minister");

    const pronoun = mark(page, "She");
    const background = (/** @type {Locator} */ node) => node.evaluate((each) => getComputedStyle(each).backgroundColor);
    await expect.poll(() => background(pronoun)).toBe("rgba(0, 0, 0, 0)");
    await pronoun.hover();
    await expect(card(page, "Anna Berg")).toHaveClass(/lit/);
    await expect.poll(() => lit(page, "speaker")).toContain("Anna Berg, the finance minister");

    await card(page, "Anna Berg").locator("> .row").click();
    await expect(mark(page, "Anna Berg")).toHaveAttribute("data-state", "chosen");
    for (const related of ["She", "that fares would rise", "We have lost money"]) {
        await expect(mark(page, related)).toHaveAttribute("data-state", "related");
    }
    await expect(mark(page, "the decision was final")).not.toHaveAttribute("data-state");
});

test("steps go from name to name and claim to claim, over what only means somebody", async ({ page }) => {
    await article(page).focus();
    const title = editor(page).locator(".editor-title");
    /** @type {(string | null)[]} */
    const seen = [];
    for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press("j");
        seen.push(await title.textContent());
    }
    expect(seen).toEqual(["“We have lost money for nine years,”", "Anna Berg", "that fares would rise", "Carl Lind"]);
    await mark(page, "She").click();
    await expect(title).toHaveText("She");
    await page.keyboard.press("k");
    await expect(title).toHaveText("Anna Berg");
});

test("a speaker is renamed; it survives a reload and is taken back", async ({ page }) => {
    await openProfile(page, "Anna Berg");
    await profile(page).getByLabel("Name").fill("Anna Bergström");
    await page.keyboard.press("Enter");
    await expect(card(page, "Anna Bergström")).toContainText("2 claims");
    await expect(profile(page)).toBeVisible();
    await expect(profile(page).locator(".editor-title")).toHaveText("Anna Bergström");
    await saved(page);

    await page.reload();
    await expect(card(page, "Anna Bergström")).toBeVisible();
    await expectLogged(page, "Renamed “Anna Berg” to “Anna Bergström”.");
    await openProfile(page, "Anna Bergström");
    await profile(page).getByRole("button", { name: "Undo" }).click();
    await expect(card(page, "Anna Berg")).toBeVisible();
    await expect(profile(page).getByLabel("Name")).toHaveValue("Anna Berg");
    await expect(profile(page).getByRole("button", { name: "Undo" })).toBeHidden();
    await expect(profile(page).locator(".editor-title")).toBeFocused();
});

test("two speakers become one, by keys alone, and two again", async ({ page }) => {
    await card(page, "Dora Falk").locator("> .row").focus();
    await page.keyboard.press("m");
    const other = profile(page).getByLabel("Same as");
    await expect(other).toBeFocused();
    await page.keyboard.type("nobody");
    await page.keyboard.press("Enter");
    await expect
        .poll(() => other.evaluate((input) => /** @type {HTMLInputElement} */ (input).validationMessage))
        .toBe("Choose one of the speakers.");
    await other.fill("anna");
    await page.keyboard.press("Enter");
    await expect(profile(page)).toBeHidden();
    await expect(card(page, "Anna Berg")).toContainText("3 claims");
    await expect(card(page, "Dora Falk")).toHaveCount(0);
    await saved(page);

    await page.reload();
    await expect(card(page, "Anna Berg")).toContainText("3 claims");
    await expectLogged(page, "Merged “Dora Falk” into “Anna Berg”.");
    // By what one of both was called, where it stands.
    await mark(page, "Dora Falk").click();
    await expect(editor(page).getByLabel("Refers to")).toHaveValue("Anna Berg");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect(card(page, "Dora Falk")).toContainText("1 claim");
    await page.keyboard.press("Control+Shift+z");
    await expect(card(page, "Dora Falk")).toHaveCount(0);
});

test("the window closes with Escape, and the focus goes back to where it was opened", async ({ page }) => {
    const button = card(page, "Carl Lind").getByRole("button", { name: "Correct who Carl Lind is" });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(profile(page)).toBeVisible();
    await page.keyboard.press("j");
    await expect(editor(page)).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(profile(page)).toBeHidden();
    await expect(button).toBeFocused();
});

test("roles and institutions are added, changed and removed", async ({ page }) => {
    await openProfile(page, "Anna Berg");
    const roles = profile(page)
        .getByRole("listitem")
        .filter({ has: page.getByLabel("Role") });
    await roles.getByLabel("Role").first().fill("minister of finance");
    await page.keyboard.press("Enter");
    await expect(card(page, "Anna Berg")).toContainText("minister of finance");
    await expect(card(page, "Anna Berg")).not.toContainText("finance minister");

    await profile(page).getByPlaceholder("another role").fill("mayor of Sandvik");
    await page.keyboard.press("Enter");
    await expect(card(page, "Anna Berg")).toContainText("minister of finance, mayor of Sandvik");
    await profile(page).getByLabel("former").nth(1).check();
    await expect(card(page, "Anna Berg")).toContainText("former mayor of Sandvik");
    await profile(page).getByRole("button", { name: "Remove minister of finance" }).click();
    await expect(card(page, "Anna Berg")).not.toContainText("minister");

    await profile(page).getByPlaceholder("another institution").fill("Ministry of Transport");
    await profile(page).getByRole("button", { name: "Add" }).nth(1).click();
    await expect(card(page, "Anna Berg")).toContainText("former mayor of Sandvik · Ministry of Transport");
    await expect(card(page, "Ministry of Transport")).toContainText(/institution.*Speaking for it: Anna Berg/);
    await saved(page);

    await page.reload();
    await expect(card(page, "Anna Berg")).toContainText("former mayor of Sandvik · Ministry of Transport");
    for (const sentence of [
        "Changed the role of Anna Berg from “finance minister” to “minister of finance”.",
        "Added the role “mayor of Sandvik” to Anna Berg.",
        "Changed the role of Anna Berg: former “mayor of Sandvik”.",
        "Removed the role “minister of finance” of Anna Berg.",
        "Added the institution “Ministry of Transport” to Anna Berg.",
    ]) {
        await expectLogged(page, sentence);
    }
    await page.keyboard.press("Control+z");
    await expect(card(page, "Anna Berg")).not.toContainText("Ministry");
});

test("a mention is not the same person, or a certain other one", async ({ page }) => {
    await mark(page, "She").click();
    await expect(editor(page).getByLabel("Refers to")).toHaveValue("Anna Berg");
    await page.keyboard.press("a");
    await page.keyboard.type("Dora Falk");
    await page.keyboard.press("Enter");
    await expect(card(page, "Dora Falk")).toContainText("2 claims");
    await expect(card(page, "Anna Berg")).toContainText("1 claim");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(card(page, "Anna Berg")).toContainText("2 claims");

    await editor(page).getByRole("button", { name: "Someone else" }).click();
    await expect(card(page, "She")).toContainText("that fares would rise");
    await expect(editor(page).getByRole("button", { name: "Someone else" })).toBeHidden();
    await saved(page);
    await page.reload();
    await expect(card(page, "She")).toContainText("that fares would rise");
    await expectLogged(page, "Changed who “She” refers to there: someone else.");
    await expectLogged(page, "Changed who “She” refers to there: Dora Falk.");

    // From the text to the speaker. The page opens the editor of the mark that was chosen before it was reloaded, which may
    // cover this one.
    await expect(editor(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();
    await mark(page, "Carl Lind").click();
    await editor(page).getByRole("button", { name: "Correct who Carl Lind is" }).click();
    await expect(profile(page).getByLabel("Name")).toHaveValue("Carl Lind");
});

test("a speaker is marked as anonymous, or as an institution", async ({ page }) => {
    await openProfile(page, "Dora Falk");
    await profile(page).getByLabel("anonymous").check();
    await expect(card(page, "Dora Falk").locator(".pill")).toHaveText("anonymous");
    await expect(page.locator(".summary button")).toHaveText(["2 named people", "1 anonymous source"]);
    await profile(page).getByLabel("anonymous").uncheck();
    await expect(card(page, "Dora Falk").locator(".pill")).toHaveCount(0);
    await profile(page).getByLabel("Is", { exact: true }).selectOption("institution");
    await expect(page.locator(".summary button")).toHaveText(["2 named people", "1 institution"]);
    await saved(page);
    await page.reload();
    await expect(card(page, "Dora Falk")).toContainText("institution");
    await expectLogged(page, "Changed Dora Falk to an anonymous source.");
    await expectLogged(page, "Changed Dora Falk to a person.");
    await expectLogged(page, "Changed Dora Falk to an institution.");
});

test("what is said of speakers is exported and imported", async ({ page, browser, baseURL }) => {
    await openProfile(page, "Dora Falk");
    await profile(page).getByLabel("Same as").fill("Anna Berg");
    await page.keyboard.press("Enter");
    await expect(card(page, "Anna Berg")).toContainText("3 claims");
    await openProfile(page, "Anna Berg");
    await profile(page).getByLabel("Name").fill("Ada");
    await page.keyboard.press("Enter");
    await expect(card(page, "Ada")).toBeVisible();
    await profile(page).getByPlaceholder("another role").fill("mayor");
    await page.keyboard.press("Enter");
    await expect(card(page, "Ada")).toContainText("mayor");
    await page.keyboard.press("Escape");
    await mark(page, "She").click();
    await editor(page).getByRole("button", { name: "Someone else" }).click();
    await expect(card(page, "She")).toBeVisible();
    await openProfile(page, "Carl Lind");
    await profile(page).getByLabel("anonymous").check();
    await expect(card(page, "Carl Lind").locator(".pill")).toBeVisible();
    await page.keyboard.press("Escape");
    await saved(page);
    const { name, content } = await downloaded(page, await fileExport(page));
    const edits = JSON.parse(content).corrections.map((/** @type {{edit: {op: string}}} */ { edit }) => edit.op);
    expect(edits).toEqual(["merge", "rename", "fact", "split", "classify"]);

    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL ?? "", null);
    const other = await context.newPage();
    await other.goto("/");
    await openFile(other, name, content);
    await expect(other.getByRole("alert")).toContainText("The backup was imported: 5 new corrections.");
    await expect(card(other, "Ada")).toContainText("mayor");
    await expect(card(other, "Ada")).toContainText("2 claims");
    await expect(card(other, "She")).toBeVisible();
    await expect(card(other, "Carl Lind").locator(".pill")).toBeVisible();
    expect(faults).toEqual([]);
    await context.close();
});

test.describe("with a finger, on a narrow screen", () => {
    test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

    test("a card is opened, its speaker renamed and merged", async ({ page }) => {
        await page.getByRole("tab", { name: "Sources" }).tap();
        await card(page, "Anna Berg").getByRole("button", { name: "Correct who Anna Berg is" }).tap();
        await profile(page).getByLabel("Name").fill("Ada");
        await profile(page).getByRole("button", { name: "Set" }).tap();
        await expect(profile(page).locator(".editor-title")).toHaveText("Ada");
        await profile(page).getByLabel("Same as").fill("Carl Lind");
        await profile(page).getByRole("button", { name: "Merge" }).tap();
        await expect(profile(page)).toBeHidden();
        await expect(card(page, "Carl Lind")).toContainText("3 claims");
        await expect(article(page)).toContainText("Anna Berg");
    });
});
