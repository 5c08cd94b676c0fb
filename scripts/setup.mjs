/**
 * @file Everything that a fresh machine lacks, each thing only where it is missing. Needs Node alone.
 */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import { ROOT, Stop, output, run, say, since } from "./run.mjs";

/** Stops when Node is older than package.json asks for. */
function checkNode() {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const needed = Number(/\d+/.exec(engines.node)?.[0]);
    if (Number(process.versions.node.split(".")[0]) < needed) {
        throw new Stop(`Node ${process.versions.node} is too old: install Node ${needed} or newer from https://nodejs.org`);
    }
}

/**
 * The path of a program, or `undefined`.
 * @param {string[]} names The first that is found counts.
 */
export function which(...names) {
    for (const name of names) {
        for (const folder of (process.env.PATH ?? "").split(delimiter)) {
            const path = join(folder, name);
            if (existsSync(path)) {
                return path;
            }
        }
    }
    return undefined;
}

/**
 * Installs Debian packages, or stops with one line that names them.
 * @param {string} what What is missing, as the user would say it.
 * @param {string[]} packages
 * @param {string} [otherwise] What somebody without Debian does.
 */
export async function installByApt(what, packages, otherwise = "") {
    const isRoot = process.getuid?.() === 0;
    if (!isRoot || which("apt-get") === undefined) {
        throw new Stop(`${what} is missing: sudo apt-get install ${packages.join(" ")}${otherwise}`);
    }
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const install = ["install", "--yes", "--no-install-recommends", ...packages];
    say(`${what} is missing: apt-get install ${packages.join(" ")}`);
    try {
        await run("apt-get", ["update", "--quiet"], { env });
        await run("apt-get", install, { env });
    } catch {
        throw new Stop(`${what} is missing, and apt-get cannot install ${packages.join(" and ")} here${otherwise}`);
    }
}

/** Rust with the wasm target, and a linker for the programs that run here. */
async function ensureRust() {
    if (which("cargo") === undefined) {
        throw new Stop("cargo is missing: install Rust from https://rustup.rs, then open a new terminal");
    }
    const folder = () => output("rustc", ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"])?.trim();
    // rustup fetches by itself, on this first call, the version that rust-toolchain.toml names, unless it was told not to.
    let target = folder();
    if (target === undefined && which("rustup") !== undefined) {
        await run("rustup", ["toolchain", "install", "--no-self-update"]);
        target = folder();
    }
    if (target === undefined || !existsSync(target)) {
        if (which("rustup") === undefined) {
            throw new Stop("rustc cannot compile to WebAssembly and rustup is missing: install Rust from https://rustup.rs");
        }
        await run("rustup", ["target", "add", "wasm32-unknown-unknown"]);
    }
    if (which("cc") === undefined) {
        await installByApt("a C linker", ["gcc", "libc6-dev"], " (macOS: xcode-select --install)");
    }
}

/**
 * Whether node_modules holds what package-lock.json asks for, version by version. Contents are compared, not times: a
 * checkout touches times.
 */
function packagesAreThere(/** @type {string} */ folder) {
    const installed = join(folder, "node_modules", ".package-lock.json");
    if (!existsSync(installed)) {
        return false;
    }
    const has = JSON.parse(readFileSync(installed, "utf8")).packages;
    const { "": _root, ...wanted } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, { version, optional }]) =>
        has[path] === undefined ? optional === true : has[path].version === version,
    );
}

/** The npm packages of a folder's package-lock.json. */
export async function ensurePackages(folder = ROOT) {
    if (!packagesAreThere(folder)) {
        // No package here needs its install script: esbuild's only links a binary that it also finds without.
        await run("npm", ["ci", "--prefix", folder, "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"]);
    }
}

/** The path of Chromium: `CHROMIUM` where it is set, or else the first on the PATH; `undefined` where there is none. */
export function chromium() {
    return process.env.CHROMIUM ?? which("chromium", "chromium-browser", "google-chrome");
}

/**
 * The path of Chromium without a window, its tabs and its menus, in which a page is shown in half the time; where it is
 * missing, that of the whole of Chromium.
 */
export function headlessChromium() {
    return process.env.CHROMIUM ?? which("chromium-headless-shell") ?? chromium();
}

/** Chromium and the driver that wasm-bindgen's test runner speaks to. Only tests need them. */
export async function ensureChromium() {
    if (chromium() === undefined || chromedriver() === undefined) {
        const otherwise = "; where you have them elsewhere: CHROMIUM=/path CHROMEDRIVER=/path npm test";
        await installByApt("Chromium", ["chromium", "chromium-driver", "chromium-headless-shell"], otherwise);
    }
}

/** The path of Firefox: `FIREFOX` where it is set, or else the first on the PATH; `undefined` where there is none. */
export function firefox() {
    return process.env.FIREFOX ?? which("firefox-esr", "firefox");
}

/** Firefox, in which the page is tried once. */
export async function ensureFirefox() {
    if (firefox() === undefined) {
        await installByApt("Firefox", ["firefox-esr"], "; where you have it elsewhere: FIREFOX=/path npm test");
    }
}

/** The path of chromedriver: `CHROMEDRIVER` where it is set, or else the one on the PATH. */
export function chromedriver() {
    return process.env.CHROMEDRIVER ?? which("chromedriver", "chromium.chromedriver");
}

/** The folder where cargo puts what it builds. */
function targetFolder() {
    const metadata = output("cargo", ["metadata", "--format-version", "1", "--no-deps"]);
    if (metadata === undefined) {
        throw new Stop("cargo cannot read Cargo.toml: its message stands above");
    }
    return JSON.parse(metadata).target_directory;
}

/**
 * Where cargo's outputs stand.
 * @typedef {object} Places
 * @property {string} target Cargo's output folder.
 * @property {string} tools The `tools` program: wasm-bindgen's generator and test runner.
 */

/** What everything needs: Node, Rust, the npm packages. */
export async function prepare() {
    const start = performance.now();
    checkNode();
    await ensureRust();
    await ensurePackages();
    say(`set-up: ${since(start)}`);
}

/**
 * Builds wasm-bindgen's tools. What cargo compiles for them is kept in the user's cache folder: it is the same for every
 * clone, and takes two minutes.
 * @returns {Promise<Places>}
 */
export async function ensureTools() {
    const start = performance.now();
    const target = targetFolder();
    const tools = join(target, "tools", "tools");
    const compiled = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "whosaid", "tools");
    if (!existsSync(compiled)) {
        say("building wasm-bindgen's tools: a minute or two, this once");
    }
    const env = { CARGO_BUILD_BUILD_DIR: compiled };
    await run("cargo", ["build", "--quiet", "--profile", "tools", "--package", "tools", "--locked"], { env });
    say(`wasm-bindgen's tools: ${since(start)}`);
    return { target, tools };
}

/**
 * Does all the set-up that building needs.
 * @returns {Promise<Places>}
 */
export async function setUp() {
    await prepare();
    return await ensureTools();
}
