/**
 * @file What is corrected in one article helps to read the next; it can be seen, switched off, thrown away, carried on.
 */
import { kept, putRecord } from "./device.js";
import { ARTICLE, article, downloaded, editor, expect, home, list, mark, openFile, read, saved, test } from "./whosaid.js";

/** @import {Locator, Page} from "@playwright/test" */

const LATER = "Storm closes the harbour\n\nThe harbour stays closed on Friday, Karin Dahl said.\n";

/**
 * Makes Karin Dahl an institution, and reads the later article.
 * @param {Page} page
 */
async function teach(page) {
    await read(page, ARTICLE);
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    await openFresh(page, LATER);
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function openFresh(page, text) {
    await home(page).click();
    await read(page, text);
    await expect(article(page)).toContainText(text.slice(0, 20));
}

/**
 * What was learnt, on the way in.
 * @param {Page} page
 * @returns {Promise<Locator>}
 */
async function lessons(page) {
    await home(page).click();
    const shown = page.locator("details.lessons");
    if ((await shown.getAttribute("open")) === null) {
        await shown.locator("summary").click();
    }
    return shown;
}

test("a name that was corrected is that in the next article, and not where it is switched off", async ({ page }) => {
    await teach(page);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    const shown = await lessons(page);
    const names = shown.getByRole("list", { name: "Names" });
    await expect(names.getByRole("listitem").filter({ hasText: "Karin Dahl" })).toContainText("institution");
    await shown.getByLabel("Use it for new articles").uncheck();
    await read(page, LATER);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);

    await page.reload();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await expect((await lessons(page)).getByLabel("Use it for new articles")).not.toBeChecked();
});

test("a name is forgotten by itself, and all of it together", async ({ page }) => {
    await teach(page);
    const shown = await lessons(page);
    await shown.getByRole("button", { name: "Forget: Karin Dahl" }).click();
    await expect(shown.getByText("Karin Dahl")).toHaveCount(0);
    await read(page, LATER);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await (await lessons(page)).getByRole("button", { name: "Reset" }).click();
    await expect(shown.getByText("Nothing yet.")).toBeVisible();
});

test("a cue that the user switched off tells no claims", async ({ page }) => {
    await read(page, ARTICLE);
    await mark(page, "will stop in May").first().click();
    await page.keyboard.press("Enter");
    await saved(page);
    await openFresh(page, LATER);
    await expect(mark(page, "The harbour stays closed")).toHaveClass(/claim/);
    const choice = (await lessons(page)).getByLabel("Claims with “said”");
    await choice.selectOption("Never a claim");
    await expect(choice).toHaveValue("off");
    await read(page, LATER);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await expect(mark(page, "The harbour stays closed")).toHaveCount(0);
});

test("what was learnt is carried to another browser, and a damaged file changes nothing", async ({ page, browser, baseURL }) => {
    await teach(page);
    const { content } = await downloaded(page, (await lessons(page)).getByRole("button", { name: "Export", exact: true }));
    const context = await browser.newContext({ baseURL });
    const other = await context.newPage();
    await other.goto("/");
    for (const [broken, why] of [
        [content.slice(0, -40), "cut short or damaged"],
        [content.replace('"version": 1', '"version": 9'), "this program reads up to 1"],
        [content.replace(/"cue": \[[^\]]*\]/, '"cue": [1, 2]'), "learnt with another model"],
        [content.replace('"articles"', '"cows"'), "nothing that was learnt: export it again"],
    ]) {
        await openFile(other, "whosaid-learnt.json", /** @type {string} */ (broken));
        await expect(other.getByRole("alert")).toContainText(/** @type {string} */ (why));
    }
    await openFile(other, "whosaid-learnt.json", content);
    await expect(other.getByRole("alert")).toContainText("is used from the next article on");
    await read(other, LATER);
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await context.close();
});

test("corrected articles are written as training data, with places in code points", async ({ page }) => {
    const text = `📈 ${ARTICLE}`;
    await read(page, text);
    await mark(page, "We have lost money").click();
    await page.keyboard.press("Enter");
    await saved(page);
    await list(page, "Claims");
    const { name, content } = await downloaded(page, (await lessons(page)).getByRole("button", { name: "Export training data" }));
    expect(name).toBe("whosaid-training.jsonl");
    const [line, rest] = content.split("\n");
    expect(rest).toBe("");
    const record = JSON.parse(line ?? "");
    const points = [...record.text];
    const said = record.attributions.map((/** @type {{source: number[][], content: number[][]}} */ one) =>
        [one.source, one.content].map(([place]) => points.slice(...(place ?? [0, 0])).join("")),
    );
    expect(record.text).toBe(text);
    expect(said.find((/** @type {string[]} */ [, content]) => content?.includes("lost money"))?.[0]).toContain("Karin Dahl");
});

for (const [what, damage] of /** @type {const} */ ([
    ["cannot be read", (/** @type {any} */ memory) => ({ ...memory, on: "yes" })],
    [
        "belong to another model",
        (/** @type {any} */ memory) => ({
            ...memory,
            learnt: { ...memory.learnt, delta: { cue: Array(97).fill(0.1), model: "network-2-00000000" } },
        }),
    ],
    [
        "have a step of another length",
        (/** @type {any} */ memory) => ({ ...memory, learnt: { ...memory.learnt, delta: { cue: [1, 2, 3] } } }),
    ],
])) {
    test(`lessons that ${what} never keep anybody from reading: it is said once, and they can be forgotten`, async ({ page }) => {
        await teach(page);
        await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
        const record = /** @type {any} */ (
            await page.evaluate(
                () =>
                    new Promise((resolve) => {
                        const opening = indexedDB.open("whosaid");
                        opening.onsuccess = () => {
                            const read = opening.result.transaction("learnt").objectStore("learnt").get("corrections");
                            read.onsuccess = () => {
                                opening.result.close();
                                resolve(read.result);
                            };
                        };
                    }),
            )
        );
        const damaged = { key: "corrections", value: damage(record.value) };
        await putRecord(page, "learnt", damaged);
        await page.reload();
        const alert = page.getByRole("alert");
        await expect(alert).toContainText("The lessons from your corrections do not fit this version of whosaid");
        // As an annotator reads that was never taught.
        await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
        await alert.getByRole("button", { name: "Dismiss" }).click();
        await openFresh(page, `${LATER}\nAnd again.`);
        await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
        await expect(alert).toBeEmpty();
        await expect.poll(async () => (await kept(page)).learnt).toEqual([damaged]);

        await (await lessons(page)).getByRole("button", { name: "Reset" }).click();
        await expect(page.getByText("Nothing yet. What you correct")).toBeVisible();
        await read(page, `${LATER}\nOnce more.`);
        await expect(mark(page, "Karin Dahl")).toBeVisible();
        await expect(alert).toBeEmpty();
    });
}
