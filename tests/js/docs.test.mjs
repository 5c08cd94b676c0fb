/**
 * @file What the documents show is so: their lines of code run as they stand, and their lines for hosts say what the page's own
 * server says.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { HEADERS, META_POLICY } from "../../scripts/policy.mjs";

const root = new URL("../../", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");

/**
 * The blocks of code of a document.
 * @param {string} path
 * @param {string} language
 */
function blocks(path, language) {
    return [...read(path).matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, code]) => code ?? "");
}

test("the README's lines for Node run as they stand", () => {
    const [code, ...others] = blocks("README.md", "js").filter((block) => block.includes("node:fs"));
    assert.ok(code && others.length === 0);
    const file = new URL("readme-example.mjs", root);
    writeFileSync(file, code);
    try {
        const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(file)], {
            cwd: fileURLToPath(root),
            encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
        assert.match(stdout, /start: 19, end: 23 \} 0/);
    } finally {
        rmSync(file);
    }
});

test("the types beside the WebAssembly compile with nothing passed over", () => {
    const file = new URL("types-example.ts", root);
    writeFileSync(
        file,
        `import init, { Annotator, language } from "./dist/pkg/whosaid.js";
await init();
const { claims } = new Annotator(new Uint8Array()).annotate("text", { minConfidence: 0.5 });
const tag: string = language("text");
const end: number | undefined = claims[0]?.cue?.end;
// @ts-expect-error a number is no text
new Annotator(new Uint8Array()).annotate(end);
console.log(tag);
`,
    );
    try {
        const flags =
            "--noEmit --strict --skipLibCheck false --target es2022 --lib es2022,dom --module nodenext --ignoreConfig --types".split(" ");
        const compiler = fileURLToPath(new URL("node_modules/.bin/tsc", root));
        const { status, stdout } = spawnSync(compiler, [...flags, "", fileURLToPath(file)], { encoding: "utf8" });
        assert.equal(status, 0, stdout);
    } finally {
        rmSync(file);
    }
});

test("the lines for each host set every header of the page's own server", () => {
    const hosts = ["nginx", "apache", "caddy", "text"].map((language) => blocks("docs/hosting.md", language));
    for (const [block, ...others] of hosts) {
        assert.ok(block && others.length === 0);
        for (const [name, value] of HEADERS) {
            const line = block.split("\n").find((each) => each.toLowerCase().includes(name.toLowerCase()));
            assert.ok(line?.includes(value), `${name}: ${line}`);
        }
    }
});

test("the built page carries its policy, and the notices of what it holds of others", () => {
    assert.ok(read("dist/index.html").includes(`<meta http-equiv="Content-Security-Policy" content="${META_POLICY}" />`));
    const notices = read("dist/THIRD-PARTY.txt");
    for (const name of ["idb 8", "fst 0.4", "serde 1", "wasm-bindgen 0.2", "unicode-segmentation 1"]) {
        assert.match(notices, new RegExp(`^${name.replaceAll(".", "\\.")}.* \\(.+\\)$`, "m"));
    }
    assert.ok(notices.includes("Permission is hereby granted"));
});

test("the WebAssembly holds vector instructions, and no path of the machine that built it", () => {
    const path = "dist/pkg/whosaid_bg.wasm";
    const bytes = readFileSync(new URL(path, root)).toString("latin1");
    for (const folder of [fileURLToPath(root), process.env.HOME ?? "/root", ".cargo/registry"]) {
        assert.ok(!bytes.includes(folder), folder);
    }
    // The code of i32x4.dot_i16x8_s, which the network's products of matrices are made of; by chance it stands there once at most.
    assert.ok(bytes.split("\xfd\xba\x01").length > 4);
});

/** The documents that say where something is. */
const GUIDES = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ...readdirSync(new URL("docs/decisions/", root)).map((name) => `docs/decisions/${name}`),
];

/**
 * The files and folders that a guide names by a path from the root. A path of letters ("NAME.js") stands for any name.
 * @param {string} text
 */
