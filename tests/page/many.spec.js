/**
 * @file Many articles at once: a folder, tables and lines of JSON become articles of the library, which are read there and
 * listed in one table.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { PACKAGE } from "../../scripts/package.mjs";
import { kept } from "./device.js";
import { article, correctOnce, downloaded, expect, library, openFile, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

const PLACES = ["Sandvik", "Århus", "Brekke", "Holmen", "Lunde", "Nes"];
const NAMES = ["Karin Dahl", "Tor Lie", "Ida Moen", "Peter Holm", "Anna Berg"];

/**
 * A small article, another one for each number.
 * @param {number} nth
 */
function articleOf(nth) {
    const [place, name] = [PLACES[nth % PLACES.length], NAMES[nth % NAMES.length]];
    return `Bridge number ${nth} in ${place} reopens\n\nThe bridge is safe, said ${name}, an engineer.\n\n“It cost 📈 ${nth} million,” the mayor of ${place} said.\n`;
}

/** @param {number} count */
const articles = (count) => Array.from({ length: count }, (_, nth) => articleOf(nth));

/** @param {string} text */
const cell = (text) => `"${text.replaceAll('"', '""')}"`;

/** @param {number} count */
const asTable = (count) => ["id,text,date", ...articles(count).map((text, nth) => `a${nth},${cell(text)},2025`)].join("\r\n");

/** @param {number} count */
const asLines = (count) =>
    articles(count)
        .map((text, nth) => `${JSON.stringify({ id: `a${nth}`, text })}\n`)
        .join("");

/**
 * What the package's command line writes of the same files.
 * @param {string} folder
 * @param {string[]} given
 */
function commandLine(folder, given) {
    const { stdout } = spawnSync(process.execPath, [join(PACKAGE, "cli.js"), "annotate", "--format", "csv", ...given], { cwd: folder });
    return stdout.toString();
}

