/**
 * @file The tools that build projects, by the names they are installed under beside this file.
 */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { TOOLS } from "./project.js";

/** @param {string} name */
export function versionOf(name) {
    return JSON.parse(readFileSync(join(TOOLS, "node_modules", name, "package.json"), "utf8")).version;
}

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
export function tool(name) {
    return import(name);
}

/**
 * Builds a project with webpack.
 * @param {string} folder
 */
export async function bundleWithWebpack(folder) {
    const { default: webpack } = await tool("webpack");
    const output = { path: join(folder, "dist"), filename: "main.js" };
    const stats = await new Promise((resolve, reject) => {
        webpack(
            { context: folder, mode: "production", entry: "./main.js", output, performance: false },
            (/** @type {any} */ error, /** @type {any} */ done) => (error ? reject(error) : resolve(done)),
        );
    });
    assert.ok(!stats.hasErrors(), stats.toString());
    copyFileSync(join(folder, "index.html"), join(folder, "dist", "index.html"));
    return join(folder, "dist");
}

/** The bundlers that copy no files: what builds `main.js` into the folder `dist`. */
export const BUNDLERS = {
    async rollup(/** @type {string} */ folder) {
        const [{ rollup }, { default: resolve }] = [await tool("rollup"), await tool("@rollup/plugin-node-resolve")];
        const bundle = await rollup({ input: join(folder, "main.js"), plugins: [resolve({ browser: true })] });
        await bundle.write({ dir: join(folder, "dist"), format: "es" });
        await bundle.close();
    },
    async esbuild(/** @type {string} */ folder) {
        const esbuild = await tool("esbuild");
        const output = { outdir: join(folder, "dist"), format: "esm", bundle: true };
        await esbuild.build({ absWorkingDir: folder, entryPoints: ["main.js"], ...output, logLevel: "error" });
    },
};
