/**
 * @file Makes the npm package of the precise model file: packages/whosaid-precise -> release/whosaid-precise, as it is packed.
 */
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ROOT, Stop } from "./run.mjs";

const SOURCE = join(ROOT, "packages", "whosaid-precise");

/** The precise model file, which is committed when it is trained. */
export const PRECISE = join(SOURCE, "precise.bin");

/** Whether there is a precise model file. */
export const isThere = () => existsSync(PRECISE);

/**
 * Makes the package in a folder.
 * @param {string} [folder]
 * @param {string} [file] The model file in it.
 * @returns {Promise<string>} The folder.
 */
export async function buildPrecise(folder = join(ROOT, "release", "whosaid-precise"), file = PRECISE) {
    const { build } = await import("esbuild");
    const content = readFileSync(file);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(SOURCE).filter((each) => !["index.js", "precise.bin"].includes(each))) {
        cpSync(join(SOURCE, name), join(folder, name));
    }
    copyFileSync(file, join(folder, "precise.bin"));
    copyFileSync(join(ROOT, "LICENSE-APACHE"), join(folder, "LICENSE-APACHE"));
    try {
        await build({
            entryPoints: [join(SOURCE, "index.js")],
            outdir: folder,
            format: "esm",
            target: "es2023",
            logLevel: "warning",
            define: {
                BYTES: String(content.length),
                SHA256: JSON.stringify(createHash("sha256").update(content).digest("hex")),
            },
        });
    } catch {
        throw new Stop("the package of the precise model cannot be made: esbuild's message stands above");
    }
    return folder;
}
