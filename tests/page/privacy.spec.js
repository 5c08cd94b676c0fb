/**
 * @file Nothing leaves the device. Every test watches for requests to other origins and for violations of the policy;
 * here it is shown that the watch sees, and what the policy forbids.
 */
import { createPageServer } from "../../scripts/serve.mjs";
import { ARTICLE, expect, mark, read, saved, test, watch } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

test("all that is fetched are the page's own files, by their names, without a word of the article", async ({ page, baseURL }) => {
    /** @type {string[]} */
    const requests = [];
    page.on("request", (request) => requests.push(`${request.method()} ${request.url().replace(baseURL ?? "", "")}`));
    await page.reload();
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await saved(page);
    const own = ["", "main.js", "worker.js", "theme.css", "style.css", "icon.svg", "excerpt.json"];
    const pkg = ["pkg/whosaid.js", "pkg/whosaid_bg.wasm", "pkg/model.bin"];
    const allowed = [...own, ...pkg].map((path) => `GET ${path}`);
    const isPart = (/** @type {string} */ request) => /^GET parts\/[\w-]+\.js$/.test(request);
    expect(requests.filter((request) => !allowed.includes(request) && !isPart(request))).toEqual([]);
    // The watch sees the thread's requests as well.
    expect(requests).toContain("GET pkg/model.bin");
});

/**
 * Tries what the policy forbids.
 * @param {Page} page
 * @returns {Promise<Record<string, string>>} How each attempt ended: `allowed`, or an error's name.
 */
function attempts(page) {
    return page.evaluate(async () => {
        const tries = {
            fetch: () => fetch("https://example.org/"),
            html: () => {
                document.body.innerHTML = "<b>x</b>";
            },
            policy: () => window.trustedTypes?.createPolicy("other", {}),
        };
        /** @type {Record<string, string>} */
        const results = {};
        for (const [name, attempt] of Object.entries(tries)) {
            try {
                await attempt();
                results[name] = "allowed";
            } catch (error) {
                results[name] = /** @type {Error} */ (error).name;
            }
        }
        return results;
    });
}

test("the policy stands in the way of other origins, other policies and HTML from strings", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL ?? "", null);
    const page = await context.newPage();
    await page.goto("/");
    const outcomes = await attempts(page);
    expect(outcomes).toEqual({ fetch: "TypeError", html: "TypeError", policy: "TypeError" });
    // And the watch of every test would have said so.
    await expect.poll(() => faults.join("\n")).toContain("policy: connect-src https://example.org/");
    await context.close();
});

test("on a server that sends no headers the page is bound all the same, and reads", async ({ browser }) => {
    const server = createPageServer(() => undefined, new Headers());
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    const at = server.address();
    const address = `http://localhost:${typeof at === "object" ? at?.port : ""}/`;
    const context = await browser.newContext({ baseURL: address });
    const page = await context.newPage();
    await page.goto(address);
    await expect.poll(() => attempts(page)).toEqual({ fetch: "TypeError", html: "TypeError", policy: "TypeError" });
    await page.reload();
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await context.close();
    server.close();
    server.closeAllConnections();
});
