/**
 * @file The package's door for other tools' files: what is written comes back, what is lost is listed, and what is wrong says what
 * to mend. tests/js/cli.test.mjs compares the bytes with those of the native program.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { PACKAGE } from "../../scripts/package.mjs";

/** @import {Notebook} from "../../packages/whosaid/index.js" */

/** @type {typeof import("../../packages/whosaid/index.js")} */
const { createAnnotator } = await import(`${PACKAGE}/node.js`);
/** @type {typeof import("../../packages/whosaid/convert.js")} */
const { createConverter } = await import(`${PACKAGE}/convert-node.js`);

const TEXT = "📈 “Taxes,” said Anna Berg, finance minister, “will rise.” According to The Times, officials said it was late.";

const annotator = await createAnnotator();
const converter = await createConverter();

/** @returns {Promise<Notebook>} */
async function notebook(text = TEXT) {
    return { text, analysis: await annotator.annotate(text), corrections: [] };
}

/**
 * Who says what, in words.
 * @param {Notebook} from
 */
function saidIn({ text, analysis }) {
    const { claims, speakers } = analysis ?? assert.fail("no analysis");
    return claims.map(({ content, speaker, inside, kind, form }) => ({
        words: content.map(({ start, end }) => text.slice(start, end)),
        who: speaker === undefined ? undefined : speakers[speaker]?.name,
        inside,
        kind,
        form,
    }));
}

test("who says what comes back from every format that can be read", async () => {
    const given = await notebook();
    const expected = saidIn(given);
    assert.ok(expected.some(({ inside }) => inside !== undefined) && expected.some(({ words }) => words.length === 2));
    const read = converter.formats.filter(({ isRead }) => isRead);
    assert.deepEqual(
        read.map(({ name }) => name),
        ["json", "brat", "w3c", "w3c-utf16", "label-studio", "doccano", "prodigy"],
    );
    for (const { name, textBeside } of read) {
        const { file, text, lost } = await converter.export(given, name);
        assert.equal(text, textBeside ? TEXT : undefined, name);
        const [back, ...others] = await converter.import(file, name, textBeside ? { text: TEXT } : undefined);
        assert.deepEqual([back?.lost, others, back?.notebook.text], [[], [], TEXT], name);
        const found = saidIn(back?.notebook ?? assert.fail(name));
        // doccano has no place for kinds, forms and names, and says so.
        const hasNotes = name !== "doccano";
        const bare = (/** @type {typeof found} */ all) =>
            all.map((one) => (hasNotes ? one : { ...one, kind: "", form: "", who: one.who !== undefined }));
        assert.deepEqual(bare(found), bare(expected), name);
        assert.equal(
            lost.some(({ what }) => what.startsWith("notes of marks")),
            !hasNotes,
        );
        assert.equal(
            lost.some(({ what, count }) => what === "confidences of speakers" && count > 0),
            name !== "json",
        );
    }
});

test("formats that are written hold the words, and several articles stand in one file where that is allowed", async () => {
    const both = [await notebook(), await notebook("“It is late,” said Carl Lind.")];
    for (const { name, several } of converter.formats) {
        const { file } = await converter.export(both[0] ?? assert.fail(), name);
        assert.ok(file.includes("Anna") && file.includes("Taxes"), name);
        const all = converter.export(both, name);
        if (several === "never") {
            await assert.rejects(all, { name: "ArgumentError", code: "WHOSAID_ARGUMENT", message: /there are 2 articles/u }, name);
        } else {
            assert.match((await all).file, /Lind/u, name);
        }
    }
    const { file } = await converter.export(both, "doccano");
    assert.deepEqual(
        (await converter.import(file, "doccano")).map(({ notebook: { text } }) => text),
        both.map(({ text }) => text),
    );
});

