/**
 * @file `npm run test:package`: packs the package, and runs it in the surroundings that it is made for (tests/package).
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { tinyPrecise } from "../tests/js/precise.js";
import { buildPackage, pack } from "./package.mjs";
import { buildPrecise } from "./precise.mjs";
import { PKG, ROOT, Stop, run, say, script, since } from "./run.mjs";
import { ensureChromium, ensurePackages } from "./setup.mjs";

/**
 * Packs whosaid-precise with a tiny file in the place of the real one.
 * @param {string} folder
 */
async function packPrecise(folder) {
    const file = join(folder, "tiny.bin");
    writeFileSync(file, tinyPrecise());
    return pack(await buildPrecise(join(folder, "whosaid-precise"), file));
}

await script(async () => {
    const start = performance.now();
    if (!existsSync(join(PKG, "whosaid_bg.wasm"))) {
        throw new Stop("the WebAssembly is not built: npm run build");
    }
    const folder = join("tests", "package");
    await ensurePackages();
    await ensurePackages(join(ROOT, folder));
    await ensureChromium();
    await buildPackage();
    const made = mkdtempSync(join(tmpdir(), "whosaid-precise-"));
    const env = { WHOSAID_TARBALL: await pack(), WHOSAID_PRECISE: await packPrecise(made) };
    const tests = ["matrix.test.mjs", "element.test.mjs"].map((name) => join(folder, name));
    // One after the other: each has a browser of its own.
    await run(process.execPath, ["--test", "--test-reporter=spec", "--test-concurrency=1", ...tests], { env }).finally(() =>
        rmSync(made, { recursive: true }),
    );
    say(`the package: ${since(start)}`);
});
