/**
 * @file `npm run check`: formatting, lints and types, nothing that runs the program.
 */
import { pathToFileURL } from "node:url";

import { WASM } from "./features.mjs";
import { build } from "./page.mjs";
import { run, script } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { summary, step } from "./steps.mjs";

/** The checks. They need www/pkg, for its types. */
export async function check() {
    const deny = ["--", "--deny", "warnings"];
    await step("rustfmt", () => run("cargo", ["fmt", "--all", "--check"]));
    await step("clippy, native", () => run("cargo", ["clippy", "--quiet", "--locked", "--all-targets", ...deny]));
    await step("clippy, WebAssembly", () =>
        run("cargo", ["clippy", "--quiet", "--locked", "--lib", "--tests", "--package", "whosaid", ...WASM, ...deny]),
    );
    await step("types", () => run("node_modules/.bin/tsc", ["--project", "."]));
    await step("eslint", () => run("node_modules/.bin/eslint", ["--max-warnings", "0", "."]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    await script(async () => {
        await build(await setUp());
        await check();
        summary();
    });
}
