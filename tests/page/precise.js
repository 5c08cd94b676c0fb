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
import { test as base } from "./whosaid.js";

/** @import {AddressInfo} from "node:net" */
/** @import {IncomingMessage, ServerResponse} from "node:http" */

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
async function serve(name) {
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