function pathsIn(text) {
    const paths = [...text.matchAll(/(?<![\w./-])(?:src|www|tests|train|scripts|tools|benches|docs)\/[\w./-]*[\w/]/gu)].map(
        ([path]) => path,
    );
    return paths.filter((path) => !path.includes("NAME"));
}

test("each path that the guides name is there", () => {
    for (const guide of GUIDES) {
        for (const path of pathsIn(read(guide))) {
            assert.ok(existsSync(new URL(path, root)), `${guide} names ${path}`);
        }
    }
});

test("each file that the guides name without its folder is there", () => {
    const { stdout } = spawnSync("git", ["ls-files"], { cwd: fileURLToPath(root), encoding: "utf8" });
    const known = new Set(stdout.split("\n").map((path) => basename(path)));
    for (const guide of GUIDES) {
        for (const [name] of read(guide).matchAll(/(?<![\w./-])[\w-]+\.(?:rs|js|mjs|txt|css|bin|md)(?!\w)/gu)) {
            assert.ok(known.has(name) || /^NAME|^\d{4}-/u.test(name), `${guide} names ${name}`);
        }
    }
});

test("the map names folders and files that are there, each in the folder above it", () => {
    const map = /## The map\n\n([^]*?)\n\n/u.exec(read("ARCHITECTURE.md"))?.[1] ?? assert.fail("no map");
    let folder = "";
    for (const [, indent = "", name = ""] of map.matchAll(/^( {4,6})(\S+)/gmu)) {
        folder = indent.length === 4 ? name : folder;
        const path = indent.length === 4 ? name : folder + name;
        assert.ok(existsSync(new URL(path, root)), path);
    }
});

test("each decision has a row in the list of decisions, in order", () => {
    const records = readdirSync(new URL("docs/decisions/", root))
        .filter((name) => /^\d{4}-/u.test(name))
        .sort();
    const rows = [...read("docs/decisions/README.md").matchAll(/^\| (\d+) \| \[(.*)\]\((.*)\) \|$/gmu)];
    assert.deepEqual(
        rows.map(([, , , name]) => name),
        records,
    );
    for (const [, number, title, name] of rows) {
        assert.ok(read(`docs/decisions/${name}`).startsWith(`# ${number}. ${title}\n`), name);
    }
});

test("the documents name the core's modules in the order that tests/layers.rs holds", () => {
    const order = [...(/const ORDER[^=]*= \[([^\]]*)\]/u.exec(read("tests/layers.rs"))?.[1] ?? "").matchAll(/"(\w+)"/gu)].map(
        ([, name = ""]) => name,
    );
    const map = /^ {4}src\/[^]*?(?=^ {4}\w)/mu.exec(read("ARCHITECTURE.md"))?.[0] ?? "";
    const table = /^\/\/! \| module .*\n(?:\/\/! \|.*\n)+/mu.exec(read("src/lib.rs"))?.[0] ?? "";
    const named = {
        "ARCHITECTURE.md": [...map.matchAll(/^ {6}(\w+)/gmu)].map(([, name = ""]) => name).filter((name) => name !== "bin"),
        "src/lib.rs": [...table.matchAll(/^\/\/! \| \[?`(\w+)`/gmu)].map(([, name = ""]) => name),
    };
    for (const [guide, names] of Object.entries(named)) {
        const places = names.map((name) => order.indexOf(name));
        assert.ok(places.length > 10 && !places.includes(-1), `${guide}: ${names}`);
        assert.deepEqual(
            places,
            places.toSorted((one, other) => one - other),
            guide,
        );
    }
    assert.deepEqual(new Set(named["ARCHITECTURE.md"]), new Set(order));
});

test("the documents give the least confidence that the core shows by default", () => {
    const [, least = "none"] = /min_confidence: (0\.\d+)/u.exec(read("src/analysis.rs")) ?? [];
    assert.ok(read("ARCHITECTURE.md").includes(`(${least} by default)`), least);
    assert.ok(
        read("README.md").includes(`(the default is ${least})`) &&
            read("README.md").includes(`without it claims under ${least} are left out`),
        least,
    );
});
