/**
 * @file An article is checked: the claim that is least sure comes first, and so on to the end, by keys and by buttons.
 */
import {
    ARTICLE,
    article,
    corrections,
    editor,
    expect,
    filter,
    home,
    list,
    mark,
    menuItem,
    openFile,
    read,
    readSample,
    saved,
    test,
    UNCERTAIN,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** @param {Page} page */
function title(page) {
    return editor(page).locator(".editor-title");
}

/** @param {Page} page */
function group(page) {
    return page.getByRole("group", { name: "Review" });
}

/** @param {Page} page */
function count(page) {
    return group(page).locator(".review-count");
}

/**
 * How much is checked, as the bar says it.
 * @param {Page} page
 * @returns {Promise<[number, number]>}
 */
async function progress(page) {
    const seen = { count: NaN, all: NaN };
    // The core's answer may change both between two looks: they are looked at again until they agree.
    await expect(async () => {
        const text = (await count(page).textContent()) ?? "";
        const [, some, all] = /^(\d+) of (\d+) (?:claims?|marks) checked$/.exec(text) ?? [];
        const bar = group(page).getByRole("progressbar", { name: text });
        expect(await bar.getAttribute("max", { timeout: 1000 })).toBe(String(all));
        Object.assign(seen, { count: Number(some), all: Number(all) });
    }).toPass();
    return [seen.count, seen.all];
}

/**
 * Makes names and places part of a review.
 * @param {Page} page
 */
async function withNames(page) {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByLabel("Names and places").check();
    await page.keyboard.press("Escape");
    await article(page).focus();
    await expect(count(page)).toHaveText(/marks checked$/);
}

/**
 * Where the mark stands that was brought up: its number in the text.
 * @param {Page} page
 */
function place(page) {
    return article(page).evaluate((root) => [...root.querySelectorAll("mark")].findIndex((node) => node.matches("[data-state=chosen]")));
}

/**
 * How sure the page says it is of what it brought up, in percent.
 * @param {Page} page
 */
async function sureness(page) {
    return Number(/(\d+)% confidence/.exec((await editor(page).locator(".editor-detail").textContent()) ?? "")?.[1]);
}

for (const names of [false, true]) {
    test(`N brings up what is least sure first, and goes round: ${names ? "all marks" : "claims alone"}`, async ({ page }) => {
        await read(page, ARTICLE);
        if (names) {
            await withNames(page);
        }
        const [none, all] = await progress(page);
        expect(none).toBe(0);
        expect(all > 3).toBe(names);
        const seen = [];
        const sure = [];
        for (let at = 0; at < all; at += 1) {
            await page.keyboard.press("n");
            seen.push(await place(page));
            sure.push(await sureness(page));
        }
        expect(new Set(seen).size).toBe(all);
        expect(sure.every(Number.isFinite)).toBe(true);
        expect(sure).toEqual(sure.toSorted((one, other) => one - other));
        await page.keyboard.press("n");
        expect(await place(page)).toBe(seen[0]);
        await page.keyboard.press("Escape");
        await expect(editor(page)).toBeHidden();
        await corrections(page, 0);
    });
}

test("a whole article is checked without a mouse: Enter accepts, X rejects, the next comes by itself", async ({ page }) => {
    await read(page, ARTICLE);
    await withNames(page);
    const [, all] = await progress(page);
    await page.keyboard.press("n");
    const rejected = (await title(page).textContent()) ?? "";
    await page.keyboard.press("x");
    await expect(title(page)).not.toHaveText(rejected);
    for (let at = 1; at < all; at += 1) {
        const before = await title(page).textContent();
        // A mark is made right by being moved, too, and stays what was brought up.
        if (at === 2) {
            await page.keyboard.press("Shift+ArrowRight");
            await expect(title(page)).not.toHaveText(before ?? "");
        }
        await page.keyboard.press("Enter");
    }
    await expect(editor(page)).toBeHidden();
    await expect(count(page)).toHaveText(`${all - 1} of ${all - 1} marks checked`);
    await expect(page.getByRole("status").filter({ hasText: `All checked: ${all - 1} marks.` })).toBeAttached();
    await expect(group(page).getByRole("button", { name: "✓ Checked" })).toBeDisabled();
    await saved(page);
    await page.reload();
    await expect(count(page)).toHaveText(`${all - 1} of ${all - 1} marks checked`);
});

test("what is brought up is told to those who cannot see it, once", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    const told = page.getByRole("status").filter({ hasText: /percent sure: .*\. 0 of 3 claims checked$/ });
    await expect(told).toHaveCount(1);
    await expect(told).toHaveText(/^Claim, (quote|paraphrase|partial quote)/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: /percent sure: .*\. 1 of 3 claims checked$/ })).toHaveCount(1);
});

test("Escape ends a review: Enter on something else is for that alone", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await mark(page, "Karin Dahl").click();
    await page.keyboard.press("Enter");
    await expect(title(page)).toHaveText("Karin Dahl");
    await expect(editor(page)).toContainText("checked");
    // What was chosen by hand in the middle of a review, too.
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await page.keyboard.press("Enter");
    await expect(title(page)).toHaveText("that the decision was final");
});

test("buttons do the same, for a finger", async ({ page }) => {
    await read(page, ARTICLE);
    await group(page)
        .getByRole("button", { name: /^Check \d (uncertain|claims?)$/ })
        .click();
    const first = await title(page).textContent();
    await editor(page).getByRole("button", { name: "✓ Correct" }).click();
    await expect(title(page)).not.toHaveText(first ?? "");
    const second = await title(page).textContent();
    await editor(page)
        .getByRole("button", { name: /^Not a (claim|name)$/ })
        .click();
    await expect(title(page)).not.toHaveText(second ?? "");
    await corrections(page, 2);
    // The button has not kept the keyboard: Enter is for what it brought up.
    const next = group(page).getByRole("button", { name: "Check next" });
    await next.click();
    await page.keyboard.press("Enter");
    await corrections(page, 3);
});

