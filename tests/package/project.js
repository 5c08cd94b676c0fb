/**
 * @file A fresh project with the packed package in it, and what shows it in a browser.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";
import sirv from "sirv";

import { headlessChromium } from "../../scripts/setup.mjs";

/** @import {Browser} from "@playwright/test" */

/** The packed package, as scripts/test-package.mjs names it. */
const TARBALL = process.env.WHOSAID_TARBALL ?? "";

/** The packed package of the precise model file, with a tiny one in it. */
export const PRECISE = process.env.WHOSAID_PRECISE ?? "";

/** Where the projects stand: outside this repository, so that none finds what is installed here. */
const FOLDER = mkdtempSync(join(tmpdir(), "whosaid-package-"));

/** Where the tools stand. */
export const TOOLS = fileURLToPath(new URL("./", import.meta.url));

export const TEXT = "📈 “Taxes will rise,” said Anna Berg, finance minister.";

/** What a page finds in it, as its title. */
export const FOUND = "Anna Berg: “Taxes will rise,”";

/** Ends a script: the title says what was found, or which error came. */
const SHOW = `
    .then(({ claims: [{ content: [said], speaker }], speakers }) => {
        document.title = \`\${speakers[speaker].name}: \${text.slice(said.start, said.end)}\`;
    })
    .catch(({ name, code, message }) => {
        document.title = \`\${name} \${code} \${message}\`;
    });
`;

/**
 * A script that reads the text, and shows what it found.
 * @param {string} reads An expression, a promise of an analysis; it has \`text\`.
 * @param {string} [imports]
 */
export function script(reads, imports = 'import { annotate } from "whosaid";') {
    return `${imports}\nconst text = ${JSON.stringify(TEXT)};\nPromise.resolve()\n    .then(() => ${reads})${SHOW}`;
}

/** A page with a script. */
export const page = (src = "main.js") =>
    `<!doctype html><html lang="en"><head><link rel="icon" href="data:," /></head><body><script type="module" src="${src}"></script></body></html>`;

/**
 * Runs a program in a project.
 * @param {string} folder
 * @param {string} program
 * @param {string[]} given
 */
export function run(folder, program, given) {
    const { status, stdout, stderr } = spawnSync(program, given, { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr };
}

const INSTALL = ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"];

/**
 * Makes a project with these files, and installs the package in it.
 * @param {string} name
 * @param {Record<string, string>} files
 * @param {readonly string[]} [others] Packages beside it: those that are installed with the tools.
 * @param {readonly string[]} [tarballs] More packed packages.
 * @returns {string} Its folder.
 */
export function project(name, files, others = [], tarballs = []) {
    const folder = join(FOLDER, name);
    const manifest = JSON.stringify({ name, private: true, type: "module" });
    for (const [path, content] of Object.entries({ "package.json": manifest, "index.html": page(), ...files })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
    }
    const { status, stderr } = run(folder, "npm", [...INSTALL, TARBALL, ...tarballs]);
    if (status !== 0) {
        throw new Error(`the package cannot be installed: ${stderr}`);
    }
    for (const other of others) {
        mkdirSync(dirname(join(folder, "node_modules", other)), { recursive: true });
        symlinkSync(join(TOOLS, "node_modules", other), join(folder, "node_modules", other));
    }
    return folder;
}

/** @type {(() => unknown)[]} */
const ends = [];

/** Ends servers and browser, and removes the projects. */
export async function endAll() {
    await Promise.all(ends.map((end) => end()));
    rmSync(FOLDER, { recursive: true, force: true });
}

/**
 * Serves a folder.
 * @param {string} folder
 * @param {Record<string, string>} [headers]
 * @returns {Promise<string>} Its address.
 */
export async function serve(folder, headers = {}) {
    const files = sirv(folder, { dev: true });
    const server = createServer((request, response) => {
        Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
        files(request, response);
    });
    await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
    ends.push(() => {
        server.close();
        server.closeAllConnections();
    });
    const address = server.address();
    return `http://localhost:${typeof address === "object" ? address?.port : ""}/`;
}

/** Notes what ends something that a test started. */
export const atEnd = (/** @type {() => unknown} */ end) => void ends.push(end);

/** @type {Promise<Browser> | undefined} */
let browser;

/**
 * Opens a page, and waits until it has a title.
 * @param {string} address
 * @param {(url: string) => void} [asked] Told what the page and its workers ask for.
 * @returns {Promise<{title: string, workers: number}>} The title, and how many workers the page has then.
 */
export async function shown(address, asked = () => undefined) {
    if (!browser) {
        const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
        browser = chromium.launch({ executablePath: headlessChromium(), args, timeout: 600_000 });
        ends.push(async () => (await browser)?.close());
    }
    const context = await (await browser).newContext();
    try {
        const opened = await context.newPage();
        opened.on("request", (request) => asked(request.url()));
        await opened.goto(address);
        await opened.waitForFunction(() => document.title !== "", undefined, { timeout: 600_000 });
        return { title: await opened.title(), workers: opened.workers().length };
    } finally {
        await context.close();
    }
}

/** What a strict page may do, but for the names of the policies of its Trusted Types. */
export const POLICY = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "require-trusted-types-for 'script'",
];

/** @param {readonly string[]} directives */
export const policy = (directives) => ({ "Content-Security-Policy": directives.join("; ") });
