/**
 * @file One damaged record never costs a good one: every store, every damage, every way in which a record is met.
 */
import { acknowledged, blank, kept } from "./device.js";
import {
    ARTICLE,
    article,
    correctOnce,
    downloaded,
    editor,
    elsewhere,
    expect,
    library,
    mark,
    openFile,
    read,
    saved,
    shelved,
    startAnew,
    test,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const FERRY = "Ferry line to close in May";
const BRIDGE = "Bridge reopens\n\nThe bridge is safe, said Tor Lie, an engineer.\n";

/**
 * Damages a record, and says which fields of it are what.
 * @typedef {(record: any) => any} Damage
 */

/** @param {(correction: any) => any} damage */
const event = (damage) => (/** @type {any} */ record) => {
    const id = "other:9";
    return { ...record, id, correction: damage({ ...record.correction, id, actor: "other" }) };
};

const ferry = { start: 0, end: 5, exact: "Ferry", prefix: "", suffix: " line" };

const lessons = { learnt: { articles: 1, names: [], cues: [], delta: { cue: [] } }, on: true, from: {} };

/**
 * By store; `isRead`: those damages with which the record is good all the same.
 * @type {Record<string, Record<string, Damage>>}
 */
const DAMAGES = {
    events: {
        "missing field": event((correction) => ({ ...correction, edit: undefined })),
        "wrong type": event((correction) => ({ ...correction, lamport: "1" })),
        "unknown kind": event((correction) => ({ ...correction, edit: { ...correction.edit, op: "highlight" } })),
        "extra field": event((correction) => ({
            ...correction,
            colour: "red",
            edit: { op: "add", mark: "place", target: ferry, colour: 1 },
        })),
        null: event(() => null),
        "not an object": event(() => "a correction"),
    },
    articles: {
        "missing field": (record) => ({ ...record, text: undefined }),
        "wrong type": (record) => ({ ...record, text: 7 }),
        "unknown kind": ({ doc }) => ({ doc, kind: "recording", sound: [0.5, 1e21] }),
        "extra field": (record) => ({ ...record, colour: "red" }),
        null: (record) => ({ ...record, text: null }),
        "not an object": (record) => ({ ...record, text: [record.text] }),
    },
    shelf: {
        "missing field": (record) => ({ ...record, opened: undefined }),
        "wrong type": (record) => ({ ...record, corrections: "one" }),
        "unknown kind": ({ doc }) => ({ doc, kind: "folder", holds: ["a", "b"] }),
        "extra field": (record) => ({ ...record, colour: "red" }),
        null: (record) => ({ ...record, title: null }),
        "not an object": (record) => ({ ...record, tally: "many" }),
    },
    learnt: {
        "missing field": () => ({ key: "corrections", value: { ...lessons, learnt: { articles: 1 } } }),
        "wrong type": () => ({ key: "corrections", value: { ...lessons, on: "yes" } }),
        "unknown kind": () => ({ key: "corrections", value: { kind: "song" } }),
        "extra field": () => ({ key: "corrections", value: { ...lessons, colour: "red" } }),
        null: () => ({ key: "corrections", value: null }),
        "not an object": () => ({ key: "corrections", value: "lessons" }),
    },
};

/**
 * Writes a record as another version would.
 * @param {Page} page
 * @param {string} store
 * @param {any} record
 * @returns {Promise<string>} As it stands in a file.
 */
async function write(page, store, record) {
    const plain = JSON.stringify(record);
    await page.evaluate(
        ({ name, text }) =>
            new Promise((resolve, reject) => {
                const opening = indexedDB.open("whosaid");
                opening.onsuccess = () => {
                    const change = opening.result.transaction(name, "readwrite");
                    change.objectStore(name).put(JSON.parse(text));
                    change.onabort = () => reject(change.error);
                    change.oncomplete = () => resolve(opening.result.close());
                };
            }),
        { name: store, text: plain },
    );
    return plain;
}

/**
 * The good records of both articles: their texts, their corrections.
 * @param {Page} page
 * @param {string} store The one that holds a damaged record.
 */
async function good(page, store) {
    const { articles = [], events = [] } = await kept(page);
    const corrections = events
        .map(({ correction }) => correction)
        .filter((correction) => correction?.actor && correction.actor !== "other");
    const texts = articles.map(({ text }) => text).filter((text) => (store === "articles" ? text === ARTICLE : true));
    return { texts: texts.sort(), corrections: corrections.sort((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** @param {Page} page */
async function backUp(page) {
    return (await downloaded(page, library(page).getByRole("button", { name: "Back up all" }))).content;
}

/**
 * Expects the line about records that cannot be read, or none.
 * @param {Page} page
 * @param {boolean} isRead
 */
async function expectUnread(page, isRead) {
    const line = library(page).getByText("1 record cannot be read by this version of whosaid");
    await expect(line).toHaveCount(isRead ? 0 : 1);
}

for (const [store, damages] of Object.entries(DAMAGES)) {
    for (const [damage, make] of Object.entries(damages)) {
        test(`${store}, ${damage}: the good records stay, the damaged one goes into every backup`, async ({
            page,
            context,
            browser,
            baseURL,
        }) => {
            const isRead = damage === "extra field";
            await read(page, BRIDGE);
            await correctOnce(page, "Tor Lie");
            await startAnew(page);
            await read(page, ARTICLE);
            await correctOnce(page, "Karin Dahl");
            const before = await kept(page);
            // Of the bridge's article; an event is one more of the ferry's.
            const [doc] = (before.articles ?? []).filter(({ text }) => (text === ARTICLE) === (store === "events")).map((each) => each.doc);
            const damaged = make((before[store] ?? []).find((record) => record.doc === doc));
            const whole = await good(page, store);
            const outside = await blank(context);
            const text = await write(outside, store, damaged);

            // In a tab that has the article open.
            await outside.evaluate(
                ([name, value]) => new BroadcastChannel("whosaid").postMessage({ doc: name, corrections: [value] }),
                [damaged.doc ?? doc, store === "events" ? JSON.parse(text).correction : JSON.parse(text)],
            );
            await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
            const count = store === "events" && isRead ? 2 : 1;
            await acknowledged(page, count);
            if (store === "events") {
                await expect(page.getByText("1 record cannot be read by this version of whosaid")).toHaveCount(isRead ? 0 : 1);
            }
            await editor(page).getByRole("button", { name: "Place" }).click();
            await acknowledged(page, count + 1);
            await page.keyboard.press("Control+z");
            await acknowledged(page, count);
            await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);

            // Opened.
            await page.reload();
            await acknowledged(page, count);
            await expect(article(page)).toContainText("The ferry to Sandvik");

            // In the library.
            await startAnew(page);
            await expect(library(page).getByRole("listitem")).toHaveCount(2);
            await expect(shelved(page, FERRY)).toContainText(`${count} correction`);
            await expectUnread(page, isRead);

            // In a backup.
            const file = await backUp(page);
            expect(file).toContain(text);
            const texts = JSON.parse(file).articles.map((/** @type {any} */ each) => each.text);
            expect(texts.sort()).toEqual(store === "articles" && !isRead ? [ARTICLE] : [BRIDGE, ARTICLE]);

            // Restored, and in the next backup.
            await elsewhere(browser, baseURL ?? "", async (other) => {
                await openFile(other, "library.json", file);
                await expect(other.getByRole("alert")).toContainText("The backup was restored");
                await expect(library(other).getByRole("listitem")).toHaveCount(texts.length);
                await expectUnread(other, isRead);
                const after = await good(other, store);
                expect(after.texts).toEqual(whole.texts);
                expect(after.corrections.map(({ id }) => id)).toEqual(expect.arrayContaining(whole.corrections.map(({ id }) => id)));
                await shelved(other, FERRY).getByRole("button", { name: FERRY, exact: true }).click();
                await acknowledged(other, count);
                await startAnew(other);
                const again = await backUp(other);
                expect(again).toContain(text);
                expect(again.split(text)).toHaveLength(2);
            });

            // The good records here are what they were.
            const now = await good(page, store);
            expect(now.texts).toEqual(whole.texts);
            expect(now.corrections).toEqual(expect.arrayContaining(whole.corrections));
            const unchanged = JSON.stringify(await kept(page));
            expect(unchanged).toContain(JSON.stringify(JSON.parse(text)));

            // The article whose record was damaged is mended by reading it again.
            await page.getByLabel("Article text").fill(BRIDGE);
            await page.getByRole("button", { name: "Show who said what" }).click();
            await expect(mark(page, "Tor Lie")).toHaveClass(/institution/);
            await saved(page);
            await startAnew(page);
            await expect(library(page).getByRole("listitem")).toHaveCount(2);
            await expect.poll(() => backUp(page)).toContain(text);
        });
    }
}
