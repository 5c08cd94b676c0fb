/**
 * @file The README's lines for a page of one's own run as they stand, beside the built files and under the page's own headers.
 */
import { readFileSync } from "node:fs";

import { expect, test } from "./whosaid.js";

test("the README's lines for a page find who said what", async ({ page }) => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const blocks = [...readme.matchAll(/^```js\n([^]*?)^```/gm)].map(([, code]) => code ?? "");
    const [code, ...others] = blocks.filter((block) => !block.includes("node:fs"));
    expect([typeof code, others.length]).toEqual(["string", 0]);
    await page.route("**/example.mjs", (route) => route.fulfill({ contentType: "text/javascript", body: code }));
    await page.route("**/example.html", (route) => {
        const body = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="example.mjs"></script>';
        return route.fulfill({ contentType: "text/html", body });
    });
    /** @type {string[]} */
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto("/example.html");
    await expect.poll(() => said.join("\n")).toContain("Anna Berg, finance minister [“Taxes will rise,”]");
});
