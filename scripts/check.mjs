/**
 * @file `npm run check`: formatting, lints and types, nothing that runs the program.
 */
import { pathToFileURL } from "node:url";

import { WASM } from "./features.mjs";
import { build } from "./page.mjs";
import { run, script } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { summary, step } from "./steps.mjs";

const DENY = ["--", "--deny", "warnings"];

/** The checks of what runs natively. */
export async function checkNative() {
    await step("rustfmt", () => run("cargo", ["fmt", "--all", "--check"]));
    const all = ["--workspace", "--exclude", "tools", "--all-targets"];
    await step("clippy, native", () => run("cargo", ["clippy", "--quiet", "--locked", ...all, ...DENY]));
}

/** The checks of what runs in the browser. They need www/pkg, for its types. */
export async function checkPage() {
    await step("clippy, WebAssembly", () =>
        run("cargo", ["clippy", "--quiet", "--locked", "--lib", "--tests", "--package", "whosaid", ...WASM, ...DENY]),
    );
    await step("types", () => run("node_modules/.bin/tsc", ["--project", "."]));
    await step("prettier", () => run("node_modules/.bin/prettier", ["--check", "--log-level", "warn", "."]));
    await step("eslint", () => run("node_modules/.bin/eslint", ["--max-warnings", "0", "."]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    await script(async () => {
        await build(await setUp());
        await checkNative();
        await checkPage();
        summary();
    });
}
