/**
 * @file `npm run release`: sets up, builds, and packs the npm package, release/whosaid-VERSION.tgz.
 */
import { pack } from "./package.mjs";
import { build } from "./page.mjs";
import { say, script } from "./run.mjs";
import { setUp } from "./setup.mjs";

await script(async () => {
    await build(await setUp());
    const file = await pack();
    say(`${file} is packed: npm install takes its path, npm publish publishes it`);
});
