/**
 * @file Which claims are shown, what is told of the others, and what never vanishes.
 */
import { article, editor, expect, list, mark, read, select, test } from "./whosaid.js";

const ARTICLE = `Ferry line to close in May

By Ida Moen in Sandvik | The Sandvik Post | Updated: 3 February 2025

The ferry to Sandvik has sailed twice a day since 1962.

“We have lost money for nine years,” said Karin Dahl, the director of the Coast Transport Agency.

“Nobody told us how to go on for another one.”

Peter Holm, a spokesman for the Ministry of Transport, denied that the decision was final.

Holm believes that the town needs a bridge.
`;

const BELIEF = "that the town needs a bridge";

test("statements are shown, attitudes and decisions with one switch, which is remembered", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    const note = page.getByRole("status").filter({ hasText: "hidden" });
    await expect(note).toContainText("1 attitude or decision hidden");
    await expect(mark(page, BELIEF)).toHaveCount(0);
    await expect(claims.getByRole("button", { name: BELIEF })).toHaveCount(0);
    await expect(claims.getByRole("listitem")).toHaveCount(3);

    await note.getByRole("button", { name: "Show" }).click();
    const box = page.getByLabel("Attitudes and decisions");
    await expect(box).toBeChecked();
    await expect(box).toBeFocused();
    await expect(mark(page, BELIEF)).toBeVisible();
    await expect(claims.getByRole("listitem")).toHaveCount(4);
    await expect(note).toHaveCount(0);

    await page.reload();
    await expect(mark(page, BELIEF)).toBeVisible();
    await page.getByLabel("Attitudes and decisions").uncheck();
    await expect(mark(page, BELIEF)).toHaveCount(0);
    await page.reload();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(mark(page, BELIEF)).toHaveCount(0);
});

test("one kind or form can be shown, of attitudes too, and what is hidden is told", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    const kind = page.getByLabel("Kind of claim");
    await kind.selectOption({ label: "Denial (1)" });
    await expect(claims.getByRole("listitem")).toHaveText([/that the decision was final/]);
    await expect(page.getByText("3 claims hidden by the choice above")).toBeVisible();
    await expect(article(page).locator("mark.claim")).toHaveCount(1);

    await kind.selectOption("belief");
    await expect(claims.getByRole("listitem")).toHaveText([/that the town needs a bridge/]);
    await kind.selectOption("support");
    await expect(claims).toContainText("All that was found here is hidden");

    await kind.selectOption("");
    await page.getByLabel("Form of claim").selectOption("direct");
    await expect(claims.getByRole("listitem")).toHaveText([/We have lost money/, /Nobody told us/]);
    await page.getByRole("button", { name: /^Show: .* hidden by the choice above/ }).click();
    await expect(kind).toBeFocused();
    await expect(claims.getByRole("listitem")).toHaveCount(3);
});

test("a claim that is chosen, or that the user made or mended, is never hidden", async ({ page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await read(page, ARTICLE);
    await list(page, "Claims");
    await page.getByLabel("Attitudes and decisions").check();
    await mark(page, BELIEF).click();
    await expect(editor(page)).toBeVisible();
    await page.getByLabel("Attitudes and decisions").uncheck();
    await expect(mark(page, BELIEF)).toHaveAttribute("data-state", "chosen");
    await expect(page.getByText(/hidden$/)).toHaveCount(0);

    await editor(page).getByLabel("Said by").fill("Karin Dahl");
    await page.keyboard.press("Enter");
    await expect(mark(page, BELIEF)).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByLabel("Kind of claim").selectOption("denial");
    await expect(mark(page, BELIEF)).toBeVisible();

    await select(page, "sailed twice a day");
    await editor(page).getByRole("button", { name: "Claim", exact: true }).click();
    await expect(mark(page, "sailed twice a day")).toHaveClass(/claim/);
});

test("a quotation that goes on is its speaker's, and says that it goes on", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button", { name: /Karin Dahl.*continued · direct.*Nobody told us/s })).toBeVisible();
    await mark(page, "Nobody told us").click();
    await expect(editor(page)).toContainText("continued");
    await expect(editor(page).getByLabel("Said by")).toHaveValue("Karin Dahl");
});
