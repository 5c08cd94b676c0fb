/**
 * @file The signs of speakers: letters in the order of speaking, which stay whatever is corrected.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { cutAt, quotesIn } from "../../www/state/quotes.js";
import { createSigns } from "../../www/state/signs.js";
import { isUnsure, sureness } from "../../www/state/unsure.js";

/** @import {Analysis, Claim, Speaker} from "../../www/pkg/whosaid.js" */

/**
 * @param {string} name
 * @param {number} at Where it is named.
 * @param {Partial<Speaker>} [more]
 * @returns {Speaker}
 */
const speaker = (name, at, more = {}) => ({
    name,
    kind: "person",
    roles: [],
    affiliations: [],
    mentions: [{ start: at, end: at + name.length }],
    ...more,
});

/**
 * @param {number} who Index of its speaker.
 * @param {Partial<Claim>} [more]
 * @returns {Claim}
 */
const claim = (who, more = {}) => ({
    content: [{ start: 0, end: 1 }],
    form: "direct",
    kind: "statement",
    confidence: 1,
    origin: "model",
    speaker: who,
    ...more,
});

/**
 * @param {readonly Speaker[]} speakers
 * @param {readonly Claim[]} claims
 * @returns {Analysis}
 */
const analysis = (speakers, claims) =>
    /** @type {Analysis} */ ({ language: "en", model: "", zones: [], mentions: [], speakers: [...speakers], claims: [...claims] });

const [anna, bo, carl] = [speaker("Anna", 10), speaker("Bo", 20), speaker("Carl", 30)];

/** @param {readonly ({letter: string} | undefined)[]} signs */
const letters = (signs) => signs.map((sign) => sign?.letter).join();

test("letters follow the order of first claims; who only thinks comes last, and who says nothing has none", () => {
    const signs = createSigns();
    const thought = claim(0, { group: "attitude" });
    assert.equal(letters(signs("", analysis([anna, bo, carl], [thought, claim(2), claim(1), claim(2)]))), "C,B,A");
    assert.equal(letters(createSigns()("", analysis([anna, bo, carl], [claim(2)]))), ",,A");
});

test("a speaker keeps letter and hue, whatever is corrected; a new one gets the next", () => {
    const signs = createSigns();
    const text = "an article";
    const before = signs(text, analysis([anna, bo, carl], [claim(0), claim(1), claim(2)]));
    assert.equal(letters(before), "A,B,C");
    const merged = { ...anna, mentions: [...anna.mentions, ...bo.mentions] };
    assert.equal(letters(signs(text, analysis([merged, carl], [claim(0), claim(1)]))), "A,C");
    const renamed = { ...carl, name: "Carl Berg" };
    const dora = speaker("Dora", 40);
    const now = signs(text, analysis([dora, renamed, { ...anna }, { ...bo }], [claim(0), claim(1), claim(2), claim(3)]));
    assert.equal(letters(now), "D,C,A,B");
    assert.deepEqual(
        now.map((sign) => sign?.hue),
        [4, 3, 1, 2],
    );
    assert.equal(now[2], before[0], "the same object, so that nothing is drawn again");
    const parted = [speaker("Carl", 31), { ...renamed, mentions: [] }];
    assert.equal(letters(signs(text, analysis(parted, [claim(0), claim(1)]))), "E,C");
    assert.equal(letters(signs("another", analysis([carl], [claim(0)]))), "A");
});

test("seven hues come in turn, whoever is not named has none and takes none", () => {
    const many = Array.from({ length: 28 }, (_, nth) => speaker(`Speaker ${nth}`, 100 * nth, { anonymous: nth === 1 }));
    const signs = createSigns();
    const claims = many.map((_, nth) => claim(nth));
    const found = signs("", analysis(many, claims));
    assert.deepEqual(
        found.slice(0, 10).map((sign) => sign?.hue),
        [1, 0, 2, 3, 4, 5, 6, 7, 1, 2],
    );
    assert.equal(found[1]?.shape, "anonymous");
    assert.deepEqual(
        found.slice(24).map((sign) => sign?.letter),
        ["Y", "Z", "AA", "AB"],
    );
    const named = many.map((one) => ({ ...one, anonymous: false }));
    assert.equal(signs("", analysis(named, claims))[1]?.hue, 7, "27 others took hues before");
});

test("a claim is uncertain where it or its speaker is, unless the user confirmed it", () => {
    assert.equal(isUnsure(claim(0, { confidence: 0.9, speaker_confidence: 0.59 })), true);
    assert.equal(isUnsure(claim(0, { confidence: 0.59, speaker_confidence: 0.9 })), true);
    assert.equal(isUnsure(claim(0, { confidence: 0.6, speaker_confidence: 0.6 })), false);
    assert.equal(isUnsure(claim(0, { confidence: 0.3, origin: "user" })), false);
    const nobodys = claim(0, { confidence: 0.9, speaker_confidence: 0, speaker: undefined });
    assert.equal(sureness(nobodys), 0.9);
});

test("the quoted words of a claim are those between marks, apostrophes left alone", () => {
    /** @type {[text: string, quoted: string[]][]} */
    const rows = [
        ["the plan “a betrayal” of it", ["“a betrayal”"]],
        ['the plan "a betrayal" and "more" of it', ['"a betrayal"', '"more"']],
        ["it’s ‘the council’s plan’ again", ["‘the council’s plan’"]],
        ["the workers' and the union's 'bad deal' here", ["'bad deal'"]],
        ["it goes on: “and never ends", ["“and never ends"]],
        ["nothing is quoted", []],
    ];
    for (const [text, quoted] of rows) {
        const whole = { start: 0, end: text.length };
        const quotes = quotesIn(text, whole);
        const pieces = cutAt(whole, quotes);
        const said = (/** @type {{start: number, end: number}} */ { start, end }) => text.slice(start, end);
        assert.deepEqual(pieces.filter(({ isQuoted }) => isQuoted).map(said), quoted, text);
        assert.equal(pieces.map(said).join(""), text);
    }
    assert.deepEqual(cutAt({ start: 6, end: 8 }, [{ start: 2, end: 20 }]), [{ start: 6, end: 8, isQuoted: true }]);
});