/** @param {Page} page */
async function table(page) {
    const { name, content } = await downloaded(page, library(page).getByRole("button", { name: "Export all claims (CSV)" }));
    expect(name).toMatch(/^whosaid-claims-\d{4}-\d\d-\d\d\.csv$/);
    return content;
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function expectTold(page, text) {
    await expect(page.getByRole("alert")).toContainText(text);
}

/**
 * Chooses a folder in the dialog that the button opens.
 * @param {Page} page
 * @param {string} path
 */
async function openFolder(page, path) {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a folder" }).click()]);
    await chooser.setFiles(path);
}

test("a table becomes articles of the library, and their claims the table that the command line writes", async ({ page }, info) => {
    const content = asTable(24);
    await openFile(page, "bridges.csv", content);
    await expectTold(page, "Added 24 articles to your library.");
    await expect(library(page).getByRole("listitem")).toHaveCount(24);
    await expect(library(page)).not.toContainText("not read yet");
    writeFileSync(info.outputPath("bridges.csv"), content);
    const expected = commandLine(info.outputPath(), ["--text-column", "text", "--id-column", "id", "bridges.csv"]);
    expect(expected.split("\r\n").length).toBeGreaterThan(40);
    expect(await table(page)).toBe(expected);
    // It is in the library once, however often it comes.
    await openFile(page, "bridges.csv", content);
    await expectTold(page, "Added 0 articles to your library. 24 articles were there already.");
    expect(await table(page)).toBe(expected);
});

test("lines of JSON are taken in; a damaged one is named and costs no other; ids stay as they are", async ({ page }, info) => {
    const [first = "", ...rest] = asLines(30).split(/(?<=\n)/);
    const odd = `{"id": 10000000000000000000001, "text": ${JSON.stringify(articleOf(99))}}\r\n`;
    const content = [first, "{\"id\": 'x'}\n", "\n", odd, '{"id": "no text"}\n', ...rest].join("");
    await openFile(page, "bridges.jsonl.gz", gzipSync(content));
    await expectTold(page, "Added 31 articles to your library.");
    await expectTold(page, "“bridges.jsonl.gz”, line 2: not JSON (expected value at column 8)");
    await expectTold(page, "“bridges.jsonl.gz”, line 5: not what is expected (missing field `text` at column 17)");
    writeFileSync(info.outputPath("bridges.jsonl"), content);
    const expected = commandLine(info.outputPath(), ["--jsonl", "bridges.jsonl"]);
    expect(expected).toContain("\r\n10000000000000000000001,4,0,");
    expect(await table(page)).toBe(expected);
});

test("a folder gives its texts, tables and pages; other files are passed over", async ({ page }, info) => {
    const folder = info.outputPath("news");
    mkdirSync(join(folder, "deep"), { recursive: true });
    articles(12).forEach((text, nth) => writeFileSync(join(folder, nth % 2 ? "deep" : ".", `bridge-${nth}.txt`), text));
    writeFileSync(join(folder, "photo.jpg"), Buffer.from([0xff, 0xd8, 0xff]));
    writeFileSync(join(folder, "empty.txt"), " \n");
    await openFolder(page, folder);
    await expectTold(page, "Added 12 articles to your library. 1 file of other kinds was passed over.");
    await expectTold(page, "“news/empty.txt”, line 1: it has no text.");
    const files = articles(12).map((_, nth) => `news/${nth % 2 ? "deep/" : ""}bridge-${nth}.txt`);
    expect(await table(page)).toBe(commandLine(info.outputPath(), files.toSorted()));
});

test("of several tables the table of claims says which file a row came from", async ({ page }, info) => {
    const folder = info.outputPath("tables");
    mkdirSync(folder);
    const lineOf = (/** @type {number} */ nth) => ({ id: `a${nth % 2}`, text: articleOf(nth) });
    const files = ["tables/one.jsonl", "tables/two.jsonl"];
    const given = files.map((file, at) => [0, 1].map((nth) => ({ ...lineOf(2 * at + nth), file })));
    given.forEach((lines, at) =>
        writeFileSync(info.outputPath(files[at] ?? ""), lines.map(({ id, text }) => JSON.stringify({ id, text })).join("\n")),
    );
    await openFolder(page, folder);
    await expectTold(page, "Added 4 articles to your library.");
    // The command line is told it in a field of each line.
    given.forEach((lines, at) => writeFileSync(join(folder, `${at}.jsonl`), lines.map((line) => JSON.stringify(line)).join("\n")));
    const expected = commandLine(folder, ["--jsonl", "--keep", "file", "0.jsonl", "1.jsonl"]);
    expect(expected).toContain(",tables/two.jsonl\r\n");
    expect(await table(page)).toBe(expected);
});

test("a folder can be dropped on the page", async ({ page }) => {
    await page.evaluate((texts) => {
        const files = texts.map((text, nth) => new File([text], `bridge-${nth}.txt`));
        const fileEntry = (/** @type {File} */ file) => ({
            isFile: true,
            fullPath: `/news/${file.name}`,
            file: (/** @type {(file: File) => void} */ give) => give(file),
        });
        // A browser gives the entries of a folder some at a time.
        const parts = [files.slice(0, 2), files.slice(2), []];
        const readEntries = (/** @type {(entries: unknown[]) => void} */ give) => give((parts.shift() ?? []).map(fileEntry));
        const entry = { isDirectory: true, fullPath: "/news", createReader: () => ({ readEntries }) };
        const event = new Event("drop", { bubbles: true, cancelable: true });
        Object.assign(event, { dataTransfer: { types: ["Files"], items: [{ webkitGetAsEntry: () => entry }], files: [files[0]] } });
        document.body.dispatchEvent(event);
    }, articles(5));
    await expectTold(page, "Added 5 articles to your library.");
    await expect(library(page).getByRole("listitem")).toHaveCount(5);
    expect(await table(page)).toContain("\r\nnews/bridge-0.txt,1,0,");
});

test("a table whose texts stand in a column of another name asks for it", async ({ page }) => {
    await openFile(page, "posts.csv", `key;story\r\n1;${cell(articleOf(1))}\r\n2;two;three\r\n3;${cell(articleOf(3))}\r\n`);
    const columns = page.getByRole("combobox", { name: "Which column of “posts.csv” holds the texts of the articles?" });
    await expect(columns).toBeFocused();
    await columns.selectOption("story");
    await page.getByRole("button", { name: "Take it" }).click();
    await expectTold(page, "Added 2 articles to your library. “posts.csv”, line 8: 3 cells where the head has 2");
    expect(await table(page)).toContain("\r\n9,9,0,");
    await openFile(page, "posts.csv", "key;story\r\n1;never asked for\r\n");
    await expect(columns).toBeFocused();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expectTold(page, "Stopped: added 0 articles to your library.");
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
});

/**
 * Lets the threads answer so many requests to read an article, and then no more: call before the page is loaded.
 * @param {Page} page
 * @param {number} count
 */
async function readOnly(page, count) {
    await page.addInitScript((most) => {
        let rest = most;
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (/** @type {any[]} */ ...given) {
            if (given[0].op === "annotate") {
                rest -= 1;
            }
            return rest >= 0 ? postMessage.apply(this, /** @type {any} */ (given)) : undefined;
        };
    }, count);
}

test("what was read when the tab is closed halfway is there, and the rest can be read afterwards", async ({ page, context }) => {
    const other = await context.newPage();
    await readOnly(other, 10);
    await other.goto("/");
    await openFile(other, "bridges.csv", asTable(40));
    await expect(other.getByText("10 of 40 articles")).toBeVisible();
    await other.close();

    await page.reload();
    await expect(library(page)).toContainText("30 articles are not read yet.");
    expect((await kept(page)).shelf?.filter(({ tally }) => tally).length).toBe(10);
    await library(page).getByRole("button", { name: "Read them" }).click();
    await expectTold(page, "Added 0 articles to your library.");
    await expect(library(page)).not.toContainText("not read yet");
    expect((await kept(page)).shelf?.every(({ tally }) => tally.claims >= 2)).toBe(true);
});

test("Cancel stops the reading, and leaves what was read and what was taken in", async ({ page }) => {
    await readOnly(page, 5);
    await page.reload();
    await openFile(page, "bridges.jsonl", asLines(20));
    await expect(page.getByText("5 of 20 articles")).toBeVisible();
    await expect(page.getByRole("progressbar", { name: "Reading articles …" })).toHaveAttribute("value", "5");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expectTold(page, "Stopped: added 20 articles to your library. 15 articles are not read yet.");
    await expect(page.getByRole("alert").getByRole("button", { name: "Go on" })).toBeVisible();
    await expect(library(page).getByRole("listitem")).toHaveCount(20);
});

test("the table has an article as its corrections leave it, and one that came by itself under its title", async ({ page }) => {
    await openFile(page, "bridges.jsonl", asLines(2));
    await expectTold(page, "Added 2 articles");
    const before = await table(page);
    await shelved(page, "Bridge number 0").getByRole("button").first().click();
    await expect(article(page)).toBeVisible();
    await correctOnce(page, "Karin Dahl");
    await startAnew(page);
    await page.getByRole("button", { name: "Try a sample article" }).click();
    await expect(article(page)).toBeVisible();
    await startAnew(page);
    await expect(library(page).getByRole("listitem")).toHaveCount(3);
    const after = await table(page);
    expect(before).toContain("a0,1,0,,0,Karin Dahl,person,");
    expect(after).toContain("a0,1,0,,0,Karin Dahl,institution,");
    expect(after.split("\r\n").at(-2)).toMatch(/^"?[A-Z][^"]+"?,1,\d+,/);
});

test("articles that are no English are named", async ({ page }) => {
    const danish =
        "Broen er åben igen\n\nBroen er sikker, og det er vi meget glade for, siger ingeniøren, som har arbejdet på den i ni år.\n";
    await openFile(page, "bridges.jsonl", asLines(2) + JSON.stringify({ id: 3, text: danish }));
    await expectTold(page, "1 article does not look like English, which is what whosaid reads: “Broen er åben igen”.");
});

test("of very many articles the first are shown, and the others on demand", async ({ page }) => {
    await readOnly(page, 0);
    await page.reload();
    await openFile(page, "bridges.jsonl", asLines(130));
    await expect(page.getByText("0 of 130 articles")).toBeVisible();
    await expect(library(page).getByRole("listitem")).toHaveCount(100);
    await library(page).getByRole("button", { name: "Show 30 more" }).click();
    await expect(library(page).getByRole("listitem")).toHaveCount(130);
    await expect(library(page).getByRole("listitem").nth(100).getByRole("button").first()).toBeFocused();
});
