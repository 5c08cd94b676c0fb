/**
 * @file The precise network's file on the device: without a network, and when another build has another file.
 */
import { alert, expectPrecise, expectSmall, files, offer, readPrecisely, test } from "./precise.js";
import { ARTICLE, expect, read, startAnew } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

test.describe("where another build has another file", () => {
    test.use({ expected: /Failed to load resource/ });

    test("it is fetched when the user asks, and takes the place of the one before once it is kept", async ({ page, served }) => {
        await readPrecisely(page);
        const [before] = await files(page);
        await served.update();
        await page.reload();
        // What was read stays as it is.
        await expect(page.getByText("Read by an earlier precise network.")).toBeVisible();
        await expect(offer(page)).toHaveText(/once/);
        expect(served.asked).toHaveLength(1);
        expect(await files(page)).toEqual([before]);
        served.answer = (response) => void response.writeHead(503).end();
        await offer(page).click();
        await expect(alert(page)).toContainText("the server answered 503");
        expect(await files(page)).toEqual([before]);

        served.answer = undefined;
        await alert(page).getByRole("button", { name: "Try again" }).click();
        await expectPrecise(page);
        await expect
            .poll(() => files(page))
            .toEqual([{ name: expect.not.stringContaining(before?.name ?? ""), bytes: served.file.length }]);
    });
});

test.describe("without a network", () => {
    test.use({ serviceWorkers: "allow", expected: /Failed to load resource|net::ERR_|FetchEvent/ });

    /**
     * Waits until the page is kept, and takes the network away.
     * @param {Page} page
     */
    async function goOffline(page) {
        await page.evaluate(async () => void (await navigator.serviceWorker.ready));
        await page.context().setOffline(true);
        await page.reload();
    }

    test("it is read from this device, and the page's own files are kept apart from it", async ({ page, served }) => {
        await readPrecisely(page);
        await goOffline(page);
        await expectPrecise(page);
        await startAnew(page);
        await read(page, `${ARTICLE}\nIt rained.\n`);
        await offer(page).click();
        await expectPrecise(page);
        expect(served.asked).toHaveLength(1);
        const own = await page.evaluate(async () => {
            const names = (await caches.keys()).filter((name) => name.startsWith("whosaid-"));
            const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
            return kept.flat().map(({ url }) => url);
        });
        expect(own.length).toBeGreaterThan(0);
        expect(own.filter((url) => url.endsWith(".bin") && !url.endsWith("/model.bin"))).toEqual([]);
    });

    test("where it was never fetched the small one reads, and the page says so when it is asked for", async ({ page, served }) => {
        await goOffline(page);
        await read(page, ARTICLE);
        await expectSmall(page);
        await offer(page).click();
        await expect(alert(page)).toContainText("cannot be fetched: there is no connection");
        await expectSmall(page);
        expect(served.asked).toEqual([]);
        await page.context().setOffline(false);
        await alert(page).getByRole("button", { name: "Try again" }).click();
        await expectPrecise(page);
    });
});
