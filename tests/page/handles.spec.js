/**
 * @file The edges of what is chosen are dragged, with a mouse and with a finger: seen while it is dragged, made when it is
 * let go of, called off by Escape, lost by nothing else.
 */
import { ARTICLE, article, corrections, editor, expect, list, mark, openFile, read, saved, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** @typedef {{x: number, y: number}} Point */

/** @param {Page} page */
function chosen(page) {
    return article(page).locator("mark[data-state=chosen]");
}

/**
 * Where a text ends in the window, in the middle of its line.
 * @param {Page} page
 * @param {string} text
 * @param {"start" | "end"} [edge]
 * @returns {Promise<Point>}
 */
async function pointOf(page, text, edge = "end") {
    return article(page).evaluate(
        (root, [wanted, side]) => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            let all = "";
            /** @type {{node: Node, start: number}[]} */
            const nodes = [];
            while (walker.nextNode()) {
                nodes.push({ node: walker.currentNode, start: all.length });
                all += walker.currentNode.nodeValue;
            }
            const at = all.indexOf(wanted ?? "") + (side === "end" ? (wanted ?? "").length - 1 : 0);
            const found = nodes.findLast(({ start }) => start <= at);
            const range = document.createRange();
            range.setStart(/** @type {Node} */ (found?.node), at - (found?.start ?? 0));
            range.setEnd(/** @type {Node} */ (found?.node), at - (found?.start ?? 0) + 1);
            const { left, right, top, height } = range.getBoundingClientRect();
            return { x: side === "end" ? right : left, y: top + height / 2 };
        },
        [text, edge],
    );
}

/**
 * The middle of a handle.
 * @param {Page} page
 * @param {"start" | "end"} edge
 * @returns {Promise<Point>}
 */
async function handle(page, edge) {
    const box = await page.locator(`.handle.${edge}`).boundingBox();
    expect(box).toMatchObject({ width: 24, height: 24 });
    return { x: (box?.x ?? 0) + 12, y: (box?.y ?? 0) + 12 };
}

/**
 * Drags an edge to where a text ends or starts, and holds it there.
 * @param {Page} page
 * @param {"start" | "end"} edge
 * @param {string} from The text at whose edge it is.
 * @param {string} to The text to whose edge it is dragged.
 */
async function drag(page, edge, from, to) {
    const [at, was, is] = [await handle(page, edge), await pointOf(page, from, edge), await pointOf(page, to, edge)];
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + is.x - was.x, at.y + is.y - was.y, { steps: 4 });
}

/**
 * What a highlight of the page shows.
 * @param {Page} page
 * @param {"kept" | "left"} name
 */
function preview(page, name) {
    return page.evaluate((which) => [...(CSS.highlights.get(`whosaid-${which}`) ?? [])].map(String), name);
}

test.beforeEach(async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
});

test("the end of a name is dragged over a word: shown while it is dragged, made when it is let go of", async ({ page }) => {
    await expect(page.locator(".handle.end")).toBeHidden();
    await mark(page, "Karin Dahl").click();
    await drag(page, "end", "Karin Dahl", "Karin Dahl, the director");
    await expect.poll(() => preview(page, "kept")).toEqual(["Karin Dahl, the director"]);
    await expect(mark(page, "Karin Dahl")).toHaveText("Karin Dahl");
    await corrections(page, 0);
    await page.mouse.up();
    await expect(chosen(page)).toHaveText("Karin Dahl, the director");
    await expect.poll(() => preview(page, "kept")).toEqual([]);
    await expect(editor(page).locator(".editor-title")).toHaveText("Karin Dahl, the director");
    await corrections(page, 1);
    await saved(page);
    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveText("Karin Dahl, the director");
});

test("an edge comes to whole words, and does not pass the other", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await drag(page, "start", "Karin Dahl", "ahl");
    await expect.poll(() => preview(page, "kept")).toEqual(["Dahl"]);
    await expect.poll(() => preview(page, "left")).toEqual(["Karin "]);
    const beyond = await pointOf(page, "the director");
    await page.mouse.move(beyond.x, beyond.y - 20, { steps: 4 });
    await expect.poll(() => preview(page, "kept")).toEqual(["Dahl"]);
    await page.mouse.up();
    await expect(chosen(page)).toHaveText("Dahl");
});

