/**
 * @file "Forget everything on this device": asked for in one place, with the backup offered first.
 */
import { kept } from "./device.js";
import { ARTICLE, article, correctOnce, downloaded, expect, library, mark, openFile, read, shelved, startAnew, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** @param {Page} page */
const forget = (page) => library(page).getByRole("button", { name: "Forget everything on this device" });

/** @param {Page} page */
async function expectNothing(page) {
    await expect.poll(async () => Object.values(await kept(page)).flat()).toEqual([]);
    await expect(library(page)).toContainText("Articles that you read are kept here");
    await expect(forget(page)).toBeHidden();
}

test("nothing is deleted before it is asked, and a backup brings everything back", async ({ page, context }) => {
    await read(page, "The bridge is safe, said Tor Lie.");
    await correctOnce(page, "Tor Lie");
    await startAnew(page);
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
    const other = await context.newPage();
    await other.goto("/");
    await expect(mark(other, "Karin Dahl")).toHaveClass(/institution/);
    await startAnew(page);
    const before = await kept(page);
    expect(Object.values(before).filter((records) => records.length === 0)).toHaveLength(1);

    await forget(page).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This deletes 2 articles with all corrections");
    await alert.getByRole("button", { name: "Dismiss" }).click();
    await expect.poll(() => kept(page)).toEqual(before);

    await forget(page).click();
    const { name, content } = await downloaded(page, alert.getByRole("button", { name: "Back up all" }));
    await expect.poll(() => kept(page)).toEqual(before);
    await alert.getByRole("button", { name: "Delete everything" }).click();
    await expect(alert).toContainText("Everything that whosaid kept on this device is deleted.");
    await expectNothing(page);

    // The other tab leaves its article, and saves nothing again.
    await expect(article(other)).toBeHidden();
    await expectNothing(other);
    await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await other.reload();
    await expectNothing(other);
    expect(
        await other.evaluate(() =>
            Object.keys(sessionStorage).concat(
                Object.keys(localStorage).filter((key) => !["whosaid.profile", "whosaid.editing"].includes(key)),
            ),
        ),
    ).toEqual(["whosaid.doc"]);

    await openFile(page, name, content);
    await expect(alert).toContainText("2 new articles, 2 new corrections.");
    await shelved(page, "Ferry line")
        .getByRole("button", { name: /^Ferry line/ })
        .click();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
});
