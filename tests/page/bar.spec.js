/**
 * @file The bar: one row at every width, with all that can be done in it or in its menus.
 */
import {
    ARTICLE,
    article,
    downloaded,
    expect,
    fileExport,
    home,
    library,
    list,
    mark,
    menuItem,
    read,
    readSample,
    showSourceList,
    test,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * What does not stand in the one row of the bar: its height where that is wrong, and parts that are cut or lie over others.
 * @param {Page} page
 */
function faultsOf(page) {
    return page.evaluate(() => {
        const bar = /** @type {HTMLElement} */ (document.querySelector(".bar"));
        const { left, right, height } = bar.getBoundingClientRect();
        const parts = [...bar.querySelectorAll("button, .bar-title, .status")]
            .filter((part) => !part.closest("[popover]") && part.checkVisibility())
            .map((part) => ({ part, box: part.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0);
        const name = (/** @type {Element} */ part) => part.textContent || part.className;
        const before = parts.map((_, index) => (index === 0 ? left : (parts[index - 1]?.box.right ?? left)));
        return [
            ...(height === 48 ? [] : [`the bar is ${height} px high`]),
            ...parts.filter(({ box }) => box.right > right + 0.5).map(({ part }) => `${name(part)} is cut`),
            ...parts.filter(({ box }, index) => box.left < (before[index] ?? 0) - 0.5).map(({ part }) => `${name(part)} is covered`),
        ];
    });
}

test("the bar is one row of 48 pixels at every width, in a review, after it and where nothing is saved", async ({ page }) => {
    await readSample(page);
    const states = {
        "as read": async () => {},
        "in a review": async () => {
            await page.keyboard.press("n");
            await page.keyboard.press("Enter");
        },
        checked: async () => {
            await page.keyboard.press("Shift+Enter");
            await page.getByRole("button", { name: /^Accept all/ }).click();
            await expect(page.getByRole("button", { name: "✓ Checked" })).toBeVisible();
        },
        library: async () => home(page).click(),
    };
    for (const [state, reach] of Object.entries(states)) {
        await page.setViewportSize({ width: 1440, height: 800 });
        await reach();
        for (const width of [320, 360, 480, 700, 900, 1000, 1100, 1140, 1180, 1440, 1920]) {
            await page.setViewportSize({ width, height: 800 });
            await expect.poll(() => faultsOf(page), `${state}, ${width} px`).toEqual([]);
        }
    }
});

test("at 360 pixels the text begins within 64 pixels of the top", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await read(page, ARTICLE);
    const top = () => article(page).evaluate((node) => node.firstElementChild?.getBoundingClientRect().top);
    await expect.poll(top).toBeLessThanOrEqual(64);
    await expect.poll(top).toBeGreaterThanOrEqual(48);
});

test("the brand leads to the library, and the title says what is open", async ({ page }) => {
    await expect(home(page)).toBeDisabled();
    await read(page, ARTICLE);
    await expect(page.locator(".bar-title")).toHaveText("Ferry line to close in May");
    await home(page).click();
    await expect(library(page)).toBeVisible();
    await expect(page.locator(".bar-title")).toBeHidden();
    await expect(page.getByRole("button", { name: "Export", exact: true })).toBeHidden();
    await page.getByRole("button", { name: "Back to the article" }).click();
    await (await menuItem(page, "New article")).click();
    await expect(page.getByLabel("Article text")).toBeFocused();
});

test("undo and redo stand in the bar, and say what they can do", async ({ page }) => {
    await read(page, ARTICLE);
    const undo = page.getByRole("button", { name: "Undo", exact: true });
    const redo = page.getByRole("button", { name: "Redo", exact: true });
    await expect(undo).toBeDisabled();
    await expect(redo).toBeDisabled();
    await mark(page, "We have lost money").click();
    await page.keyboard.press("x");
    await expect(mark(page, "We have lost money")).toHaveCount(0);
    await undo.click();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(undo).toBeDisabled();
    await redo.click();
    await expect(mark(page, "We have lost money")).toHaveCount(0);
});

for (const width of [360, 1440]) {
    test(`the source list is copied and saved: who says how much, and what, ${width} px`, async ({ page, context }) => {
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.setViewportSize({ width, height: 800 });
        await read(page, ARTICLE);
        await showSourceList(page);
        const dialog = page.getByRole("dialog", { name: "Source list" });
        await dialog.getByRole("button", { name: "Copy" }).click();
        await expect(dialog.getByText("Copied")).toBeVisible();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toMatch(/^Ferry line to close in May\n3 sources, 3 claims/);
        expect(copied).toMatch(/\n\nKarin Dahl, director, Coast Transport Agency \(1 claim\)\n- “We have lost money for nine years,”\n/);
        expect(copied).toMatch(/\n\nPeter Holm, .*\(1 claim\)\n- that the decision was final \[paraphrase\]\n/);
        const { name, content } = await downloaded(page, dialog.getByRole("button", { name: "Save as text" }));
        expect(name).toBe("ferry-line-to-close-in-may.sources.txt");
        expect(content).toBe(copied);
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
        const file = await downloaded(page, await fileExport(page));
        expect(file.name).toBe("ferry-line-to-close-in-may.whosaid.json");
    });
}

test("the source list has what the lists show", async ({ page }) => {
    await readSample(page);
    const sources = await list(page, "Sources");
    const cards = sources.locator(".card");
    await expect(cards.first()).toBeVisible();
    const speaking = await cards.filter({ has: page.locator(".card-claims li") }).count();
    const claims = Number(/(\d+) claims/u.exec((await sources.textContent()) ?? "")?.[1]);
    expect(claims).toBeGreaterThan(10);
    await showSourceList(page);
    const text = (await page.getByRole("dialog", { name: "Source list" }).locator("pre").textContent()) ?? "";
    expect(text.match(/\(\d+ claims?\)$/gm)?.length).toBe(speaking);
    expect(text.match(/^- /gm)?.length).toBe(claims);
});
