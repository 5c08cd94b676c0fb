/**
 * @file The licences of what the built page, or the package, holds of others: crates in the WebAssembly, packages in the scripts.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { WASM } from "./features.mjs";
import { ROOT, Stop, output } from "./run.mjs";

/**
 * npm packages that esbuild takes into the scripts: a package.json's dependencies.
 * @param {string} manifest
 */
function packages(manifest) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, manifest), "utf8"));
    return Object.keys(dependencies).map((name) => {
        const folder = join(ROOT, "node_modules", name);
        const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        return { name, version, license, folder };
    });
}

/** The crates that are compiled into the WebAssembly. */
function crates() {
    const tree = output("cargo", [
        "tree",
        "--locked",
        "--package",
        "whosaid",
        ...WASM,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    const metadata = output("cargo", ["metadata", "--locked", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"]);
    if (tree === undefined || metadata === undefined) {
        throw new Stop("cargo cannot list the crates: its message stands above");
    }
    const used = new Set(tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
    /** @type {{name: string, version: string, license: string, manifest_path: string, source: string | null}[]} */
    const all = JSON.parse(metadata).packages;
    return all
        .filter(({ name, version, source }) => source !== null && used.has(`${name} v${version}`))
        .map(({ name, version, license, manifest_path: path }) => ({ name, version, license, folder: dirname(path) }));
}

/**
 * All notices as one text: the works by name, version and licence, then each text of a licence once, with whose it is.
 * @param {string} what Holds the works.
 * @param {string} manifest Its package.json.
 */
export function notices(what, manifest) {
    const works = [...packages(manifest), ...crates()].map((work) => ({
        ...work,
        title: `${work.name} ${work.version} (${work.license})`,
    }));
    /** @type {Map<string, string[]>} */
    const texts = new Map();
    for (const { title, folder } of works) {
        const files = existsSync(folder)
            ? readdirSync(folder)
                  .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
                  .sort()
            : [];
        for (const file of files) {
            const text = readFileSync(join(folder, file), "utf8").trim();
            texts.set(text, [...(texts.get(text) ?? []), title]);
        }
    }
    const parts = [...texts].map(([text, titles]) => `${titles.join("\n")}\n\n${text}`);
    const list = works.map(({ title }) => title).join("\n");
    return [`whosaid is licensed under MIT or Apache-2.0. Its ${what} holds these works of others:\n\n${list}`, ...parts].join(
        `\n\n${"-".repeat(78)}\n\n`,
    );
}
