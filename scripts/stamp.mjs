/**
 * @file Whether train's tests have passed on what they depend on. They compile candle and take minutes, so the run that
 * passes writes a stamp, train/tested.json, which is committed; a run that finds it valid leaves them out.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

import { ROOT, Stop, output, say } from "./run.mjs";

const STAMP = join("train", "tested.json");

/** What train's tests run: train itself, and of the core the network, the features that it reads, and the model. */
const TESTED = ["train", "src/model", "src/text", "src/lang", "src/span.rs", "build.rs", "rust-toolchain.toml"];

/** The files under a path, sorted by name. */
function files(/** @type {string} */ path) {
    if (statSync(join(ROOT, path)).isFile()) {
        return [path];
    }
    const names = readdirSync(join(ROOT, path), { encoding: "utf8", recursive: true });
    const all = names.map((name) => join(path, name)).filter((name) => statSync(join(ROOT, name)).isFile());
    return all.sort();
}

/** The hash of all that train's tests depend on: the files, and the versions of the crates that are compiled in. */
function fingerprint() {
    const crates = output("cargo", ["tree", "--locked", "--package", "train", "--target", "all", "--prefix", "none"]);
    if (crates === undefined) {
        throw new Stop("cargo cannot list the crates of train: its message stands above");
    }
    const hash = createHash("sha256");
    // A crate of this workspace is printed with its folder.
    hash.update([...new Set(crates.replaceAll(/ \(.*\)/g, "").split("\n"))].sort().join("\n"));
    for (const file of TESTED.flatMap(files).filter((path) => path !== STAMP)) {
        hash.update(`\0${file.replaceAll(sep, "/")}\0`).update(readFileSync(join(ROOT, file)));
    }
    return hash.digest("hex");
}

/** How many of train's tests passed on the files as they are, or `undefined` where no run says so. */
export function stamped() {
    if (!existsSync(join(ROOT, STAMP))) {
        return undefined;
    }
    const { hash, passed } = JSON.parse(readFileSync(join(ROOT, STAMP), "utf8"));
    return hash === fingerprint() ? Number(passed) : undefined;
}

/**
 * Notes that train's tests passed.
 * @param {number} passed How many.
 */
export function stamp(passed) {
    writeFileSync(join(ROOT, STAMP), `${JSON.stringify({ hash: fingerprint(), passed }, null, 4)}\n`);
    say(`train's tests passed: commit ${STAMP}, and nobody needs to run them again`);
}
