/**
 * @file The built page with a tiny precise network in it, served so that a test decides what comes of its file.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sirv from "sirv";

import { DIST, buildService } from "../../scripts/page.mjs";
import { HEADERS } from "../../scripts/policy.mjs";
import { addPrecise, isPrecise } from "../../scripts/precise-page.mjs";
import { tinyPrecise } from "../js/precise.js";
import { nameless } from "./nameless.js";
import { ARTICLE, article, test as base, expect, mark, read } from "./whosaid.js";

/** @import {AddressInfo} from "node:net" */
/** @import {IncomingMessage, ServerResponse} from "node:http" */
/** @import {Page} from "@playwright/test" */

/**
 * @typedef {object} Served
 * @property {string} address Of the page.
 * @property {Buffer} file The precise network's.
 * @property {string[]} asked What was asked of its file: one line a request.
 * @property {((response: ServerResponse, file: Buffer) => void) | undefined} answer How its file is sent; absent: whole.
 * @property {() => Promise<void>} update Makes the page another build, with another file.
 */

/** A precise network that finds no names, so that what it reads is told from what the small one reads. */
const NAMELESS = nameless(tinyPrecise());

/**
 * Puts a precise network into a copy of the built page.
 * @param {string} folder
 * @param {Buffer} file
 */
async function build(folder, file) {
    cpSync(DIST, folder, { recursive: true, filter: (path) => !isPrecise(path.slice(DIST.length + 1).replace(/\.br$/, "")) });
    const made = join(folder, "precise.made");
    writeFileSync(made, file);
    addPrecise(folder, made);
    rmSync(made);
    await buildService(folder);
}

/**
 * @param {string} name Of the folder, in part.
 * @returns {Promise<Served & {close: () => void}>}
 */
export async function serve(name) {
    const folder = mkdtempSync(join(tmpdir(), `whosaid-${name}-`));
    await build(folder, NAMELESS);
    const files = sirv(folder, { dev: true, etag: true });
    const server = createServer((/** @type {IncomingMessage} */ request, response) => {
        const path = (request.url ?? "").slice(1);
        response.setHeaders(HEADERS);
        if (isPrecise(path)) {
            served.asked.push(`${request.method} ${path}`);
            if (served.answer) {
                served.answer(response, readFileSync(join(folder, path)));
                return;
            }
        }
        files(request, response);
    }).listen(0, "localhost");
    await new Promise((resolve) => server.once("listening", resolve));
    /** @type {Served & {close: () => void}} */
    const served = {
        address: `http://localhost:${/** @type {AddressInfo} */ (server.address()).port}/`,
        file: NAMELESS,
        asked: [],
        answer: undefined,
        async update() {
            served.file = nameless(tinyPrecise(), 999);
            rmSync(folder, { recursive: true });
            await build(folder, served.file);
        },
        close() {
            server.close();
            server.closeAllConnections();
            rmSync(folder, { recursive: true });
        },
    };
    return served;
}

export const test = /** @type {typeof base.extend<{served: Served}>} */ (base.extend)({
    served: async ({ browserName }, use) => {
        const served = await serve(browserName);
        await use(served);
        served.close();
    },
    baseURL: async ({ served }, use) => use(served.address),
});

/** @param {Page} page */
export const offer = (page) => page.getByRole("button", { name: /^Read more precisely/ });

/** @param {Page} page */
export const always = (page) => page.getByRole("complementary").getByLabel("Always read more precisely");

/** @param {Page} page */
export const alert = (page) => page.getByRole("alert");

/** @param {Page} page */
export const pill = (page) => page.locator(".progress:has(#precise-label)");

/**
 * The files of the precise network on this device: whether each is whole.
 * @param {Page} page
 * @returns {Promise<{name: string, bytes: number}[]>}
 */
export function files(page) {
    return page.evaluate(async () => {
        const cache = (await caches.has("whosaid.precise")) ? await caches.open("whosaid.precise") : undefined;
        const all = (await cache?.keys()) ?? [];
        return Promise.all(
            all.map(async (request) => {
                const response = /** @type {Response} */ (await cache?.match(request));
                return { name: new URL(request.url).pathname, bytes: (await response.arrayBuffer()).byteLength };
            }),
        );
    });
}

/**
 * Waits until the article stands as the precise network reads it, which here finds no names.
 * @param {Page} page
 */
export async function expectPrecise(page) {
    await expect(page.getByText("Read by the precise network.")).toBeVisible();
    await expect(article(page).locator("mark.by-name")).toHaveCount(0);
}

/**
 * Waits until the article stands as the small network reads it.
 * @param {Page} page
 */
export async function expectSmall(page) {
    await expect(offer(page).first()).toBeVisible();
    await expect(mark(page, "Karin Dahl").first()).toHaveClass(/person/);
}

/**
 * Reads an article, and has it read more precisely.
 * @param {Page} page
 * @param {string} [text]
 */
export async function readPrecisely(page, text = ARTICLE) {
    await read(page, text);
    await offer(page).click();
    await expectPrecise(page);
}
