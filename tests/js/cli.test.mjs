/**
 * @file The package's command line writes what the native one writes, byte for byte: records, tables, and what it says of lines
 * that are none.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { PACKAGE } from "../../scripts/package.mjs";
import { buildPrecise } from "../../scripts/precise.mjs";
import { tinyPrecise } from "./precise.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join("tests", "articles");
const pages = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".txt"))
    .map((name) => join(folder, name));

/**
 * What a program says and writes.
 * @param {string} program
 * @param {string[]} given
 * @param {Buffer | string} input
 */
function run(program, given, input) {
    const { status, stdout, stderr } = spawnSync(program, given, { cwd: root, input, maxBuffer: 1 << 28 });
    return { status, stdout: stdout.toString("latin1"), stderr: stderr.toString("latin1") };
}

const native = (/** @type {string[]} */ given, /** @type {Buffer | string} */ input = "") =>
    run("cargo", ["run", "--quiet", "--locked", "--bin", "whosaid", "--", ...given], input);

const packaged = (/** @type {string[]} */ given, /** @type {Buffer | string} */ input = "") =>
    run(process.execPath, [join(PACKAGE, "cli.js"), ...given], input);

/**
 * @param {string[]} given
 * @param {Buffer | string} [input]
 * @param {number} [status]
 */
function same(given, input, status = 0) {
    const [expected, found] = [native(given, input), packaged(given, input)];
    assert.deepEqual(found, expected);
    assert.equal(found.status, status);
    return found;
}

test("the pages of tests/articles, as files", () => {
    const { stdout } = same(["annotate", ...pages]);
    const records = stdout.trimEnd().split("\n");
    assert.ok(pages.length > 10 && records.length === pages.length);
    assert.ok(records.every((record) => JSON.parse(record).claims.length > 0));
});

test("the same as JSONL, with ids of every sort and fields that are passed over", () => {
    const ids = ['"a\\u0301"', "1e2", "10000000000000000000001", "null", '{"b":  [1, 2]}', "-0.0"];
    const lines = pages.map((page, index) => {
        const text = JSON.stringify(readFileSync(join(root, page), "utf8"));
        return index < ids.length ? `{"url":"x","id": ${ids[index]} ,"text":${text}}` : `{"text":${text}}`;
    });
    const { stdout } = same(["annotate", "--jsonl"], `\ufeff${lines.join("\r\n")}  `);
    assert.ok(ids.every((id) => stdout.includes(`{"id":${Buffer.from(id).toString("latin1")},`)));
    assert.ok(stdout.includes(`{"id":${pages.length},`));
});

test("claims that are less sure are left out", () => {
    const all = same(["annotate"], readFileSync(join(root, pages[0] ?? "")));
    const some = same(["annotate", "--min-confidence", "0.9", "-"], readFileSync(join(root, pages[0] ?? "")));
    assert.ok(some.stdout.length < all.stdout.length);
});

const SENTENCE = "📈 “Taxes will rise,” said Anna Berg, finance minister.";

