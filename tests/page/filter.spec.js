/**
 * @file Which claims are shown, what is told of the others, and what never vanishes.
 */
import { article, editor, expect, filter, list, mark, read, select, test } from "./whosaid.js";

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
    const note = page.getByRole("status").filter({ hasText: "not shown" });
    await expect(note).toContainText("1 belief or decision not shown");
    await expect(mark(page, BELIEF)).toHaveCount(0);
    await expect(claims.getByRole("button", { name: BELIEF })).toHaveCount(0);
    await expect(claims.getByRole("listitem")).toHaveCount(3);

    await note.getByRole("button", { name: "Show" }).click();
    await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
    await expect(await filter(page, "Include beliefs and decisions")).toBeChecked();
    await expect(mark(page, BELIEF)).toBeVisible();
    await expect(claims.getByRole("listitem")).toHaveCount(4);
    await expect(note).toHaveCount(0);

    await page.reload();
    await expect(mark(page, BELIEF)).toBeVisible();
    await (await filter(page, "Include beliefs and decisions")).uncheck();
    await expect(mark(page, BELIEF)).toHaveCount(0);
    await page.reload();
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(mark(page, BELIEF)).toHaveCount(0);
});

test("one kind or form can be shown, of attitudes too, and what is hidden is told", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    const kind = await filter(page, "Kind of claim");
    await kind.selectOption({ label: "Denial (1)" });
    await expect(claims.getByRole("listitem")).toHaveText([/that the decision was final/]);
    await expect(page.getByText("2 claims filtered out")).toBeVisible();
    await expect(article(page).locator("mark.claim")).toHaveCount(1);

    await kind.selectOption("belief");
    await expect(claims.getByRole("listitem")).toHaveText([/that the town needs a bridge/]);
    await kind.selectOption("support");
    await expect(claims).toContainText("No claims match these filters.");

    await kind.selectOption("");
    await (await filter(page, "Quoted or not")).selectOption("direct");
    await expect(claims.getByRole("listitem")).toHaveText([/We have lost money/, /Nobody told us/]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Clear filters: / }).click();
    await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
    await expect(claims.getByRole("listitem")).toHaveCount(3);
});

test("a claim that is chosen, or that the user made or mended, is never hidden", async ({ page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await read(page, ARTICLE);
    await list(page, "Claims");
    await (await filter(page, "Include beliefs and decisions")).check();
    await mark(page, BELIEF).click();
    await expect(editor(page)).toBeVisible();
    await (await filter(page, "Include beliefs and decisions")).uncheck();
    await expect(mark(page, BELIEF)).toHaveAttribute("data-state", "chosen");
    await expect(page.locator(".filter-notes > :not([hidden])")).toHaveCount(0);

    await editor(page).getByLabel("Said by").fill("Karin Dahl");
    await page.keyboard.press("Enter");
    await expect(mark(page, BELIEF)).toBeVisible();
    await page.keyboard.press("Escape");
    await (await filter(page, "Kind of claim")).selectOption("denial");
    await expect(mark(page, BELIEF)).toBeVisible();

    await select(page, "sailed twice a day");
    await editor(page).getByRole("button", { name: "Claim", exact: true }).click();
    await expect(mark(page, "sailed twice a day")).toHaveClass(/claim/);
});

test("a quotation that goes on is its speaker's, and says that it goes on", async ({ page }) => {
    await read(page, ARTICLE);
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button", { name: /Karin Dahl.*continued · quote.*Nobody told us/s })).toBeVisible();
    await mark(page, "Nobody told us").click();
    await expect(editor(page)).toContainText("continued");
    await expect(editor(page).getByLabel("Said by")).toHaveValue("Karin Dahl");
});

test("each sort of sources is a filter; what is active is a chip, which takes it away", async ({ page }) => {
    await read(page, ARTICLE);
    const sources = await list(page, "Sources");
    await expect(sources.getByRole("heading", { level: 2 })).toHaveText("2 sources, 3 claims");
    const people = sources.getByRole("button", { name: "2 named people" });
    await expect(people).toHaveAttribute("aria-pressed", "false");
    await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeVisible();
    await (await filter(page, "Status")).selectOption("unsure");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Filter (1)" })).toBeFocused();
    await people.click();
    await expect(people).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "Remove the filter: Uncertain" }).click();
    await expect(page.getByRole("button", { name: "Filter (1)" })).toBeFocused();
    await expect(sources.getByRole("heading", { level: 2 })).toHaveText("2 sources, 3 claims");
    await page.getByRole("button", { name: "Remove the filter: Named people" }).click();
    await expect(page.locator(".filter-chip")).toHaveCount(0);
    await expect(people).toHaveAttribute("aria-pressed", "false");
});

test("one sort of sources alone is shown, and the line and the shares are still those of the whole article", async ({ page }) => {
    await read(
        page,
        "“We won,” said Tor Lie.\n\nThe Ministry of Transport said that it would answer.\n\nOfficials said that fares would rise.\n",
    );
    const sources = await list(page, "Sources");
    const line = sources.locator(".summary button");
    await expect(line.nth(1)).toBeVisible();
    const told = await line.allTextContents();
    const share = await sources.locator(".card").filter({ hasText: "Ministry of Transport" }).locator(".amount").first().textContent();
    await sources.getByRole("button", { name: "1 institution", exact: true }).click();
    await expect(sources.getByRole("heading", { level: 2 })).toHaveText("1 source, 1 claim");
    await expect(mark(page, "We won")).toHaveCount(0);
    await expect(line).toHaveText(told);
    await expect(sources.locator(".card").filter({ hasText: "Ministry of Transport" }).locator(".amount").first()).toHaveText(share ?? "");
    await expect(sources.locator(".names")).not.toContainText("Tor Lie");
    await page.getByRole("button", { name: /^Clear filters/ }).click();
    await expect(mark(page, "We won")).toBeVisible();
});

test("a source unfolds its claims when it is chosen, and so does the source of a claim", async ({ page }) => {
    await read(page, ARTICLE);
    const sources = await list(page, "Sources");
    const said = sources.getByRole("button", { name: /We have lost money/ });
    await expect(said).toHaveCount(0);
    const dahl = sources.getByRole("button", { name: /^Karin Dahl/ });
    await dahl.click();
    await expect(dahl).toHaveAttribute("aria-expanded", "true");
    await expect(said).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(said).toBeVisible();
    await mark(page, "that the decision was final").click();
    await expect(said).toHaveCount(0);
    await expect(sources.getByRole("button", { name: /that the decision was final/ })).toBeVisible();
    await expect(dahl).toHaveAttribute("aria-expanded", "false");
});
