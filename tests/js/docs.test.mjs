/**
 * @file What the documents show is so: their lines of code run as they stand, and their lines for hosts say what the page's own
 * server says.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
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
        const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(file)], { cwd: fileURLToPath(root), encoding: "utf8" });
        assert.equal(status, 0, stderr);
        assert.match(stdout, /start: 19, end: 23 \} 0/);
    } finally {
        rmSync(file);
    }
});

test("the types beside the WebAssembly compile with nothing passed over", () => {
    const file = new URL("types-example.ts", root);
    writeFileSync(file, `import init, { Annotator, language } from "./dist/pkg/whosaid.js";
await init();
const { claims } = new Annotator(new Uint8Array()).annotate("text", { minConfidence: 0.5 });
const tag: string = language("text");
const end: number | undefined = claims[0]?.cue?.end;
// @ts-expect-error a number is no text
new Annotator(new Uint8Array()).annotate(end);
console.log(tag);
`);
    try {
        const flags = "--noEmit --strict --skipLibCheck false --target es2022 --lib es2022,dom --module nodenext --ignoreConfig --types".split(" ");
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
    const program = fileURLToPath(new URL("node_modules/binaryen/bin/wasm-dis", root));
    const options = { encoding: /** @type {const} */ ("utf8"), maxBuffer: 1 << 28 };
    const { stdout } = spawnSync(process.execPath, [program, "--all-features", fileURLToPath(new URL(path, root))], options);
    // What the network's products of matrices are made of.
    assert.match(stdout, /i32x4\.dot_i16x8_s/);
});
