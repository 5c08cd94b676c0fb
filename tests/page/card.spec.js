/**
 * @file The card of what is chosen: at the head of the lists, or at the foot of a narrow view. It covers nothing that it is about.
 */
import { ARTICLE, article, editor, expect, list, mark, read, readSample, select, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * The lines of the chosen mark and of its source that are not in sight, or that something lies over.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
function covered(page) {
    return article(page).evaluate((root) => {
        const source = [...(CSS.highlights.get("whosaid-source") ?? [])].map((range) => /** @type {Range} */ (range));
        const marks = [...root.querySelectorAll("mark[data-state=chosen]")];
        const nodes = [...marks, ...source];
        const lines = nodes.flatMap((node) =>
            [...node.getClientRects()].map((line) => ({ line, text: node instanceof Range ? String(node) : (node.textContent ?? "") })),
        );
        const over = [...document.querySelectorAll(".editor:not([hidden]), .bar, .panel")].map((node) => node.getBoundingClientRect());
        const crosses = (/** @type {DOMRect} */ one, /** @type {DOMRect} */ other) =>
            one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
        const isHidden = (/** @type {DOMRect} */ line) =>
            line.width > 0 && (line.top < 0 || line.bottom > innerHeight || over.some((box) => crosses(box, line)));
        return marks.length === 0 ? ["nothing is chosen"] : lines.filter(({ line }) => isHidden(line)).map(({ text }) => text);
    });
}

for (const width of [360, 390, 900, 1100, 1440, 1920]) {
    test.describe(`${width} px`, () => {
        test.use({ viewport: { width, height: 800 } });

        test("nothing covers the chosen claim or its source, whichever it is", async ({ page }) => {
            await readSample(page);
            await expect.poll(() => article(page).locator("mark.claim").count()).toBeGreaterThan(15);
            const claims = await article(page).locator("mark.claim").count();
            await article(page).focus();
            for (let nth = 0; nth < claims; nth += 1) {
                await page.keyboard.press("j");
                await expect(editor(page)).toBeVisible();
                await expect.poll(() => covered(page)).toEqual([]);
            }
        });
    });
}

test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test("words that are selected under the sheet come up, and a click on a claim near the foot too", async ({ page }) => {
        await read(page, ARTICLE.repeat(2));
        await mark(page, "that the decision was final").first().scrollIntoViewIfNeeded();
        await mark(page, "that the decision was final").first().click();
        await expect.poll(() => covered(page)).toEqual([]);
        await expect.poll(async () => (await editor(page).boundingBox())?.height).toBeLessThanOrEqual(0.4 * 844);
        await page.keyboard.press("Escape");
        await expect(editor(page)).toBeHidden();
        await select(page, "Ferry line to close");
        await expect
            .poll(async () => {
                const box = await editor(page).boundingBox();
                const bottom = await page.evaluate(() => getSelection()?.getRangeAt(0).getBoundingClientRect().bottom);
                return (box?.y ?? 0) - (bottom ?? 0);
            })
            .toBeGreaterThan(0);
    });
});

for (const [width, height] of /** @type {const} */ ([
    [360, 740],
    [720, 450],
])) {
    test.describe(`read first, ${width} × ${height}`, () => {
        test.use({ viewport: { width, height }, editing: false });

        test("who goes on to correct sees the claim, its source and the buttons", async ({ page }) => {
            await readSample(page);
            await mark(page, "We are not against clean power").click();
            const buttons = editor(page).locator(".editor-foot button").filter({ visible: true });
            for (const [key, first] of [
                ["", "Edit"],
                ["e", "Correct"],
            ]) {
                if (key) {
                    await page.keyboard.press(key);
                }
                await expect(buttons.first()).toContainText(first ?? "");
                await expect.poll(() => covered(page)).toEqual([]);
                for (const button of await buttons.all()) {
                    await expect(button).toBeInViewport({ ratio: 1 });
                }
            }
            await editor(page).getByRole("button", { name: "Done" }).click();
            await expect.poll(() => covered(page)).toEqual([]);
        });
    });
}

test("in a wide window the card stands at the head of the lists, and the text stays where it is", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await read(page, ARTICLE);
    const claim = mark(page, "We have lost money");
    const before = await claim.boundingBox();
    await claim.click();
    await expect(editor(page)).toBeVisible();
    await expect.poll(() => claim.boundingBox()).toEqual(before);
    const below = async () => {
        const [card, tabs] = await Promise.all([editor(page).boundingBox(), page.getByRole("tablist").boundingBox()]);
        return (tabs?.y ?? 0) - (card?.y ?? 0) - (card?.height ?? 0);
    };
    await expect.poll(below).toBeGreaterThanOrEqual(0);
    // The chosen row is in sight below it.
    const row = (await list(page, "Sources")).locator(".claim-row.chosen");
    await expect(row).toBeInViewport();
    await page.keyboard.press("Escape");
    await expect(editor(page)).toBeHidden();
});

test("what is chosen has another fill than a quote", async ({ page }) => {
    await read(page, ARTICLE);
    const claim = mark(page, "We have lost money");
    const fill = await claim.evaluate((node) => getComputedStyle(node).backgroundColor);
    await claim.click();
    await expect(claim).toHaveAttribute("data-state", "chosen");
    await page.getByRole("banner").hover();
    await expect(claim).not.toHaveCSS("background-color", fill);
});
