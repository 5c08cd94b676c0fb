/**
 * @file `node scripts/hold-out.mjs DATA FOLDER`: a copy of the corpora's folder in which 84 articles of PolNeAR train,
 * those whose names have the smallest SHA-256, take the place of PolNeAR dev.
 *
 * What a training tries is chosen on them (`npm run train -- --data FOLDER`), so that dev is scored once, at the end.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { Stop, script } from "./run.mjs";

/** As many as PolNeAR dev has. */
const HELD_OUT = 84;

await script(async () => {
    const [data, folder] = process.argv.slice(2);
    if (!data || !folder) {
        throw new Stop(
            "two folders are needed: the corpora's, and one to make, as in `node scripts/hold-out.mjs ../shared/data target/held-out`",
        );
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "attribution"), { recursive: true });
    for (const name of readdirSync(data).filter((entry) => entry !== "attribution")) {
        symlinkSync(resolve(data, name), join(folder, name));
    }
    const lines = readFileSync(join(data, "attribution/polnear_train.jsonl"), "utf8").trimEnd().split("\n");
    const hash = (/** @type {string} */ line) => createHash("sha256").update(JSON.parse(line).id).digest("hex");
    const hashes = lines.map(hash);
    const limit = hashes.toSorted()[HELD_OUT] ?? "";
    const write = (/** @type {string} */ file, /** @type {(name: string) => boolean} */ kept) =>
        writeFileSync(join(folder, "attribution", file), lines.filter((_, index) => kept(hashes[index] ?? "")).join("\n") + "\n");
    write("polnear_train.jsonl", (name) => name >= limit);
    write("polnear_dev.jsonl", (name) => name < limit);
});
