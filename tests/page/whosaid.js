/**
 * @file What every test of the page starts from: a page that is watched. A request to another origin, a violation of
 * the policy, an error in the console or an uncaught exception fails the test that it happens in.
 */
import { test as base, expect } from "@playwright/test";

/** @import {Browser, BrowserContext, Locator, Page} from "@playwright/test" */

export { expect };

/**
 * Lists what a context does that it must not do.
 * @param {BrowserContext} context
 * @param {string} origin
 * @param {RegExp | null} expected Errors that the test brings about.
 * @param {boolean} [editing] Whether the user has chosen that cards can be corrected at once, and has not to ask for it.
 * @returns {Promise<string[]>} Grows as things happen.
 */
export async function watch(context, origin, expected, editing = true) {
    /** @type {string[]} */
    const faults = [];
    context.on("request", (request) => {
        if (new URL(request.url()).origin !== new URL(origin).origin) {
            faults.push(`request to ${request.url()}`);
        }
    });
    context.on("console", (message) => {
        if (message.type() === "error" && !expected?.test(message.text())) {
            faults.push(`console: ${message.text()}`);
        }
    });
    context.on("weberror", (error) => faults.push(`uncaught: ${error.error().message}`));
    await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
            console.error(`policy: ${violatedDirective} ${blockedURI}`);
        });
    });
    if (editing) {
        await context.addInitScript(() => {
            try {
                localStorage["whosaid.editing"] ??= "on";
            } catch {
                // Some tests deny the page all storage.
            }
        });
    }
    return faults;
}

export const test = /** @type {typeof base.extend<{expected: RegExp | null, editing: boolean, faults: string[]}>} */ (base.extend)({
    expected: [null, { option: true }],
    editing: [true, { option: true }],
    faults: [
        async ({ context, baseURL, expected, editing }, use) => {
            const faults = await watch(context, baseURL ?? "", expected, editing);
            await use(faults);
            expect(faults).toEqual([]);
        },
        { auto: true },
    ],
    page: async ({ page }, use) => {
        await page.goto("/");
        await use(page);
    },
});

/** An article, short enough to be looked through: two persons, one institution, three claims. */
export const ARTICLE = `Ferry line to close in May

By Ida Moen in Sandvik | The Sandvik Post | Updated: 3 February 2025

The ferry to Sandvik will stop in May, its owner said on Monday.

“We have lost money for nine years,” said Karin Dahl, the director of the Coast Transport Agency.

Peter Holm, a spokesman for the Ministry of Transport, denied that the decision was final.
`;

/** The same with a quotation that nothing ties to a speaker: whichever network reads it, the claim is uncertain. */
export const UNCERTAIN = `${ARTICLE}
The council met on Monday and left at nine.

“Nobody will ever stop the trains in this town.”

The meeting goes on in June.
`;

/**
 * Reads a text, and waits until it is shown.
 * @param {Page} page
 * @param {string} text
 */
export async function read(page, text) {
    await page.getByLabel("Article text").fill(text);
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(article(page)).toBeVisible();
}

/** @param {Page} page */
export async function readSample(page) {
    await page.getByRole("button", { name: "Try a sample article" }).click();
    await expect(article(page).locator("mark").first()).toBeVisible();
}

/** @param {Page} page */
export function article(page) {
    return page.getByRole("article");
}

/**
 * The article's paragraphs, its headings among them.
 * @param {Page} page
 */
export function paragraphs(page) {
    return article(page).locator(".section > *");
}

/**
 * The marks that show a text, or a part of it.
 * @param {Page} page
 * @param {string} text
 * @returns {Locator}
 */
export function mark(page, text) {
    return article(page).locator("mark").filter({ hasText: text });
}

/**
 * The letter that stands before a mark on the screen or on paper; empty where there is none.
 * @param {Locator} node
 * @returns {Promise<string>}
 */
export function letterBefore(node) {
    return node.evaluate((mark) => {
        const { content } = getComputedStyle(mark, "::before");
        return content === "none" ? "" : (/^"\s*(.+?)[\s\u2060]*"/u.exec(content)?.[1] ?? content);
    });
}

/**
 * Shows one of the lists.
 * @param {Page} page
 * @param {"Sources" | "Claims" | "Balance" | "History"} name
 * @returns {Promise<Locator>}
 */
export async function list(page, name) {
    await page.getByRole("tab", { name }).click();
    return page.getByRole("tabpanel", { name });
}

/**
 * A choice of the filter, which is opened for it.
 * @param {Page} page
 * @param {"Source" | "Status" | "Kind of claim" | "Quoted or not" | "Include beliefs and decisions"} name
 * @returns {Promise<Locator>}
 */
export async function filter(page, name) {
    const control = page.locator("#filter-menu").getByLabel(name);
    if (!(await control.isVisible())) {
        await page.getByRole("button", { name: /^Filter/ }).click();
    }
    return control;
}

/** @param {Page} page */
export function editor(page) {
    return page.getByRole("dialog", { name: /Who said it|Correct this|Mark the selection/ });
}

/**
 * The window in which is corrected who a speaker is.
 * @param {Page} page
 */
export function profile(page) {
    return page.locator("#profile");
}

/**
 * Selects a text in the article, as a pointer would.
 * @param {Page} page
 * @param {string} text Within one paragraph.
 */
