/**
 * @file The built page in the browser of the tests, for what measures it.
 */
import { chromium } from "@playwright/test";

import { createPageServer } from "./serve.mjs";
import { headlessChromium } from "./setup.mjs";

/** @import {Page} from "@playwright/test" */

/**
 * Opens the page in a wide window, and closes browser and server whatever comes of it.
 * @param {(page: Page) => Promise<void>} run
 * @param {{args?: string[], init?: () => void}} [options] What the browser is told, and what runs in the page before anything else.
 */
export async function withPage(run, { args = [], init = () => undefined } = {}) {
    const server = createPageServer();
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    const address = server.address();
    const browser = await chromium.launch({ executablePath: headlessChromium(), args: ["--no-sandbox", ...args] });
    try {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        await page.addInitScript(init);
        await page.goto(`http://localhost:${typeof address === "object" ? address?.port : address}/`);
        await run(page);
    } finally {
        await browser.close();
        server.close();
        server.closeAllConnections();
    }
}
