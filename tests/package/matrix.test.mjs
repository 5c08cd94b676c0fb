/**
 * @file The packed package in the surroundings that it is made for: each row is a fresh project that installs it and runs.
 * `npm run test:package` packs it and installs the tools.
 */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { after, test } from "node:test";

import { BUNDLERS, bundleWithWebpack, tool, versionOf } from "./bundlers.js";
import { FOUND, PRECISE, TEXT, TOOLS, POLICY, atEnd, endAll, page, policy, project, run, script, serve, shown } from "./project.js";

after(endAll);

const INLINED = script(
    "createAnnotator(inlined).then((client) => client.annotate(text))",
    'import { createAnnotator } from "whosaid";\nimport * as inlined from "whosaid/inlined";',
);

/** Writes what was read as another tool's file, and reads that again. */
const CONVERTING = `import { annotate as read } from "whosaid";
import { createConverter } from "whosaid/convert";
async function annotate(text) {
    const [analysis, converter] = [await read(text), await createConverter()];
    const { file } = await converter.export({ text, analysis, corrections: [] }, "prodigy");
    return (await converter.import(file, "prodigy"))[0].notebook.analysis;
}`;
const CONVERTED = script("annotate(text)", CONVERTING);

/** Of a page that reads in a worker. */
const IN_WORKER = { title: FOUND, workers: 1 };

/** Of a page that reads in its own thread. */
const HERE = { title: FOUND, workers: 0 };

/**
 * What is shown where the files are not beside the script.
 * @param {string} address
 */
async function unreached(address) {
    const { title } = await shown(address);
    assert.match(title, /^LoadError WHOSAID_LOAD .*whosaid\/inlined/u);
}

for (const name of ["vite8", "vite6"]) {
    const vite = await tool(name);
    const title = `vite ${versionOf(name)}`;
    const common = { configFile: false, logLevel: "error" };

    /**
     * Serves a project as one develops it.
     * @param {string} root
     * @param {object} [more]
     */
    const develop = async (root, more) => {
        const server = await vite.createServer({ ...common, root, server: { host: "localhost", port: 0, hmr: false }, ...more });
        atEnd(() => server.close());
        await server.listen();
        return server.resolvedUrls.local[0];
    };

    const exclude = name === "vite6" ? { optimizeDeps: { exclude: ["whosaid"] } } : {};
    test(`${title}, server of development${name === "vite6" ? ", whosaid excluded from optimizeDeps" : ""}: in a worker`, async () => {
        assert.deepEqual(await shown(await develop(project(`${name}-dev`, { "main.js": script("annotate(text)") }), exclude)), IN_WORKER);
    });

    test(`${title}, server of development: inlined`, async () => {
        assert.deepEqual(await shown(await develop(project(`${name}-dev-inlined`, { "main.js": INLINED }))), HERE);
    });

    for (const base of ["/", "./"]) {
        test(`${title}, built with base ${base}: in a worker`, async () => {
            const root = project(`${name}-build${base === "/" ? "" : "-relative"}`, { "main.js": script("annotate(text)") });
            await vite.build({ ...common, root, base });
            assert.deepEqual(await shown(await serve(join(root, "dist"))), IN_WORKER);
        });
    }
}

test(`vite ${versionOf("vite6")}, server of development as it is: the error says what to do`, async () => {
    const vite = await tool("vite6");
    const root = project("vite6-dev-as-it-is", { "main.js": script("annotate(text)") });
    const server = await vite.createServer({
        configFile: false,
        logLevel: "silent",
        root,
        server: { host: "localhost", port: 0, hmr: false },
    });
    atEnd(() => server.close());
    await server.listen();
    await unreached(server.resolvedUrls.local[0]);
});

test(`webpack ${versionOf("webpack")}: in a worker`, async () => {
    const folder = project("webpack", { "main.js": script("annotate(text)"), "index.html": page().replace('type="module" ', "defer ") });
    assert.deepEqual(await shown(await serve(await bundleWithWebpack(folder))), IN_WORKER);
});

test(`webpack ${versionOf("webpack")}: in this thread`, async () => {
    const reads = "createAnnotator({ worker: false }).then((client) => client.annotate(text))";
    const files = { "main.js": script(reads, 'import { createAnnotator } from "whosaid";') };
    const folder = project("webpack-here", { ...files, "index.html": page().replace('type="module" ', "defer ") });
    assert.deepEqual(await shown(await serve(await bundleWithWebpack(folder))), HERE);
});

