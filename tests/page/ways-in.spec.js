/**
 * @file Ways in: what is pasted from a page, a very long text, saved pages, several files at once.
 */
import { ARTICLE, article, correctOnce, expect, home, library, mark, read, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

/** A news page, as one saves it. */
const PAGE = `<!doctype html><html><head><title>Ferry - The Post</title><script>document.title = "ran"</script></head><body>
<header><a href="/">The Sandvik Post</a><nav><ul><li>News</li><li>Sport</li></ul></nav></header>
<div class="cookie-banner"><p>We value your privacy. Accept all</p></div>
<main><article><h1>Ferry line to close in May</h1>
<div class="share-tools"><button>Share</button><a>Tweet this</a></div>
<p>The ferry to   Sandvik<br>will stop in <b>May</b>, its
owner said on Monday.</p><style>p { color: red }</style><p style="color: red" hidden>Never shown to readers.</p>
<p>&ldquo;We have lost money,&rdquo; said <a href="https://example.org/x">Karin Dahl</a>.</p>
<img src="https://example.org/pixel.png" onerror="document.title = 'ran'">
<aside><h2>Related stories</h2><p>Bridge opens, said Ole Vik.</p></aside>
<blockquote><p>&ldquo;Nobody told us,&rdquo; Peter Holm said.</p></blockquote>
</article></main><footer>Copyright The Sandvik Post</footer></body></html>`;

const READ = [
    "Ferry line to close in May",
    "The ferry to Sandvik",
    "will stop in May, its owner said on Monday.",
    "“We have lost money,” said Karin Dahl.",
    "“Nobody told us,” Peter Holm said.",
];

const box = (/** @type {Page} */ page) => page.getByLabel("Article text");

/**
 * Pastes into the box, as the browser tells it.
 * @param {Page} page
 * @param {Record<string, string>} kinds Text by its type.
 */
async function paste(page, kinds) {
    await box(page).focus();
    await box(page).evaluate((node, given) => {
        const clipboardData = new DataTransfer();
        for (const [type, text] of Object.entries(given)) {
            clipboardData.setData(type, text);
        }
        node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, kinds);
}

test("what is pasted from a page keeps its paragraphs, without what stands around; nothing in it runs", async ({ page }) => {
    await paste(page, { "text/html": PAGE, "text/plain": "all in one line" });
    await expect(box(page)).toHaveValue(READ.join("\n\n"));
    await expect(page).toHaveTitle("whosaid");
    await page.keyboard.press("Control+z");
    await expect(box(page)).toHaveValue("");
});

test("a page that is one form, with a body whose class sounds like something else, keeps its text", async ({ page }) => {
    const paragraph = "<p>The ferry to Sandvik will stop in May, its owner said on Monday.</p>";
    await paste(page, {
        "text/html": `<form><div class="share">Tweet</div><div class="body has-comments">${paragraph.repeat(3)}</div></form>`,
        "text/plain": "-",
    });
    await expect(box(page)).toHaveValue(Array.from({ length: 3 }, () => paragraph.slice(3, -4)).join("\n\n"));
});

test("a part of a page is pasted between what was typed", async ({ page }) => {
    await box(page).fill("Before. After.");
    await box(page).evaluate((/** @type {HTMLTextAreaElement} */ node) => node.setSelectionRange(8, 8));
    await paste(page, { "text/html": "<!--StartFragment--><span>one</span><i> two</i><!--EndFragment-->", "text/plain": "one two" });
    await expect(box(page)).toHaveValue("Before. one twoAfter.");
});

test("HTML without text leaves the plain text to the browser", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() =>
        navigator.clipboard.write([
            new ClipboardItem({
                "text/plain": new Blob(["plain words"], { type: "text/plain" }),
                "text/html": new Blob(["<img>"], { type: "text/html" }),
            }),
        ]),
    );
    await box(page).focus();
    await page.keyboard.press("Control+v");
    await expect(box(page)).toHaveValue("plain words");
});

test("a very long text is held beside the box, read from there, and let go", async ({ page }) => {
    const long = ARTICLE.repeat(Math.ceil(600_000 / ARTICLE.length));
    await paste(page, { "text/plain": long });
    await expect(page.getByText(/Long article ready \([\d,]+ words\)/)).toBeVisible();
    await expect(box(page)).toHaveValue("");
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(page.getByText("Long article ready")).toBeHidden();
    await expect(box(page)).toBeFocused();

    await paste(page, { "text/plain": long });
    await page.getByRole("button", { name: "Show who said what" }).click();
    await expect(mark(page, "Karin Dahl").first()).toBeVisible();
    await home(page).click();
    await expect(page.getByText("Long article ready")).toBeHidden();
});

test("a saved page is opened as the article in it", async ({ page }) => {
    await page.locator("input[type=file]").setInputFiles({ name: "ferry.html", mimeType: "text/html", buffer: Buffer.from(PAGE) });
    await expect(article(page).getByRole("heading")).toHaveText("Ferry line to close in May");
    await expect(mark(page, "We have lost money")).toBeVisible();
    await expect(article(page)).not.toContainText("Ole Vik");
    await expect(page).toHaveTitle("whosaid");
});

test("several files become articles of the library; what cannot be read is named", async ({ page }) => {
    await page.locator("input[type=file]").setInputFiles([
        { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from(ARTICLE) },
        { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2]) },
        { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("  \n") },
        { name: "two.html", mimeType: "text/html", buffer: Buffer.from(PAGE.replace("in May<", "in June<")) },
    ]);
    const notice = page.getByRole("alert");
    await expect(notice).toContainText("Added 2 articles to your library.");
    await expect(notice).toContainText("“photo.jpg” is not a text file.");
    await expect(notice).toContainText("“empty.txt”, line 1: it has no text.");
    await expect(library(page).getByRole("listitem")).toHaveCount(2);
    await expect(library(page)).toContainText("Ferry line to close in June");
});

test("HTML with very many styles that nothing ends is read", async ({ page }) => {
    await paste(page, { "text/html": `<p>The ferry will stop in May.</p>${"<style ".repeat(150_000)}`, "text/plain": "plain words" });
    await expect(box(page)).toHaveValue("The ferry will stop in May.");
});

test("without BroadcastChannel the page starts, reads and saves", async ({ page }) => {
    await page.addInitScript(() => {
        Reflect.deleteProperty(globalThis, "BroadcastChannel");
    });
    await page.reload();
    await read(page, ARTICLE);
    await correctOnce(page, "Karin Dahl");
});

test("what is pasted anywhere on the page is read at once, but not what is pasted into a field", async ({ page }) => {
    /** @param {string} text */
    const pasteAt = (text) =>
        page.evaluate((plain) => {
            const data = new DataTransfer();
            data.setData("text/plain", plain);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            (document.activeElement ?? document.body).dispatchEvent(event);
        }, text);
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await pasteAt(ARTICLE);
    await expect(mark(page, "Karin Dahl").first()).toBeVisible();
    await expect(page.locator(".bar-title")).toHaveText("Ferry line to close in May");
    await page.keyboard.press("/");
    await pasteAt(ARTICLE.replaceAll("Ferry", "Bus"));
    await page.keyboard.press("Escape");
    await expect(page.locator(".bar-title")).toHaveText("Ferry line to close in May");
    await pasteAt(ARTICLE.replaceAll("Ferry", "Tram"));
    await expect(page.locator(".bar-title")).toHaveText("Tram line to close in May");
    // What was read before is one step away.
    await page.goBack();
    await expect(page.locator(".bar-title")).toHaveText("Ferry line to close in May");
});
