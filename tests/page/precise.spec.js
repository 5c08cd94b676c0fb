/**
 * @file Reading more precisely: the user asks for it, the network is fetched once and kept, and whatever hinders costs nothing.
 */
import { acknowledged, correctTwice, kept } from "./device.js";
import { alert, always, expectPrecise, expectSmall, files, offer, pill, readPrecisely, test } from "./precise.js";
import { ARTICLE, editor, expect, library, list, mark, menuItem, read, saved, startAnew } from "./whosaid.js";

test("it is offered after the first reading, fetched when the user asks, and told when it has read", async ({ page, served }) => {
    await expect(offer(page)).toHaveCount(0);
    await read(page, ARTICLE);
    await expectSmall(page);
    await expect(offer(page)).toHaveText("Read more precisely (3 MB, once)");
    await expect(await menuItem(page, "Read more precisely 3 MB, once")).toBeVisible();
    await page.keyboard.press("Escape");
    expect(served.asked).toEqual([]);

    await offer(page).click();
    await expectPrecise(page);
    await expect(alert(page)).toContainText(/Read more precisely: .* claims\. Before: .* claims/);
    expect(served.asked).toHaveLength(1);
    await expect
        .poll(() => files(page))
        .toEqual([{ name: expect.stringMatching(/^\/precise-[0-9a-f]{64}\.bin$/), bytes: served.file.length }]);
    // The record says which model read it.
    await expect.poll(async () => (await kept(page)).bases?.map(({ model }) => model)).toEqual([expect.stringMatching(/^network-3-/)]);

    // What was read stays so, and nothing is fetched again or called a download.
    await page.reload();
    await expectPrecise(page);
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt rained.\n`);
    await expectSmall(page);
    await expect(offer(page)).toHaveText("Read more precisely");
    await offer(page).click();
    await expectPrecise(page);
    expect(served.asked).toHaveLength(1);
});

test("while it comes the page tells megabytes, and Cancel keeps nothing", async ({ page, served }) => {
    served.answer = (response, file) => void response.writeHead(200).write(file.subarray(0, 1_500_000));
    await read(page, ARTICLE);
    await offer(page).click();
    await expect(pill(page)).toContainText("Fetching the precise network …");
    await expect(pill(page)).toContainText(`1.5 of ${(served.file.length / 1e6).toFixed(1)} MB`);
    await pill(page).getByRole("button", { name: "Cancel" }).click();
    await expect(pill(page)).toBeHidden();
    await expect(alert(page)).toContainText("Cancelled.");
    await expectSmall(page);
    expect(await files(page)).toEqual([]);

    served.answer = undefined;
    await offer(page).click();
    await expectPrecise(page);
});

/** @type {[string, NonNullable<import("./precise.js").Served["answer"]>, string][]} */
const FAILURES = [
    ["the server has an error", (response) => void response.writeHead(503).end(), "the server answered 503"],
    ["there is no connection", (response) => void response.destroy(), "there is no connection"],
    ["it comes cut", (response, file) => void response.end(file.subarray(0, 1_000_000)), "came only in part (1.0 of"],
    [
        "the connection breaks off",
        (response, file) => {
            response.writeHead(200, { "Content-Length": file.length }).write(file.subarray(0, 1_000_000), () => response.destroy());
        },
        "came only in part (",
    ],
    ["it comes damaged", (response, file) => void response.end(changed(file)), "came damaged, and was not kept"],
    ["another file comes", (response, file) => void response.end(Buffer.concat([file, file])), "came damaged, and was not kept"],
];

/**
 * @param {Buffer} file
 * @returns {Buffer} With one bit of it changed.
 */
function changed(file) {
    const other = Buffer.from(file);
    const middle = other.length >> 1;
    other[middle] = (other[middle] ?? 0) ^ 4;
    return other;
}

test.describe("the article stays as it was read", () => {
    test.use({ expected: /Failed to load resource|net::ERR_/ });

    for (const [what, answer, told] of FAILURES) {
        test(`where ${what}: the page says so, keeps nothing, and tries again when it is asked to`, async ({ page, served }) => {
            served.answer = answer;
            await read(page, ARTICLE);
            await offer(page).click();
            await expect(alert(page)).toContainText(told);
            await expect(alert(page)).toContainText("The article stays as it was read");
            await expectSmall(page);
            expect(await files(page)).toEqual([]);
            served.answer = undefined;
            await alert(page).getByRole("button", { name: "Try again" }).click();
            await expectPrecise(page);
        });
    }
});

test("where there is no room to keep it, it is used, and the page says that it will be fetched again", async ({ page, served }) => {
    await page.evaluate(() => {
        Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    });
    await read(page, ARTICLE);
    await offer(page).click();
    await expectPrecise(page);
    await expect(alert(page)).toContainText("There is no room left to keep the precise network");
    await expect(alert(page)).toContainText("will be fetched again next time");
    expect(await files(page)).toEqual([]);
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt rained.\n`);
    await offer(page).click();
    await expectPrecise(page);
    expect(served.asked).toHaveLength(1);
    await page.reload();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt snowed.\n`);
    await expect(offer(page)).toHaveText(/once/);
});

test("a file that is damaged on the device is deleted, and fetched again only when the user wants it", async ({ page, served }) => {
    await readPrecisely(page);
    await page.evaluate(async () => {
        const cache = await caches.open("whosaid.precise");
        const [request] = await cache.keys();
        await cache.put(/** @type {Request} */ (request), new Response("%%% garbage"));
    });
    await page.reload();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt rained.\n`);
    await offer(page).click();
    await expect(alert(page)).toContainText("was damaged, and is deleted");
    expect(await files(page)).toEqual([]);
    await expect(offer(page).first()).toHaveText(/once/);
    expect(served.asked).toHaveLength(1);
    await alert(page).getByRole("button", { name: /once/ }).click();
    await expectPrecise(page);
});

