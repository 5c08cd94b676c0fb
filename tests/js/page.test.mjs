/**
 * @file The page's modules that know no node: their laws, with any input.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import fc from "fast-check";

import { entries, merge, redo, takenBack, tick, undo } from "../../www/state/log.js";
import { Annotator, initSync } from "../../www/pkg/whosaid.js";
import { blocksOf } from "../../www/state/blocks.js";
import { annotationsOf, createAnnotations, withKey } from "../../www/state/annotations.js";
import { markedIn, remarked, segmentsOf } from "../../www/state/segments.js";
import { targetOf, tidy } from "../../www/state/target.js";
import { accept, decode, normalise } from "../../www/state/text.js";

/** @import {Analysis, Claim, Correction, Edit, Mention} from "../../www/pkg/whosaid.js" */
/** @import {Block, Filtered, Sign} from "../../www/types.js" */

const pkg = new URL("../../www/pkg/", import.meta.url);

/** @type {Annotator} */
let annotator;

before(() => {
    initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
    annotator = new Annotator(readFileSync(new URL("model.bin", pkg)));
});

// Segments.

const LENGTH = 60;

const span = fc.tuple(fc.nat(LENGTH), fc.nat(LENGTH)).map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));

const speaker = fc.option(fc.nat(3), { nil: undefined });

const mention = fc
    .tuple(span, speaker)
    .map(([place, who]) => /** @type {Mention} */ ({ span: place, label: "person", form: "name", confidence: 1, speaker: who }));

const claim = fc
    .tuple(fc.array(span, { minLength: 1, maxLength: 3 }), speaker)
    .map(([content, who]) => /** @type {Claim} */ ({ content, form: "direct", kind: "statement", confidence: 1, speaker: who }));

/** @type {fc.Arbitrary<Analysis>} */
const analysis = fc.record({
    language: fc.constant("en"),
    model: fc.constant(""),
    zones: fc.constant([]),
    mentions: fc.array(mention),
    claims: fc.array(claim),
    speakers: fc.constant([]),
});

const paragraphs = fc
    .uniqueArray(fc.nat(LENGTH), { minLength: 2 })
    .map((cuts) => cuts.sort((one, other) => one - other))
    .map((cuts) => cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? 0, end, zone: /** @type {const} */ ("body") })));

test("segments lie side by side, cover their paragraph, and know all that is marked there", () => {
    fc.assert(
        fc.property(analysis, paragraphs, (found, blocks) => {
            const annotations = annotationsOf(found);
            const lists = markedIn(blocks, annotations).map((marked, index) => segmentsOf(/** @type {Block} */ (blocks[index]), marked));
            assert.equal(lists.length, blocks.length);
            blocks.forEach((block, index) => {
                const segments = lists[index] ?? [];
                assert.equal(segments[0]?.start, block.start);
                assert.equal(segments.at(-1)?.end, block.end);
                segments.forEach(({ start, end, all, shown }, nth) => {
                    assert.ok(start < end);
                    assert.equal(segments[nth + 1]?.start ?? block.end, end);
                    for (let at = start; at < end; at += 1) {
                        const here = annotations.filter(({ parts }) => parts.some((part) => part.start <= at && at < part.end));
                        assert.deepEqual(new Set(all.map(({ key }) => key)), new Set(here.map(({ key }) => key)));
                    }
                    assert.ok(shown.every((annotation) => all.includes(annotation)));
                });
            });
        }),
    );
});

test("after a change the lists of the paragraphs are those that are made of all annotations", () => {
    fc.assert(
        fc.property(analysis, analysis, fc.array(fc.boolean()), paragraphs, (found, others, kept, blocks) => {
            const isKept = (/** @type {unknown} */ _, /** @type {number} */ index) => kept[index] ?? true;
            const next = {
                ...found,
                mentions: [...found.mentions.filter(isKept), ...others.mentions.slice(0, 2)],
                claims: [...found.claims.filter(isKept), ...others.claims.slice(0, 2)],
            };
            const [before, now] = [annotationsOf(found), annotationsOf(next)];
            const places = /** @type {Block[]} */ (blocks);
            const lists = remarked(places, markedIn(places, before), before, now);
            assert.deepEqual(
                lists.map((list) => list.map((one) => now.indexOf(one))),
                markedIn(places, now).map((list) => list.map((one) => now.indexOf(one))),
            );
            now.forEach((annotation) => assert.equal(withKey(now, annotation.key)?.key, annotation.key));
            assert.equal(withKey(now, "claim:1000:1001"), undefined);
        }),
    );
});

