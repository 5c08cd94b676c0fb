/**
 * @file Forced colours: every mark's words stand out from their ground, by the pixels that are drawn (axe computes with colours
 * that the browser does not draw then).
 */
import { ARTICLE, article, expect, mark, read, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

/** The least contrast of text (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
const LEAST = 4.5;

/**
 * The contrast between what most of a picture is and what differs most from that.
 * @param {Page} page
 * @param {Locator} node
 * @returns {Promise<number>} 1 to 21.
 */
async function contrast(page, node) {
    const picture = `data:image/png;base64,${(await node.screenshot()).toString("base64")}`;
    return page.evaluate(async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const linear = (/** @type {number} */ byte) => (byte <= 10 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
        /** @type {Map<number, number>} */
        const counts = new Map();
        for (let at = 0; at < data.length; at += 4) {
            const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
            const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
            counts.set(luminance, (counts.get(luminance) ?? 0) + 1);
        }
        const [ground = 0] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? [];
        const ratio = (/** @type {number} */ one) => (Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05);
        return Math.max(...[...counts.keys()].map(ratio));
    }, picture);
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`in forced colours, ${colorScheme}, every mark can be read, and the chosen one has an outline`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, forcedColors: "active" });
        await read(page, `${ARTICLE}\nKarin Dahl has led the agency for nine years. She said that fares in Sandvik would rise.\n`);
        await expect(article(page).locator("mark[class*=pronoun]").first()).toBeVisible();
        const marks = await article(page).locator("mark").all();
        expect(marks.length).toBeGreaterThan(8);
        // A line below a word is no word.
        await article(page)
            .locator("mark, mark *")
            .evaluateAll((nodes) =>
                nodes.forEach((node) => /** @type {HTMLElement} */ (node).style.setProperty("text-decoration", "none", "important")),
            );
        const kinds = new Set();
        for (const each of marks) {
            kinds.add(await each.getAttribute("class"));
            await expect.poll(() => contrast(page, each), { message: `${await each.textContent()}` }).toBeGreaterThanOrEqual(LEAST);
        }
        for (const kind of ["person", "institution", "place", "claim", "pronoun"]) {
            expect(
                [...kinds].some((name) => String(name).includes(kind)),
                kind,
            ).toBe(true);
        }
        const chosen = mark(page, "Karin Dahl").first();
        await chosen.click();
        await expect(chosen).toHaveCSS("outline-style", "solid");
        await expect.poll(() => contrast(page, chosen)).toBeGreaterThanOrEqual(LEAST);
        await page.screenshot({ path: test.info().outputPath(`forced-${colorScheme}.png`) });
    });
}
