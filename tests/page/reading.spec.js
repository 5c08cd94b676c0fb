/**
 * @file An article goes in, who said what comes out: marks, lists, and the way between them.
 */
import { ARTICLE, article, editor, expect, home, list, mark, openFile, paragraphs, read, readSample, test } from "./whosaid.js";

test("a pasted article is shown with its marks and lists", async ({ page }) => {
    await read(page, ARTICLE);

    await expect(article(page).getByRole("heading")).toHaveText("Ferry line to close in May");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/person/);
    await expect(mark(page, "Ministry of Transport")).toHaveClass(/institution/);
    await expect(mark(page, "We have lost money")).toHaveText("“We have lost money for nine years,”");
    await expect(mark(page, "We have lost money")).toHaveClass(/claim direct/);
    await expect(mark(page, "that the decision was final")).toHaveClass(/claim indirect/);

    const speakers = await list(page, "Sources");
    const card = speakers.getByRole("listitem").filter({ has: page.getByText("Karin Dahl", { exact: true }) });
    await expect(card).toContainText("director");
    await expect(card).toContainText("Coast Transport Agency");
    await expect(card).toContainText("1 claim");
    await expect(card).toContainText("We have lost money for nine years");

    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button", { name: /Karin Dahl.*quote.*We have lost money/s })).toBeVisible();
    await expect(claims.getByRole("button", { name: /Peter Holm.*paraphrase.*denial.*the decision was final/s })).toBeVisible();
});

test("the text in the article is the text that was pasted", async ({ page }) => {
    await read(page, ARTICLE);
    const shown = (await paragraphs(page).allTextContents()).join("\n\n");
    expect(shown).toBe(ARTICLE.trim());
});

test("an article without claims says so in a narrow window too", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await read(page, "Bridge stays closed\n\nThe bridge over the river stays closed until the end of May.\n");
    await expect(page.getByText("No source was found.", { exact: false })).toBeInViewport();
    // The next article has its text to itself again.
    await home(page).click();
    await read(page, ARTICLE);
    await expect(page.getByRole("button", { name: "Search", exact: true })).toBeHidden();
});

test("the sample shows its parts of the page, three speakers with role and institution, and all forms", async ({ page }) => {
    await readSample(page);
    await expect(article(page).getByRole("heading")).toHaveText("Harbour towns go to court over Orrin barrage");
    await expect(article(page).locator(".zone-navigation")).toHaveText("News / Environment / Rivers and coasts");
    await expect(article(page).locator(".zone-byline")).toContainText("By Marta Ilves");
    await expect(article(page).locator(".zone-footer").first()).toHaveAttribute("data-zone", "Skipped: footer");
    for (const form of ["direct", "indirect", "mixed"]) {
        await expect(article(page).locator(`mark.claim.${form}`).first()).toBeVisible();
    }
    const speakers = await list(page, "Sources");
    await expect(speakers.getByRole("button", { name: /Helen Aster.*mayor of Port Orrin/ })).toBeVisible();
    await expect(speakers.getByRole("button", { name: /Jonas Brandt.*spokesman.*Ministry of Infrastructure/ })).toBeVisible();
    await expect(speakers.getByRole("button", { name: /Ruben Lind.*hydrologist.*Halden Institute/ })).toBeVisible();
});

test("the pointer on a mark lights its row and its speaker, and the other way round", async ({ page }) => {
    await read(page, ARTICLE);
    const speakers = page.getByRole("tabpanel", { name: "Sources" });
    await mark(page, "We have lost money").hover();
    await expect(speakers.locator("li.lit > .row")).toHaveText([/^Karin Dahl/, /We have lost money/]);

    const lit = () => page.evaluate(() => [...(CSS.highlights.get("whosaid-hover") ?? [])].map((range) => range.toString()));
    const claims = await list(page, "Claims");
    await claims.getByRole("button", { name: /the decision was final/ }).hover();
    await expect.poll(() => lit()).toEqual(["that the decision was final"]);
    await page.getByRole("banner").hover();
    await expect.poll(() => lit()).toEqual([]);
});

test("a click on a mark chooses it and its rows; a click on a row chooses and reveals its mark", async ({ page }) => {
    await page.setViewportSize({ width: 1200, height: 400 });
    await readSample(page);
    await mark(page, "We are not against clean power").click();
    await expect(mark(page, "We are not against clean power")).toHaveAttribute("data-state", "chosen");
    await expect(mark(page, "Helen Aster")).toHaveAttribute("data-state", "related");
    const speakers = page.getByRole("tabpanel", { name: "Sources" });
    await expect(speakers.locator("li.chosen > .row")).toHaveText([/^Helen Aster/, /We are not against/]);

    const claims = await list(page, "Claims");
    const far = mark(page, "they would all be there");
    await expect(far).not.toBeInViewport();
    await claims.getByRole("button", { name: /they would all be there/ }).click();
    await expect(far).toBeInViewport();
    await expect(far).toHaveAttribute("data-state", "chosen");
    await expect(mark(page, "We are not against clean power")).not.toHaveAttribute("data-state");
});

