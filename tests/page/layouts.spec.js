/**
 * @file The database's layout: an older one becomes this one with all that is in it, a newer one is left alone.
 */
import { acknowledged, blank, deleteDatabase, goBlank, kept, labels } from "./device.js";
import { ARTICLE, correctOnce, downloaded, editor, expect, library, mark, read, shelved, startAnew, test } from "./whosaid.js";

/** @import {BrowserContext, Page} from "@playwright/test" */

/**
 * Makes the database of the first layout, and holds it open.
 * @param {Page} page
 * @param {{articles: object[], events: object[]}} content
 */
async function makeFirstLayout(page, content) {
    await page.evaluate(
        ({ articles, events }) =>
            new Promise((resolve, reject) => {
                const opening = indexedDB.open("whosaid", 1);
                opening.onupgradeneeded = () => {
                    opening.result.createObjectStore("articles", { keyPath: "doc" }).createIndex("opened", "opened");
                    opening.result.createObjectStore("events", { keyPath: ["doc", "id"] });
                };
                opening.onerror = () => reject(opening.error);
                opening.onsuccess = () => {
                    const write = opening.result.transaction(["articles", "events"], "readwrite");
                    articles.forEach((each) => write.objectStore("articles").add(each));
                    events.forEach((each) => write.objectStore("events").add(each));
                    write.oncomplete = resolve;
                    Object.assign(globalThis, { held: opening.result });
                };
            }),
        content,
    );
}

/**
 * Reads two articles with four corrections, the last of which takes the one before back, and puts them on the device
 * as the first layout had them.
 * @param {Page} page
 * @param {BrowserContext} context
 * @returns {Promise<{old: Page, articles: any[], events: any[]}>} The tab that holds them open.
 */
async function firstLayout(page, context) {
    await read(page, "Bridge reopens\n\nThe bridge is safe, said Tor Lie, an engineer.\n");
    await correctOnce(page, "Tor Lie");
    await startAnew(page);
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    await correctOnce(page, "Peter Holm");
    await page.keyboard.press("Control+z");
    await expect(mark(page, "Peter Holm")).toHaveClass(/person/);
    await acknowledged(page, 1);
    const { articles = [], events = [], shelf = [] } = await kept(page);
    expect([articles.length, events.length]).toEqual([2, 4]);
    const old = await blank(context);
    await goBlank(page);
    await deleteDatabase(old);
    const titled = articles.map(({ doc, text }) => {
        const { title, opened } = shelf.find((row) => row.doc === doc) ?? {};
        return { doc, title, text, opened };
    });
    await makeFirstLayout(old, { articles: titled, events });
    return { old, articles: titled, events };
}

test("the first layout becomes this one: every article and every event is there, and in force", async ({ page, context }) => {
    const { old, articles, events } = await firstLayout(page, context);
    await old.close();
    await page.goto("/");
    // The article that was opened last comes back by itself.
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect(mark(page, "Peter Holm")).toHaveClass(/person/);
    await acknowledged(page, 1);
    const now = await kept(page);
    expect(now.events).toEqual(events);
    expect(now.articles?.map(({ doc, text }) => ({ doc, text }))).toEqual(articles.map(({ doc, text }) => ({ doc, text })));

    await startAnew(page);
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
    await expect(shelved(page, "Ferry line")).toContainText(/3 claims.*1 correction.*0 of 3 checked/);
    // Nobody has counted it yet.
    await expect(shelved(page, "Bridge reopens")).toContainText(/today\s· 1 correctionDelete/);
    await shelved(page, "Bridge reopens").getByRole("button", { name: "Bridge reopens", exact: true }).click();
    await expect(mark(page, "Tor Lie")).toHaveClass(/institution/);
    await startAnew(page);
    await expect(shelved(page, "Bridge reopens")).toContainText("1 claim");
});

test("a tab that holds the first layout open is named; once it is closed, what was corrected is saved", async ({ page, context }) => {
    const { old, events } = await firstLayout(page, context);
    await page.goto("/");
    await expect(library(page)).toContainText("Another tab has whosaid open, as it was before its last update");
    await read(page, ARTICLE);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("Another tab has whosaid open");
    await expect(alert).toContainText("Close or reload the other tab.");
    await mark(page, "Ministry of Transport").click();
    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(page.getByText("1 correction not saved")).toBeVisible();

    await old.close();
    // What the device held is there as well.
    await acknowledged(page, 2);
    await expect(alert).toBeEmpty();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await expect.poll(async () => (await kept(page)).events).toEqual(expect.arrayContaining(events));
    await page.reload();
    await acknowledged(page, 2);
    await expect(mark(page, "Ministry of Transport")).toHaveClass(/place/);
});