test("other tools' files, in pages made by vite and webpack", async () => {
    const [{ build }, folder] = [await tool("vite8"), project("convert-vite", { "main.js": CONVERTED })];
    await build({ configFile: false, logLevel: "error", root: folder });
    assert.deepEqual(await shown(await serve(join(folder, "dist"))), IN_WORKER);
    const files = { "main.js": CONVERTED, "index.html": page().replace('type="module" ', "defer ") };
    assert.deepEqual(await shown(await serve(await bundleWithWebpack(project("convert-webpack", files)))), IN_WORKER);
});

test("whosaid-precise: vite and webpack put its file beside the page, and it is fetched by those alone who ask for it", async () => {
    const reads = "location.search ? createAnnotator({ model: url }).then((client) => client.annotate(text)) : annotate(text)";
    const imports =
        'import { annotate, createAnnotator } from "whosaid";\nimport { bytes, url } from "whosaid-precise";\nwindow.bytes = bytes;';
    const main = { "main.js": script(reads, imports) };
    const { build } = await tool("vite8");
    const vite = project("precise-vite", main, [], [PRECISE]);
    await build({ configFile: false, logLevel: "error", root: vite });
    const webpack = project("precise-webpack", { ...main, "index.html": page().replace('type="module" ', "defer ") }, [], [PRECISE]);
    for (const dist of [join(vite, "dist"), await bundleWithWebpack(webpack)]) {
        const { length } = readFileSync(join(vite, "node_modules", "whosaid-precise", "precise.bin"));
        const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
        const [file = "", ...others] = files.filter((name) => name.endsWith(".bin") && statSync(join(dist, name)).size === length);
        assert.ok(file !== "" && others.length === 0, files.join());
        const address = await serve(dist);
        /** @type {string[]} */
        const asked = [];
        assert.deepEqual(await shown(address, (url) => asked.push(url)), IN_WORKER);
        assert.ok(asked.some((url) => url.endsWith(".wasm")) && !asked.some((url) => url.endsWith(basename(file))), asked.join());
        assert.deepEqual(await shown(`${address}?precise`, (url) => asked.push(url)), IN_WORKER);
        assert.equal(asked.filter((url) => url.endsWith(basename(file))).length, 1, asked.join());
    }
});

/** Reads with files that were copied beside the page. */
const COPIED = script(
    'createAnnotator({ wasm: "whosaid_bg.wasm", model: "model.bin", worker: "worker.js" }).then((client) => client.annotate(text))',
    'import { createAnnotator } from "whosaid";',
);

for (const [name, bundle] of Object.entries(BUNDLERS)) {
    const title = `${name} ${versionOf(name)}`;
    /**
     * @param {string} of
     * @param {string} main
     */
    const built = async (of, main) => {
        const folder = project(`${name}-${of}`, { "main.js": main });
        await bundle(folder);
        copyFileSync(join(folder, "index.html"), join(folder, "dist", "index.html"));
        return folder;
    };

    test(`${title}: inlined`, async () => {
        assert.deepEqual(await shown(await serve(join(await built("inlined", INLINED), "dist"))), HERE);
    });

    test(`${title}, the three files copied: in a worker`, async () => {
        const folder = await built("copied", COPIED);
        for (const file of ["worker.js", "pkg/whosaid_bg.wasm", "pkg/model.bin"]) {
            copyFileSync(join(folder, "node_modules", "whosaid", file), join(folder, "dist", file.replace("pkg/", "")));
        }
        assert.deepEqual(await shown(await serve(join(folder, "dist"))), IN_WORKER);
    });

    test(`${title} as it is: the error says what to do`, async () => {
        await unreached(await serve(join(await built("as-it-is", script("annotate(text)")), "dist")));
    });
}

const AT = "/node_modules/whosaid/index.js";

/** @param {string} reads */
const plain = (reads, at = AT) => script(reads, `import { annotate, createAnnotator } from ${JSON.stringify(at)};`);

test("a plain page, no bundler: in a worker, with an import map", async () => {
    const map = JSON.stringify({ imports: { whosaid: `.${AT}` } });
    const html = page().replace("<link", `<script type="importmap">${map}</script><link`);
    const folder = project("plain", { "main.js": script("annotate(text)"), "index.html": html });
    assert.deepEqual(await shown(await serve(folder)), IN_WORKER);
});

