/**
 * @file Every state of the page, in both schemes and at both ends of the widths, under axe.
 */
import { AxeBuilder } from "@axe-core/playwright";

import {
    ARTICLE,
    article,
    editor,
    expect,
    fileExport,
    filter,
    library,
    list,
    mark,
    openFile,
    profile,
    read,
    readSample,
    select,
    shelved,
    showSourceList,
    startAnew,
    test,
    watch,
} from "./whosaid.js";
import { holdModel } from "./slow.js";

/** @import {Page} from "@playwright/test" */

/**
 * Asks for a text that is not read at once.
 * @param {Page} page
 * @param {string} text
 */
async function ask(page, text) {
    await page.getByLabel("Article text").fill(text);
    await page.getByRole("button", { name: "Show who said what" }).click();
}

/** An article in which sixty people speak, one in each paragraph. */
const SIXTY = ["Sixty people speak at the harbour"]
    .concat(
        ["Dahl", "Holm", "Moen", "Lie", "Berg", "Strand"].flatMap((last) =>
            ["Anna", "Bram", "Clara", "David", "Elena", "Frank", "Greta", "Henrik", "Ingrid", "Jonas"].map(
                (first) => `“The harbour needs a plan before the winter comes,” said ${first} ${last}, an engineer at the Coast Agency.`,
            ),
        ),
    )
    .join("\n\n");

/** @type {Record<string, (page: Page) => Promise<void>>} */
const states = {
    "the way in": async (page) => {
        await expect(page.getByLabel("Article text")).toBeVisible();
    },
    "an error": async (page) => {
        await openFile(page, "photo.jpg", Buffer.from([0, 1, 2, 3]));
        await expect(page.getByRole("alert")).toContainText("is not a text file");
    },
    "the model on its way": async (page) => {
        await holdModel(page, 1_000_000);
        await page.reload();
        await ask(page, ARTICLE);
        await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuetext", / of \d\.\d MB$/);
        await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
    },
    "a browser that keeps nothing": async (page) => {
        await page.addInitScript(() => {
            IDBFactory.prototype.open = () => {
                throw new DOMException("not in private windows", "InvalidStateError");
            };
        });
        await page.reload();
        await read(page, ARTICLE);
        await expect(page.getByRole("alert")).toContainText("This browser does not let whosaid save anything");
    },
    "an article that is read without a network": async (page) => {
        await read(page, SIXTY);
        await startAnew(page);
        await page.context().setOffline(true);
        await read(page, ARTICLE);
        await expect(mark(page, "Karin Dahl")).toBeVisible();
    },
    "another language": async (page) => {
        await ask(
            page,
            "Die Fähre nach Sandvik wird im Mai eingestellt, sagte die Reederei am Montag. Niemand weiß, was danach werden soll.",
        );
        await expect(page.getByRole("alert")).toContainText("looks like German");
    },
    "a link": async (page) => {
        await ask(page, "https://example.org/ferry-to-close");
        await expect(page.getByRole("alert")).toContainText("does not look like an article");
    },
    "the menu of exports, and what a format cannot hold": async (page) => {
        await read(page, ARTICLE);
        const file = await fileExport(page);
        await page.locator("#export-menu").getByRole("button", { name: "brat" }).click();
        await expect(page.getByRole("alert")).toContainText("This format cannot hold");
        await fileExport(page);
        await expect(file).toBeVisible();
        await expect(page.getByRole("group", { name: "For other tools" })).toBeVisible();
    },
    "marks of another tool": async (page) => {
        const line = {
            text: ARTICLE,
            label: [
                [27, 34, "Place"],
                [40, 60, "Mood"],
            ],
        };
        await openFile(page, "all.jsonl", JSON.stringify(line));
        await expect(page.getByRole("alert")).toContainText("Not understood, and left out");
    },
    "no claims": async (page) => {
        await read(
            page,
            "Bridge stays closed\n\nThe bridge over the river stays closed until the end of May. Trains go over the old line.\n",
        );
        await expect(await list(page, "Claims")).toContainText("No claim");
    },
    "one speaker": async (page) => {
        await read(page, "Bridge reopens\n\nThe bridge is safe, said Tor Lie, an engineer.\n");
        await expect((await list(page, "Balance")).getByText("Tor Lie has 100% of the attributed words.")).toBeVisible();
    },
    "sixty speakers": async (page) => {
        await read(page, SIXTY);
        await expect(page.getByRole("tab", { name: "Sources 60" })).toBeVisible();
        await expect((await list(page, "Sources")).locator(".card").nth(59)).toBeAttached();
    },
    "a long article": async (page) => {
        await read(page, ARTICLE.repeat(80));
        await expect(article(page)).toHaveClass(/many/);
        await expect(mark(page, "Karin Dahl")).toHaveCount(80);
    },
    "a claim that is only read, in a low window": async (page) => {
        // A window of 1440 × 900 whose text is twice as large.
        await page.setViewportSize({ width: Math.min(720, page.viewportSize()?.width ?? 0), height: 450 });
        await readSample(page);
        await mark(page, "We are not against clean power").click();
        await editor(page).getByRole("button", { name: "Done" }).click();
        await expect(editor(page).getByRole("button", { name: "Edit" })).toBeVisible();
    },
    speakers: async (page) => {
        await readSample(page);
        await expect((await list(page, "Sources")).getByRole("button").first()).toBeVisible();
    },
    claims: async (page) => {
        await readSample(page);
        await expect((await list(page, "Claims")).getByRole("button").first()).toBeVisible();
    },
    "claims, most of them hidden": async (page) => {
        await readSample(page);
        await list(page, "Claims");
        await (await filter(page, "Kind of claim")).selectOption("denial");
        await expect(page.getByText(/claims filtered out/)).toBeVisible();
    },
    voices: async (page) => {
        await readSample(page);
        const voices = await list(page, "Balance");
        await expect(voices.getByRole("button").first()).toBeVisible();
        for (const table of await voices.locator("summary").all()) {
            await table.click();
        }
        await expect(voices.locator("td").first()).toBeVisible();
    },
    "the log": async (page) => {
        await read(page, ARTICLE);
        await mark(page, "Karin Dahl").click();
        await editor(page).getByRole("button", { name: "Institution" }).click();
        await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
        await page.keyboard.press("Control+z");
        await page.keyboard.press("Escape");
        await expect((await list(page, "History")).getByRole("listitem")).toContainText("reverted");
    },
    "the article, with the lists folded": async (page) => {
        await readSample(page);
        await expect(article(page).locator("mark.claim").first()).toBeVisible();
    },
    "the menu, with all names marked": async (page) => {
        await readSample(page);
        await page.getByRole("button", { name: "More", exact: true }).click();
        await page.getByLabel("Names and places").check();
        await expect(article(page)).toHaveClass(/names/);
    },
    "a chosen claim": async (page) => {
        await readSample(page);
        await mark(page, "We are not against clean power").click();
        await expect(editor(page)).toBeVisible();
    },
    "a chosen speaker": async (page) => {
        await readSample(page);
        await list(page, "Sources");
        await page.locator(".card > .row").first().click();
        await expect(editor(page)).toBeVisible();
    },
    "a speaker, to be corrected": async (page) => {
        await readSample(page);
        await list(page, "Sources");
        await page.locator(".card > .more").nth(1).click();
        await profile(page).getByLabel("anonymous").check();
        await expect(page.locator(".card .pill")).toBeVisible();
        await expect(profile(page).getByRole("button", { name: "Undo" })).toBeVisible();
    },
    "a review": async (page) => {
        await readSample(page);
        await page.keyboard.press("n");
        await page.keyboard.press("Enter");
        await expect(page.getByText(/^1 of \d+ claims checked$/)).toBeAttached();
        await expect(page.locator(".handle.end")).toBeVisible();
    },
    "what is left, to be accepted": async (page) => {
        await readSample(page);
        await page.keyboard.press("Shift+Enter");
        await expect(page.getByRole("dialog", { name: /^Accept \d+ claims and \d+ names\?$/ })).toBeVisible();
    },
    "the source list": async (page) => {
        await readSample(page);
        await showSourceList(page);
        await expect(page.getByRole("dialog", { name: "Source list" })).toBeVisible();
    },
    "all checked": async (page) => {
        await read(page, ARTICLE);
        await page.keyboard.press("Shift+Enter");
        await page.getByRole("button", { name: /^Accept all/ }).click();
        await expect(page.getByRole("button", { name: "✓ Checked" })).toBeDisabled();
    },
    "a selection": async (page) => {
        await read(page, ARTICLE);
        await select(page, "Ida Moen");
    },
    "the library": async (page) => {
        await readSample(page);
        await startAnew(page);
        await read(page, ARTICLE);
        await startAnew(page);
        await library(page)
            .getByRole("button", { name: /^Delete “Harbour/ })
            .click();
        await expect(library(page).getByRole("button", { name: /^Undo/ })).toBeVisible();
        await expect(shelved(page, "Ferry line")).toContainText("checked");
    },
    "the library, with nothing found": async (page) => {
        await read(page, ARTICLE);
        await startAnew(page);
        await library(page).getByRole("searchbox").fill("Zanzibar");
        await expect(library(page)).toContainText("No articles match");
    },
    "the help": async (page) => {
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
    },
};

