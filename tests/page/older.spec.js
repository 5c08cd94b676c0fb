/**
 * @file Databases as older versions left them. tests/page/older has two, made by the pages of those commits in a browser, and the last
 * correction taken out of both: b87763c kept no analysis; f9296df kept the one that the corrections were made on, with the name of its
 * model, and called claims "attributions".
 */
import { readFileSync } from "node:fs";

import { blank, kept } from "./device.js";
import { article, corrections, expect, library, list, mark, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * What a database held.
 * @typedef {object} Dump
 * @property {number} version
 * @property {Record<string, {keyPath: string | string[] | null, indexes: {name: string, keyPath: string | string[]}[], rows: any[]}>} stores
 * @property {Record<string, string>} local
 */

/**
 * Makes the database that an older page left.
 * @param {Page} page Of this origin, without whosaid in it.
 * @param {Dump} dump
 */
async function leave(page, dump) {
    await page.evaluate(async ({ version, stores, local }) => {
        for (const [name, value] of Object.entries(local)) {
            localStorage.setItem(name, value);
        }
        const opening = indexedDB.open("whosaid", version);
        opening.onupgradeneeded = () => {
            for (const [name, { keyPath, indexes }] of Object.entries(stores)) {
                const store = opening.result.createObjectStore(name, keyPath === null ? { autoIncrement: true } : { keyPath });
                for (const index of indexes) {
                    store.createIndex(index.name, index.keyPath);
                }
            }
        };
        const database = await new Promise((resolve, reject) => {
            opening.onsuccess = () => resolve(opening.result);
            opening.onerror = () => reject(opening.error);
        });
        const writing = database.transaction(Object.keys(stores), "readwrite");
        for (const [name, { rows }] of Object.entries(stores)) {
            rows.forEach((row) => writing.objectStore(name).put(row));
        }
        await new Promise((resolve, reject) => {
            writing.oncomplete = resolve;
            writing.onerror = () => reject(writing.error);
        });
        database.close();
    }, dump);
}

for (const commit of ["b87763c", "f9296df"]) {
    test(`the database of ${commit}: articles, corrections and their effects are there`, async ({ context }) => {
        /** @type {Dump} */
        const dump = JSON.parse(readFileSync(`tests/page/older/${commit}.json`, "utf8"));
        const before = await blank(context);
        await leave(before, dump);
        await before.close();

        const now = await context.newPage();
        await now.goto("/");
        // The article that was open last is open again.
        await expect(article(now)).toContainText("Harbour dues will rise");
        await startAnew(now);
        await expect(library(now).getByRole("listitem")).toHaveCount(2);
        await shelved(now, "Ferry line to close in May").getByRole("button", { name: "Ferry line to close in May", exact: true }).click();
        await corrections(now, 3);
        await expect(mark(now, "Karin Dahl")).toHaveClass(/institution/);
        await expect(article(now)).toContainText("denied that the decision was final.");
        await expect(mark(now, "that the decision was final")).toHaveCount(0);
        const speakers = await list(now, "Sources");
        await expect(speakers.getByRole("button", { name: /^Ann Vik/ })).toBeVisible();

        const { events, bases } = await kept(now);
        const ids = (/** @type {any[]} */ rows) => rows.map(({ id }) => id).sort();
        expect(ids(events ?? [])).toEqual(ids(dump.stores.events?.rows ?? []));
        // What the corrections were made on stays as it was kept, under the names of its time.
        expect(bases?.slice(0, dump.stores.bases?.rows.length ?? 0)).toEqual(dump.stores.bases?.rows ?? []);
    });
}
