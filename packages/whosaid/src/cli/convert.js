/**
 * @file `whosaid convert`: annotated articles from one tool's files to another's. src/bin/whosaid/convert.rs for Node.
 */
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";

import { createConverter } from "../../../../www/core/conversion.js";
import { Stream } from "../../pkg/whosaid.js";
import { articlesOf, bytesOf } from "./articles.js";
import { Complaint, chunksOf, complaining, complaintIn, decoded } from "./bytes.js";
import { load, optionsOf, start } from "./model.js";

/** @import {Converting} from "../../../../www/core/conversion.js" */
/** @import {Converted, Format, Lost} from "../../../../www/types.js" */
/** @typedef {{from?: string, to?: string, text?: string, output?: string, "min-confidence"?: string, model?: string}} Values */

/**
 * @typedef {object} Work
 * @property {Values} values
 * @property {readonly string[]} files
 * @property {Converting} conversion
 * @property {(message: string) => void} complain
 */

/** What the model reads first. */
const UNREAD = ["text", "jsonl"];

/**
 * A format by its name.
 * @param {string} option
 * @param {string | undefined} given
 * @param {readonly string[]} names
 */
function chosen(option, given, names) {
    if (given === undefined || !names.includes(given)) {
        const what = given === undefined ? `--${option} is missing` : `--${option} ${given}: there is no such format`;
        throw new Error(`${what}: choose one of ${names.join(", ")}`);
    }
    return given;
}

/**
 * The path of the text that stands beside a file.
 * @param {string} path
 */
function beside(path) {
    const ending = extname(path);
    return `${ending === "" ? path : path.slice(0, -ending.length)}.txt`;
}

/**
 * Lists what is lost.
 * @param {Work} work
 * @param {string} place
 * @param {string} what
 * @param {readonly Lost[]} lost
 */
function tell({ complain }, place, what, lost) {
    lost.forEach((each) => complain(`${place}: ${what}: ${each.what}: ${each.count}`));
}

/**
 * Converts all files; false when some of it could not be read.
 * @param {Values} values
 * @param {readonly string[]} given
 * @param {(message: string) => void} complain
 */
export async function convert(values, given, complain) {
    const converter = await createConverter(await readFile(new URL("./pkg/converter_bg.wasm", import.meta.url)));
    const [own = "", ...others] = converter.formats.filter(({ isRead }) => isRead).map(({ name }) => name);
    const from = chosen("from", values.from, [own, ...UNREAD, ...others]);
    const to = chosen(
        "to",
        values.to,
        converter.formats.map(({ name }) => name),
    );
    const conversion = converter.start(to);
    /** @type {Work} */
    const work = { values, files: given.length > 0 ? given : ["-"], conversion, complain };
    const format = converter.formats.find(({ name }) => name === from);
    const isGood = format === undefined ? await read(work, from === "text" ? "text" : "lines") : await takeIn(work, format);
    const out = conversion.write();
    if (out !== undefined) {
        tell(work, to, "cannot hold", out.lost);
        await put(work, out);
    }
    return isGood;
}

/**
 * Has the model read all articles.
 * @param {Work} work
 * @param {"text" | "lines"} form
 */
async function read({ values, files, conversion, complain }, form) {
    const options = optionsOf(values["min-confidence"]);
    await start();
    const annotator = await load(values.model);
    const stream = new Stream("jsonl", []);
    let isGood = true;
    for (const path of files) {
        for await (const item of articlesOf(path, form, [], () => undefined)) {
            try {
                if ("complaint" in item) {
                    throw new Complaint(item.complaint);
                }
                const { name, number, line } = item;
                const [, text = ""] = complaining(`${name}:${number}`, "ArgumentError", () => stream.article(line, number));
                conversion.notebook({ text, analysis: annotator.annotate(text, options), corrections: [] });
            } catch (error) {
                complain(complaintIn(error));
                isGood = false;
            }
        }
    }
    return isGood;
}

/**
 * Takes all files of a format in.
 * @param {Work} work
 * @param {Format} format
 */
async function takeIn(work, { name: format, textBeside }) {
    const { values, files, conversion, complain } = work;
    let isGood = true;
    for (const path of files) {
        const name = path === "-" ? "stdin" : path;
        const text = textBeside ? await textOf(values.text ?? beside(path)) : undefined;
        try {
            const content = decoded(
                name,
                await bytesOf(
                    name,
                    chunksOf(path, name, () => undefined),
                ),
                1,
            );
            const all = complaining(name, "ImportError", () => conversion.add(format, content, text));
            all.forEach((lost) => tell(work, name, "not understood", lost));
        } catch (error) {
            complain(complaintIn(error));
            isGood = false;
        }
    }
    return isGood;
}

/**
 * A file's text; nothing where it is none.
 * @param {string} path
 */
async function textOf(path) {
    try {
        return decoded(path, await readFile(path), 1);
    } catch {
        return undefined;
    }
}

/**
 * Writes what came out.
 * @param {Work} work
 * @param {Converted} out
 */
async function put({ values: { output }, complain }, { file, text }) {
    if (output === undefined) {
        if (text !== undefined) {
            complain("the text stands in a file of its own there: --output FILE writes it beside FILE, as .txt");
        }
        await new Promise((resolve) => void process.stdout.write(file, () => resolve(undefined)));
        return;
    }
    if (text !== undefined) {
        const place = beside(output);
        const there = await readFile(place).catch(() => undefined);
        if (there !== undefined && !there.equals(Buffer.from(text))) {
            throw new Error(`${place}: another text is there already: give another --output`);
        }
        await written(place, text);
    }
    await written(output, file);
}

/**
 * @param {string} path
 * @param {string} content
 */
async function written(path, content) {
    try {
        await writeFile(path, content);
    } catch (error) {
        throw new Error(`the output cannot be written (${error instanceof Error ? error.message : error})`, { cause: error });
    }
}
