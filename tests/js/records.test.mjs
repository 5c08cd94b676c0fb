/**
 * @file What the page takes for a correction the core can read, however it is damaged; both order a log the same way.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import fc from "fast-check";

import { LAST_TICK, merge, numbered, putLast } from "../../www/state/log.js";
import { Annotator, initSync } from "../../www/pkg/whosaid.js";
import { canRead, isCorrection, isMemory, isPlain, mended } from "../../www/state/records.js";

/** @import {Analysis, Correction} from "../../www/pkg/whosaid.js" */

const pkg = new URL("../../www/pkg/", import.meta.url);
const TEXT = "Anna Berg left.";

/** @type {Annotator} */
let annotator;
/** @type {Analysis} */
let found;

before(() => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
    annotator = new Annotator(readFileSync(new URL("model.bin", pkg)));
    found = annotator.annotate(TEXT);
});

const target = { start: 0, end: 9, exact: "Anna Berg", prefix: "", suffix: " left." };
const who = { name: "Anna Berg", target };

/** Each kind of edit, with all its fields. */
const EDITS = [
    { op: "add", target, mark: "person", everywhere: true },
    { op: "delete", target, mark: "institution", everywhere: false },
    { op: "relabel", target, mark: "person", to: "place", everywhere: true },
    { op: "respan", target, mark: "claim", to: target },
    { op: "qualify", target, kind: "denial", form: "mixed" },
    { op: "attribute", target, speaker: "Anna Berg" },
    { op: "merge", speaker: who, into: { name: "Carl" } },
    { op: "split", target, speaker: "Carl" },
    { op: "rename", speaker: who, name: "Ada" },
    { op: "fact", speaker: who, fact: "role", from: "mayor", to: "baker", former: true },
    { op: "classify", speaker: who, kind: "group", anonymous: true },
    { op: "review", marks: [{ target, mark: "person" }] },
    { op: "undo", correction: "me:1" },
];

const corrections = EDITS.map((edit, index) => ({ id: `me:${index}`, actor: "me", lamport: index, time: "2026-01-01T00:00:00Z", edit }));

/**
 * @param {unknown} value
 * @returns {boolean} Whether the core can read a correction.
 */
function coreReads(value) {
    return annotator.correct(TEXT, found, /** @type {any} */ ([value])).unreadable?.length === 0;
}

/**
 * All places in a value, the outermost first.
 * @param {any} value
 * @returns {(string | number)[][]}
 */
function pathsOf(value) {
    const inner = typeof value === "object" && value !== null ? Object.keys(value) : [];
    return [[], ...inner.flatMap((key) => pathsOf(value[key]).map((path) => [key, ...path]))];
}

/**
 * A value with something else at a place; `undefined`: nothing.
 * @param {any} value
 * @param {readonly (string | number)[]} path
 * @param {unknown} other
 * @returns {any}
 */
function changed(value, [key, ...rest], other) {
    if (key === undefined) {
        return other;
    }
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key] = changed(value[key], rest, other);
    if (copy[key] === undefined) {
        delete copy[key];
    }
    return copy;
}

const OTHERS = [undefined, null, 7, -1, 1.5, LAST_TICK, LAST_TICK + 1, 2 ** 32, NaN, "", "planet", true, [], {}, ["add"]];

test("each kind of correction can be read, and with a field that is unknown here", () => {
    for (const correction of corrections) {
        for (const value of [correction, { ...correction, colour: "red" }, { ...correction, edit: { ...correction.edit, colour: [1] } }]) {
            assert.ok(isCorrection(value) && coreReads(value), JSON.stringify(value));
        }
    }
});

test("what the page takes for a correction the core can read, whatever stands at any place of it", () => {
    let refused = 0;
    for (const correction of corrections) {
        for (const path of pathsOf(correction)) {
            for (const other of OTHERS) {
                const value = changed(correction, path, other);
                const [page, core] = [isCorrection(value), coreReads(value)];
                // The page refuses more: the core takes `null`, as which NaN crosses, for an absent field, and a list for the fields of an object.
                const isLoose = other === null || Number.isNaN(other) || Array.isArray(other);
                assert.ok(page === core || (!page && isLoose), `${JSON.stringify(value)}: page ${page}, core ${core}`);
                refused += page ? 0 : 1;
            }
        }
    }
    assert.ok(refused > 1000, `${refused} are damaged`);
});

