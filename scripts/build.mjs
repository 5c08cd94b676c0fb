/**
 * @file `npm run build`: sets up and builds, www -> dist.
 */
import { build } from "./page.mjs";
import { script } from "./run.mjs";
import { setUp } from "./setup.mjs";

await script(async () => build(await setUp()));