for (const width of [360, 1440]) {
    for (const [name, reach] of Object.entries(states)) {
        test.describe(`${name}, ${width} px`, () => {
            // Both schemes look at one page: it takes longer to reach a state than to look at it.
            test.describe.configure({ mode: "default" });

            /** @type {Page} */
            let page;
            /** @type {string[]} */
            let faults;

            test.beforeAll(async ({ browser, baseURL }) => {
                const viewport = { width, height: 900 };
                // Colours change at once with the scheme: axe must not see them on their way.
                const reducedMotion = "reduce";
                const context = await browser.newContext({ baseURL, viewport, reducedMotion, serviceWorkers: "block" });
                faults = await watch(context, baseURL ?? "", null);
                page = await context.newPage();
                await page.goto("/");
                await reach(page);
            });
            test.afterAll(() => page.context().close());

            for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
                test(`${colorScheme}: axe finds no fault, and nothing is wider than the window`, async () => {
                    await page.emulateMedia({ colorScheme });
                    // In the page itself, which has no frames of other origins, and not in a second one beside it.
                    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
                    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
                    expect(found).toEqual([]);
                    const beyond = await page.evaluate(() => {
                        const { scrollWidth, clientWidth } = document.documentElement;
                        return scrollWidth - clientWidth;
                    });
                    expect(beyond).toBe(0);
                    expect(faults).toEqual([]);
                });
            }
        });
    }
}
