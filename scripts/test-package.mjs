/**
 * @file `npm run test:package`: packs the package, and runs it in the surroundings that it is made for (tests/package).
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { buildPackage, pack } from "./package.mjs";
import { PKG, ROOT, Stop, run, say, script, since } from "./run.mjs";
import { ensureChromium, ensurePackages } from "./setup.mjs";

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
    const env = { WHOSAID_TARBALL: await pack() };
    const tests = ["matrix.test.mjs", "element.test.mjs"].map((name) => join(folder, name));
    // One after the other: each has a browser of its own.
    await run(process.execPath, ["--test", "--test-reporter=spec", "--test-concurrency=1", ...tests], { env });
    say(`the package: ${since(start)}`);
});
