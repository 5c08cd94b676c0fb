/**
 * @file The log: what fits no more.
 */
import { ARTICLE, downloaded, editor, expect, fileExport, list, mark, openFile, read, saved, test } from "./whosaid.js";

test.beforeEach(async ({ page }) => {
    await read(page, ARTICLE);
    await saved(page);
});

test("what fits no more stands at the top of the log, with what can be done", async ({ page }) => {
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    const backup = JSON.parse((await downloaded(page, await fileExport(page))).content);
    const [first] = backup.corrections;
    const target = { ...first.edit.target, start: 0, end: 4, exact: "Gone", prefix: "was ", suffix: " away" };
    backup.corrections.unshift({ ...first, id: "other:1", actor: "other", lamport: 0, edit: { op: "delete", target, mark: "person" } });
    await openFile(page, "backup.json", JSON.stringify(backup));
    const log = await list(page, "History");
    await expect(log).toContainText("1 correction fits the article no more");
    const rows = log.getByRole("listitem");
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText("Removed the person “Gone”.");
    await expect(rows.first()).toContainText("has no effect on this text now");
    await rows
        .first()
        .getByRole("button", { name: /Revert/ })
        .click();
    await expect(log).not.toContainText("fits the article no more");
    await expect(rows.last()).toContainText("Removed the person “Gone”.");
});

test("a correction stands above its time and its way back, which keeps one line", async ({ page }) => {
    await mark(page, "We have lost money").click();
    await page.keyboard.press("Enter");
    const row = (await list(page, "History")).getByRole("listitem");
    const button = row.getByRole("button", { name: /^Revert/ });
    const isOneLine = async () => {
        const [one, text] = await Promise.all([button.boundingBox(), row.locator("p").boundingBox()]);
        return one !== null && text !== null && one.width > one.height && one.y >= text.y + text.height;
    };
    await expect.poll(isOneLine).toBe(true);
});
