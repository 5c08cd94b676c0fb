/**
 * @file The lines of both READMEs for a page of one's own run as they stand, beside the built package: those of scripts under the page's
 * own headers, a strict policy with Trusted Types.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import sirv from "sirv";

import { PACKAGE } from "../../scripts/package.mjs";
import { HEADERS } from "../../scripts/policy.mjs";
import { buildPrecise } from "../../scripts/precise.mjs";
import { tinyPrecise } from "../js/precise.js";
import { expect, test } from "./whosaid.js";

test("the README's lines for a page find who said what", async ({ page }) => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const blocks = [...readme.matchAll(/^```js\n([^]*?)^```/gm)].map(([, code]) => code ?? "");
    const [code = "", ...others] = blocks.filter((block) => !block.includes("node:fs"));
    expect([code.includes('from "whosaid"'), others.length]).toEqual([true, 0]);
    const headers = Object.fromEntries(HEADERS);
    // A bundler does this, or an import map.
    const body = code.replace('from "whosaid"', 'from "./package/index.js"');
    await page.route("**/package/**", (route) => {
        const path = new URL(route.request().url()).pathname.replace("/package/", "");
        return route.fulfill({ path: join(PACKAGE, path), headers });
    });
    await page.route("**/example.mjs", (route) => route.fulfill({ contentType: "text/javascript", body, headers }));
    await page.route("**/example.html", (route) => {
        const html = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="example.mjs"></script>';
        return route.fulfill({ contentType: "text/html", body: html, headers });
    });
    /** @type {string[]} */
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto("/example.html");
    await expect.poll(() => said.join("\n")).toContain("Anna Berg: “Taxes will rise,”");
    expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual(["/package/worker.js"]);
});

/** @param {string} readme @param {string} language @param {string} word That it has. @returns {string} A block of code. */
function blockOf(readme, language, word) {
    const text = readFileSync(new URL(`../../${readme}`, import.meta.url), "utf8");
    const all = [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, code]) => code ?? "");
    const [code = "", ...others] = all.filter((block) => block.includes(word));
    expect([code !== "", others.length]).toEqual([true, 0]);
    return code;
}

test("the ten lines of both READMEs show an article", async ({ page }) => {
    const html = blockOf("README.md", "html", "<who-said>");
    expect(blockOf("packages/whosaid/README.md", "html", "<who-said>")).toBe(html);
    await page.route("**/node_modules/whosaid/**", (route) => {
        return route.fulfill({ path: join(PACKAGE, new URL(route.request().url()).pathname.replace("/node_modules/whosaid/", "")) });
    });
    await page.route("**/ten.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
    await page.goto("/ten.html");
    await expect(page.locator("who-said").getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    await expect(page.locator("who-said mark.claim").filter({ hasText: "Taxes will rise" })).toBeVisible();
});

test("the recipe for collecting corrections brings those of each to all", async ({ browser }) => {
    const folder = mkdtempSync(join(tmpdir(), "whosaid-recipe-"));
    const endpoint = join(folder, "collect.mjs");
    writeFileSync(endpoint, blockOf("packages/whosaid/README.md", "js", "collect("));
    const { collect } = await import(pathToFileURL(endpoint).href);
    const script = blockOf("packages/whosaid/README.md", "js", "exchange(").replace('"whosaid/element"', '"/element.js"');
    const html = (/** @type {string} */ name) => `<!doctype html><meta charset="utf-8" /><link rel="icon" href="data:," />
        <who-said doc-id="taxes" annotator="${name}">“Taxes will rise,” said Anna Berg. The unions said that they would strike.</who-said>
        <script type="module">${script}</script>`;
    const files = sirv(PACKAGE, { dev: true });
    const server = createServer((request, response) => {
        if (request.url?.startsWith("/corrections/")) {
            collect(request, response);
        } else if (request.url?.startsWith("/for/")) {
            response.setHeader("Content-Type", "text/html").end(html(request.url.slice("/for/".length)));
        } else {
            files(request, response);
        }
    });
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    const at = server.address();
    const origin = `http://localhost:${typeof at === "object" ? at?.port : ""}`;
    try {
        const open = async (/** @type {string} */ name) => {
            const page = await browser.newPage();
            await page.goto(`${origin}/for/${name}`);
            await expect(page.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
            return page;
        };
        const history = (/** @type {import("@playwright/test").Page} */ page) => page.getByRole("tab", { name: /^History/ });
        const [anna, bo] = [await open("anna"), await open("bo")];
        await anna.locator("mark.claim").first().click();
        await anna.keyboard.press("Enter");
        await expect(history(anna)).toHaveText("History 1");
        await expect
            .poll(() => fetch(`${origin}/corrections/taxes`, { method: "POST", body: "[]" }).then((all) => all.json()))
            .toHaveLength(1);
        // Whoever corrects something gets what others did meanwhile, and whoever comes later gets all.
        await bo.locator("mark.claim").last().click();
        await bo.keyboard.press("Enter");
        await expect(history(bo)).toHaveText("History 2");
        const late = await open("late");
        await expect(history(late)).toHaveText("History 2");
        const actors = await late.locator("who-said").evaluate((node) => {
            return /** @type {any} */ (node).corrections.map((/** @type {any} */ { actor }) => actor.split(".")[0]);
        });
        expect(actors.sort()).toEqual(["anna", "bo"]);
    } finally {
        server.close();
        server.closeAllConnections();
        rmSync(folder, { recursive: true });
    }
});

test("the recipe of whosaid-precise keeps its file between visits, until it is to be forgotten", async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), "whosaid-recipe-"));
    writeFileSync(join(folder, "tiny.bin"), tinyPrecise());
    const precise = await buildPrecise(join(folder, "whosaid-precise"), join(folder, "tiny.bin"));
    const map = JSON.stringify({
        imports: { whosaid: "/node_modules/whosaid/index.js", "whosaid-precise": "/node_modules/whosaid-precise/index.js" },
    });
    const run = `import { forget, open } from "./recipe.mjs";
        Object.assign(globalThis, { forget, told: [] });
        document.title = (await open((...come) => told.push(come))).model;`;
    const html = `<!doctype html><link rel="icon" href="data:," /><script type="importmap">${map}</script><script type="module">${run}</script>`;
    let fetched = 0;
    await page.route(/\/node_modules\/whosaid(?:-precise)?\//, (route) => {
        const [, name = "", path = ""] = /node_modules\/([^/]+)\/(.*)/.exec(new URL(route.request().url()).pathname) ?? [];
        fetched += path === "precise.bin" ? 1 : 0;
        return route.fulfill({ path: join(name === "whosaid" ? PACKAGE : precise, path) });
    });
    const recipe = blockOf("packages/whosaid-precise/README.md", "js", "caches.open");
    await page.route("**/recipe.mjs", (route) => route.fulfill({ contentType: "text/javascript", body: recipe }));
    await page.route("**/recipe.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
    const told = () => page.evaluate(() => /** @type {any} */ (globalThis).told);
    await page.goto("/recipe.html");
    await expect(page).toHaveTitle(/^network-3-/);
    const { length } = tinyPrecise();
    expect([fetched, (await told()).at(-1)]).toEqual([1, [length, length]]);
    await page.reload();
    await expect(page).toHaveTitle(/^network-3-/);
    expect([fetched, await told()]).toEqual([1, []]);
    expect(await page.evaluate(() => /** @type {any} */ (globalThis).forget())).toBe(true);
    await page.reload();
    await expect(page).toHaveTitle(/^network-3-/);
    expect(fetched).toBe(2);
    rmSync(folder, { recursive: true });
});
