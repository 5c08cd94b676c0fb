/**
 * @file The precise network, where there is one: puts its file into the built page, and tells the page of it. The page fetches it
 * when the user asks for it.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PRECISE, isThere } from "./precise.mjs";
import { Stop } from "./run.mjs";

/** What the page calls its file: it has its SHA-256 in its name. */
const NAMED = /^precise-[0-9a-f]{64}\.bin$/;

/** How a model file begins. See src/model/file.rs. */
const MAGIC = "WHOSAID\0";
const [VERSION_AT, CHECKSUM_AT] = [8, 12];

/** @returns {string | undefined} The path of its model file: the one that WHOSAID_PRECISE names, or the package's. */
export function preciseModel() {
    const named = process.env.WHOSAID_PRECISE;
    if (named !== undefined && !existsSync(named)) {
        throw new Stop(`WHOSAID_PRECISE names ${named}, and there is no such file`);
    }
    return named ?? (isThere() ? PRECISE : undefined);
}

/**
 * Whether a file of the built page is the precise network's: nobody fetches it unasked, the service worker among them.
 * @param {string} path
 */
export function isPrecise(path) {
    return NAMED.test(path);
}

/**
 * The name that the core gives to what a model reads.
 * @param {Buffer} bytes
 */
function nameOf(bytes) {
    return `network-${bytes.readUInt32LE(VERSION_AT)}-${bytes.readUInt32LE(CHECKSUM_AT).toString(16).padStart(8, "0")}`;
}

/**
 * Puts a model file into the built page, and says there where it is, how many bytes it has and what reads with it.
 * @param {string} folder Of the page.
 * @param {string} file
 */
export function addPrecise(folder, file) {
    const bytes = readFileSync(file);
    if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) {
        throw new Stop(`${file} is no model file of whosaid`);
    }
    const name = `precise-${createHash("sha256").update(bytes).digest("hex")}.bin`;
    copyFileSync(file, join(folder, name));
    const page = join(folder, "index.html");
    const meta = `<meta name="precise" content="${name} ${bytes.length} ${nameOf(bytes)}" />`;
    writeFileSync(page, readFileSync(page, "utf8").replace('<meta charset="utf-8" />', `$&\n        ${meta}`));
}
