/**
 * @file Names in the margin: who speaks stands beside the line that the words start in, or above the paragraph.
 */
import { ARTICLE, article, editor, expect, home, mark, paragraphs, read, readSample, saved, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

const FIVE = `Council at odds

“The bridge is unsafe,” said Karin Dahl. “That is not true,” said Peter Holm. “It must close,” said Ida Moen. “It must stay open,” said Jonas Brandt. “We will see,” said Helen Aster.

“Yes,” said Peter Holm.

“Never,” said Ida Moen.

The Royal Sandvik Institute for Coastal Transport and Fisheries Research said that fares would rise.

“Perhaps,” said Jonas Brandt.
`;

/**
 * The entries of a paragraph, or of all: letter, name, verb.
 * @param {Locator} within
 */
function entries(within) {
    return within.locator(".entry").evaluateAll((nodes) =>
        nodes.map((node) => {
            const [chip, text] = /** @type {HTMLElement[]} */ ([...node.children]);
            const { name, does } = (text ?? /** @type {HTMLElement} */ (node)).dataset;
            return [chip?.dataset.letter, name, does].filter((part) => part !== undefined).join(" ");
        }),
    );
}

/**
 * @param {Page} page
 * @param {string} text
 */
function paragraph(page, text) {
    return paragraphs(page).filter({ hasText: text });
}

test("beside each paragraph stands who speaks in it, and what the saying is", async ({ page }) => {
    await read(page, ARTICLE);
    await expect.poll(() => entries(paragraph(page, "We have lost money"))).toEqual(["B Karin Dahl says"]);
    await expect.poll(() => entries(paragraph(page, "denied that"))).toEqual(["C Peter Holm denies"]);
    await expect.poll(() => entries(paragraph(page, "Ferry line to close"))).toEqual([]);
    await expect(article(page).locator(".margin").first()).toHaveAttribute("aria-hidden", "true");
});

test("of many speakers in a paragraph three are named, and the rest counted", async ({ page }) => {
    await read(page, FIVE);
    await expect
        .poll(() => entries(paragraph(page, "The bridge is unsafe")))
        .toEqual(["A Karin Dahl says", "B Peter Holm says", "C Ida Moen says", "+2"]);
});

test("entries end with their paragraph: a low one has names alone, and the number of those without room", async ({ page }) => {
    const short = "“Yes,” said Peter Holm. “No,” said Karin Dahl.\n\n“Perhaps,” said Jonas Brandt.";
    const low = "“Never,” said Ida Moen. “Always,” said Helen Aster. “Go on,” said Karin Dahl. “Stop,” said Peter Holm.";
    await read(page, `Council at odds\n\n${Array.from({ length: 6 }, () => low).join("\n\n")}\n\n${short}\n`);
    await expect(article(page).locator(".margin.dense").first()).toBeAttached();
    const over = await article(page)
        .locator("p")
        .evaluateAll((blocks) =>
            blocks.map((block) => {
                const shown = [...block.querySelectorAll(".entry")].filter((node) => node.checkVisibility());
                const next = block.nextElementSibling?.querySelector(".entry")?.getBoundingClientRect().top ?? Infinity;
                return Math.max(...shown.map((node) => node.getBoundingClientRect().bottom)) > next;
            }),
        );
    expect(over).toEqual(over.map(() => false));
    const paragraphs = await article(page).locator("p").filter({ hasText: "Never" }).all();
    expect(paragraphs).toHaveLength(6);
    for (const one of paragraphs) {
        const shown = await one.locator(".entry").filter({ visible: true }).count();
        const others = await one.locator(".entry[data-more]").getAttribute("data-more");
        expect(shown).toBeGreaterThan(0);
        expect(shown + Number(others)).toBe(4);
    }
});

test("names follow corrections", async ({ page }) => {
    await read(page, ARTICLE);
    const there = paragraph(page, "We have lost money");
    await mark(page, "We have lost money").click();
    await page.keyboard.press("3");
    await editor(page).getByLabel("Kind").selectOption("demand");
    await expect.poll(() => entries(there)).toEqual(["B Karin Dahl demands"]);
    await editor(page).getByRole("combobox", { name: "Said by" }).fill("Ida Moen");
    await page.keyboard.press("Enter");
    await saved(page);
    await expect.poll(() => entries(there)).toEqual(["D Ida Moen demands"]);
    await page.keyboard.press("Escape");
    await mark(page, "We have lost money").click();
    await page.keyboard.press("x");
    await expect.poll(() => entries(there)).toEqual([]);
});

/**
 * How the entries lie: none over another or over the text, each chip at the height of the line that its claim starts in or below.
 * @param {Page} page
 */
function layout(page) {
    return article(page).evaluate((root) => {
        const box = (/** @type {Element} */ node) => node.getBoundingClientRect();
        const boxes = [...root.querySelectorAll(".entry")]
            .filter((node) => node.checkVisibility())
            .map((node) => ({ node, ...box(node).toJSON() }));
        const crossed = boxes.filter((one, nth) => nth > 0 && one.top < boxes[nth - 1]?.bottom);
        const texts = [...root.querySelectorAll(".section > *")].map((block) => {
            const range = document.createRange();
            range.selectNodeContents(block);
            range.setStartAfter(block.querySelector(".margin") ?? /** @type {Node} */ (block.firstChild));
            return range.getBoundingClientRect();
        });
        const covering = boxes.filter(({ left, right, top, bottom }) =>
            texts.some((text) => left < text.right && text.left < right && top < text.bottom && text.top < bottom),
        );
        const firsts = [...root.querySelectorAll(".margin")].map((margin) => {
            const chip = box(/** @type {Element} */ (margin.querySelector(".chip")));
            const line = /** @type {DOMRect} */ (margin.parentElement?.querySelector("mark.claim")?.getClientRects()[0]);
            return Math.round(chip.top + chip.height / 2 - (line.top + line.height / 2));
        });
        return { crossed: crossed.length, covering: covering.length, off: Math.max(...firsts), before: Math.min(...firsts) };
    });
}

for (const width of [1100, 1440, 1920]) {
    test.describe(`${width} px`, () => {
        test.use({ viewport: { width, height: 800 } });

        test("names stand beside the lines that claims start in, and none covers another or the text", async ({ page }) => {
            await readSample(page);
            await expect.poll(async () => (await layout(page)).off).toBeLessThan(4);
            await expect.poll(() => layout(page)).toMatchObject({ crossed: 0, covering: 0 });
            await home(page).click();
            await read(page, FIVE);
            // In short paragraphs with many speakers each pushes the next one down, and none stands above its line.
            await expect.poll(() => layout(page)).toMatchObject({ crossed: 0, covering: 0 });
            await expect.poll(async () => (await layout(page)).before).toBeGreaterThan(-4);
        });
    });
}

for (const width of [360, 390, 900]) {
    test.describe(`${width} px`, () => {
        test.use({ viewport: { width, height: 800 } });

        test("names stand above the paragraph", async ({ page }) => {
            await read(page, FIVE);
            const margin = paragraph(page, "Royal Sandvik").locator(".margin");
            await expect(margin).toBeVisible();
            await expect.poll(async () => (await layout(page)).covering).toBe(0);
            const between = async () => {
                const [above, text] = await Promise.all([margin.boundingBox(), mark(page, "Royal Sandvik").first().boundingBox()]);
                return (text?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0);
            };
            await expect.poll(between).toBeGreaterThanOrEqual(0);
        });
    });
}

test("in a narrow window names come again down a long paragraph, and stand in no text", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const long = ["the bridge has to close", "the ferry has to run", "the harbour has to grow"].map(
        (what) => `Karin Dahl said that ${what} before the winter comes. ${"Nothing else is known. ".repeat(25)}`,
    );
    await read(page, `Council at odds\n\n${long.join("")}`);
    const claims = article(page).locator("mark.claim[data-letter]");
    const named = () => claims.evaluateAll((all) => all.map((claim) => getComputedStyle(claim, "::before").content.includes("Karin Dahl")));
    await expect.poll(named).toEqual([false, true, true]);
    await expect(claims.nth(1)).toHaveText("that the ferry has to run before the winter comes");
    await page.setViewportSize({ width: 1440, height: 844 });
    await expect.poll(named).toEqual([false, false, false]);
});

