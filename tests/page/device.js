/**
 * @file What is kept on the device, looked at from outside of the page.
 */
import { ARTICLE, corrections, editor, mark, read, saved } from "./whosaid.js";

/** @import {BrowserContext, Page} from "@playwright/test" */
/** @import {Correction} from "../../www/pkg/whosaid.js" */

/**
 * What the database on the device holds, store by store.
 * @param {Page} page
 * @returns {Promise<Record<string, any[]>>}
 */
export async function kept(page) {
    return page.evaluate(async () => {
        const answer = (/** @type {IDBRequest} */ request) =>
            new Promise((resolve, reject) => {
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
            });
        const opening = indexedDB.open("whosaid");
        // Looked at, not made.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        const database = await answer(opening).catch(() => undefined);
        if (!database) {
            return {};
        }
        const names = /** @type {string[]} */ ([...database.objectStoreNames]);
        const all = names.map(async (name) => [name, await answer(database.transaction(name).objectStore(name).getAll())]);
        const stores = Object.fromEntries(await Promise.all(all));
        database.close();
        return stores;
    });
}

/**
 * Waits until the page says that there are so many corrections, and that they are saved.
 * @param {Page} page
 * @param {number} count
 */
export async function acknowledged(page, count) {
    await corrections(page, count);
    await saved(page);
}

/**
 * Says that a claim is a denial, and what a person is.
 * @param {Page} page
 */
export async function correctTwice(page) {
    await read(page, ARTICLE);
    await mark(page, "We have lost money").click();
    await page.keyboard.press("2");
    await acknowledged(page, 1);
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await acknowledged(page, 2);
}

/**
 * What the corrections on the disk say that a name is, in their order.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function labels(page) {
    /** @type {Correction[]} */
    const log = ((await kept(page)).events ?? []).map(({ correction }) => correction);
    const edits = log.toSorted((one, other) => one.lamport - other.lamport).map(({ edit }) => edit);
    return edits.map((edit) => (edit.op === "relabel" ? edit.to : edit.op));
}

/**
 * A page of the same origin without whosaid in it.
 * @param {BrowserContext} context
 * @returns {Promise<Page>}
 */
export async function blank(context) {
    const page = await context.newPage();
    await goBlank(page);
    return page;
}

/**
 * Goes to a page of the same origin without whosaid in it.
 * @param {Page} page
 */
export async function goBlank(page) {
    await page.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: "<link rel=icon href='data:,'>" }));
    await page.goto("/blank");
}

/**
 * Deletes the database, although pages have it open.
 * @param {Page} page
 */
export async function deleteDatabase(page) {
    await page.evaluate(
        () =>
            new Promise((resolve, reject) => {
                const request = indexedDB.deleteDatabase("whosaid");
                request.onsuccess = resolve;
                request.onblocked = () => reject(new Error("blocked"));
                request.onerror = () => reject(request.error);
            }),
    );
}

/**
 * From the next load on, the database does not answer until the page is told to let it.
 * @param {Page} page
 * @returns {Promise<() => Promise<void>>} Lets it answer.
 */
export async function holdDatabase(page) {
    await page.addInitScript(() => {
        const { open } = IDBFactory.prototype;
        const held = new Promise((resolve) => Object.assign(globalThis, { answer: resolve }));
        IDBFactory.prototype.open = function (...given) {
            const request = open.apply(this, given);
            const listen = request.addEventListener.bind(request);
            request.addEventListener = (/** @type {string} */ type, /** @type {any} */ listener) =>
                listen(type, (event) => void held.then(() => listener(event)));
            return request;
        };
    });
    return () => page.evaluate(() => /** @type {any} */ (globalThis).answer());
}

/**
 * Puts a record into the database on the device, as it stands.
 * @param {Page} page
 * @param {string} store
 * @param {unknown} record
 */
export async function putRecord(page, store, record) {
    await page.evaluate(
        ([name, value]) =>
            new Promise((resolve) => {
                const opening = indexedDB.open("whosaid");
                opening.onsuccess = () => {
                    const write = opening.result.transaction(/** @type {string} */ (name), "readwrite");
                    write.objectStore(/** @type {string} */ (name)).put(value);
                    write.oncomplete = () => resolve(opening.result.close());
                };
            }),
        [store, record],
    );
}
