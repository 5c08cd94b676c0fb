/**
 * @file Where annotated articles go: standard output, or a file that an interrupted run goes on with. FILE.progress is the one
 * that src/bin/whosaid/output.rs describes.
 */
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";

import { said, unreadable } from "./bytes.js";

/** How long a run goes on without writing how far it is, in milliseconds. */
const OFTEN = 1000;

/** @typedef {{arguments: Record<string, string>, items: number, bad: boolean, bytes: number, check: number}} Progress */

/** Where annotated articles go, and how far the run is. */
export class Output {
    /** @type {import("node:fs/promises").FileHandle | undefined} */
    #file;
    #beside = "";
    #noted = 0;
    /** @type {Progress} */
    progress = { arguments: {}, items: 0, bad: false, bytes: 0, check: 0 };

    /**
     * A file, and how far its run is: where it was interrupted, if this one resumes it. Throws where the file cannot be
     * written, or this run would spoil it.
     * @param {string} path
     * @param {Record<string, string>} given What changes the output, by its name.
     * @param {boolean} resumes
     */
    static async file(path, given, resumes) {
        const output = new Output();
        output.#beside = `${path}.progress`;
        const found = await stat(path).catch(() => undefined);
        if (found !== undefined && !found.isFile()) {
            throw new Error(`${path} is no file: leave out --output, and write > ${path}`);
        }
        output.progress = await output.#before(path, given, resumes, found?.size);
        try {
            output.#file = await open(path, found === undefined ? "w" : "r+");
            // What stands behind it was written after the progress: half a line, perhaps.
            await output.#file.truncate(output.progress.bytes);
            await output.#note();
        } catch (error) {
            throw new Error(`${path}: cannot be written (${said(error)})`, { cause: error });
        }
        return output;
    }

    /**
     * How far the run is that this one goes on with.
     * @param {string} path
     * @param {Record<string, string>} given
     * @param {boolean} resumes
     * @param {number | undefined} length Of the output, where there is one.
     * @returns {Promise<Progress>}
     */
    async #before(path, given, resumes, length) {
        const beside = this.#beside;
        const written = await readFile(beside, "utf8").catch((error) => {
            if (error.code !== "ENOENT") {
                throw new Error(unreadable(beside, error));
            }
            return undefined;
        });
        if (written === undefined) {
            if (resumes && length !== undefined) {
                const why = "no run that wrote it was interrupted, so nothing is to be done";
                throw new Error(`${path}: ${why}: delete it to start again`);
            }
            return { ...this.progress, arguments: given };
        }
        if (!resumes) {
            const mend = `give --resume to go on, or delete ${beside} to start again`;
            throw new Error(`${path}: a run that wrote it was interrupted: ${mend}`);
        }
        const again = `delete ${path} and ${beside} to start again`;
        /** @type {Progress} */
        let progress;
        try {
            progress = JSON.parse(written);
        } catch (error) {
            throw new Error(`${beside} is damaged (${said(error)}): ${again}`, { cause: error });
        }
        for (const [name, now] of Object.entries(given)) {
            const before = progress.arguments[name] ?? "";
            if (before !== now) {
                throw new Error(`${path}: ${name} was "${before}" and is "${now}": go on with what it was, or ${again}`);
            }
        }
        if (length === undefined || length < progress.bytes) {
            throw new Error(`${path} is shorter than ${beside} says: ${again}`);
        }
        return progress;
    }

    /**
     * Writes what stands before the first article, unless it is there.
     * @param {string} head
     */
    async head(head) {
        if (this.progress.bytes === 0) {
            await this.#write(head);
        }
    }

    /**
     * Writes what came of an item, nothing of one that is bad.
     * @param {string | undefined} lines
     * @param {number} check The input's checksum with it.
     */
    async item(lines, check) {
        await this.#write(lines ?? "");
        this.progress.items += 1;
        this.progress.bad ||= lines === undefined;
        this.progress.check = check;
        if (this.#file !== undefined && Date.now() - this.#noted >= OFTEN) {
            await this.#note();
        }
    }

    /**
     * Writes at once, so that a program at the other end can work on it.
     * @param {string} lines
     * @returns {Promise<void>}
     */
    async #write(lines) {
        if (lines === "") {
            return;
        }
        if (this.#file === undefined) {
            await new Promise((resolve, reject) => {
                process.stdout.write(lines, (error) => (error ? reject(error) : resolve(undefined)));
            });
        } else {
            const bytes = Buffer.from(lines);
            for (let done = 0; done < bytes.length;) {
                done += (await this.#file.write(bytes, done, bytes.length - done, this.progress.bytes + done)).bytesWritten;
            }
        }
        this.progress.bytes += Buffer.byteLength(lines);
    }

    /** Writes down how far the run is. */
    async #note() {
        await this.#file?.datasync();
        const half = `${this.#beside}-new`;
        await writeFile(half, JSON.stringify(this.progress));
        await rename(half, this.#beside);
        this.#noted = Date.now();
    }

    /** All is written. */
    async end() {
        if (this.#file !== undefined) {
            await this.#file.sync();
            await this.#file.close();
            await rm(this.#beside);
        }
    }
}