test("what is imported is corrected and exported like what the model read", async () => {
    const { file } = await converter.export(await notebook(), "prodigy");
    const [{ notebook: found }] = /** @type {[import("../../packages/whosaid/convert.js").Imported]} */ (
        await converter.import(file, "prodigy")
    );
    const analysis = found.analysis ?? assert.fail();
    assert.equal(analysis.model, "imported");
    const { span } = analysis.mentions[0] ?? assert.fail();
    const target = { ...span, exact: found.text.slice(span.start, span.end) };
    const edit = /** @type {const} */ ({ op: "relabel", mark: "person", to: "institution", target });
    const log = [{ id: "a:1", actor: "a", lamport: 1, time: "2026-11-30T00:00:00Z", edit }];
    const revision = await annotator.correct(found.text, analysis, log);
    assert.deepEqual([revision.orphans, revision.analysis.mentions[0]?.label], [[], "institution"]);
    const again = await converter.export({ text: found.text, analysis: revision.analysis, corrections: log }, "w3c");
    assert.deepEqual(again.lost.find(({ what }) => what === "corrections in the log")?.count, 1);
});

test("marks that mean nothing here are listed, and half a character costs nothing", async () => {
    const line = { text: "No, she said.", entities: [{ id: 1, start_offset: 0, end_offset: 2, label: "Mood" }], relations: [] };
    const [imported] = await converter.import(JSON.stringify(line), "doccano");
    assert.deepEqual(imported?.lost, [{ what: "marks with the label Mood", count: 1 }]);
    const odd = await notebook(`\\ud800 \ud83d ${TEXT}`);
    const { text } = await converter.export(odd, "brat");
    assert.equal(text, `\\ud800 \ufffd ${TEXT}`);
});

test("each door says what to do", async () => {
    const given = await notebook();
    for (const [asked, name, says] of /** @type {[Promise<unknown>, string, RegExp][]} */ ([
        [converter.export(given, "word"), "ArgumentError", /choose one of json, brat, w3c/u],
        [converter.export([], "brat"), "ArgumentError", /nothing to write/u],
        [converter.export(/** @type {any} */ ({}), "brat"), "ArgumentError", /this is no notebook: it has a text/u],
        [converter.export({ text: "", corrections: [] }, "brat"), "ArgumentError", /export it again/u],
        [converter.export(given, /** @type {any} */ (3)), "ArgumentError", /the format has to be a string, and number was given/u],
        [converter.import("{", "w3c", { text: "" }), "ImportError", /no Web Annotation/u],
        [converter.import("", "brat"), "ImportError", /put the \.txt beside/u],
        [converter.import("x", "json"), "ImportError", /not a whosaid file/u],
        [converter.import("", "tei"), "ArgumentError", /can be read: choose one of json, brat/u],
        [converter.import(/** @type {any} */ (null), "brat"), "ArgumentError", /content has to be a string, and null was given/u],
        [createConverter(/** @type {any} */ ({ model: "" })), "ArgumentError", /no option "model": choose among wasm/u],
        [createConverter(/** @type {any} */ ({ wasm: 3 })), "ArgumentError", /wasm has to be an address/u],
        [createConverter({ wasm: "/nowhere/converter.wasm" }), "LoadError", /no such file.*leave out/u],
    ])) {
        await assert.rejects(asked, { name, code: `WHOSAID_${name.replace("Error", "").toUpperCase()}`, message: says });
    }
});

test("importing it does nothing, and the package without it loads none of it", () => {
    const code = `
        globalThis.fetch = () => { throw new Error("fetch was called"); };
        for (const name of ["convert.js", "convert-node.js"]) await import(${JSON.stringify(PACKAGE)} + "/" + name);
        console.log("quiet");`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
    assert.equal(stdout, "quiet\n", stderr);
    const names = readdirSync(PACKAGE).filter(
        (name) => name.endsWith(".js") && readFileSync(`${PACKAGE}/${name}`, "utf8").includes("converter"),
    );
    assert.deepEqual(names, ["cli.js", "convert-node.js", "convert.js"]);
});
