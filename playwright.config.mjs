/**
 * @file End-to-end tests of the built page (dist: `npm run build` first), under the headers that serve.mjs sends.
 */
import { createServer } from "node:net";
import { cpus } from "node:os";

import { defineConfig } from "@playwright/test";

import { headlessChromium } from "./scripts/setup.mjs";

/** @returns {Promise<number>} A port that nobody listens on. */
function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, "localhost", () => {
            const address = server.address();
            server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
        });
    });
}

/** @returns {Promise<number>} How many cores were idle in the half second that this takes. */
async function idleCores() {
    const times = () => cpus().map((cpu) => ({ idle: cpu.times.idle, all: Object.values(cpu.times).reduce((a, b) => a + b) }));
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const shares = times().map(({ idle, all }, core) => {
        const then = before[core] ?? { idle: 0, all: 0 };
        return (idle - then.idle) / Math.max(1, all - then.all);
    });
    return shares.reduce((sum, share) => sum + share, 0);
}

// Workers load this file again: they inherit what the first one chose.
process.env.WHOSAID_TEST_PORT ??= String(await freePort());
process.env.WHOSAID_TEST_WORKERS ??= String(Math.min(2, Math.max(1, Math.round(await idleCores()))));
const baseURL = `http://localhost:${process.env.WHOSAID_TEST_PORT}/`;

export default defineConfig({
    testDir: "tests/page",
    forbidOnly: Boolean(process.env.CI),
    fullyParallel: true,
    workers: Number(process.env.WHOSAID_TEST_WORKERS),
    reporter: "list",
    // A slow or busy machine is no failure. These limits only end a test whose page hangs.
    timeout: 1_200_000,
    expect: { timeout: 300_000 },
    use: {
        baseURL,
        // What a test does to a request is to be seen by the page: offline.spec.js alone has the service worker.
        serviceWorkers: "block",
        launchOptions: {
            executablePath: headlessChromium(),
            timeout: 600_000,
            args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        },
        // A trace costs a third of the time: `npx playwright test NAME --trace retain-on-failure` makes one.
        trace: "off",
    },
    webServer: {
        command: `node scripts/serve.mjs --port ${process.env.WHOSAID_TEST_PORT}`,
        url: baseURL,
        reuseExistingServer: false,
        timeout: 600_000,
    },
});