test("a table, of lines with fields that are kept", () => {
    const lines = pages.map((page, index) => {
        const line = {
            id: index,
            source: ["=1+1", null, -7, { a: [1.5] }, 'a "b", c\n'][index % 5],
            text: readFileSync(join(root, page), "utf8"),
        };
        return JSON.stringify(line);
    });
    const given = ["annotate", "--jsonl", "--format", "csv", "--keep", "source=outlet,text,missing"];
    const { stdout } = same(given, [...lines, "nonsense"].join("\n"), 1);
    assert.match(stdout, /^id,row,claim,[a-z_,]*,outlet,text,missing\r\n/u);
    assert.match(stdout, /,'=1\+1,/u);
    same(["annotate", "--jsonl", "--keep", "source,text=t"], lines.join("\n"));
});

test("a table of articles goes in, whatever stands in its cells", () => {
    const cell = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
    for (const separator of [",", ";", "\t"]) {
        const row = (/** @type {string[]} */ ...cells) => cells.join(separator);
        const rows = pages.slice(0, 5).map((page, index) => {
            return row(
                `n${index}`,
                cell(readFileSync(join(root, page), "utf8")),
                cell(`=A${separator}\r\n"q"`),
                index % 2 ? '5" disk' : "",
            );
        });
        const bad = [row("a", "b"), "", row('"a"x', cell(SENTENCE), '""', '"é"'), `x${separator}"not closed`, "y"];
        const table = `\ufeff${[row("text", "body", "0", "id"), ...rows, ...bad].join("\r\n")}`;
        const asTable = ["--format", "csv", "--keep", "0,text,id=nr"];
        for (const more of separator === "," ? [[], ["--id-column", "text", "--keep", "0,text=id2"], asTable] : [asTable]) {
            const { stderr } = same(["annotate", "--text-column", "body", ...more], table, 1);
            assert.equal(stderr.trim().split("\n").length, 2);
        }
    }
    for (const [table, columns] of /** @type {[string, string[]][]} */ ([
        ["", []],
        ["\n\r\n", []],
        ["body,date\n", []],
        ["Body,date\nNo.,1\n", []],
        ["body,date\nNo.,1\n", ["--keep", "outlet"]],
        ["body,date\nNo.,1\n", ["--id-column", "id"]],
        ['"body,date\nNo.,1\n', []],
    ])) {
        same(["annotate", "--text-column", "body", ...columns], table, table.startsWith("body,date") && columns.length === 0 ? 0 : 1);
    }
    const broken = Buffer.concat([Buffer.from('body\n"No.\n'), Buffer.from([0xff]), Buffer.from(`"\n${cell(SENTENCE)}\n`)]);
    assert.match(same(["annotate", "--text-column", "body"], broken, 1).stderr, /^whosaid: stdin:3: byte 1 of the line is not UTF-8/u);
});

test("what gzip has compressed is read, in one piece or several, and what is cut is reported", () => {
    const lines = pages.map((page) => JSON.stringify({ text: readFileSync(join(root, page), "utf8") }));
    const [one, two] = [gzipSync(`${lines.slice(0, 3).join("\n")}\n`), gzipSync(lines.slice(3).join("\n"))];
    const whole = same(["annotate", "--jsonl"], Buffer.concat([one, two]));
    assert.equal(whole.stdout.trim().split("\n").length, pages.length);
    same(["annotate"], gzipSync(SENTENCE));
    for (const cut of [two.length - 1, two.length >> 1, 40]) {
        // What the library says of the damage differs between the two.
        const [expected, found] = [native, packaged].map((program) => {
            const { stdout, stderr, status } = program(["annotate", "--jsonl"], Buffer.concat([one, two.subarray(0, cut)]));
            return { stdout, status, stderr: stderr.replace(/ \([^)]*\): copy/u, ": copy") };
        });
        assert.deepEqual(found, expected);
        assert.match(found?.stderr ?? "", /^whosaid: stdin: the compressed file is cut short or damaged after line \d+: copy it again\n$/u);
    }
    const zstandard = packaged(["annotate"], Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1]));
    assert.deepEqual([zstandard.status, zstandard.stdout], [1, ""]);
    assert.match(zstandard.stderr, /^whosaid: stdin: is compressed by Zstandard, which the native program alone reads: decompress it/u);
});

test("an interrupted run is gone on with, byte for byte", async () => {
    const made = mkdtempSync(join(tmpdir(), "whosaid-"));
    try {
        const lines = Array.from({ length: 400 }, (_, id) => (id % 9 === 3 ? "nonsense" : JSON.stringify({ id, text: SENTENCE })));
        const input = lines.join("\n");
        for (const format of ["jsonl", "csv"]) {
            const path = join(made, `out.${format}`);
            const given = ["annotate", "--jsonl", "--format", format, "--output", path];
            const child = spawn(process.execPath, [join(PACKAGE, "cli.js"), ...given], { cwd: root, stdio: ["pipe", "ignore", "ignore"] });
            const ended = once(child, "exit");
            const items = () => (existsSync(`${path}.progress`) ? JSON.parse(readFileSync(`${path}.progress`, "utf8")).items : 0);
            // It writes down how far it is once a second, after an article; its input is never at an end.
            for (let fed = 0; child.exitCode === null && items() === 0; fed++) {
                child.stdin.write(`${lines[fed] ?? ""}\n`);
                await new Promise((resolve) => void setTimeout(resolve, 5));
            }
            child.kill("SIGKILL");
            await ended;
            assert.ok(items() > 0, "it was interrupted");
            appendFileSync(path, '{"id":7,"lang');
            assert.match(
                packaged(given, input).stderr,
                /^whosaid: .*: a run that wrote it was interrupted: give --resume to go on, or delete /u,
            );
            assert.match(
                packaged([...given, "--resume", "--keep", "id=nr"], input).stderr,
                /--keep was "" and is "id=nr": go on with what it was/u,
            );
            const { status, stderr } = packaged([...given, "--resume"], input);
            assert.equal(status, 1, stderr);
            const expected = packaged(["annotate", "--jsonl", "--format", format], input);
            assert.equal(readFileSync(path, "latin1"), expected.stdout);
            assert.ok(expected.stderr.endsWith(stderr) && !existsSync(`${path}.progress`));
            assert.match(packaged([...given, "--resume"], input).stderr, /no run that wrote it was interrupted/u);
        }
    } finally {
        rmSync(made, { recursive: true });
    }
});

