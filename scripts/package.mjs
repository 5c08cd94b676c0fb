/**
 * @file Makes the npm package: packages/whosaid and the core's client in www/core -> release/whosaid, as it is packed.
 */
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync, deflateRawSync } from "node:zlib";

import { notices } from "./notices.mjs";
import { PKG, ROOT, Stop, WWW, run } from "./run.mjs";

/** @import {BuildOptions} from "esbuild" */

const SOURCE = join(ROOT, "packages", "whosaid");

/** Where the package stands, file by file. */
export const PACKAGE = join(ROOT, "release", "whosaid");

/** What of the core travels. */
const CORE = ["whosaid.js", "whosaid.d.ts", "whosaid_bg.wasm", "model.bin", "converter.js", "converter_bg.wasm"];

/** @param {string} name */
function packed(name) {
    return JSON.stringify(deflateRawSync(readFileSync(join(PKG, name)), { level: 9 }).toString("base64"));
}

/**
 * Leaves glue a file of its own, which finds its WebAssembly beside itself: each script that imports it stands above it.
 * @type {import("esbuild").Plugin}
 */
export const glueAside = {
    name: "the glue stays aside",
    setup(build) {
        build.onResolve({ filter: /\/pkg\/(?:whosaid|converter)\.js$/ }, ({ kind, path }) =>
            kind === "entry-point" ? undefined : { path: `./pkg/${basename(path)}`, external: true },
        );
    },
};

/**
 * Leaves what runs in the caller's thread a file of its own: those alone load it who ask for it.
 * @type {import("esbuild").Plugin}
 */
const hereAside = {
    name: "here.js stays aside",
    setup(build) {
        const aside = { path: "./here.js", external: true };
        build.onResolve({ filter: /^\.\/here\.js$/ }, ({ kind }) => (kind === "dynamic-import" ? aside : undefined));
    },
};

/**
 * Lets every part that comes later ask for all of what comes first, so that esbuild does not cut that into pieces after who shares
 * what: many small files are larger after brotli than one.
 * @param {string} first What comes first.
 * @returns {import("esbuild").Plugin}
 */
export function firstInOne(first) {
    return {
        name: "first in one",
        setup(build) {
            build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
                kind === "dynamic-import" ? { path: join(resolveDir, path), namespace: "later" } : undefined,
            );
            build.onLoad({ filter: /./, namespace: "later" }, ({ path }) => {
                const contents = `import ${JSON.stringify(first)}; export * from ${JSON.stringify(path)};`;
                return { contents, resolveDir: dirname(first) };
            });
        },
    };
}

/**
 * @param {string} of The folder of a package.
 * @returns {{name: string, version: string}}
 */
function manifest(of) {
    return JSON.parse(readFileSync(join(of, "package.json"), "utf8"));
}

/**
 * Packs a package as npm publishes it, into the folder above it.
 * @param {string} [of] Where it stands.
 * @returns {Promise<string>} The path of the file.
 */
export async function pack(of = PACKAGE) {
    const folder = dirname(of);
    await run("npm", ["pack", of, "--pack-destination", folder, "--loglevel", "warn"]);
    const { name, version } = manifest(of);
    return join(folder, `${name}-${version}.tgz`);
}

/** Takes the types of what is read apart from those of the glue, which name what a project for Node alone does not know. */
function writeTypes() {
    const glue = readFileSync(join(PKG, "whosaid.d.ts"), "utf8");
    writeFileSync(join(PACKAGE, "types.d.ts"), glue.slice(0, glue.lastIndexOf("/**", glue.indexOf("export class"))));
    const index = readFileSync(join(SOURCE, "index.d.ts"), "utf8");
    writeFileSync(join(PACKAGE, "index.d.ts"), index.replaceAll('"./pkg/whosaid.js"', '"./types.js"'));
}

/**
 * The element: what it shows at once in one file, what it does without in parts beside it, its styles inside.
 * @param {typeof import("esbuild")} esbuild
 * @param {BuildOptions} shared
 * @param {string} version
 */
async function buildElement(esbuild, shared, version) {
    const styles = { light: "light.css", dark: "dark.css", rest: "element.css" };
    const made = await Promise.all(
        Object.entries(styles).map(async ([name, file]) => {
            const how = { bundle: true, minify: true, write: /** @type {const} */ (false), logLevel: /** @type {const} */ ("warning") };
            const { outputFiles } = await esbuild.build({ ...how, entryPoints: [join(WWW, "style", file)] });
            return [name, outputFiles[0]?.text];
        }),
    );
    await esbuild.build({
        ...shared,
        entryPoints: [join(SOURCE, "src", "element.js")],
        platform: "neutral",
        // The database, where logs are kept on the device.
        mainFields: ["module", "main"],
        splitting: true,
        chunkNames: "parts/[name]-[hash]",
        plugins: [glueAside, hereAside, firstInOne(join(WWW, "element", "who-said.js"))],
        define: { VERSION: JSON.stringify(version), STYLES: JSON.stringify(Object.fromEntries(made)) },
    });
}

/** Makes release/whosaid of what stands in www/pkg. */
export async function buildPackage() {
    const { version } = manifest(SOURCE);
    const esbuild = await import("esbuild");
    rmSync(PACKAGE, { recursive: true, force: true });
    mkdirSync(join(PACKAGE, "pkg"), { recursive: true });
    const shared = /** @type {const} */ ({
        outdir: PACKAGE,
        bundle: true,
        minify: true,
        format: "esm",
        target: "es2023",
        logLevel: "warning",
    });
    const entries = ["index", "node", "here", "inlined", "convert", "convert-node", "element-node", "cli"].map((name) =>
        join(SOURCE, "src", `${name}.js`),
    );
    const define = {
        VERSION: JSON.stringify(version),
        PACKED_WASM: packed("whosaid_bg.wasm"),
        PACKED_MODEL: packed("model.bin"),
    };
    try {
        await esbuild.build({
            ...shared,
            entryPoints: entries,
            platform: "neutral",
            external: ["node:*"],
            plugins: [glueAside, hereAside],
            define,
        });
        await buildElement(esbuild, shared, version);
        // In one file with the glue: a bundler then copies it, and need not know that it is a script.
        await esbuild.build({ ...shared, entryPoints: [join(WWW, "worker.js")] });
    } catch {
        throw new Stop("the package cannot be bundled: esbuild's message stands above");
    }
    for (const name of CORE) {
        copyFileSync(join(PKG, name), join(PACKAGE, "pkg", name));
    }
    for (const name of readdirSync(SOURCE).filter((each) => each !== "src")) {
        cpSync(join(SOURCE, name), join(PACKAGE, name));
    }
    writeTypes();
    for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
        copyFileSync(join(ROOT, name), join(PACKAGE, name));
    }
    writeFileSync(join(PACKAGE, "THIRD-PARTY.txt"), notices("package", "package.json"));
}

/** The most that a page loads of the element before it shows something, in bytes after brotli: without WebAssembly, model and worker. */
export const MOST_OF_ELEMENT = 55_000;

/**
 * How much the built element loads before it shows something, its styles within.
 * @param {string} [name] A script of the package; what it imports is counted with it.
 * @param {Set<string>} [counted] Those that are counted.
 * @returns {number} In bytes after brotli.
 */
export function elementSize(name = "element.js", counted = new Set()) {
    if (counted.has(name)) {
        return 0;
    }
    counted.add(name);
    const code = readFileSync(join(PACKAGE, name), "utf8");
    const imported = [...code.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)].map(([, path = ""]) => join(dirname(name), path));
    return imported.reduce((sum, path) => sum + elementSize(path, counted), brotliCompressSync(code).length);
}
