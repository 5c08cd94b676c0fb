/**
 * @file The correction that was made last is the one that holds, whenever the database answers.
 */
import { acknowledged, holdDatabase, kept, labels } from "./device.js";
import { ARTICLE, article, correctOnce, editor, expect, mark, openFile, read, saved, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/**
 * Says three times what the first person is: an institution, a place, an institution.
 * @param {Page} page
 */
async function correctThrice(page) {
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    for (const sort of ["Place", "Institution"]) {
        await editor(page).getByRole("button", { name: sort }).click();
    }
    await acknowledged(page, 3);
}

test("what is corrected while the database does not answer holds against what was corrected before", async ({ page }) => {
    await correctThrice(page);
    const answer = await holdDatabase(page);
    await page.reload();
    await read(page, ARTICLE);
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Place" }).click();
    await expect(page.getByText("1 correction not saved")).toBeVisible();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);

    await answer();
    await acknowledged(page, 4);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    await expect.poll(() => labels(page)).toEqual(["institution", "place", "institution", "place"]);
    await page.reload();
    await answer();
    await acknowledged(page, 4);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
});

test("a tab that did not hear of another tab's corrections makes the one that holds, and tells the other its clock", async ({
    page,
    context,
}) => {
    await read(page, ARTICLE);
    await saved(page);
    const deaf = await context.newPage();
    await deaf.addInitScript(() => {
        Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set() {} });
        document.addEventListener("visibilitychange", (event) => event.stopImmediatePropagation(), true);
    });
    await deaf.goto("/");
    await expect(mark(deaf, "Karin Dahl")).toBeVisible();
    await correctOnce(page, "Karin Dahl");
    await editor(page).getByRole("button", { name: "Person" }).click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await acknowledged(page, 3);

    await mark(deaf, "Karin Dahl").click();
    await editor(deaf).getByRole("button", { name: "Place" }).click();
    await expect.poll(() => labels(page)).toEqual(["institution", "person", "institution", "place"]);
    await acknowledged(page, 4);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/place/);
    const { events = [] } = await kept(page);
    expect(events.map(({ correction }) => correction.lamport).sort()).toEqual([1, 2, 3, 4]);
});

test("a clock at its end is a damaged record: what is corrected after it holds", async ({ page }) => {
    const target = { start: 0, end: 5, exact: "Ferry", prefix: "", suffix: " line" };
    const correction = (/** @type {number} */ lamport) => {
        return {
            id: `other:${lamport}`,
            actor: "other",
            lamport,
            time: "2026-01-01T00:00:00.000Z",
            edit: { op: "add", target, mark: "place" },
        };
    };
    const corrections = [correction(4_294_967_295), correction(7)];
    await openFile(page, "backup.json", JSON.stringify({ format: "whosaid", version: 1, text: ARTICLE, corrections }));
    await expect(article(page)).toContainText("Ferry line");
    await acknowledged(page, 1);
    await expect(page.getByText("1 record cannot be read by this version of whosaid")).toBeVisible();
    for (const key of ["i", "s", "p", "i"]) {
        await mark(page, "Ferry").first().click();
        await page.keyboard.press(key);
    }
    await acknowledged(page, 5);
    await expect(mark(page, "Ferry").first()).toHaveClass(/institution/);
    const { events = [] } = await kept(page);
    expect(events.map((event) => event.correction.lamport).sort((one, other) => one - other)).toEqual([7, 8, 9, 10, 11, 4_294_967_295]);
});