test("lines that are none are reported by line and column, and the others are read", () => {
    const bad = ["nonsense", '{"text": 3}', '{"id": 1}', '["a"]', '{"text": "\\ud800"}', '{"text": "a"', " "];
    const bytes = Buffer.concat([Buffer.from(`${bad.join("\n")}\n{"text": "a`), Buffer.from([0xe2, 0x82, 0x22, 0x7d, 0x0a])]);
    const { stdout, stderr } = same(["annotate", "--jsonl"], Buffer.concat([bytes, Buffer.from('{"text": "It is late, she said."}')]), 1);
    assert.equal(stderr.trim().split("\n").length, 7);
    assert.equal(JSON.parse(stdout).id, 9);
    for (const text of [[0xff], [0x61, 0x0a, 0xe2, 0x82], [0x61, 0xc3, 0x28, 0x61], [0xed, 0xa0, 0x80]]) {
        same(["annotate"], Buffer.from(text), 1);
    }
    same(["annotate"], "", 0);
    same(["annotate", "--jsonl"], "", 0);
});

test("a file that is missing is reported, and the next one is read", () => {
    const { stdout, stderr, status } = packaged(["annotate", "missing.txt", pages[0] ?? ""]);
    assert.deepEqual([stdout.trim().split("\n").length, status], [1, 1]);
    assert.match(stderr, /^whosaid: missing\.txt: cannot be read \(ENOENT.*\): check its name and who may read it\n$/u);
});

test("a precise model file reads the same, and one that is cut or damaged is refused in the same words", () => {
    const made = mkdtempSync(join(tmpdir(), "whosaid-"));
    const whole = tinyPrecise();
    const damaged = Buffer.from(whole);
    damaged.writeUInt8((damaged.at(-1) ?? 0) ^ 1, damaged.length - 1);
    const file = (/** @type {string} */ name, /** @type {Buffer} */ content) => {
        writeFileSync(join(made, name), content);
        return join(made, name);
    };
    try {
        const read = same(["annotate", "--model", file("precise.bin", whole), ...pages]);
        const records = read.stdout.trimEnd().split("\n");
        assert.ok(records.length === pages.length && records.every((record) => JSON.parse(record).model.startsWith("network-3-")));
        same(["annotate", "--model", join(made, "precise.bin"), "--format", "csv", "--min-confidence", "0.9", ...pages]);
        const cut = same(["annotate", "--model", file("cut.bin", whole.subarray(0, 1_000_000))], SENTENCE, 2);
        assert.match(cut.stderr, /^whosaid: .*cut\.bin: the model file is cut short: 1000000 of \d+ bytes: fetch it again\n$/u);
        const changed = same(["annotate", "--model", file("damaged.bin", damaged)], SENTENCE, 2);
        assert.match(changed.stderr, /^whosaid: .*damaged\.bin: the model file is damaged .*: fetch it again\n$/u);
        for (const program of [native, packaged]) {
            const { stdout, stderr, status } = program(["annotate", "--model", join(made, "none.bin")], SENTENCE);
            assert.deepEqual([stdout, status], ["", 2]);
            assert.match(stderr, /^whosaid: .*none\.bin: cannot be read \(.*\): check its name and who may read it\n$/u);
        }
    } finally {
        rmSync(made, { recursive: true });
    }
});

test("the package of the precise model is meant by its name, where it is installed beside this one", async () => {
    const made = mkdtempSync(join(tmpdir(), "whosaid-"));
    const modules = join(made, "node_modules");
    const installed = (/** @type {string[]} */ given) => run(process.execPath, [join(modules, "whosaid", "cli.js"), ...given], SENTENCE);
    const given = ["annotate", "--model", "whosaid-precise"];
    try {
        cpSync(PACKAGE, join(modules, "whosaid"), { recursive: true });
        const missing = installed(given);
        assert.deepEqual([missing.stdout, missing.status], ["", 2]);
        assert.match(
            missing.stderr,
            /^whosaid: --model whosaid-precise: that package is not installed .*: npm install whosaid-precise, or/u,
        );
        writeFileSync(join(made, "tiny.bin"), tinyPrecise());
        await buildPrecise(join(modules, "whosaid-precise"), join(made, "tiny.bin"));
        assert.deepEqual(installed(given), same(["annotate", "--model", join(made, "tiny.bin")], SENTENCE));
    } finally {
        rmSync(made, { recursive: true });
    }
});