test("a plain page: callers share one worker; an annotator that is disposed of leaves none; progress is told", async () => {
    const reads = `annotate(text).then(() => {
        const told = [];
        return createAnnotator({ onprogress: (bytes, total) => told.push([bytes, total]) }).then((client) => {
            client.dispose();
            const [bytes, total] = told.at(-1);
            if (bytes !== total || total < 1e6) {
                throw new Error(JSON.stringify(told));
            }
            return Promise.all([annotate(text), annotate(text)]).then(([one]) => one);
        });
    })`;
    assert.deepEqual(await shown(await serve(project("shared", { "main.js": plain(reads) }))), IN_WORKER);
});

test("another origin: in a worker, and in this thread", async () => {
    const other = await serve(project("origin", {}), { "Access-Control-Allow-Origin": "*" });
    const at = new URL(AT, other).href;
    const here = plain("createAnnotator({ worker: false }).then((client) => client.annotate(text))", at);
    const folder = project("guest", { "main.js": plain("annotate(text)", at), "here.js": here, "here.html": page("here.js") });
    const address = await serve(folder);
    assert.deepEqual(await shown(address), IN_WORKER);
    assert.deepEqual(await shown(`${address}here.html`), HERE);
});

test("a strict policy with Trusted Types: in a worker, and inlined", async () => {
    const inlined = INLINED.replace('"whosaid"', JSON.stringify(AT)).replace('"whosaid/inlined"', '"/node_modules/whosaid/inlined.js"');
    const files = { "main.js": plain("annotate(text)"), "inlined.js": inlined, "inlined.html": page("inlined.js") };
    const address = await serve(project("policy", files), policy([...POLICY, "trusted-types whosaid"]));
    assert.deepEqual(await shown(address), IN_WORKER);
    assert.deepEqual(await shown(`${address}inlined.html`), HERE);
});

test("a policy that names another policy: the error says what to do, and a Worker of the page's own reads", async () => {
    const own = `
        const own = trustedTypes.createPolicy("own", { createScriptURL: (url) => url });
        const worker = new Worker(own.createScriptURL("/node_modules/whosaid/worker.js"), { type: "module" });
        window.mine = worker;`;
    const files = {
        "main.js": plain("annotate(text)"),
        "own.js": `${own}\n`.concat(plain("createAnnotator({ worker: window.mine }).then((client) => client.annotate(text))")),
        "own.html": page("own.js"),
    };
    const address = await serve(project("other-policy", files), policy([...POLICY, "trusted-types own"]));
    assert.match((await shown(address)).title, /^LoadError WHOSAID_LOAD name the policy whosaid in the directive trusted-types/u);
    assert.deepEqual(await shown(`${address}own.html`), IN_WORKER);
});

test("a policy without wasm-unsafe-eval: the error names what is missing", async () => {
    const directives = POLICY.map((directive) => directive.replace(" 'wasm-unsafe-eval'", ""));
    const address = await serve(
        project("no-wasm", { "main.js": plain("annotate(text)") }),
        policy([...directives, "trusted-types whosaid"]),
    );
    assert.match((await shown(address)).title, /^LoadError WHOSAID_LOAD .*Content Security Policy/u);
});

/** A program for Node that says what it found. */
const PRINT = `.then(({ claims: [{ content: [said], speaker }], speakers }) => console.log(speakers[speaker].name + ": " + text.slice(said.start, said.end)));`;

/** @param {string} imports */
const program = (imports) => `${imports}\nconst text = ${JSON.stringify(TEXT)};\nannotate(text)${PRINT}\n`;

test(`node ${process.versions.node}: import, require, a thread, and the command line`, () => {
    const thread = 'import { Worker } from "node:worker_threads";\nnew Worker(new URL("./import.js", import.meta.url));\n';
    const folder = project("node", {
        "import.js": program('import { annotate } from "whosaid";'),
        "require.cjs": program('const { annotate } = require("whosaid");'),
        "thread.js": thread,
        "convert.js": program(CONVERTING),
        "article.txt": TEXT,
    });
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    const canRequire = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
    for (const file of ["import.js", "thread.js", "convert.js", ...(canRequire ? ["require.cjs"] : [])]) {
        const { stdout, stderr } = run(folder, process.execPath, [file]);
        assert.equal(stdout, `${FOUND}\n`, `${file}: ${stderr}`);
    }
    const { stdout, stderr } = run(folder, "npx", ["--no-install", "whosaid", "annotate", "article.txt"]);
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout).claims[0].content, [[2, 20]]);
});

