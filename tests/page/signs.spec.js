/**
 * @file Signs: whoever says something has a letter and a hue, in the text as in the lists, and keeps them.
 */
import { ARTICLE, article, editor, expect, letterBefore, list, mark, paragraphs, read, saved, select, test, UNCERTAIN } from "./whosaid.js";

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
    await read(page, UNCERTAIN);
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

test("a speaker has one letter and one hue in the text, the margin, the lists and the figures", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await read(page, ARTICLE);
    const place = paragraphs(page).filter({ hasText: "denied that" });
    const speakers = await list(page, "Sources");
    for (const chip of [place.locator(".chip"), speakers.locator(".card", { hasText: "Peter Holm" }).locator(".chip")]) {
        await expect(chip).toHaveClass(/hue-2/);
        await expect(chip).toHaveAttribute("data-letter", "C");
    }
    const row = (await list(page, "Claims")).locator("li", { hasText: "Peter Holm" });
    await expect(row.locator(".chip")).toHaveAttribute("data-letter", "C");
    const voices = await list(page, "Balance");
    const share = voices.locator(".bars li", { hasText: "Peter Holm" });
    await expect(share.locator(".chip")).toHaveAttribute("data-letter", "C");
    await expect(share.locator(".share")).toHaveClass(/hue-2/);
    for (const title of ["Order of speaking", "Affiliations"]) {
        const figure = voices.locator(".figure-part").filter({ has: page.getByRole("heading", { name: title }) });
        const chip = figure.locator("svg .chip-drawn", { hasText: "C" });
        await expect(chip.locator("circle, rect").first()).toHaveAttribute("fill", "var(--hue-2)");
    }
    await expect(mark(page, "that the decision was final")).toHaveClass(/hue-2/);
});

test("the strip has the hues of those who speak", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await read(page, ARTICLE);
    const colours = () =>
        page.locator(".strip canvas").evaluate((node) => {
            const canvas = /** @type {HTMLCanvasElement} */ (node);
            const { data } = canvas.getContext("2d")?.getImageData(canvas.width - 3, 0, 1, canvas.height) ?? { data: [] };
            const drawn = Array.from({ length: canvas.height }, (_, y) => [...data.slice(4 * y, 4 * y + 4)]);
            return new Set(drawn.filter(([, , , alpha = 0]) => alpha > 0).map((pixel) => pixel.join())).size;
        });
    await expect.poll(colours).toBe(3);
});

test("names and places that say nothing are marked on demand, and the page remembers it", async ({ page }) => {
    await read(page, TWO);
    const place = mark(page, "Sandvik");
    await expect(place).toHaveCSS("text-decoration-line", "none");
    const more = page.getByRole("button", { name: "More", exact: true });
    const names = page.getByLabel("Names and places");
    await more.click();
    await names.check();
    await expect(place).toHaveCSS("text-decoration-style", "dotted");
    await expect(mark(page, "Coast Transport Agency")).not.toHaveCSS("background-color", CLEAR);
    await saved(page);
    await page.reload();
    await expect(place).toHaveCSS("text-decoration-style", "dotted");
    await more.click();
    await names.uncheck();
    await page.keyboard.press("Escape");
    await expect(names).toBeHidden();
    await expect(place).toHaveCSS("text-decoration-line", "none");
});

test("a click means what is marked there, and not a place within it that is not", async ({ page }) => {
    await read(page, "Sandvik will lose its ferry in May, said Karin Dahl, the mayor.\n");
    const place = mark(page, "Sandvik").first();
    await place.click({ position: { x: 4, y: 8 } });
    await expect(editor(page).getByLabel("Said by")).toHaveValue("Karin Dahl");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByLabel("Names and places").check();
    await page.keyboard.press("Escape");
    await place.click({ position: { x: 4, y: 8 } });
    await expect(editor(page).getByLabel("Said by")).toBeHidden();
    await expect(editor(page)).toContainText("Sandvik");
});

for (const width of [360, 900, 1152, 1440]) {
    test(`a legend says what marks and badges mean, and covers none of the text at ${width} px`, async ({ page }) => {
        await page.setViewportSize({ width, height: 800 });
        await read(page, TWO);
        const legend = page.getByRole("list", { name: "What the marks mean" });
        await expect(legend.getByRole("listitem")).toHaveText([
            "quote",
            "paraphrase",
            "uncertain",
            "person",
            "institution",
            "document",
            "group",
            "not named",
            "not attributed",
        ]);
        const last = legend.getByRole("listitem").last();
        await last.scrollIntoViewIfNeeded();
        await expect(last).toBeInViewport({ ratio: 1 });
        const covered = await legend.getByRole("listitem").evaluateAll((items) => {
            const beside = [...document.querySelectorAll(".section > *, .entry, .panel")].map((each) => each.getBoundingClientRect());
            return items.some((item) => {
                const { top, bottom, left, right } = item.getBoundingClientRect();
                const isOver = (/** @type {DOMRect} */ other) =>
                    other.top < bottom && top < other.bottom && other.left < right && left < other.right;
                return left < 0 || beside.some(isOver);
            });
        });
        expect(covered).toBe(false);
    });
}
