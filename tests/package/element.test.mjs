/**
 * @file The element of the packed package in the surroundings that it is made for: see matrix.test.mjs.
 */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { MANIFEST, manifest } from "../../scripts/manifest.mjs";
import { BUNDLERS, bundleWithWebpack, tool, versionOf } from "./bundlers.js";
import { FOUND, POLICY, TEXT, TOOLS, atEnd, endAll, page, policy, project, run, serve, shown } from "./project.js";

after(endAll);

/** A page with the element and a script. */
const html = (src = "main.js") =>
    page(src).replace("<head>", '<head><meta charset="utf-8" />').replace("<body>", `<body><who-said>${TEXT}</who-said>`);

/** Makes what it found its title; a claim is corrected before, and told. */
const TITLE = `
    const found = ({ text, claims: [{ content: [said], speaker }], speakers }) => speakers[speaker].name + ": " + text.slice(said.start, said.end);
    addEventListener("whosaid-error", ({ detail: { name, code, message } }) => {
        document.title = name + " " + code + " " + message;
    });
    addEventListener("whosaid-annotated", ({ target, detail: { analysis: { claims: [{ content }] } } }) => {
        void target.update("claim:" + content[0].start + ":" + content.at(-1).end, { kind: "prediction" });
    });
    addEventListener("whosaid-change", ({ target, detail: { corrections } }) => {
        document.title = found(target) + " " + corrections.map(({ edit }) => edit.op).join();
    });
`;

const main = (imports = 'import "whosaid/element";') => `${imports}\n${TITLE}`;

/** Of a page whose element was read in a worker and corrected. */
const CORRECTED = { title: `${FOUND} qualify`, workers: 1 };

const FILES = { "index.html": html(), "main.js": main() };

for (const name of ["vite8", "vite6"]) {
    const title = `vite ${versionOf(name)}`;
    test(`${title}: the element, served and built`, async () => {
        const vite = await tool(name);
        const root = project(`${name}-element`, FILES);
        const common = { configFile: false, logLevel: "error", root };
        const exclude = name === "vite6" ? { optimizeDeps: { exclude: ["whosaid"] } } : {};
        const server = await vite.createServer({ ...common, server: { host: "localhost", port: 0, hmr: false }, ...exclude });
        atEnd(() => server.close());
        await server.listen();
        assert.deepEqual(await shown(server.resolvedUrls.local[0]), CORRECTED);
        await vite.build(common);
        assert.deepEqual(await shown(await serve(join(root, "dist"))), CORRECTED);
    });
}

test(`webpack ${versionOf("webpack")}: the element`, async () => {
    const folder = project("webpack-element", { ...FILES, "index.html": html().replace('type="module" ', "defer ") });
    assert.deepEqual(await shown(await serve(await bundleWithWebpack(folder))), CORRECTED);
});

for (const [name, bundle] of Object.entries(BUNDLERS)) {
    test(`${name} ${versionOf(name)}: the element, inlined`, async () => {
        const imports =
            'import { WhoSaid } from "whosaid/element";\nimport * as inlined from "whosaid/inlined";\nWhoSaid.sources = inlined;';
        const folder = project(`${name}-element`, { "index.html": html(), "main.js": main(imports) });
        await bundle(folder);
        copyFileSync(join(folder, "index.html"), join(folder, "dist", "index.html"));
        assert.deepEqual(await shown(await serve(join(folder, "dist"))), { ...CORRECTED, workers: 0 });
    });
}

test("a plain page, and one of another origin: the element", async () => {
    const at = "/node_modules/whosaid/element.js";
    const folder = project("plain-element", { ...FILES, "main.js": main(`import "${at}";`) });
    const address = await serve(folder, { "Access-Control-Allow-Origin": "*" });
    assert.deepEqual(await shown(address), CORRECTED);
    const guest = project("guest-element", { ...FILES, "main.js": main(`import "${new URL(at, address).href}";`) });
    assert.deepEqual(await shown(await serve(guest)), CORRECTED);
});

test("a strict policy with Trusted Types: the element", async () => {
    const files = { ...FILES, "main.js": main('import "/node_modules/whosaid/element.js";') };
    const address = await serve(project("policy-element", files), policy([...POLICY, "trusted-types whosaid"]));
    assert.deepEqual(await shown(address), CORRECTED);
});

test("a server that renders: importing the element does nothing, and a bundle for servers holds it", async () => {
    const shop = 'import { WhoSaid } from "whosaid/element";\nexport const render = () => "<who-said>" + typeof WhoSaid + "</who-said>";\n';
    const folder = project("server-element", {
        "entry.js": shop,
        "print.js": "console.log((await import(process.argv[2])).render());\n",
    });
    const vite = await tool("vite8");
    await vite.build({ configFile: false, logLevel: "error", root: folder, build: { ssr: "entry.js" }, ssr: { noExternal: true } });
    for (const file of ["./entry.js", "./dist/entry.js"]) {
        const { stdout, stderr } = run(folder, process.execPath, ["print.js", file]);
        assert.equal(stdout, "<who-said>undefined</who-said>\n", `${file}: ${stderr}`);
    }
});