test("the button says how many claims are uncertain, then how many are unchecked, then that all are checked", async ({ page }) => {
    await read(page, UNCERTAIN);
    const [, all] = await progress(page);
    const button = group(page).getByRole("button");
    await expect(button).toHaveText(/^Check [1-9]\d* uncertain$/);
    const uncertain = Number(/\d+/.exec((await button.textContent()) ?? "")?.[0]);
    expect(uncertain).toBeLessThan(all);
    await page.keyboard.press("n");
    await expect(button).toHaveText("Check next");
    // The uncertain ones come first.
    for (let checked = 0; checked < uncertain; checked++) {
        await expect(count(page)).toHaveText(`${checked} of ${all} claims checked`);
        await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Escape");
    await expect(button).toHaveText(`Check ${all - uncertain} claims`);
    await expect((await list(page, "Claims")).getByRole("listitem")).toHaveCount(all);
    await page.keyboard.press("Shift+Enter");
    await page.getByRole("button", { name: /^Accept all/ }).click();
    await expect(button).toHaveText("✓ Checked");
});

test("accepting the rest lists it and asks once: one correction for all, which can be taken back", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("n");
    await page.keyboard.press("x");
    await expect(count(page)).toHaveText("0 of 2 claims checked");
    await page.keyboard.press("Escape");
    await (await menuItem(page, "Accept the rest…")).click();
    const dialog = page.getByRole("dialog", { name: /^Accept 2 claims and \d+ names\?$/ });
    await expect(dialog.getByRole("listitem").filter({ hasText: "We have lost money for nine years" })).toContainText("Karin Dahl");
    await expect(dialog.getByRole("listitem").filter({ hasText: /^Sandvik \(place\), \d places$/ })).toBeVisible();
    // It asks: no is an answer, and so is Escape.
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.keyboard.press("Shift+Enter");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await corrections(page, 1);

    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Enter");
    await expect(count(page)).toHaveText("2 of 2 claims checked");
    const log = await list(page, "History");
    await expect(log.getByRole("listitem")).toHaveCount(2);
    await expect(log.getByRole("listitem").first()).toContainText(/Accepted \d+ remaining marks\./);
    await saved(page);
    await page.reload();
    await expect(count(page)).toHaveText("2 of 2 claims checked");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(count(page)).toHaveText("0 of 2 claims checked");
    await article(page).focus();
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Enter");
    await expect(count(page)).toHaveText("2 of 2 claims checked");
    await expect((await list(page, "History")).getByRole("listitem")).toHaveCount(3);
    // There is nothing left to say.
    await article(page).focus();
    await page.keyboard.press("Shift+Enter");
    await expect(dialog).toBeHidden();
});

test("how far one is shows with the article alone", async ({ page }) => {
    await expect(group(page)).toBeHidden();
    await read(page, ARTICLE);
    await expect(group(page)).toBeVisible();
    await home(page).click();
    await expect(group(page)).toBeHidden();
    await page.getByRole("button", { name: "Back to the article" }).click();
    await expect(group(page)).toBeVisible();
});

test("when a name is right, its other places can be said to be right with it", async ({ page }) => {
    await openFile(page, "cup.txt", "“We won,” said Tor Lie.\n\nTor Lie was late. Many saw Tor Lie.\n");
    await expect(mark(page, "Tor Lie")).toHaveCount(3);
    await mark(page, "Tor Lie").first().click();
    await page.keyboard.press("Enter");
    await editor(page)
        .getByRole("button", { name: /^Apply to all \d+ “/ })
        .click();
    for (const nth of [1, 2]) {
        await page.keyboard.press("Escape");
        await mark(page, "Tor Lie").nth(nth).click();
        await expect(editor(page)).toContainText("checked");
    }
});

test("what the filter hides is brought up as well, but for beliefs and decisions that do not count", async ({ page }) => {
    await openFile(page, "bridge.txt", "Tor Lie, an engineer, believes that the old bridge is safe. He said that it was built in 1910.\n");
    await expect(page.getByText("1 belief or decision not shown")).toBeVisible();
    await (await filter(page, "Kind of claim")).selectOption("denial");
    await expect(page.getByText("1 claim filtered out")).toBeVisible();
    expect(await progress(page)).toEqual([0, 1]);
    await page.keyboard.press("n");
    await expect(title(page)).toContainText("it was built in 1910");
    await page.keyboard.press("Escape");
    await (await filter(page, "Include beliefs and decisions")).check();
    await expect(count(page)).toHaveText("0 of 2 claims checked");
    const seen = [];
    for (let at = 0; at < 2; at += 1) {
        await article(page).press("n");
        seen.push(await title(page).textContent());
    }
    expect(seen.some((text) => /the old bridge is safe/.test(text ?? ""))).toBe(true);
});

test("the sample is checked to its end, as fast as keys come", async ({ page }) => {
    await readSample(page);
    await withNames(page);
    const [, all] = await progress(page);
    await page.keyboard.press("n");
    for (let at = 0; at < all; at += 1) {
        await page.keyboard.press("Enter");
    }
    await expect(count(page)).toHaveText(`${all} of ${all} marks checked`);
    await saved(page);
    await page.reload();
    await expect(count(page)).toHaveText(`${all} of ${all} marks checked`);
});