test("a server that renders: importing the package does nothing, and a bundle for servers holds it", async () => {
    const shop = 'import { annotate } from "whosaid";\nexport const render = () => "<p>" + typeof annotate + "</p>";\n';
    const print = "const before = process.getActiveResourcesInfo().join();\nconst { render } = await import(process.argv[2]);\n";
    const folder = project("server", {
        "entry.js": shop,
        "print.js": `${print}console.log(render(), process.getActiveResourcesInfo().join() === before);\n`,
    });
    const vite = await tool("vite8");
    await vite.build({ configFile: false, logLevel: "error", root: folder, build: { ssr: "entry.js" }, ssr: { noExternal: true } });
    for (const file of ["./entry.js", "./dist/entry.js"]) {
        assert.equal(run(folder, process.execPath, ["print.js", file]).stdout, "<p>function</p> true\n", file);
    }
});

const TYPED = `import { annotate, createAnnotator } from "whosaid";
import type { Analysis, Client, WhosaidError } from "whosaid";
import * as inlined from "whosaid/inlined";
import init, { Annotator, Stream } from "whosaid/core";
import { createConverter, type Converted } from "whosaid/convert";

const analysis: Analysis = await annotate("text", { minConfidence: 0.5 });
const end: number | undefined = analysis.claims[0]?.cue?.end;
{
    await using client: Client = await createAnnotator({ ...inlined, signal: AbortSignal.timeout(1000), onprogress: (bytes, total = 0) => bytes / total });
    const { orphans } = await client.correct("text", analysis, []);
    const names: readonly string[] = [...client.formats, ...orphans];
    console.log(names, end);
}
await createAnnotator({ worker: new Worker(new URL("./worker.js", import.meta.url)), model: async () => new Uint8Array() });
await init();
console.log(new Annotator(new Uint8Array()).stream(new Stream("csv", ["date"]), "{}", 1));
const written: Converted = await (await createConverter()).export({ text: "text", analysis, corrections: [] }, "brat");
console.log(written.text, written.lost.map(({ what, count }) => [what, count]));
// @ts-expect-error a number is no text
annotate(3).catch(({ code }: WhosaidError) => code === "WHOSAID_ARGUMENT");
// @ts-expect-error there is no such option
createAnnotator({ modell: "" });
`;

test(`TypeScript ${versionOf("typescript5")} and the project's own, strict, with nothing passed over`, () => {
    const folder = project("types", { "main.ts": TYPED });
    const compilers = [
        join(TOOLS, "node_modules", "typescript5", "bin", "tsc"),
        join(TOOLS, "..", "..", "node_modules", "typescript", "bin", "tsc"),
    ];
    for (const compiler of compilers) {
        for (const [module, resolution] of [
            ["nodenext", "nodenext"],
            ["esnext", "bundler"],
        ]) {
            const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--target", "es2022"];
            const given = [...flags, "--lib", "es2022,dom", "--module", module ?? "", "--moduleResolution", resolution ?? "", "main.ts"];
            const { status, stdout } = run(folder, process.execPath, [compiler, ...given]);
            assert.equal(status, 0, `${compiler} ${resolution}: ${stdout}`);
        }
    }
});

test(`TypeScript ${versionOf("typescript5")}, strict, in a project for Node that knows no page`, () => {
    const main =
        'import { annotate, createAnnotator } from "whosaid";\nconsole.log((await annotate("")).claims, (await createAnnotator()).model);\n';
    const folder = project("types-node", { "main.ts": main });
    const roots = join(TOOLS, "..", "..", "node_modules", "@types");
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022", "--lib", "es2022", "--module", "nodenext"];
    const compiler = join(TOOLS, "node_modules", "typescript5", "bin", "tsc");
    const { status, stdout } = run(folder, process.execPath, [compiler, ...flags, "--typeRoots", roots, "--types", "node", "main.ts"]);
    assert.equal(status, 0, stdout);
});

test(`publint ${versionOf("publint")} and attw ${versionOf("@arethetypeswrong/cli")} find nothing`, async () => {
    const folder = project("lints", {}, [], [PRECISE]);
    const { publint } = await tool("publint");
    for (const name of ["whosaid", "whosaid-precise"]) {
        const { messages } = await publint({ pkgDir: join(folder, "node_modules", name), strict: true });
        assert.deepEqual(messages, [], name);
    }
    const attw = join(TOOLS, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
    // The package is a module for modules; what is no script has no types.
    const given = [
        "--profile",
        "esm-only",
        "--exclude-entrypoints",
        "whosaid.wasm",
        "converter.wasm",
        "model.bin",
        "custom-elements.json",
        "--no-emoji",
        process.env.WHOSAID_TARBALL ?? "",
    ];
    const { status, stdout } = run(folder, process.execPath, [attw, ...given]);
    assert.equal(status, 0, stdout);
});