test("one analysis after the other has the annotations that it has by itself", () => {
    const some = ["A", "B"].map((letter, hue) => /** @type {Sign} */ ({ letter, hue, shape: "person", name: letter }));
    const sign = fc.option(fc.constantFrom(...some), { nil: undefined });
    const step = fc.record({
        more: analysis,
        kept: fc.array(fc.boolean()),
        signs: fc.option(fc.array(sign, { maxLength: 3 }), { nil: undefined }),
        isTurned: fc.boolean(),
    });
    /** Of new objects nothing is known. @param {Filtered} given @returns {Filtered} */
    const copy = (given) => ({
        ...given,
        mentions: given.mentions.map((one) => ({ ...one })),
        claims: given.claims.map((one) => ({ ...one })),
    });
    fc.assert(
        fc.property(analysis, fc.array(step, { maxLength: 5 }), (found, steps) => {
            const follow = createAnnotations();
            let now = copy(found);
            follow(now);
            for (const { more, kept, signs, isTurned } of steps) {
                const isKept = (/** @type {unknown} */ _, /** @type {number} */ index) => kept[index] ?? true;
                const claims = [...now.claims.filter(isKept), ...more.claims.slice(0, 2)];
                now = {
                    ...now,
                    mentions: [...more.mentions.slice(0, 2), ...now.mentions.filter(isKept)],
                    claims: isTurned ? claims.toReversed() : claims,
                    signs: signs ?? now.signs,
                };
                assert.deepEqual(follow(now), annotationsOf(copy(now)));
                assert.equal(follow(now), follow({ ...now }));
            }
        }),
    );
});

test("claims that overlap have lines of their own", () => {
    fc.assert(
        fc.property(analysis, (found) => {
            const claims = annotationsOf(found).filter(({ mark }) => mark === "claim");
            for (const [index, one] of claims.entries()) {
                for (const other of claims.slice(index + 1)) {
                    const apart = one.end <= other.start || other.end <= one.start;
                    assert.ok(apart || one.lane !== other.lane);
                }
            }
        }),
    );
});

test("paragraphs hold all of a text but white space, in pieces of bearable length", () => {
    const words = fc.array(fc.constantFrom("a", " ", "\n", "word ", "long".repeat(3000), "\u{1F4C8} "), { maxLength: 20 });
    fc.assert(
        fc.property(words, fc.array(span, { maxLength: 3 }), (pieces, places) => {
            const text = pieces.join("");
            let last = 0;
            const zones = places
                .sort((one, other) => one.start - other.start)
                .filter(({ start, end }) => {
                    const fits = start >= last && end <= text.length;
                    last = fits ? end : last;
                    return fits;
                })
                .map((place) => ({ span: place, zone: /** @type {const} */ ("footer") }));
            const blocks = blocksOf(text, zones);
            const shown = blocks.map(({ start, end }) => text.slice(start, end));
            assert.equal(shown.join("").replace(/\s/gu, ""), text.replace(/\s/gu, ""));
            assert.ok(shown.every((block) => block.length <= 20_000 && block.trim() === block && block !== ""));
        }),
    );
});

// The log.

const TEXT = "Ada Bea Cleo Dora Edda Fay Gala Hera Ida Jo";

/**
 * A log: adds of different words, and undos of what stands anywhere in it.
 * @type {fc.Arbitrary<Correction[]>}
 */
const log = fc.array(fc.tuple(fc.boolean(), fc.nat(9), fc.nat(12), fc.constantFrom("me", "you")), { maxLength: 10 }).map((steps) =>
    steps.map(([isUndo, of, lamport, actor], index) => {
        const word = /** @type {string} */ (TEXT.split(" ")[index]);
        const start = TEXT.indexOf(word);
        /** @type {Edit} */
        const edit = isUndo
            ? { op: "undo", correction: `${of}` }
            : { op: "add", mark: "place", target: targetOf(TEXT, { start, end: start + word.length }) };
        return { id: `${index}`, actor, lamport, time: "2025-01-01T00:00:00Z", edit };
    }),
);

/** @param {readonly Correction[]} corrections */
function inForce(corrections) {
    return entries(corrections).flatMap(({ correction, back }) => (back ? [] : [correction.id]));
}

test("merged logs are the same whichever comes first, and however often", () => {
    fc.assert(
        fc.property(log, fc.nat(10), (all, cut) => {
            const [one, other] = [all.slice(0, cut), all.slice(Math.max(0, cut - 3))];
            assert.deepEqual(merge(one, other), merge(other, one));
            assert.deepEqual(merge(merge(one, other), one), merge(one, other));
            assert.ok(all.every(({ lamport }) => lamport < tick(all)));
        }),
    );
});

test("the log shows as in force what the core has in force", () => {
    fc.assert(
        fc.property(log, (corrections) => {
            const found = annotator.annotate(TEXT);
            const bare = { ...found, mentions: [], claims: [], speakers: [] };
            const revision = annotator.correct(TEXT, bare, corrections);
            const marked = revision.analysis.mentions.map(({ span: place }) => TEXT.slice(place.start, place.end));
            const sorted = merge([], corrections);
            const kept = entries(sorted).filter(({ back }) => !back);
            const words = kept.map(({ correction: { edit } }) => (edit.op === "add" ? edit.target.exact : ""));
            assert.deepEqual(marked.sort(), words.sort());
        }),
    );
});

