/**
 * @file What the page counts of the claims that it shows is what the core counts, where the core counts the same claims.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { before, test } from "node:test";

import { counts, summarise } from "../../www/state/counts.js";
import { Annotator, initSync } from "../../www/pkg/whosaid.js";

/** @import {Analysis, Summary} from "../../www/pkg/whosaid.js" */

const root = new URL("../../", import.meta.url);
const pages = new URL("tests/articles/", root);

/** @type {(Analysis & {summary: Summary})[]} */
let analyses;

before(() => {
    initSync({ module: readFileSync(new URL("www/pkg/whosaid_bg.wasm", root)) });
    const annotator = new Annotator(readFileSync(new URL("www/pkg/model.bin", root)));
    const names = readdirSync(pages).filter((name) => name.endsWith(".txt"));
    analyses = names.map((name) => {
        const analysis = annotator.annotate(readFileSync(new URL(name, pages), "utf8"));
        assert.ok(analysis.summary);
        return { ...analysis, summary: analysis.summary };
    });
});

test("the figures of what is said are the core's", () => {
    for (const analysis of analyses) {
        const { summary } = analysis;
        const said = analysis.claims.filter(({ group }) => group === "statement");
        const found = summarise(analysis, said);
        const shares = (/** @type {typeof summary.speakers} */ voices) =>
            voices.filter(({ claims }) => claims > 0).map(({ speaker, claims, words }) => ({ speaker, claims, words }));
        assert.deepEqual([found.claims, found.words], [summary.claims, summary.words]);
        assert.deepEqual(shares(found.speakers), shares(summary.speakers));
        assert.deepEqual(shares(found.institutions), shares(summary.institutions));
    }
    assert.ok(analyses.some(({ summary }) => summary.institutions.some(({ people = [] }) => people.length > 0)));
});

test("the sorts of sources are the core's, where all claims count", () => {
    for (const analysis of analyses) {
        const { sources, unattributed } = summarise(analysis, analysis.claims);
        assert.deepEqual({ sources, unattributed }, { sources: analysis.summary.sources, unattributed: analysis.summary.unattributed });
    }
});

test("what is not shown is counted, and who speaks makes a claim that is shown", () => {
    for (const analysis of analyses) {
        const shown = analysis.claims.filter((_, index) => index % 3 !== 0);
        const { claims, speakers, sources, attitudes, others } = counts({ ...analysis, claims: shown }, analysis);
        assert.equal(claims + attitudes + others, analysis.claims.length);
        assert.equal(speakers, new Set(shown.map(({ speaker }) => speaker).filter((speaker) => speaker !== undefined)).size);
        assert.ok(sources >= speakers || shown.some(({ speaker = -1 }) => analysis.speakers[speaker]?.members?.length));
    }
});