test("a newer layout is left as it is, and the page says that it is to be loaded again", async ({ page, context }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const newer = await blank(context);
    await newer.evaluate(
        () =>
            new Promise((resolve) => {
                const opening = indexedDB.open("whosaid", 4);
                opening.onsuccess = () => {
                    opening.result.close();
                    resolve(undefined);
                };
            }),
    );
    await editor(page).getByRole("button", { name: "Place" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("A newer whosaid is open in another tab. What was saved before is safe.");
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    const { content } = await downloaded(page, alert.getByRole("button", { name: "Download the corrections" }));
    expect(JSON.parse(content).corrections).toHaveLength(2);
    await expect.poll(() => labels(page)).toEqual(["institution"]);
});

/**
 * Makes a database of the first layout in a page without whosaid, and closes it.
 * @param {BrowserContext} context
 * @param {{articles: object[], events: object[]}} content
 */
async function leaveFirstLayout(context, content) {
    const old = await blank(context);
    await makeFirstLayout(old, content);
    await old.close();
}

/**
 * Goes to the page, which opens no article.
 * @param {Page} page At another address of the same origin.
 */
async function goToLibrary(page) {
    await page.evaluate(() => sessionStorage.setItem("whosaid.doc", ""));
    await page.goto("/");
}

const AT = "2026-01-01T00:00:00.000Z";
const article = (/** @type {number} */ nth, /** @type {object} */ rest = {}) => ({
    doc: `d${nth}`,
    text: `${ARTICLE}${nth}`,
    title: `T${nth}`,
    opened: AT,
    ...rest,
});
const event = (/** @type {string} */ id, /** @type {object} */ rest = {}) => {
    const edit = { op: "relabel", target: { start: 0, end: 5, exact: "Ferry" }, mark: "person", to: "place" };
    return { doc: "d0", id, correction: { id, actor: "a", lamport: 1, time: AT, edit, ...rest } };
};

for (const { what, articles, events, rows } of [
    {
        what: "a correction that is null",
        articles: [article(0), article(1)],
        events: [event("a:1"), { ...event("a:2"), correction: null }],
        rows: ["T0", "T1"],
    },
    {
        what: "a correction without its edit",
        articles: [article(0)],
        events: [event("a:1"), event("a:2", { edit: undefined })],
        rows: ["T0"],
    },
    {
        what: "a correction without its time",
        articles: [article(0)],
        events: [event("a:1"), event("a:2", { time: undefined })],
        rows: ["T0"],
    },
    {
        what: "an article whose title is a number",
        articles: [article(0, { title: 5 }), article(1)],
        events: [event("a:1")],
        rows: ["Ferry line", "T1"],
    },
    {
        what: "an article without its day",
        articles: [article(0, { opened: undefined }), article(1)],
        events: [event("a:1")],
        rows: ["T0", "T1"],
    },
    {
        what: "an article without its text",
        articles: [article(0), article(1, { text: undefined })],
        events: [event("a:1")],
        rows: ["T0", "T1"],
    },
]) {
    test(`the first layout with ${what} becomes this one: every record is there`, async ({ page, context }) => {
        await goBlank(page);
        await deleteDatabase(page);
        await leaveFirstLayout(context, { articles, events });
        await goToLibrary(page);
        for (const title of rows) {
            await expect(shelved(page, title)).toBeVisible();
        }
        await expect(library(page).getByRole("listitem")).toHaveCount(rows.length);
        const now = await kept(page);
        const plain = JSON.parse(JSON.stringify({ articles, events }));
        expect(JSON.parse(JSON.stringify({ articles: now.articles, events: now.events }))).toEqual(plain);
        await shelved(page, rows[0] ?? "")
            .locator("button.title")
            .click();
        await acknowledged(page, 1);
    });
}

test("an upgrade that fails leaves everything as it was, says so, and is made at the next start", async ({ page, context }) => {
    await goBlank(page);
    await deleteDatabase(page);
    const content = { articles: [article(0), article(1)], events: [event("a:1")] };
    await leaveFirstLayout(context, content);
    await page.addInitScript(() => {
        const { add } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.add = function (value, ...key) {
            if (this.name === "shelf" && value.doc === "d1" && !sessionStorage.getItem("mended")) {
                throw new DOMException("the disk is broken", "UnknownError");
            }
            return add.call(this, value, ...key);
        };
    });
    await goToLibrary(page);
    await expect(library(page)).toContainText("The articles on this device could not be made ready for this version of whosaid.");
    await expect.poll(() => kept(page)).toEqual(content);
    await page.evaluate(() => sessionStorage.setItem("mended", "yes"));
    await page.reload();
    await expect(shelved(page, "T0")).toContainText("1 correction");
    await expect(shelved(page, "T1")).toBeVisible();
    await expect.poll(async () => (await kept(page)).shelf?.map(({ title }) => title)).toEqual(["T0", "T1"]);
});

test("a library that an earlier upgrade left empty is filled again", async ({ page, context }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const { articles = [], events = [] } = await kept(page);
    const other = await blank(context);
    await goBlank(page);
    await deleteDatabase(other);
    await other.evaluate(
        (content) =>
            new Promise((resolve) => {
                const opening = indexedDB.open("whosaid", 2);
                opening.onupgradeneeded = () => {
                    const { result } = opening;
                    result.createObjectStore("shelf", { keyPath: "doc" }).createIndex("opened", "opened");
                    result.createObjectStore("learnt", { keyPath: "key" });
                    result.createObjectStore("articles", { keyPath: "doc" }).add(content.article);
                    result.createObjectStore("events", { keyPath: ["doc", "id"] }).add(content.event);
                };
                opening.onsuccess = () => resolve(opening.result.close());
            }),
        { article: articles[0], event: events[0] },
    );
    await page.goto("/");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await startAnew(page);
    await expect(shelved(page, "Ferry line to close in May")).toContainText("1 correction");
});