export async function select(page, text) {
    await article(page).evaluate((root, wanted) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        /** @type {{node: Node, start: number}[]} */
        const nodes = [];
        let all = "";
        while (walker.nextNode()) {
            nodes.push({ node: walker.currentNode, start: all.length });
            all += walker.currentNode.nodeValue;
        }
        const point = (/** @type {number} */ offset) => {
            const found = nodes.findLast(({ start }) => start <= offset);
            return /** @type {[Node, number]} */ ([found?.node, offset - (found?.start ?? 0)]);
        };
        const start = all.indexOf(wanted);
        if (start < 0) {
            throw new Error(`“${wanted}” is not in the article`);
        }
        getSelection()?.setBaseAndExtent(...point(start), ...point(start + wanted.length - 1));
        getSelection()?.modify("extend", "forward", "character");
    }, text);
    await expect(editor(page)).toBeVisible();
}

/**
 * Waits until the page says that everything is saved.
 * @param {Page} page
 */
export async function saved(page) {
    await expect(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
}

/**
 * Waits until so many corrections are in force.
 * @param {Page} page
 * @param {number} count
 */
export async function corrections(page, count) {
    await expect(page.getByRole("tab", { name: "History" })).toHaveText(`History ${count}`);
}

/**
 * The button that leads to the way in, with the library.
 * @param {Page} page
 */
export function home(page) {
    return page.getByRole("button", { name: "whosaid: all articles" });
}

/**
 * A line of the menu of all that is rarely wanted, which is opened for it.
 * @param {Page} page
 * @param {string} name
 * @returns {Promise<Locator>}
 */
export async function menuItem(page, name) {
    await page.getByRole("button", { name: "More", exact: true }).click();
    return page.locator("#menu").getByRole("button", { name, exact: true });
}

/**
 * The line of the menu of exports that gives the article with its corrections as a file.
 * @param {Page} page
 * @returns {Promise<Locator>}
 */
export async function fileExport(page) {
    await openExports(page);
    return page.getByRole("button", { name: "Article and corrections (JSON)" });
}

/**
 * Opens the menu of exports, where the bar is narrow by way of the other menu.
 * @param {Page} page
 */
async function openExports(page) {
    const own = page.getByRole("button", { name: "Export", exact: true });
    await ((await own.isVisible()) ? own : await menuItem(page, "Export…")).click();
}

/** @param {Page} page */
export async function showSourceList(page) {
    await openExports(page);
    await page.getByRole("button", { name: "Source list…" }).click();
}

/** @param {Page} page */
export function library(page) {
    return page.getByRole("region", { name: "Your articles" });
}

/**
 * An article's row in the library.
 * @param {Page} page
 * @param {string} title
 */
export function shelved(page, title) {
    return library(page).getByRole("listitem").filter({ hasText: title });
}

/**
 * Goes to the way in, with the library.
 * @param {Page} page
 */
export async function startAnew(page) {
    await home(page).click();
    await expect(library(page)).toBeVisible();
}

/**
 * Says that the first person named so is an institution, and waits until that is saved.
 * @param {Page} page
 * @param {string} name
 */
export async function correctOnce(page, name) {
    await mark(page, name).first().click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await expect(mark(page, name).first()).toHaveClass(/institution/);
    await saved(page);
}

/**
 * Gives the page a file, as the file dialog would.
 * @param {Page} page
 * @param {string} name
 * @param {string | Buffer} content
 */
export async function openFile(page, name, content) {
    const buffer = typeof content === "string" ? Buffer.from(content) : content;
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

/**
 * The file that a click gives.
 * @param {Page} page
 * @param {Locator} button
 * @returns {Promise<{name: string, content: string}>}
 */
export async function downloaded(page, button) {
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    /** @type {Buffer[]} */
    const chunks = [];
    for await (const chunk of await download.createReadStream()) {
        chunks.push(chunk);
    }
    return { name: download.suggestedFilename(), content: Buffer.concat(chunks).toString() };
}

/**
 * Keeps what the core's thread answers from the page until it is let go: call before the page is loaded.
 * @param {Page} page
 * @returns {Promise<(held: boolean) => Promise<void>>} Holds all answers from now on, or lets them come.
 */
export async function holdAnswers(page) {
    await page.addInitScript(() => {
        /** @type {(() => void)[]} */
        const waiting = [];
        let isHeld = false;
        const { set } = /** @type {{set: (this: Worker, listen: (event: MessageEvent) => void) => void}} */ (
            Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage")
        );
        Object.defineProperty(Worker.prototype, "onmessage", {
            /** @param {(event: MessageEvent) => void} listen */
            set(listen) {
                set.call(this, (event) => (isHeld ? waiting.push(() => listen(event)) : listen(event)));
            },
        });
        Object.assign(globalThis, {
            /** @param {boolean} held */
            holdAnswers(held) {
                isHeld = held;
                while (!isHeld && waiting.length > 0) {
                    waiting.shift()?.();
                }
            },
        });
    });
    return (held) => page.evaluate((value) => /** @type {any} */ (globalThis).holdAnswers(value), held);
}

/**
 * Does something in the page of a profile of its own.
 * @param {Browser} browser
 * @param {string} baseURL
 * @param {(page: Page) => Promise<void>} work
 */
export async function elsewhere(browser, baseURL, work) {
    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL, null);
    const page = await context.newPage();
    await page.goto("/");
    await work(page);
    expect(faults).toEqual([]);
    await context.close();
}