test("undo takes the last correction back, redo puts it back, until a new one comes", () => {
    fc.assert(
        fc.property(log, (corrections) => {
            let all = merge(
                [],
                corrections.filter(({ edit }) => edit.op !== "undo"),
            );
            const first = inForce(all);
            const step = (/** @type {Edit | undefined} */ edit) => {
                assert.ok(edit);
                all = merge(all, [{ id: `u${all.length}`, actor: "me", lamport: tick(all), time: "", edit }]);
            };
            first.forEach((_, index) => {
                step(undo(all));
                assert.deepEqual(inForce(all), first.slice(0, first.length - 1 - index));
            });
            assert.equal(undo(all), undefined);
            first.forEach((_, index) => {
                step(redo(all));
                assert.deepEqual(inForce(all), first.slice(0, index + 1));
            });
            assert.equal(redo(all), undefined);
            assert.equal(takenBack(all).size, first.length, "every undo was taken back, and nothing else");
        }),
    );
});

test("a new correction ends what can be put back", () => {
    const add = (/** @type {string} */ id, /** @type {number} */ lamport) => {
        /** @type {Edit} */
        const edit = { op: "add", mark: "place", target: targetOf(TEXT, { start: 0, end: 3 }) };
        return { id, actor: "me", lamport, time: "", edit };
    };
    const back = { ...add("b", 2), edit: /** @type {Edit} */ ({ op: "undo", correction: "a" }) };
    assert.deepEqual(redo([add("a", 1), back]), { op: "undo", correction: "b" });
    assert.equal(redo([add("a", 1), back, add("c", 3)]), undefined);
});

// Text and targets.

test("a text that comes in is well formed, keeps its lone CR, and comes in once", () => {
    for (const [raw, kept] of [
        ["a\r\nb", "a\nb"],
        ["a\rb", "a\rb"],
        ["a\r\r\nb", "a\r\nb"],
        ["\uFEFFa", "a"],
        ["\u{1F4C8}", "\u{1F4C8}"],
        ["\ud83d x \udcc8", "\ufffd x \ufffd"],
    ]) {
        assert.equal(normalise(raw ?? ""), kept);
    }
    for (const raw of ["", " \n\t", "\u00a0", "\uFEFF"]) {
        assert.throws(() => accept(raw), { name: "empty" });
    }
});

test("bytes are text in UTF-8 and UTF-16, and what has control characters is none", () => {
    const bytes = (/** @type {number[]} */ ...list) => decode(new Uint8Array(list));
    assert.equal(bytes(0xe2, 0x80, 0x9c), "“");
    assert.equal(bytes(0xff, 0xfe, 0x41, 0x00), "A");
    assert.equal(bytes(0xfe, 0xff, 0x00, 0x41), "A");
    for (const start of [
        [0x50, 0x4b, 0x03, 0x04],
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a],
        [0x41, 0x00],
    ]) {
        assert.throws(() => bytes(...start), { name: "notText" });
    }
});

test("a selection means whole words, without the white space around them", () => {
    const text = "The \u{1F4C8} rose, Anna-Lena O’Neill said.\n\nNext.";
    for (const [selected, meant] of [
        ["na-Le", "Anna-Lena"],
        [" rose, ", "rose,"],
        ["Neil", "O’Neill"],
        ["aid.\n\nNe", "said.\n\nNext"],
        ["\u{1F4C8}", "\u{1F4C8}"],
        [" ", undefined],
    ]) {
        const start = text.indexOf(selected ?? "");
        const place = tidy(text, { start, end: start + (selected ?? "").length });
        assert.equal(place && text.slice(place.start, place.end), meant, JSON.stringify(selected));
    }
});

test("a target cuts no character in two", () => {
    const text = "\u{1F4C8}".repeat(40);
    const { exact, prefix, suffix } = targetOf(text, { start: 40, end: 42 });
    for (const part of [exact, prefix ?? "", suffix ?? ""]) {
        assert.equal(part, normalise(part));
        assert.ok(part.length > 0 && part.length <= 33);
    }
    fc.assert(
        fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (any, one, other) => {
            const [start, end] = [one % (any.length + 1), other % (any.length + 1)].sort((a, b) => a - b);
            const target = targetOf(any, { start: start ?? 0, end: end ?? 0 });
            assert.equal(any.slice(0, start).endsWith(target.prefix ?? ""), true);
            assert.equal(any.slice(end).startsWith(target.suffix ?? ""), true);
        }),
    );
});
