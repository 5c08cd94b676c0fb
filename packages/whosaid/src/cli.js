#!/usr/bin/env node
/**
 * @file The command line on the WebAssembly: `whosaid annotate` and `whosaid convert` as the native program has them, with the
 * same output.
 *
 * Exit status: 0 when all went well, 1 when some of the input could not be read (standard error says where and what to
 * mend; everything else was still done), 2 when it could not go on.
 */

import { realpathSync, statSync } from "node:fs";
import { parseArgs } from "node:util";

import { Stream } from "../pkg/whosaid.js";
import { articlesOf } from "./cli/articles.js";
import { Bar } from "./cli/bar.js";
import { checksum, complaining, complaintIn, said } from "./cli/bytes.js";
import { convert } from "./cli/convert.js";
import { load, optionsOf, start } from "./cli/model.js";
import { Output } from "./cli/output.js";

/** @import {Annotator} from "../pkg/whosaid.js" */
/** @import {Item} from "./cli/articles.js" */
/** @typedef {ReturnType<typeof parse>["values"]} Values */

const HELP = `Reads news articles and says who said what.

Usage: whosaid annotate [OPTIONS] [FILES]...
       whosaid convert --from <FORMAT> --to <FORMAT> [OPTIONS] [FILES]...

annotate: who says what, article by article

  [FILES]...                Plain text, one article a file (its id is the file's name as given); "-" or none: standard input.
                            What gzip has compressed is decompressed

      --jsonl                    The input is JSONL: one {"id": "…", "text": "…"} a line; without an id, the line's number is
                                 the id
      --text-column <NAME>       The input is a table (CSV with a head; comma, semicolon or tab between cells): the column
                                 with the texts
      --id-column <NAME>         The table's column with the ids; without it, the line's number is the id
      --keep <FIELDS>            Other fields or columns of the input that go through to the output: --keep date,url. Under
                                 another name: --keep source=outlet
      --format <FORMAT>          What comes out: a line of JSON an article (jsonl), or a table with a row for each claim (csv)
                                 [default: jsonl]
  -o, --output <FILE>            Write to this file instead of standard output
      --resume                   Go on with the output of a run that was interrupted; give everything else as it was
      --min-confidence <NUMBER>  Leave out claims that are less sure than this, 0 to 1 [default: 0.4]
      --model <FILE>             Read with this model file instead of the built-in one; whosaid-precise: with that of the
                                 package, where it is installed beside this one

convert: annotated articles between whosaid and other tools; what a format cannot hold is listed on standard error

      --from <FORMAT>            What the files are: json (whosaid's own), text or jsonl (read by the model first), brat, w3c,
                                 w3c-utf16, label-studio, doccano, prodigy
      --to <FORMAT>              What comes out: one of these but text and jsonl, or uima, iob2, tei, schema-org, markdown, html
      --text <FILE>              The file with the text, where a format keeps it apart and it does not stand beside the file as
                                 .txt
  -o, --output <FILE>            Write to this file instead of standard output; for brat and w3c the text goes beside it, as .txt
      --min-confidence <NUMBER>  As above, and so is --model <FILE>

  -h, --help                     Print this
  -V, --version                  Print the version

Offsets count Unicode code points. The native program has --threads too, and reads what Zstandard has compressed.
`;

const ALWAYS = /** @type {const} */ ({
    output: { type: "string", short: "o" },
    "min-confidence": { type: "string" },
    model: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "V" },
});

const ANNOTATE = /** @type {const} */ ({
    ...ALWAYS,
    jsonl: { type: "boolean" },
    "text-column": { type: "string" },
    "id-column": { type: "string" },
    keep: { type: "string", multiple: true },
    format: { type: "string" },
    resume: { type: "boolean" },
    threads: { type: "string" },
});

const CONVERT = /** @type {const} */ ({
    ...ALWAYS,
    from: { type: "string" },
    to: { type: "string" },
    text: { type: "string" },
});

function parse() {
    return parseArgs({ options: ANNOTATE, allowPositionals: true });
}

/** @param {unknown} message */
function complain(message) {
    process.stderr.write(`whosaid: ${message}\n`);
}

/**
 * What the files hold. Throws where the arguments are at odds.
 * @param {Values} values
 */
function formOf(values) {
    const { "text-column": text, "id-column": id, jsonl = false, keep } = values;
    if (values.threads !== undefined) {
        throw new Error("--threads: the native program alone has it: run several of these on parts of the input");
    }
    if (values.resume === true && values.output === undefined) {
        throw new Error("--resume: say which output to go on with, by --output");
    }
    if (jsonl && text !== undefined) {
        throw new Error("--jsonl and --text-column: the input is either of them");
    }
    if (id !== undefined && text === undefined) {
        throw new Error("--id-column: say which column holds the texts, by --text-column");
    }
    if (keep !== undefined && !jsonl && text === undefined) {
        throw new Error("--keep: a plain text has no fields: give --jsonl or --text-column too");
    }
    if (text !== undefined) {
        return id === undefined ? { text } : { text, id };
    }
    return jsonl ? "lines" : "text";
}