test("a claim is dragged into the next paragraph, past its source and its cue", async ({ page }) => {
    await mark(page, "We have lost money").click();
    await drag(page, "end", "nine years,”", "Peter");
    await expect.poll(() => preview(page, "kept")).toEqual(["“We have lost money for nine years,”", "Peter"]);
    await page.mouse.up();
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button", { name: /nine years,” … Peter/ })).toBeVisible();
    await drag(page, "start", "“We have", "have lost");
    await page.mouse.up();
    await expect(claims.getByRole("button", { name: /: have lost money for nine years,” … Peter/ })).toBeVisible();
});

test("Escape calls a drag off, and so does the browser", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await drag(page, "end", "Karin Dahl", "Karin Dahl, the director");
    await page.keyboard.press("Escape");
    await expect.poll(() => preview(page, "kept")).toEqual([]);
    await page.mouse.up();
    await expect(chosen(page)).toHaveText("Karin Dahl");
    await expect(editor(page)).toBeVisible();

    await drag(page, "end", "Karin Dahl", "Karin Dahl, the director");
    await page.locator(".handle.end").dispatchEvent("pointercancel");
    await expect.poll(() => preview(page, "kept")).toEqual([]);
    await page.mouse.up();
    await expect(chosen(page)).toHaveText("Karin Dahl");
    await corrections(page, 0);
});

test("a click on a handle, and a drag that comes back, correct nothing", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    const at = await handle(page, "start");
    await page.mouse.click(at.x, at.y);
    await drag(page, "end", "Karin Dahl", "Karin Dahl, the director");
    await page.mouse.move(...(await handle(page, "end").then(({ x, y }) => /** @type {const} */ ([x, y]))));
    await page.mouse.up();
    await expect(chosen(page)).toHaveText("Karin Dahl");
    await expect(editor(page)).toBeVisible();
    await corrections(page, 0);
});

test("a reload in the middle of a drag loses nothing and writes nothing", async ({ page }) => {
    await mark(page, "Peter Holm").click();
    await page.keyboard.press("i");
    await saved(page);
    await page.keyboard.press("Escape");
    await mark(page, "Karin Dahl").click();
    await drag(page, "end", "Karin Dahl", "Karin Dahl, the director");
    await page.reload();
    await expect(mark(page, "Peter Holm")).toHaveClass(/institution/);
    await expect(mark(page, "Karin Dahl")).toHaveText("Karin Dahl");
    await corrections(page, 1);
});

test("handles are no tab stops and say nothing, since keys do the same", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    for (const edge of ["start", "end"]) {
        const node = page.locator(`.handle.${edge}`);
        await expect(node).toBeVisible();
        await expect(node).toHaveAttribute("aria-hidden", "true");
        await expect.poll(() => node.evaluate((each) => each.tabIndex)).toBe(-1);
    }
    await page.keyboard.press("Escape");
    await expect(page.locator(".handle.end")).toBeHidden();
});

test("the text moves on while an edge is held at the foot of the window", async ({ page }) => {
    const lines = Array.from({ length: 60 }, (_, index) => `Line ${index} is only there to be passed by.`).join("\n\n");
    await openFile(page, "long.txt", `“We lost,” said Tor Lie.\n\n${lines}\n`);
    await mark(page, "We lost").click();
    const at = await handle(page, "end");
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    const { height } = page.viewportSize() ?? { height: 0 };
    await page.mouse.move(at.x + 40, height - 5, { steps: 4 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await corrections(page, 0);
});

test.describe("with a finger, 360 px", () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    test("an edge is dragged, and the page does not scroll instead", async ({ page }) => {
        await mark(page, "Karin Dahl").tap();
        const [at, was, is] = [
            await handle(page, "start"),
            await pointOf(page, "Karin", "start"),
            await pointOf(page, "said Karin", "start"),
        ];
        await expect.poll(() => page.locator(".handle.start").evaluate((node) => getComputedStyle(node).touchAction)).toBe("none");
        const before = await page.evaluate(() => scrollY);
        const touch = await page.context().newCDPSession(page);
        const points = [at, { x: at.x + (is.x - was.x) / 2, y: at.y + is.y - was.y }, { x: at.x + is.x - was.x, y: at.y + is.y - was.y }];
        for (const [index, point] of points.entries()) {
            await touch.send("Input.dispatchTouchEvent", { type: index === 0 ? "touchStart" : "touchMove", touchPoints: [point] });
        }
        await expect.poll(() => preview(page, "kept")).toEqual(["said Karin Dahl"]);
        await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
        await expect(chosen(page)).toHaveText(/^said Karin Dahl$/);
        await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
    });
});