test("the page and the core order corrections of one clock the same way, whatever their names", () => {
    const labels = /** @type {const} */ (["person", "institution", "place"]);
    const name = fc.string({ unit: fc.constantFrom("a", "b", "\u{e000}", "\uffff", "\u{10000}", "\u{1f4c8}", "é"), maxLength: 3 });
    fc.assert(
        fc.property(fc.uniqueArray(fc.tuple(name, name), { selector: (pair) => pair.join("|"), minLength: 1, maxLength: 6 }), (names) => {
            const log = names.map(([actor, id], index) => {
                const edit = { op: "add", target, mark: labels[index % labels.length] };
                return /** @type {Correction} */ ({ id: `${id}|${index}`, actor, lamport: 1, time: "", edit });
            });
            const last = /** @type {any} */ (merge(log, []).at(-1)).edit.mark;
            const { analysis } = annotator.correct(TEXT, found, log);
            assert.equal(analysis.mentions.find(({ span }) => span.start === 0 && span.end === 9)?.label, last);
        }),
    );
});

test("what is put last follows all else in the order given, and keeps its clock where it has it already", () => {
    const clocks = fc.array(fc.nat(50), { maxLength: 8 });
    const logOf = (/** @type {string} */ actor) =>
        clocks.map((all) =>
            all.map((lamport, index) => /** @type {Correction} */ ({ ...corrections[0], id: `${actor}:${index}`, actor, lamport })),
        );
    fc.assert(
        fc.property(logOf("me"), logOf("you"), (own, others) => {
            const last = putLast([...others, ...own], own);
            const ids = merge(others, last)
                .slice(others.length)
                .map(({ id }) => id);
            assert.deepEqual(
                ids,
                own.map(({ id }) => id),
            );
            assert.ok(putLast([...others, ...last], last).every((correction, index) => correction === last[index]));
        }),
    );
    assert.deepEqual(
        numbered([{ .../** @type {any} */ (corrections[0]) }], LAST_TICK).map(({ lamport }) => lamport),
        [LAST_TICK],
    );
});

test("a row of the library keeps each field that can be read, and what is not known is no reason to refuse it", () => {
    const row = {
        doc: "d",
        title: "T",
        opened: "2026-01-01",
        corrections: 2,
        corrected: "2026-01-02",
        tally: { claims: 1, speakers: 1, reviewed: 0, all: 2 },
        deleted: "2026",
    };
    assert.deepEqual(mended(row), row);
    const blank = mended({ doc: "d" });
    assert.ok(
        isPlain("shelf", row) &&
            isPlain("shelf", blank) &&
            !isPlain("shelf", { ...row, colour: 1 }) &&
            canRead("shelf", { ...row, colour: 1 }),
    );
    for (const field of Object.keys(row).filter((name) => name !== "doc")) {
        for (const other of [null, -1, {}]) {
            const damaged = { ...row, [field]: other };
            assert.ok(!canRead("shelf", damaged), JSON.stringify(damaged));
            assert.deepEqual(mended(damaged), mended({ ...row, [field]: undefined }));
        }
    }
});

test("lessons that the page takes the core takes, whatever stands at any place of them", () => {
    const name = { words: "Anna", label: "person", rejected: false, missed: true, roles: ["baker"], affiliations: [] };
    const cue = { words: "said", right: 1, wrong: 0, surprise: 0.5, doubt: 0.25, on: true };
    const memory = { learnt: { articles: 1, names: [name], cues: [cue], delta: { cue: [] } }, on: true, from: { d: "2026" } };
    assert.ok(isMemory(memory));
    for (const path of pathsOf(memory)) {
        for (const other of OTHERS) {
            const value = changed(memory, path, other);
            if (isMemory(value)) {
                annotator.teach(value.learnt);
            }
        }
    }
    annotator.teach(undefined);
});
