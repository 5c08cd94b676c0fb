/**
 * @file The files of other tools: the menu of exports writes what the command line writes, a file that is opened becomes an article
 * with its marks, and what is lost on either way is told.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { PACKAGE } from "../../scripts/package.mjs";
import { kept } from "./device.js";
import {
    ARTICLE,
    article,
    correctOnce,
    corrections,
    downloaded,
    elsewhere,
    expect,
    fileExport,
    library,
    list,
    mark,
    openFile,
    read,
    saved,
    shelved,
    startAnew,
    test,
} from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** The lines of the menu: the format, and the ending of its file. */
const LINES = /** @type {const} */ ({
    "Marked article (HTML)": ["html", ".html"],
    "List of claims (Markdown)": ["markdown", ".md"],
    "Web Annotation (W3C)": ["w3c", ".jsonld"],
    "Web Annotation, UTF-16 places": ["w3c-utf16", ".jsonld"],
    brat: ["brat", ".ann"],
    "Label Studio": ["label-studio", ".label-studio.json"],
    doccano: ["doccano", ".doccano.jsonl"],
    Prodigy: ["prodigy", ".prodigy.jsonl"],
    TEI: ["tei", ".xml"],
    "CoNLL columns (IOB2)": ["iob2", ".conll"],
    "schema.org": ["schema-org", ".schema-org.jsonld"],
    "INCEpTION (UIMA CAS JSON)": ["uima", ".uima.json"],
});

/**
 * @param {string[]} given
 * @param {string} input
 */
function commandLine(given, input) {
    const { stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE, "cli.js"), ...given], { input, maxBuffer: 1 << 28 });
    return { stdout: stdout.toString(), stderr: stderr.toString() };
}

/**
 * The file of a line of the menu of exports.
 * @param {Page} page
 * @param {string} name
 */
async function exported(page, name) {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    return downloaded(page, page.locator("#export-menu").getByRole("button", { name, exact: true }));
}

/**
 * Gives the page files, as the file dialog would.
 * @param {Page} page
 * @param {Record<string, string>} files
 */
async function openFiles(page, files) {
    const given = Object.entries(files).map(([name, content]) => ({
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(content),
    }));
    await page.locator("input[type=file]").setInputFiles(given);
}

/**
 * The list of claims, without how sure each is: no other tool's file says how sure a speaker is.
 * @param {Page} page
 */
async function claims(page) {
    const items = (await list(page, "Claims")).getByRole("listitem");
    return (await items.allInnerTexts()).map((text) => text.replace(/\d+ percent sure/gu, ""));
}

test("each line of the menu gives what the command line makes of the article's own file, and says what it cannot hold", async ({
    page,
}) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const { content: own } = await downloaded(page, await fileExport(page));
    for (const [name, [format, ending]] of Object.entries(LINES)) {
        const { name: file, content } = await exported(page, name);
        const { stdout, stderr } = commandLine(["convert", "--from", "json", "--to", format], own);
        expect(content, name).toBe(stdout);
        expect(file).toBe(`ferry-line-to-close-in-may${ending}`);
        await expect(page.getByRole("alert")).toContainText(`Saved ${file}.`);
        const lost = [...stderr.matchAll(/cannot hold: (.*): (\d+)$/gm)].map(([, what, count]) => `${what} (${count})`);
        expect(lost).toContain("corrections in the log (1)");
        await expect(page.getByRole("alert")).toContainText(`This format cannot hold: ${lost.join("; ")}.`);
    }
});

test("the table of claims is the command line's, with what was corrected", async ({ page }) => {
    await read(page, ARTICLE);
    const { name, content } = await exported(page, "Table of claims (CSV)");
    expect(name).toBe("ferry-line-to-close-in-may.csv");
    const line = JSON.stringify({ id: "Ferry line to close in May", text: ARTICLE });
    expect(content).toBe(commandLine(["annotate", "--jsonl", "--format", "csv"], line).stdout);
    await correctOnce(page, "Karin Dahl");
    expect((await exported(page, "Table of claims (CSV)")).content).not.toBe(content);
});

test("what stands beside a file is offered: the text of marks, and what a project of Label Studio needs", async ({ page }) => {
    await read(page, ARTICLE);
    const more = (/** @type {string} */ name) => downloaded(page, page.getByRole("alert").getByRole("button", { name }));
    await exported(page, "brat");
    expect(await more("Save the text")).toEqual({ name: "ferry-line-to-close-in-may.txt", content: ARTICLE });
    await exported(page, "Web Annotation (W3C)");
    expect(await more("Save the text")).toEqual({ name: "article.txt", content: ARTICLE });
    await exported(page, "Label Studio");
    expect((await more("Save the labelling configuration")).content).toContain('<Label value="Claim"/>');
});

