/**
 * @file Nothing leaves the device. Every test watches for requests to other origins and for violations of the policy;
 * here it is shown that the watch sees, and what the policy forbids.
 */
import { ARTICLE, expect, mark, read, saved, test, watch } from "./whosaid.js";

test("all that is fetched are the page's own files, by their names, without a word of the article", async ({ page, baseURL }) => {
    /** @type {string[]} */
    const requests = [];
    page.on("request", (request) => requests.push(`${request.method()} ${request.url().replace(baseURL ?? "", "")}`));
    await page.reload();
    await read(page, ARTICLE);
    await expect(mark(page, "Karin Dahl")).toBeVisible();
    await saved(page);
    const own = ["", "main.js", "worker.js", "theme.css", "style.css", "icon.svg"];
    const pkg = ["pkg/whosaid.js", "pkg/whosaid_bg.wasm", "pkg/model.bin"];
    const allowed = [...own, ...pkg].map((path) => `GET ${path}`);
    expect(requests.filter((request) => !allowed.includes(request))).toEqual([]);
    // The watch sees the thread's requests as well.
    expect(requests).toContain("GET pkg/model.bin");
});

test("the policy stands in the way of other origins, other policies and HTML from strings", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL });
    const faults = await watch(context, baseURL ?? "", null);
    const page = await context.newPage();
    await page.goto("/");
    const outcomes = await page.evaluate(async () => {
        const tries = {
            fetch: () => fetch("https://example.org/"),
            html: () => {
                document.body.innerHTML = "<b>x</b>";
            },
            policy: () => window.trustedTypes?.createPolicy("other", {}),
        };
        /** @type {Record<string, string>} */
        const results = {};
        for (const [name, attempt] of Object.entries(tries)) {
            try {
                await attempt();
                results[name] = "allowed";
            } catch (error) {
                results[name] = /** @type {Error} */ (error).name;
            }
        }
        return results;
    });
    expect(outcomes).toEqual({ fetch: "TypeError", html: "TypeError", policy: "TypeError" });
    // And the watch of every test would have said so.
    expect(faults.join("\n")).toContain("policy: connect-src https://example.org/");
    await context.close();
});
