/**
 * @file The README's lines for a page of one's own run as they stand, beside the built package and under the page's own headers:
 * a strict policy, with Trusted Types.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { PACKAGE } from "../../scripts/package.mjs";
import { HEADERS } from "../../scripts/policy.mjs";
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