test("clicks on one place go round what is marked there", async ({ page }) => {
    await read(page, "“The Ministry of Transport has lied to us,” said Karin Dahl, a mayor, on Monday.\n");
    const place = mark(page, "Ministry of Transport");
    const dialog = editor(page);
    await place.click();
    await expect(dialog).toContainText("1 of 2");
    await expect(dialog.getByRole("button", { name: "Institution" })).toHaveAttribute("aria-pressed", "true");
    await place.click();
    await expect(dialog).toContainText("2 of 2");
    await expect(dialog.getByLabel("Said by")).toHaveValue("Karin Dahl");
});

test("markup in the text is text", async ({ page }) => {
    const markup = `<script>document.title = "broken"</script> <img src=x onerror="document.title = 'broken'">`;
    await read(page, `“${markup} is what I wrote,” said Karin Dahl, a teacher in Sandvik.\n`);
    await expect(article(page)).toContainText(markup);
    await expect(article(page).locator("script, img")).toHaveCount(0);
    const claims = await list(page, "Claims");
    await expect(claims.getByRole("button")).toContainText(markup);
    await expect(page).toHaveTitle("whosaid");
});

test("line ends and lone surrogates are mended once, on the way in", async ({ page }) => {
    await page.getByLabel("Article text").evaluate((box) => {
        /** @type {HTMLTextAreaElement} */ (box).value = "\u{1F4C8} Karin Dahl said\r\nthat \ud800 costs rise.";
    });
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(article(page)).toContainText("\u{1F4C8} Karin Dahl said");
    await expect(article(page)).toContainText("that \ufffd costs rise.");
});

test("nothing and white space are answered with what to do", async ({ page }) => {
    const alert = page.getByRole("alert");
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(alert).toContainText("There is nothing to read yet.");
    await page.getByLabel("Article text").fill(" \n\t \n");
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(alert).toContainText("Paste an article, or try the sample.");
    await expect(article(page)).toBeHidden();
});

test("too much is answered with what to do", async ({ page }) => {
    await drop(page, "long.txt", "word ", 4_000_001);
    await expect(page.getByRole("alert")).toContainText("This is too long: more than 20 million characters.");
    await expect(article(page)).toBeHidden();
});

test("a text file is read, a file that is no text is refused and leaves the article as it is", async ({ page }) => {
    await openFile(page, "ferry.txt", ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await openFile(page, "photo.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00]));
    await expect(page.getByRole("alert")).toContainText("“photo.jpg” is not a text file. Nothing was changed.");
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

test("a file in Windows-1252 is read with its quotation marks", async ({ page }) => {
    await openFile(page, "old.txt", Buffer.from("\x93It is an old caf\xe9,\x94 said Karin Dahl, its owner.", "latin1"));
    await expect(mark(page, "It is an old")).toHaveText("“It is an old café,”");
});

test("a file can be dropped anywhere", async ({ page }) => {
    await drop(page, "ferry.txt", ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
});

/**
 * Drops a file on the page's heading.
 * @param {import("@playwright/test").Page} page
 * @param {string} name
 * @param {string} text
 * @param {number} [times] How often the text stands in the file.
 */
async function drop(page, name, text, times = 1) {
    const transfer = await page.evaluateHandle(([file, content, count]) => {
        const data = new DataTransfer();
        data.items.add(new File([content.repeat(count)], file, { type: "text/plain" }));
        return data;
    }, /** @type {const} */ ([name, text, times]));
    await page.dispatchEvent("h1", "drop", { dataTransfer: transfer });
}

test("the lists of a narrow window stay open when they are opened before they are filled", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    // As soon as the article is drawn, which is before its lists are.
    await page.evaluate(() => {
        new MutationObserver((_, observer) => {
            if (document.querySelector("article mark")) {
                observer.disconnect();
                document.querySelector('[role="tab"]')?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
            }
        }).observe(document.body, { childList: true, subtree: true });
    });
    await read(page, ARTICLE);
    const sources = page.getByRole("tabpanel", { name: "Sources" });
    await expect(sources.getByRole("button", { name: /^Karin Dahl/ })).toBeVisible();
});

test("a word as long as a line breaks in the lists too, and a paragraph runs the way its script does", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await read(page, `The road is safe, said John ${"Longname".repeat(40)}.\n\nقال الوزير إن القانون سيصدر قريبا.\n`);
    const speakers = await list(page, "Sources");
    await expect(speakers.getByRole("button").first()).toBeVisible();
    await expect.poll(() => speakers.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

    const gaps = await paragraphs(page)
        .last()
        .evaluate((paragraph) => {
            const range = document.createRange();
            range.selectNodeContents(paragraph);
            const [inner, outer] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
            return { left: inner.left - outer.left, right: outer.right - inner.right };
        });
    expect(gaps.left).toBeGreaterThan(gaps.right);
});
