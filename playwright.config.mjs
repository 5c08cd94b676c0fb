/**
 * @file End-to-end tests of the built page (dist: `npm run build` first), under the headers that serve.mjs sends.
 */
import { createServer } from "node:net";

import { defineConfig } from "@playwright/test";

import { chromium } from "./scripts/setup.mjs";

/** @returns {Promise<number>} A port that nobody listens on. */
function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, "localhost", () => {
            const address = server.address();
            server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
        });
    });
}

// Workers load this file again: they inherit the port that the first one chose.
process.env.WHOSAID_TEST_PORT ??= String(await freePort());
const baseURL = `http://localhost:${process.env.WHOSAID_TEST_PORT}/`;

export default defineConfig({
    testDir: "tests/page",
    forbidOnly: Boolean(process.env.CI),
    fullyParallel: true,
    workers: 2,
    reporter: "list",
    // A slow machine is no failure: what is awaited here is a page on this machine.
    timeout: 60_000,
    expect: { timeout: 15_000 },
    use: {
        baseURL,
        // What a test does to a request is to be seen by the page: offline.spec.js alone has the service worker.
        serviceWorkers: "block",
        launchOptions: {
            executablePath: chromium(),
            args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        },
        trace: "retain-on-failure",
    },
    webServer: {
        command: `node scripts/serve.mjs --port ${process.env.WHOSAID_TEST_PORT}`,
        url: baseURL,
        reuseExistingServer: false,
    },
});