test("what it cannot go on with costs one line and the exit status 2", () => {
    const made = mkdtempSync(join(tmpdir(), "whosaid-"));
    try {
        writeFileSync(join(made, "model.bin"), "no model");
        for (const given of [
            ["annotate", "--model", join(made, "model.bin")],
            ["annotate", "--model", join(made, "none.bin")],
            ["annotate", "--min-confidence", "7"],
            ["annotate", "--min-confidence", ""],
            ["annotate", "--jsonn"],
            ["annotate", "--threads", "2"],
            ["annotate", "--keep", "date"],
            ["annotate", "--jsonl", "--keep", "claims"],
            ["annotate", "--jsonl", "--text-column", "a"],
            ["annotate", "--id-column", "a"],
            ["annotate", "--resume"],
            ["annotate", "--format", "xml"],
            ["annotate", "--output", made],
            ["annotates"],
            [],
        ]) {
            const { stdout, stderr, status } = packaged(given);
            assert.deepEqual([stdout, status], ["", 2], given.join(" "));
            assert.match(stderr, /^whosaid: [^\n]+\n$/u, given.join(" "));
        }
    } finally {
        rmSync(made, { recursive: true });
    }
    assert.match(packaged(["--help"]).stdout, /whosaid annotate \[OPTIONS\]/u);
    const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
    assert.equal(packaged(["--version"]).stdout, `whosaid ${version}\n`);
});

/** What `convert` is asked for: from which format, and into which. */
const FORMATS = ["json", "brat", "w3c", "w3c-utf16", "label-studio", "doccano", "prodigy"];
const WRITTEN = [...FORMATS, "iob2", "tei", "schema-org", "uima", "markdown", "html"];

test("articles are converted to every format, and back from those that can be read", () => {
    const place = mkdtempSync(join(tmpdir(), "whosaid-convert-"));
    const text = `${readFileSync(join(root, pages[0] ?? ""), "utf8").replaceAll("\r", "")}\n\n${SENTENCE} According to The Times, officials said it was late.`;
    writeFileSync(join(place, "a.txt"), text);
    try {
        for (const to of WRITTEN) {
            const { stdout, stderr } = same(["convert", "--from", "text", "--to", to, join(place, "a.txt")]);
            assert.ok(stdout.length > 200, to);
            assert.match(stderr, to === "json" ? /^$/u : /cannot hold: confidences of speakers/u);
            if (FORMATS.includes(to)) {
                const file = join(place, `${to}.x`);
                writeFileSync(file, Buffer.from(stdout, "latin1"));
                const beside = ["--text", join(place, "a.txt")];
                for (const next of [to, "json"]) {
                    same(["convert", "--from", to, "--to", next, ...beside, file]);
                }
            }
        }
    } finally {
        rmSync(place, { recursive: true });
    }
});

test("several articles stand in one file where the format allows it, and the text beside the file where it asks for that", () => {
    const lines = `{"text":"No, she said."}\nnonsense\n\n{"id":1,"text":${JSON.stringify(SENTENCE)}}`;
    for (const to of ["label-studio", "doccano", "prodigy", "iob2"]) {
        const { stderr } = same(["convert", "--from", "jsonl", "--to", to, "--min-confidence", "0.2"], lines, 1);
        assert.match(stderr, /stdin:2: not JSON/u);
    }
    assert.match(same(["convert", "--from", "jsonl", "--to", "w3c"], lines, 2).stderr, /there are 2 articles/u);
    assert.match(same(["convert", "--from", "doccano", "--to", "json"], "nonsense", 1).stderr, /stdin: line 1: not JSON/u);
    assert.match(same(["convert", "--from", "brat", "--to", "json"], "T1\tClaim 0 4\tAnna", 1).stderr, /put the \.txt beside/u);
    const place = mkdtempSync(join(tmpdir(), "whosaid-convert-"));
    const made = [native, packaged].map((run, index) => {
        const out = join(place, `${index}.x.ann`);
        const said = run(["convert", "--from", "text", "--to", "brat", "-o", out], SENTENCE);
        writeFileSync(join(place, `${index}.x.txt`), "Another text.");
        const again = run(["convert", "--from", "text", "--to", "brat", "-o", out], SENTENCE);
        assert.equal(again.status, 2);
        assert.match(again.stderr, /another text is there already/u);
        return [said, readFileSync(out, "utf8")];
    });
    rmSync(place, { recursive: true });
    assert.deepEqual(made[1], made[0]);
    assert.equal(made[0]?.[1] === "", false);
});

test("a format that there is not is named with those that there are", () => {
    for (const [given, says] of /** @type {const} */ ([
        [["--from", "word", "--to", "brat"], "json, text, jsonl, brat, w3c, w3c-utf16, label-studio, doccano, prodigy"],
        [["--from", "brat", "--to", "word"], "json, brat, w3c, w3c-utf16, label-studio, doccano, prodigy, iob2, tei, schema-org, uima"],
    ])) {
        for (const run of [native, packaged]) {
            const { status, stderr } = run(["convert", ...given]);
            assert.equal(status, 2);
            assert.ok(stderr.includes(`choose one of ${says}`), stderr);
        }
    }
});