test("where its file is gone, nothing is fetched before the user knows", async ({ page, served }) => {
    await readPrecisely(page);
    await page.reload();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt rained.\n`);
    await expect(offer(page)).toHaveText("Read more precisely");
    await page.evaluate(() => caches.delete("whosaid.precise"));
    await offer(page).click();
    await expect(alert(page)).toContainText("is on this device no more");
    expect(served.asked).toHaveLength(1);
    await alert(page).getByRole("button", { name: /once/ }).click();
    await expectPrecise(page);
});

test("where there is too little memory, the page says so and nothing is lost", async ({ page }) => {
    // As browsers say it where the memory for the core cannot be had.
    await page.route("**/reader.js", async (route) => {
        const response = await route.fetch();
        const less = `addEventListener("message", ({ data }) => {
                if (data.begin?.model) {
                    WebAssembly.instantiateStreaming = () => Promise.reject(new RangeError("could not allocate memory"));
                }
            });`;
        await route.fulfill({ response, body: `${less}\n${await response.text()}` });
    });
    await page.reload();
    await read(page, ARTICLE);
    await offer(page).click();
    await expect(alert(page)).toContainText("There is too little memory for the precise network.");
    await expect(alert(page)).toContainText("Close other tabs or programs, then try again.");
    await expectSmall(page);
    await expect(alert(page).getByRole("button", { name: "Try again" })).toBeVisible();
});

test("an article with corrections keeps the analysis that they were made on until the user knows what another one costs", async ({
    page,
}) => {
    await correctTwice(page);
    const before = (await kept(page)).bases ?? [];

    await offer(page).click();
    await expect(alert(page)).toContainText("1 of 2 corrections would no longer fit what the precise network finds.");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await alert(page).getByRole("button", { name: "Dismiss" }).click();
    await page.reload();
    await acknowledged(page, 2);
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    expect((await kept(page)).bases).toEqual(before);
    // Nobody asked: it is no older model's.
    await expect(alert(page)).toBeEmpty();

    await offer(page).click();
    await alert(page).getByRole("button", { name: "Use the precise reading" }).click();
    await expectPrecise(page);
    await expect(mark(page, "We have lost money")).toHaveClass(/indirect/);
    await expect(await list(page, "History")).toContainText("1 correction fits the article no more");
    await expect.poll(async () => (await kept(page)).bases?.length).toBe(2);
    await page.reload();
    await expectPrecise(page);
    await expect(await list(page, "History")).toContainText("1 correction fits the article no more");
    await expect(alert(page)).toBeEmpty();
    expect((await kept(page)).events).toHaveLength(2);
});

test("with “Always” each article is read so, but for those with corrections", async ({ page, served }) => {
    await readPrecisely(page);
    await always(page).check();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt rained.\n`);
    await expectPrecise(page);
    await page.reload();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt snowed.\n`);
    await expectPrecise(page);
    expect(served.asked).toHaveLength(1);

    await always(page).uncheck();
    await startAnew(page);
    await read(page, `${ARTICLE}\nIt was dry.\n`);
    await expectSmall(page);
    await mark(page, "Karin Dahl").click();
    await editor(page).getByRole("button", { name: "Institution" }).click();
    await saved(page);
    await always(page).check();
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
    await page.reload();
    await acknowledged(page, 1);
    await expect(offer(page)).toHaveText("Read more precisely");
    await expect(mark(page, "Karin Dahl")).toHaveClass(/institution/);
});

test("“Forget everything” deletes it too, and says so before", async ({ page }) => {
    await readPrecisely(page);
    await expect.poll(() => files(page)).toHaveLength(1);
    await startAnew(page);
    await library(page).getByRole("button", { name: "Forget everything on this device" }).click();
    await expect(alert(page)).toContainText("the lessons from them, and the precise network, from this device");
    await alert(page).getByRole("button", { name: "Delete everything" }).click();
    await expect(alert(page)).toContainText("Everything that whosaid kept on this device is deleted.");
    expect(await page.evaluate(() => caches.has("whosaid.precise"))).toBe(false);
    await read(page, ARTICLE);
    await expectSmall(page);
    await expect(offer(page)).toHaveText(/once/);
});

test("what corrections taught is read with too, but for what they moved in the small network, and the page says so", async ({ page }) => {
    const later = "Storm closes the harbour\n\nThe harbour stays closed on Friday, Karin Dahl said.\n";
    const lessons = page.locator("details.lessons");
    await read(page, ARTICLE);
    await mark(page, "will stop in May").first().click();
    await page.keyboard.press("Enter");
    await acknowledged(page, 1);
    await startAnew(page);
    await readPrecisely(page, later);
    await expect(mark(page, "The harbour stays closed")).toHaveClass(/claim/);

    await startAnew(page);
    await lessons.locator("summary").click();
    await lessons.getByLabel("Claims with “said”").selectOption("Never a claim");
    await expect(lessons).toContainText("Model adjusted by");
    await expect(lessons).toContainText("the adjustment is the small network’s alone");
    await readPrecisely(page, `${later}\nIt rained.\n`);
    await expect(mark(page, "The harbour stays closed")).toHaveCount(0);
});