test.describe("in a wide window", () => {
    test.use({ viewport: { width: 1440, height: 700 } });

    test("a click on a name lets its marks stand out, and another one, the text or Escape lets go", async ({ page }) => {
        await read(page, FIVE);
        const name = paragraph(page, "Yes,").locator(".entry");
        const strength = (/** @type {string} */ text) => expect(mark(page, text).first());
        await name.click();
        await strength("That is not true").toHaveCSS("opacity", "1");
        await strength("Yes,").toHaveCSS("opacity", "1");
        await strength("It must close").toHaveCSS("opacity", "0.55");
        await expect(editor(page)).toBeHidden();
        await page.keyboard.press("Escape");
        await strength("It must close").toHaveCSS("opacity", "1");
        await name.click();
        await strength("It must close").toHaveCSS("opacity", "0.55");
        await paragraph(page, "Never,").locator(".entry").click();
        await strength("It must close").toHaveCSS("opacity", "1");
        await strength("Yes,").toHaveCSS("opacity", "0.55");
        await mark(page, "Yes,").click();
        await strength("Yes,").toHaveCSS("opacity", "1");
        await expect(editor(page)).toBeVisible();
    });

    test("the pointer on a name lights the claims and their rows", async ({ page }) => {
        await read(page, FIVE);
        await paragraph(page, "Never,").locator(".entry").hover();
        await expect(page.locator("li.lit > .row")).toHaveText([/^Ida Moen/, /Never,/]);
    });

    test("in a long text names are placed where one looks", async ({ page }) => {
        await read(page, FIVE.repeat(100));
        await expect(mark(page, "“Perhaps,”")).toHaveCount(100);
        const last = paragraph(page, "Royal Sandvik").last();
        await last.scrollIntoViewIfNeeded();
        await expect(last.locator(".entry")).toHaveAttribute("style", /--y/);
        const middle = async (/** @type {Locator} */ node) => {
            const { y = 0, height = 0 } = (await node.boundingBox()) ?? {};
            return y + height / 2;
        };
        // The claim starts in the second line.
        const claim = last.locator("mark.claim").first();
        await expect.poll(async () => Math.abs((await middle(last.locator(".chip"))) - (await middle(claim)))).toBeLessThan(4);
        // What is cut off at the edge of its paragraph is under no pointer.
        const isSeen = (/** @type {Element} */ node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2) === node;
        };
        await expect.poll(() => last.locator(".entry-text").evaluate(isSeen)).toBe(true);
    });

    test("names are neither selected nor copied with the text", async ({ page }) => {
        await read(page, FIVE);
        await article(page).evaluate((root) => getSelection()?.selectAllChildren(root));
        await expect.poll(() => page.evaluate(() => getSelection()?.toString())).not.toContain("says");
        await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toContain("“Yes,” said Peter Holm.");
    });
});
