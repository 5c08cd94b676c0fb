/**
 * @file The manifest of the element, as https://github.com/webcomponents/custom-elements-manifest describes it: made of the comments in
 * www/element. `node scripts/manifest.mjs` writes packages/whosaid/custom-elements.json; `npm run test:package` checks that it is as it
 * would be written, and installs what makes it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ROOT } from "./run.mjs";

export const MANIFEST = join(ROOT, "packages", "whosaid", "custom-elements.json");

const SOURCES = ["www/element/held.js", "www/element/who-said.js"];

/** What the element has to itself. @param {any} member */
const isOwn = ({ privacy, name }) => privacy === "private" || name.startsWith("#") || name.startsWith("[") || name.endsWith("Callback");

/** @returns {Promise<string>} The manifest, as a file. */
export async function manifest() {
    const require = createRequire(join(ROOT, "tests", "package", "package.json"));
    const { create, ts } = await import(pathToFileURL(require.resolve("@custom-elements-manifest/analyzer")).href);
    const modules = SOURCES.map((path) => ts.createSourceFile(path, readFileSync(join(ROOT, path), "utf8"), ts.ScriptTarget.ES2022, true));
    const made = create({ modules, plugins: [], context: { dev: false } });
    const classes = made.modules.flatMap((/** @type {any} */ { declarations }) => declarations);
    const element = classes.find((/** @type {any} */ { name }) => name === "WhoSaid");
    // Those of the class below it are listed as its own: the package has one module.
    const members = element.members
        .filter((/** @type {any} */ member) => !isOwn(member))
        // What is read and set is listed once.
        .filter(
            (/** @type {any} */ { name }, /** @type {number} */ at, /** @type {any[]} */ all) =>
                all.findIndex((one) => one.name === name) === at,
        )
        .map((/** @type {object} */ member) => ({ ...member, inheritedFrom: undefined }));
    const described = (/** @type {any[]} */ list) => list.filter(({ description }) => description);
    const declaration = {
        ...element,
        members,
        attributes: described(element.attributes),
        events: described(element.events),
        superclass: { name: "HTMLElement" },
    };
    const module = {
        kind: "javascript-module",
        path: "element.js",
        declarations: [declaration],
        exports: [
            { kind: "js", name: "WhoSaid", declaration: { name: "WhoSaid", module: "element.js" } },
            { kind: "custom-element-definition", name: "who-said", declaration: { name: "WhoSaid", module: "element.js" } },
        ],
    };
    return `${JSON.stringify({ schemaVersion: made.schemaVersion, readme: "README.md", modules: [module] }, undefined, 4)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    writeFileSync(MANIFEST, await manifest());
}
