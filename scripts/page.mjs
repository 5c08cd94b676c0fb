/**
 * @file Builds the page: Rust -> www/pkg (WebAssembly, glue, types, model), then www -> dist (what is served), and the package.
 *
 * dist has the layout of www, so that every relative address means the same in both.
 */
import { createHash } from "node:crypto";
import {
    copyFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    readFileSync,
    readdirSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, extname, join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import { excerpt, startCore } from "./excerpt.mjs";
import { buildPackage, firstInOne, glueAside } from "./package.mjs";
import { META_POLICY } from "./policy.mjs";
import { addPrecise, isPrecise, preciseModel } from "./precise-page.mjs";
import { PKG, ROOT, Stop, WWW, run, say, since } from "./run.mjs";
import { notices } from "./notices.mjs";

const CACHE = join(ROOT, ".cache");

/** The quality of brotli for the precise network: the highest takes minutes for a hundredth less. */
const QUICK = 5;

/** Where the built page stands. */
export const DIST = join(ROOT, "dist");

/**
 * What rustc is told by profile. The fast one copies less code into the places that call it than it would, also where code asks
 * for it; what an article's reading spends its time in says `inline(always)`.
 * @type {Record<string, string[]>}
 */
const OF_PROFILE = {
    release: ["-Copt-level=2", "-Cllvm-args=-inline-threshold=20", "-Cllvm-args=-inlinehint-threshold=20"],
    small: [],
};

/**
 * What rustc is told for the page. These flags take the place of those in .cargo/config.toml, so vectors are among them;
 * the paths of this machine are not to travel.
 * @param {string} profile
 */
function flags(profile) {
    const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
    const paths = [`${ROOT}=whosaid/`, `${cargo}=cargo`].map((path) => `--remap-path-prefix=${path}`);
    return ["-Ctarget-feature=+simd128", ...paths, ...(OF_PROFILE[profile] ?? [])].join("\u001f");
}

/**
 * The glue, whose annotator says what to do when it is used after `free()`: Rust would speak of a null pointer.
 * @param {string} glue
 */
function refusing(glue) {
    const methods = /(wasm\.annotator_\w+\()this\.__wbg_ptr/g;
    if (!methods.test(glue)) {
        throw new Stop("wasm-bindgen writes the annotator's methods in another way now: mend `refusing` in scripts/page.mjs");
    }
    return `${glue.replace(methods, "$1pointerOf(this)")}
function pointerOf({ __wbg_ptr: pointer }) {
    if (pointer === 0) {
        const message = "this annotator was freed: make another one with new Annotator(model)";
        throw Object.assign(new Error(message), { name: "ArgumentError" });
    }
    return pointer;
}
`;
}

/**
 * Compiles a crate to WebAssembly, and puts it with its glue into a folder.
 * @param {import("./setup.mjs").Places} places
 * @param {string} name The crate's, and its files'.
 * @param {string} profile
 * @param {string[]} features
 * @param {string} made
 */
async function compile({ target, tools }, name, profile, features, made) {
    const cargo = ["rustc", "--package", name, "--lib", "--profile", profile, "--target", "wasm32-unknown-unknown"];
    // Not in the folder that checkouts may share: a cdylib's file has no hash in its name there.
    const env = { CARGO_BUILD_BUILD_DIR: target, CARGO_ENCODED_RUSTFLAGS: flags(profile) };
    await run("cargo", [...cargo, ...features, "--locked", "--crate-type", "cdylib"], { env });
    const bindgen = ["bindgen", "--target", "web", "--remove-name-section", "--remove-producers-section"];
    const raw = join(target, "wasm32-unknown-unknown", profile, `${name}.wasm`);
    await run(tools, [...bindgen, "--out-dir", made, raw]);
    // What is declared has a method of a name that TypeScript knows by this library alone.
    const types = join(made, `${name}.d.ts`);
    writeFileSync(types, `/// <reference lib="esnext.disposable" />\n${readFileSync(types, "utf8")}`);
}

/**
 * Writes the lists of the annotation scheme as a script: the page checks records before the core is there.
 * @param {string} made Where the core was put.
 */
async function writeScheme(made) {
    const lists = (await startCore(made)).scheme();
    writeFileSync(join(made, "scheme.js"), `export const scheme = ${JSON.stringify(lists)};\n`);
    const names = Object.keys(lists);
    const fields = names.map((name) => `    readonly ${name}: readonly ${name}[];\n`);
    const types = `import type { ${names.join(", ")} } from "./whosaid.js";\n`;
    writeFileSync(join(made, "scheme.d.ts"), `${types}export const scheme: {\n${fields.join("")}};\n`);
}

/**
 * Makes www/pkg: what the page imports of the Rust core.
 * @param {import("./setup.mjs").Places} places
 */
export async function buildCore(places) {
    const made = join(CACHE, "pkg");
    rmSync(made, { recursive: true, force: true });
    await compile(places, "whosaid", "release", ["--no-default-features", "--features", "wasm"], made);
    await compile(places, "converter", "small", [], made);
    copyFileSync(join(ROOT, "src", "lang", "en", "model.bin"), join(made, "model.bin"));
    const glue = join(made, "whosaid.js");
    writeFileSync(glue, refusing(readFileSync(glue, "utf8")));
    await writeScheme(made);

    mkdirSync(WWW, { recursive: true });
    rmSync(PKG, { recursive: true, force: true });
    renameSync(made, PKG);
}

/** The page's own files, relative to www, the generated ones left out. */
function sources() {
    const all = readdirSync(WWW, { encoding: "utf8", recursive: true });
    const files = all.filter((path) => statSync(join(WWW, path)).isFile());
    return files.filter((path) => !path.startsWith(`pkg${sep}`) && !path.endsWith(".d.ts"));
}

/** Makes dist of www: scripts bundled, styles minified, everything else as it is. */
async function buildPage() {
    const esbuild = await import("esbuild");
    for (const name of ["index.html", "main.js", "worker.js"]) {
        if (!existsSync(join(WWW, name))) {
            throw new Stop(`www/${name} is missing: it is one of the page's three ways in`);
        }
    }
    // Styles in folders are parts: those beside the page take them in.
    const styles = sources().filter((path) => extname(path) === ".css" && !path.includes(sep));
    const others = sources().filter((path) => ![".css", ".js"].includes(extname(path)));

    rmSync(DIST, { recursive: true, force: true });
    const shared = { absWorkingDir: WWW, outdir: DIST, outbase: WWW, minify: true, target: "es2023" };
    const bundled = { ...shared, bundle: true, format: /** @type {const} */ ("esm"), sourcemap: true, plugins: [glueAside] };
    /** @type {string[]} */
    let parts;
    try {
        await esbuild.build({
            ...bundled,
            entryPoints: ["worker.js", "reader.js", "converter.js", "pkg/whosaid.js", "pkg/converter.js", ...styles],
            logLevel: "warning",
        });
        // What the first screen does without comes in parts of its own, when it is wanted.
        const split = { splitting: true, chunkNames: "parts/[name]-[hash]", metafile: true };
        const plugins = [glueAside, firstInOne(join(WWW, "page", "wire.js"))];
        const { metafile } = await esbuild.build({ ...bundled, ...split, plugins, entryPoints: ["main.js"], logLevel: "warning" });
        const main = Object.values(metafile?.outputs ?? {}).find(({ entryPoint }) => entryPoint === "main.js");
        const imported = main?.imports.filter(({ kind }) => kind === "import-statement") ?? [];
        parts = imported.map(({ path }) => relative(DIST, resolve(WWW, path)).replaceAll(sep, "/"));
    } catch {
        throw new Stop("the page cannot be bundled: esbuild's message stands above");
    }
    for (const path of [...others, "pkg/whosaid_bg.wasm", "pkg/whosaid.d.ts", "pkg/converter_bg.wasm", "pkg/model.bin"]) {
        cpSync(join(WWW, path), join(DIST, path));
    }
    writeFileSync(join(DIST, "excerpt.json"), await excerpt());
    // The policy travels with the page: it binds the page wherever it is hosted.
    const html = readFileSync(join(DIST, "index.html"), "utf8");
    const meta = `<meta http-equiv="Content-Security-Policy" content="${META_POLICY}" />`;
    // The parts that main.js begins with are fetched along with it.
    const links = parts.map((path) => `<link rel="modulepreload" href="${path}" />\n        `).join("");
    const told = html.replace('<meta charset="utf-8" />', `$&\n        ${meta}`).replace("<script ", `${links}$&`);
    writeFileSync(join(DIST, "index.html"), told);
    writeFileSync(join(DIST, "THIRD-PARTY.txt"), notices("page", "package.json"));
    const precise = preciseModel();
    if (precise !== undefined) {
        addPrecise(DIST, precise);
    }
}

/** What is fetched to show the page, source maps left out. */
const FETCHED = new Set([".bin", ".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest"]);

/**
 * Makes the service worker, which keeps all other files but the precise network's: their names and hashes are its version.
 * @param {string} [folder] Of the built page.
 */
export async function buildService(folder = DIST) {
    const esbuild = await import("esbuild");
    const all = readdirSync(folder, { encoding: "utf8", recursive: true }).sort();
    const files = all
        .filter((path) => (FETCHED.has(extname(path)) || extname(path) === ".png") && path !== "service.js" && !isPrecise(path))
        .map((path) => {
            const hash = createHash("sha256")
                .update(readFileSync(join(folder, path)))
                .digest("base64");
            return { path: path.replaceAll(sep, "/"), hash: `sha256-${hash}` };
        });
    const version = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
    await esbuild.build({
        entryPoints: [join(WWW, "service.js")],
        outdir: folder,
        bundle: true,
        minify: true,
        target: "es2023",
        define: { BUILT: JSON.stringify({ version, files }) },
        logLevel: "warning",
    });
}

/**
 * Puts beside each file of dist what travels in its place where the server and the browser can: itself after brotli.
 * The model takes seconds, so what was made last is kept, under a hash of what it was made of.
 */
async function compress() {
    const folder = join(CACHE, "compressed");
    mkdirSync(folder, { recursive: true });
    const files = readdirSync(DIST, { encoding: "utf8", recursive: true }).filter((path) => FETCHED.has(extname(path)));
    const used = await Promise.all(
        files.map(async (path) => {
            const content = readFileSync(join(DIST, path));
            const name = `${createHash("sha256").update(content).digest("hex")}.br`;
            const kept = join(folder, name);
            if (!existsSync(kept)) {
                const params = { [constants.BROTLI_PARAM_QUALITY]: isPrecise(path) ? QUICK : constants.BROTLI_MAX_QUALITY };
                writeFileSync(`${kept}.part`, await promisify(brotliCompress)(content, { params }));
                renameSync(`${kept}.part`, kept);
            }
            copyFileSync(kept, join(DIST, `${path}.br`));
            return name;
        }),
    );
    for (const name of readdirSync(folder).filter((each) => !used.includes(each))) {
        rmSync(join(folder, name));
    }
}

/** The most that the first screen may fetch of scripts and styles, in bytes after brotli. */
export const MOST_AT_FIRST = 75_000;

/** @returns {number} How much the built first screen fetches of them. */
export function firstLoad() {
    const html = readFileSync(join(DIST, "index.html"), "utf8");
    const named = [...html.matchAll(/(?:href|src)="([^"]+\.(?:js|css))"/g)].map(([, path = ""]) => path);
    const all = [...named, "worker.js", "pkg/whosaid.js"].map((path) => statSync(join(DIST, `${path}.br`)).size);
    return all.reduce((sum, size) => sum + size, 0);
}

/**
 * Builds all of it.
 * @param {import("./setup.mjs").Places} [places] Without them the core stays as it was built before.
 */
export async function build(places) {
    const start = performance.now();
    if (places) {
        await buildCore(places);
    }
    await buildPage();
    await buildService();
    await compress();
    await buildPackage();
    say(
        `${basename(DIST)} is built: ${since(start)}; its first screen fetches ${(firstLoad() / 1000).toFixed(1)} kB of scripts and styles`,
    );
}