test("a file that was exported is opened with its marks, corrections among them, and stays so", async ({ page, browser, baseURL }) => {
    test.slow();
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const expected = await claims(page);
    expect(expected.length).toBeGreaterThan(2);
    for (const name of /** @type {const} */ (["Web Annotation (W3C)", "brat", "Label Studio", "Prodigy", "doccano"])) {
        const { name: file, content } = await exported(page, name);
        await elsewhere(browser, baseURL ?? "", async (other) => {
            const beside = { [file.replace(/\.[^.]*$/u, ".txt")]: ARTICLE };
            await openFiles(other, { [file]: content, ...(/\.(?:ann|jsonld)$/u.test(file) && beside) });
            await expect(article(other)).toBeVisible();
            await expect(other.getByRole("alert")).toContainText("Opened 1 article with the marks of");
            const sees = async () => {
                if (name === "doccano") {
                    // It has no place for what is told of a mark.
                    await expect.poll(async () => (await claims(other)).length, name).toBe(expected.length);
                } else {
                    await expect.poll(() => claims(other), name).toEqual(expected);
                    await expect(mark(other, "Karin Dahl").first()).toHaveClass(/institution/);
                }
            };
            await sees();
            await saved(other);
            await other.reload();
            await sees();
            if (name !== "doccano") {
                await correctOnce(other, "Peter Holm");
                await corrections(other, 1);
                await other.reload();
                await expect(mark(other, "Peter Holm").first()).toHaveClass(/institution/);
            }
            await expect(other.getByRole("alert")).toBeEmpty();
        });
    }
});

test("marks from elsewhere travel on in the own file and in a backup of the library", async ({ page, browser, baseURL }) => {
    const line = { text: ARTICLE, entities: [{ id: 1, start_offset: 0, end_offset: 10, label: "Person" }], relations: [] };
    await openFile(page, "all.jsonl", JSON.stringify(line));
    await expect(mark(page, "Ferry line")).toHaveClass(/person/);
    await correctOnce(page, "Ferry line");
    const { content: own } = await downloaded(page, await fileExport(page));
    await startAnew(page);
    const { content: backup } = await downloaded(page, library(page).getByRole("button", { name: "Back up all" }));
    const table = await downloaded(page, library(page).getByRole("button", { name: "Export all claims (CSV)" }));
    expect(table.content.split("\r\n")).toHaveLength(2);
    await elsewhere(browser, baseURL ?? "", async (other) => {
        await openFile(other, "article.whosaid.json", own);
        await expect(mark(other, "Ferry line")).toHaveClass(/institution/);
        await expect(other.getByRole("alert")).toContainText("Not understood, and left out: corrections in the log (1).");
        await expect(article(other).locator("mark")).toHaveCount(1);
    });
    await elsewhere(browser, baseURL ?? "", async (other) => {
        await openFile(other, "backup.json", backup);
        await shelved(other, "Ferry line").getByRole("button").first().click();
        await expect(mark(other, "Ferry line")).toHaveClass(/institution/);
        await corrections(other, 1);
    });
});

test("several articles go into the library, and what is not understood is told", async ({ page }) => {
    const lineOf = (/** @type {number} */ nth) =>
        JSON.stringify({
            text: `Bridge ${nth} reopens\n\nIt is safe, said Tor Lie.`,
            label: [
                [0, 6, "Place"],
                [27, 34, "Mood"],
            ],
        });
    await openFiles(page, {
        "marked.jsonl": `${lineOf(1)}\n${lineOf(2)}`,
        "marks.ann": "T1\tClaim 0 4\tIt is",
        "odd.jsonld": '{"type": "Annotation"}',
        "odd.txt": "A text.",
    });
    const told = page.getByRole("alert");
    await expect(told).toContainText("Opened 2 articles with the marks of doccano, brat, Web Annotation (W3C).");
    await expect(told).toContainText("Not understood, and left out: marks with the label Mood (2).");
    await expect(told).toContainText("“marks.ann” holds marks alone");
    await expect(told).toContainText("“odd.jsonld” cannot be read: this is no Web Annotation");
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
    await shelved(page, "Bridge 2").getByRole("button").first().click();
    await expect(article(page).locator("mark")).toHaveCount(1);
});

test("marks without their text say what to do", async ({ page }) => {
    await openFile(page, "marks.ann", "T1\tClaim 0 4\tIt is");
    await expect(page.getByRole("alert")).toContainText(
        "“marks.ann” holds marks alone: open it together with the .txt that holds the text.",
    );
    await expect(library(page).getByRole("listitem")).toHaveCount(0);
});

test("other files that are given with them are read as ever", async ({ page }) => {
    const marked = JSON.stringify({ text: "Bridge reopens\n\nIt is safe, said Tor Lie.", spans: [] });
    await openFiles(page, { "marked.jsonl": marked, "a.txt": ARTICLE, "b.txt": `${ARTICLE}\nMore of it.` });
    await expect(page.getByRole("alert")).toContainText("Added 2 articles to your library.");
    await expect(page.getByRole("alert")).toContainText("Opened 1 article with the marks of Prodigy.");
    await expect(library(page).getByRole("listitem")).toHaveCount(3);
});

test("an article with corrections stays as it is, and is named", async ({ page }) => {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const { events, bases } = await kept(page);
    await openFile(page, "all.jsonl", JSON.stringify({ text: ARTICLE, spans: [] }));
    await expect(page.getByRole("alert")).toContainText("left as it is: “Ferry line to close in May”");
    const now = await kept(page);
    expect([now.events, now.bases]).toEqual([events, bases]);
});

test("a file that is dropped is opened like one that is chosen", async ({ page }) => {
    const content = JSON.stringify([
        { data: { text: ARTICLE }, annotations: [{ result: [{ type: "labels", value: { start: 0, end: 5, labels: ["Place"] } }] }] },
    ]);
    await page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "project-1.json", { type: "application/json" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, content);
    await expect(article(page).locator("mark")).toHaveText("Ferry");
});
