/**
 * @file `npm run build`: sets up and builds, www -> dist. `npm run build -- --page` builds the page alone, with the core in www/pkg.
 */
import { parseArgs } from "node:util";

import { build } from "./page.mjs";
import { script } from "./run.mjs";
import { setUp } from "./setup.mjs";

const { values } = parseArgs({ options: { page: { type: "boolean" } } });
await script(async () => build(values.page ? undefined : await setUp()));
