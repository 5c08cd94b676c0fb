/**
 * @file `npm run release`: sets up, builds, and packs the npm packages: release/whosaid-VERSION.tgz, and the one of the precise model
 * where its file is there.
 */
import { pack } from "./package.mjs";
import { build } from "./page.mjs";
import { PRECISE, buildPrecise, isThere } from "./precise.mjs";
import { say, script } from "./run.mjs";
import { setUp } from "./setup.mjs";

await script(async () => {
    await build(await setUp());
    const files = [await pack()];
    if (isThere()) {
        files.push(await pack(await buildPrecise()));
    } else {
        say(`whosaid-precise is not packed: its model file is missing, ${PRECISE}`);
    }
    files.forEach((file) => say(`${file} is packed: npm install takes its path, npm publish publishes it`));
});
