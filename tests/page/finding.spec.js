/**
 * @file Finding one's way in an article: search, addresses, the caret, and the claims of one speaker.
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
    read,
    readSample,
    select,
    test,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * What a name in the registry of highlights lights.
 * @param {Page} page
 * @param {string} name
 * @returns {Promise<string[]>}
 */
function lit(page, name) {
    return page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String), `whosaid-${name}`);
}

const search = (/** @type {Page} */ page) => page.getByRole("searchbox", { name: "Search this article" });

test("what is typed before the search has come goes into it, and is no key of the page", async ({ page }) => {
    /** @type {() => void} */
    let release = () => undefined;
    const released = new Promise((resolve) => (release = () => resolve(undefined)));
    const held = page.waitForRequest("**/parts/parts-*");
    await page.route("**/parts/parts-*", async (route) => {
        await released;
        await route.continue();
    });
    await read(page, ARTICLE);
    await held;
    await page.keyboard.press("/");
    await page.keyboard.type("max");
    await page.keyboard.press("Escape");
    await expect(article(page)).toBeFocused();
    await page.keyboard.press("/");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("ferry");
    release();
    await expect(page.getByText("1 of 2")).toBeVisible();
    await expect(search(page)).toBeFocused();
    await corrections(page, 0);
});

test("/ searches without regard to case, accents and the look of quotation marks, and goes round", async ({ page }) => {
    await read(page, `${ARTICLE}\nThe café at the ferry’s pier  will\nstay, Zoë Ångström said.\n`);
    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
    await page.keyboard.type("FERRY");
    await expect(page.getByText("1 of 3")).toBeVisible();
    await expect.poll(() => lit(page, "here")).toEqual(["Ferry"]);
    await expect.poll(() => lit(page, "found")).toEqual(["ferry", "ferry"]);

    await page.keyboard.press("Enter");
    await expect(page.getByText("2 of 3")).toBeVisible();
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await expect(page.getByText("3 of 3")).toBeVisible();

    for (const [typed, found] of [
        ["cafe", "café"],
        ["ferry's", "ferry’s"],
        ["zoe angstrom", "Zoë Ångström"],
    ]) {
        await search(page).fill(/** @type {string} */ (typed));
        await expect(page.getByText("1 of 1")).toBeVisible();
        await expect.poll(() => lit(page, "here")).toEqual([found]);
    }
    await search(page).fill("will stay");
    await expect(page.getByText("1 of 1")).toBeVisible();
    await search(page).fill("bicycle");
    await expect(page.getByText("Not found")).toBeVisible();
    await expect.poll(() => lit(page, "here")).toEqual([]);

    await page.keyboard.press("Escape");
    await expect(search(page)).toBeHidden();
    await expect(article(page)).toBeFocused();
});

test("what is found comes into view, and stays lit when a correction redraws the article", async ({ page }) => {
    const filler = "Nothing of note was seen there. ".repeat(40);
    await read(page, `${ARTICLE}\n${`${filler}\n\n`.repeat(40)}Karin Dahl likes marmalade.\n`);
    await (await menuItem(page, "Search this article")).click();
    await page.keyboard.type("marmalade");
    await expect(page.getByText("1 of 1")).toBeVisible();
    const at = await page.evaluate(() =>
        [...(CSS.highlights.get("whosaid-here") ?? [])].map((range) => /** @type {Range} */ (range).getBoundingClientRect().top),
    );
    expect(at[0]).toBeGreaterThan(0);
    expect(at[0]).toBeLessThan(page.viewportSize()?.height ?? 0);

    await select(page, "likes marmalade");
    await editor(page).getByRole("button", { name: "Claim" }).click();
    await expect(mark(page, "likes marmalade")).toBeVisible();
    await expect.poll(() => lit(page, "here")).toEqual(["marmalade"]);
});

test("the address says what is chosen, and brings it back in another tab", async ({ page, context }) => {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    await expect(page).toHaveURL(/#[0-9a-f]{16}\/claim-\d+-\d+$/);
    await expect(page.getByText(/^Saved /)).toBeVisible();
    const url = page.url();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/#[0-9a-f]{16}$/);

    const other = await context.newPage();
    await other.goto(url);
    await expect(editor(other)).toBeVisible();
    await expect(mark(other, "We have lost money")).toHaveAttribute("data-state", "chosen");

    await home(other).click();
    await expect(other).toHaveURL(/\/$/);
    await readSample(other);
    await other.evaluate((address) => (location.hash = new URL(address).hash), url);
    await expect(mark(other, "We have lost money")).toHaveAttribute("data-state", "chosen");
});

test("an address of an article that is not here says so; a meaningless one does nothing", async ({ page }) => {
    await page.goto("/#0123456789abcdef/claim-1-5");
    await expect(page.getByText("asks for an article that is not kept on this device")).toBeVisible();
    await expect(page.getByLabel("Article text")).toBeVisible();
    await page.goto("/#__proto__");
    await page.reload();
    await expect(page.getByLabel("Article text")).toBeVisible();
    await expect(page.getByText("asks for an article")).toHaveCount(0);
});

test("words are selected and marked without a mouse", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("v");
    await expect(page.locator(".caret")).toBeVisible();
    // Down to the paragraph of the ferry, and over its first two words.
    for (let line = 0; line < 12 && !(await focusIsIn(page, "The ferry to")); line += 1) {
        await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+ArrowRight");
    for (const _ of "ferry") {
        await page.keyboard.press("Shift+ArrowRight");
    }
    await expect(page.getByRole("dialog", { name: "Mark the selection" })).toBeVisible();
    await page.keyboard.press("i");
    await expect(article(page).locator("mark", { hasText: /^ferry$/ })).toBeVisible();
    await corrections(page, 1);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.locator(".caret")).toBeHidden();
});

