/**
 * @file Runs commands and times steps. Needs Node alone.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The page's sources. */
export const WWW = join(ROOT, "www");

/** Where the generated part of the page's sources stands. */
export const PKG = join(WWW, "pkg");

// Checkouts that share a CARGO_TARGET_DIR share what cargo compiles there. Its results go to each one's own folder, since
// they have the same names in all.
if (process.env.CARGO_TARGET_DIR !== undefined) {
    process.env.CARGO_BUILD_BUILD_DIR ??= process.env.CARGO_TARGET_DIR;
    process.env.CARGO_TARGET_DIR = join(ROOT, "target");
}

/**
 * Takes what commands print, where the terminal belongs to others that run at the same time.
 * @type {AsyncLocalStorage<(text: string) => void>}
 */
export const held = new AsyncLocalStorage();

/**
 * Prints one line.
 * @param {string} line
 */
export function say(line) {
    const print = held.getStore() ?? ((/** @type {string} */ text) => process.stdout.write(text));
    print(`${line}\n`);
}

/** A failure that is the user's to mend: one line that says what to do, no stack. */
export class Stop extends Error {}

/**
 * Runs a command in the repository's folder. Its output goes where `say` writes.
 * @param {string} command
 * @param {string[]} [args]
 * @param {{env?: Record<string, string>, echo?: (line: string) => void}} [options] `echo` is given each line of
 *   standard output as well.
 * @returns {Promise<void>} Rejects with a `Stop` when the command fails: it has said itself why.
 */
export function run(command, args = [], { env = {}, echo } = {}) {
    const hold = held.getStore();
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: ROOT,
            env: { ...process.env, ...env },
            stdio: ["inherit", echo || hold ? "pipe" : "inherit", hold ? "pipe" : "inherit"],
        });
        let rest = "";
        child.stdout?.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
            (hold ?? process.stdout.write.bind(process.stdout))(chunk);
            const lines = (rest + chunk).split("\n");
            rest = lines.pop() ?? "";
            lines.forEach((line) => echo?.(line));
        });
        child.stderr?.setEncoding("utf8").on("data", hold ?? (() => {}));
        child.on("error", (error) => reject(new Stop(`${command} cannot be started: ${error.message}`)));
        child.on("close", (code, signal) => {
            if (rest !== "") {
                echo?.(rest);
            }
            if (code === 0) {
                resolve();
            } else {
                reject(new Stop(`\`${[command, ...args].join(" ")}\` ended with ${signal ?? code}`));
            }
        });
    });
}

/**
 * What a command prints, or `undefined` when it cannot be run or fails.
 * @param {string} command
 * @param {string[]} args
 * @returns {string | undefined}
 */
export function output(command, args) {
    const { status, stdout } = spawnSync(command, args, {
        cwd: ROOT,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        stdio: ["ignore", "pipe", "inherit"],
    });
    return status === 0 ? stdout : undefined;
}

/**
 * Seconds since a moment, as one prints them.
 * @param {number} start `performance.now()` of that moment.
 */
export function since(start) {
    return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Runs a script's main function: a `Stop` becomes one line and a failing exit status.
 * @param {() => Promise<void>} main
 */
export async function script(main) {
    try {
        await main();
    } catch (error) {
        console.error(error instanceof Stop ? `\nwhosaid: ${error.message}` : error);
        process.exitCode = 1;
    }
}
