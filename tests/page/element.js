/**
 * @file Pages of others that hold the element: what stands in tests/page/element, with the built package beside it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

export const root = fileURLToPath(new URL("../../", import.meta.url));
const TYPES = /** @type {Record<string, string>} */ ({ js: "text/javascript", wasm: "application/wasm", html: "text/html" });

/** @param {Page} page @param {string} folder @param {RegExp} paths Of which the page asks for those below it. */
async function serve(page, folder, paths) {
    await page.route(paths, (route) => {
        const path = new URL(route.request().url()).pathname.replace(/^\/whosaid\//, "/");
        const contentType = TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
        return route.fulfill({ contentType, body: readFileSync(join(root, folder, path)) });
    });
}

/** @param {Page} page @param {string} name */
export async function open(page, name) {
    await serve(page, "release/whosaid", /\/whosaid\//);
    await serve(page, "tests/page/element", /\/(?:ten|two)\.html$/);
    await page.addInitScript(() => {
        /** @type {{type: string, from: string, detail: any}[]} */
        const heard = [];
        Object.assign(globalThis, { heard });
        for (const name of "ready progress annotated before-change change select saved orphan language error".split(" ")) {
            addEventListener(`whosaid-${name}`, (event) => {
                const { type, target, detail } = /** @type {CustomEvent} */ (event);
                heard.push({ type: type.replace("whosaid-", ""), from: /** @type {Element} */ (target).id, detail });
            });
        }
    });
    await page.goto(`/${name}.html`);
}

/** @param {Page} page @param {string} type @param {string} [from] @returns {Promise<any[]>} The details of the events of a sort. */
export const heard = (page, type, from = "") =>
    page.evaluate(
        ([type, from]) =>
            /** @type {any} */ (globalThis).heard
                .filter((/** @type {any} */ one) => one.type === type && (from === "" || one.from === from))
                .map((/** @type {any} */ { detail }) => detail),
        [type, from],
    );

/** @param {Locator} element */
export const history = (element) => element.getByRole("tab", { name: /^History/ });

/** @param {Page} page @returns {Promise<Locator>} The element of ten lines, read. */
export async function openTen(page) {
    await open(page, "ten");
    const element = page.locator("who-said");
    await expect(element.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    return element;
}

/**
 * Runs something of the element's.
 * @template Result
 * @param {Locator} element @param {(node: any) => Result} run @returns {Promise<Awaited<Result>>}
 */
export const asked = (element, run) => element.evaluate(/** @type {any} */ (run));