test("the caret chooses with Enter what is marked where it is, and does not leave the article", async ({ page }) => {
    await read(page, ARTICLE);
    await page.keyboard.press("v");
    for (let line = 0; line < 12 && !(await focusIsIn(page, "We have lost")); line += 1) {
        await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Correct this" })).toBeVisible();
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+End");
    for (let line = 0; line < 3; line += 1) {
        await page.keyboard.press("ArrowDown");
    }
    await expect.poll(() => focusIsIn(page, "Peter Holm")).toBe(true);
});

test("the claims of one speaker, of an institution with its people, and those that were not looked at", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    const who = await filter(page, "Source");
    await who.selectOption({ label: "Karin Dahl (1)" });
    await expect(claims.getByRole("listitem")).toHaveText([/We have lost money/]);
    await expect(article(page).locator("mark.claim")).toHaveCount(1);
    await who.selectOption({ label: "Ministry of Transport and its people (1)" });
    await expect(claims.getByRole("listitem")).toHaveText([/that the decision was final/]);
    await who.selectOption("");

    await (await filter(page, "Status")).selectOption({ label: "Unchecked (3)" });
    await mark(page, "We have lost money").click();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(claims.getByRole("listitem")).toHaveCount(2);
    await expect(claims).not.toContainText("We have lost money");
});

test("a claim is copied with who makes it, by key and by button; what is selected is copied as it is", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    await page.keyboard.press("Control+c");
    await expect.poll(clipboard).toMatch(/^Karin Dahl \(.*director.*\): “We have lost money for nine years,”$/);
    await page.keyboard.press("Escape");
    await mark(page, "that the decision was final").click();
    await editor(page).getByRole("button", { name: "Copy" }).click();
    await expect
        .poll(clipboard)
        .toMatch(/^Peter Holm \(.*Ministry of Transport.*\): that the decision was final \[in the article’s words\]$/);
    await select(page, "Updated");
    await page.keyboard.press("Control+c");
    await expect.poll(clipboard).toBe("Updated");
});

test("one line joins the chosen claim with the name of who makes it", async ({ page }) => {
    await read(page, ARTICLE);
    const line = page.locator(".connector");
    await expect(line).toBeHidden();
    await mark(page, "We have lost money").click();
    await expect(line).toBeVisible();
    const near = (/** @type {string} */ text) =>
        page.evaluate(
            ([wanted]) => {
                const dot = document.querySelector(".connector circle")?.getBoundingClientRect();
                const name = [...document.querySelectorAll("article mark")]
                    .find(({ textContent }) => textContent === wanted)
                    ?.getBoundingClientRect();
                return (
                    dot !== undefined &&
                    name !== undefined &&
                    dot.left > name.left &&
                    dot.right < name.right &&
                    Math.abs(dot.bottom - name.top) < 12
                );
            },
            [text],
        );
    await expect.poll(() => near("Karin Dahl")).toBe(true);
    await page.setViewportSize({ width: 700, height: 700 });
    await expect.poll(() => near("Karin Dahl")).toBe(true);
    await page.keyboard.press("Escape");
    await expect(line).toBeHidden();
});

test("the line from a claim to the name beside it runs over none of the names above the paragraph", async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 700 });
    await read(
        page,
        "Taxes will rise\n\n“Taxes will rise,” said Anna Berg, finance minister. The unions said that they would strike in May.",
    );
    await mark(page, "Taxes will rise,").click();
    const line = page.locator(".connector");
    await expect(line).toBeVisible();
    const gap = () =>
        page.evaluate(() => {
            const top = document.querySelector(".connector path")?.getBoundingClientRect().top ?? NaN;
            const words = [...document.querySelectorAll(".entry-text")].map((each) => each.getBoundingClientRect().bottom);
            return top - Math.max(...words);
        });
    await expect.poll(gap).toBeGreaterThanOrEqual(0);
});

/**
 * @param {Page} page
 * @param {string} text
 * @returns {Promise<boolean>} Whether the selection ends in a paragraph with this text.
 */
function focusIsIn(page, text) {
    return page.evaluate(
        (wanted) => Boolean(getSelection()?.focusNode?.parentElement?.closest("p, h2")?.textContent?.includes(wanted)),
        text,
    );
}