/**
 * Where the articles go.
 * @param {Values} values
 * @param {string[]} files
 * @param {Annotator} annotator
 */
async function outputOf(values, files, annotator) {
    const path = values.output;
    if (path === undefined) {
        return new Output();
    }
    const place = (/** @type {string} */ file) => {
        try {
            return realpathSync(file);
        } catch {
            return undefined;
        }
    };
    const same = place(path) === undefined ? undefined : files.find((file) => place(file) === place(path));
    if (same !== undefined) {
        throw new Error(`${same}: is what is to be read: give another file by --output`);
    }
    const decisive = {
        "--format": values.format ?? "jsonl",
        "--id-column": values["id-column"] ?? "",
        "--jsonl": String(values.jsonl === true),
        "--keep": (values.keep ?? []).join(","),
        "--min-confidence": String(Number(values["min-confidence"] ?? "0.4")),
        "--text-column": values["text-column"] ?? "",
        "the input": files.join(" "),
        "the model": annotator.annotate("").model,
        // @ts-expect-error scripts/package.mjs puts it in.
        whosaid: VERSION,
    };
    return Output.file(path, decisive, values.resume === true);
}

/**
 * How many bytes the files have together; nothing where one is no file on a disk.
 * @param {string[]} files
 */
function lengthOf(files) {
    const found = files.map((file) => statSync(file, { throwIfNoEntry: false }));
    return found.every((file) => file?.isFile()) ? found.reduce((sum, file) => sum + (file?.size ?? 0), 0) : undefined;
}

/**
 * What is to be written of an article; nothing, after a complaint, where it is none.
 * @param {Item} item
 * @param {(line: string, number: number) => string} write
 * @param {Bar} bar
 */
function written(item, write, bar) {
    let complaint;
    if ("complaint" in item) {
        complaint = item.complaint;
    } else {
        const { name, number, line } = item;
        try {
            return complaining(`${name}:${number}`, "ArgumentError", () => write(line, number));
        } catch (error) {
            complaint = complaintIn(error);
        }
    }
    bar.clear();
    complain(complaint);
    return undefined;
}

/** @param {number} items How many of the input an interrupted run did. */
function changed(items) {
    const mend = "go on with the same input, or delete the output and its .progress to start again";
    return new Error(`the input is not what the interrupted run read: its first ${items} articles have changed: ${mend}`);
}

/**
 * Annotates all that is given; false when some of it could not be read.
 * @param {Values} values
 * @param {string[]} files
 */
async function annotate(values, files) {
    const form = formOf(values);
    const options = optionsOf(values["min-confidence"]);
    await start();
    const keep = (values.keep ?? []).flatMap((list) => list.split(","));
    const given = new Stream(values.format ?? "jsonl", keep);
    const fields = keep.map((each) => each.split("=")[0] ?? "");
    // Columns go in under their numbers: one may be called "text" and be another.
    const renamed = keep.map((each, index) => `${index}=${each.slice(each.indexOf("=") + 1)}`);
    const stream = typeof form === "string" ? given : new Stream(values.format ?? "jsonl", renamed);
    const annotator = await load(values.model);
    const output = await outputOf(values, files, annotator);
    const done = { ...output.progress };
    const bar = new Bar(lengthOf(files), values.output === undefined && process.stdout.isTTY === true);
    const write = (/** @type {string} */ line, /** @type {number} */ number) => annotator.stream(stream, line, number, options);
    let [count, check] = [0, 0];
    await output.head(stream.head());
    for (const path of files.length > 0 ? files : ["-"]) {
        for await (const item of articlesOf(path, form, fields, (bytes) => (bar.read += bytes))) {
            check = checksum(new Uint8Array(Uint32Array.of(item.check).buffer), check);
            count += 1;
            if (count > done.items) {
                await output.item(written(item, write, bar), check);
                bar.step();
            } else if (count === done.items && check !== done.check) {
                throw changed(done.items);
            }
        }
    }
    bar.clear();
    if (count < done.items) {
        throw changed(done.items);
    }
    await output.end();
    return !output.progress.bad;
}

/** @returns {Promise<number>} The exit status. */
async function main() {
    const isConversion = process.argv[2] === "convert";
    const { values, positionals } = isConversion ? parseArgs({ options: CONVERT, allowPositionals: true }) : parse();
    if (values.help || values.version) {
        // @ts-expect-error scripts/package.mjs puts it in.
        process.stdout.write(values.help ? HELP : `whosaid ${VERSION}\n`);
        return 0;
    }
    const [command, ...files] = positionals;
    if (isConversion) {
        return (await convert(values, files, complain)) ? 0 : 1;
    }
    if (command !== "annotate") {
        const what = command === undefined ? "nothing is asked" : `there is no command "${command}"`;
        throw new Error(`${what}: whosaid annotate article.txt (--help says more)`);
    }
    return (await annotate(values, files)) ? 0 : 1;
}

// Whoever read our output has had enough.
process.stdout.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === "EPIPE") {
        process.exit(0);
    }
});

try {
    process.exitCode = await main();
} catch (error) {
    complain(said(error));
    process.exitCode = 2;
}