const REACT = `import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import "whosaid/element";

function Article({ text }) {
    const [told, tell] = useState("");
    const read = ({ currentTarget: node, detail: { analysis: { claims: [{ content }] } } }) =>
        void node.update("claim:" + content[0].start + ":" + content.at(-1).end, { kind: "prediction" });
    const changed = ({ currentTarget: { text, claims: [{ content: [said], speaker }], speakers }, detail: { corrections } }) =>
        tell(speakers[speaker].name + ": " + text.slice(said.start, said.end) + " " + corrections.map(({ edit }) => edit.op).join());
    useEffect(() => {
        document.title = told;
    }, [told]);
    return <who-said text={text} docId="taxes" storage="memory" noShortcuts onwhosaid-annotated={read} onwhosaid-change={changed} />;
}

createRoot(document.body.appendChild(document.createElement("div"))).render(<Article text={${JSON.stringify(TEXT)}} />);
`;

test(`React ${versionOf("react")}: properties and events without a wrapper`, async () => {
    const files = { "index.html": page("main.jsx"), "main.jsx": REACT };
    const folder = project("react-element", files, ["react", "react-dom"]);
    const { build } = await tool("vite8");
    await build({ configFile: false, logLevel: "error", root: folder });
    assert.deepEqual(await shown(await serve(join(folder, "dist"))), CORRECTED);
});

const VUE = `<script setup>
import { ref, watchEffect } from "vue";
import "whosaid/element";

const text = ${JSON.stringify(TEXT)};
const told = ref("");
const read = ({ currentTarget: node, detail: { analysis: { claims: [{ content }] } } }) =>
    void node.update("claim:" + content[0].start + ":" + content.at(-1).end, { kind: "prediction" });
const changed = ({ currentTarget: { text, claims: [{ content: [said], speaker }], speakers }, detail: { corrections } }) => {
    told.value = speakers[speaker].name + ": " + text.slice(said.start, said.end) + " " + corrections.map(({ edit }) => edit.op).join();
};
watchEffect(() => {
    document.title = told.value;
});
</script>

<template>
    <who-said :text="text" doc-id="taxes" storage="memory" no-shortcuts @whosaid-annotated="read" @whosaid-change="changed" />
</template>
`;

test(`Vue ${versionOf("vue")}: properties and events without a wrapper`, async () => {
    const start = 'import { createApp } from "vue";\nimport App from "./App.vue";\ncreateApp(App).mount(document.body);\n';
    const folder = project("vue-element", { "main.js": start, "App.vue": VUE }, ["vue"]);
    const [{ build }, { default: vue }] = [await tool("vite8"), await tool("@vitejs/plugin-vue")];
    const isCustomElement = (/** @type {string} */ tag) => tag === "who-said";
    const plugins = [vue({ template: { compilerOptions: { isCustomElement } } })];
    await build({ configFile: false, logLevel: "error", root: folder, plugins });
    assert.deepEqual(await shown(await serve(join(folder, "dist"))), CORRECTED);
});

test(`the manifest is as @custom-elements-manifest/analyzer ${versionOf("@custom-elements-manifest/analyzer")} makes it`, async () => {
    const kept = readFileSync(MANIFEST, "utf8");
    assert.deepEqual(JSON.parse(kept), JSON.parse(await manifest()), "write it anew: node scripts/manifest.mjs");
    const { stdout } = run(project("manifest", {}), process.execPath, ["-p", 'require("whosaid/custom-elements.json").modules[0].path']);
    assert.equal(stdout, "element.js\n");
});

const TYPED = `import { WhoSaid, type WhoSaidEvents } from "whosaid/element";
import type {} from "whosaid/element/react";
import type {} from "whosaid/element/vue";
import type { GlobalComponents } from "vue";

const node: WhoSaid = document.createElement("who-said");
node.filter = { form: "direct" };
const kind: string = node.filter.kind;
node.addEventListener("whosaid-change", ({ detail: { corrections } }) => console.log(corrections[0]?.edit.op, kind));
WhoSaid.sources = { model: "/model.bin" };
await node.update("claim:0:1", { kind: "denial" });
node.remove();
// @ts-expect-error there is no such theme
node.theme = "blue";
export const told = (event: CustomEvent<WhoSaidEvents["whosaid-saved"]>) => event.detail.at;
export const vue: InstanceType<GlobalComponents["who-said"]>["$props"] = { docId: "a", "onWhosaid-saved": told };
`;

const TYPED_JSX = `import type {} from "whosaid/element/react";

export const Article = () => (
    <who-said text="“No,” she said." theme="dark" readOnly onwhosaid-saved={({ detail: { at } }) => console.log(at.length)} />
);
// @ts-expect-error there is no such theme
export const Other = () => <who-said theme="blue" />;
`;

test(`TypeScript ${versionOf("typescript5")} and the project's own: the element, in React ${versionOf("react")} and Vue ${versionOf("vue")}`, () => {
    const others = ["react", "vue", "@types/react", "@vue/runtime-dom"];
    const folder = project("types-element", { "main.ts": TYPED, "article.tsx": TYPED_JSX }, others);
    const compilers = [
        join(TOOLS, "node_modules", "typescript5", "bin", "tsc"),
        join(TOOLS, "..", "..", "node_modules", "typescript", "bin", "tsc"),
    ];
    const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--target", "es2022"];
    const given = [
        ...flags,
        "--lib",
        "es2022,dom,dom.iterable",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "--jsx",
        "react-jsx",
    ];
    for (const compiler of compilers) {
        const { status, stdout } = run(folder, process.execPath, [compiler, ...given, "--typeRoots", "none", "main.ts", "article.tsx"]);
        assert.equal(status, 0, `${compiler}: ${stdout}`);
    }
});
