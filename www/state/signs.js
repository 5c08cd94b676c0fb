/**
 * @file The sign of each speaker: a letter, a hue and a shape, the same everywhere on the page. Speakers get letters in the
 * order in which they first say something, and keep them while the article is open, whatever is corrected.
 */

/** @import {Analysis, Claim, Speaker} from "../pkg/whosaid.js" */
/** @import {Sign} from "../types.js" */

/** How many hues there are before they come again; theme.css has them. */
const HUES = 7;

/** The hue of those who are not named. */
const SLATE = 0;

/** The sign of claims that are given to nobody. @type {Sign} */
export const NOBODY = { letter: "–", hue: SLATE, shape: "nobody", name: "" };

/** A name weighs more than any number of places. */
const BY_NAME = 1e9;

/**
 * Somebody who has a letter.
 * @typedef {object} Known
 * @property {string} letter
 * @property {number} [hue] Absent while it is not named.
 * @property {Speaker} speaker As it was seen last.
 * @property {Sign} [sign] The last one: it stays the same object while it looks the same.
 */

/**
 * @typedef {object} Memory
 * @property {string} text
 * @property {Known[]} known
 * @property {WeakMap<Speaker, Known>} bySpeaker
 * @property {number} hues How many were given.
 * @property {Analysis} [of] What was asked for last, with the answer.
 * @property {readonly (Sign | undefined)[]} signs
 */

/** @typedef {ReturnType<typeof createSigns>} Signs */

export function createSigns() {
    const nothing = () => ({ known: [], bySpeaker: new WeakMap(), hues: 0, of: undefined, signs: [] });
    /** @type {Memory} */
    const memory = { text: "", ...nothing() };

    /**
     * @param {string} text The article's.
     * @param {Analysis} analysis All of it, whatever is shown.
     * @returns {readonly (Sign | undefined)[]} By speaker; `undefined` for those who say nothing.
     */
    return (text, analysis) => {
        if (text !== memory.text) {
            Object.assign(memory, { text, ...nothing() });
        }
        if (analysis !== memory.of) {
            Object.assign(memory, { of: analysis, signs: signsOf(memory, analysis) });
        }
        return memory.signs;
    };
}

/**
 * @param {Memory} memory
 * @param {Analysis} analysis
 * @returns {(Sign | undefined)[]}
 */
function signsOf(memory, { speakers, claims }) {
    const speaking = speakingIn(speakers, claims);
    const known = recognised(memory, speaking);
    /** @type {Map<Speaker, Sign>} */
    const signs = new Map();
    for (const speaker of speaking) {
        const one = known.get(speaker) ?? { letter: letter(memory.known.length), speaker };
        if (!known.has(speaker)) {
            memory.known.push(one);
        }
        one.speaker = speaker;
        memory.bySpeaker.set(speaker, one);
        signs.set(speaker, signOf(memory, one));
    }
    return speakers.map((speaker) => signs.get(speaker));
}

/**
 * @param {readonly Speaker[]} speakers
 * @param {readonly Claim[]} claims
 * @returns {Set<Speaker>} Those who say something, in the order in which they first do.
 */
function speakingIn(speakers, claims) {
    const [saying, thinking] = [new Set(), new Set()];
    for (const { speaker = -1, group } of claims) {
        (group === "attitude" ? thinking : saying).add(speaker);
    }
    // Those who only think and want come last: while that is not shown, no letter is missing.
    return new Set([...saying, ...thinking].flatMap((speaker) => speakers[speaker] ?? []));
}

/**
 * Finds who is who after a correction: by the name, or else by the places that mean both.
 * @param {Memory} memory
 * @param {ReadonlySet<Speaker>} speaking
 * @returns {Map<Speaker, Known>}
 */
function recognised({ known, bySpeaker }, speaking) {
    /** @type {Map<Speaker, Known>} */
    const found = new Map();
    const take = (/** @type {Speaker} */ speaker, /** @type {Known | undefined} */ one) => one && found.set(speaker, one);
    speaking.forEach((speaker) => take(speaker, bySpeaker.get(speaker)));
    const taken = new Set(found.values());
    const left = known.filter((one) => !taken.has(one));
    const changed = [...speaking].filter((speaker) => !found.has(speaker));
    const pairs = changed.length > 0 ? pairsOf(changed, left) : [];
    for (const { speaker, one } of pairs.sort((some, other) => other.likeness - some.likeness)) {
        if (!found.has(speaker) && !taken.has(one)) {
            take(speaker, one);
            taken.add(one);
        }
    }
    return found;
}

/**
 * @param {readonly Speaker[]} speakers
 * @param {readonly Known[]} known
 * @returns {{speaker: Speaker, one: Known, likeness: number}[]} Those that may be the same.
 */
function pairsOf(speakers, known) {
    /** @type {Map<string | number, Known[]>} By name, and by the start of each mention. */
    const index = new Map();
    for (const one of known) {
        for (const key of [one.speaker.name, ...one.speaker.mentions.map(({ start }) => start)]) {
            index.set(key, [...(index.get(key) ?? []), one]);
        }
    }
    return speakers.flatMap((speaker) => {
        /** @type {Map<Known, number>} */
        const shared = new Map();
        for (const key of [speaker.name, ...speaker.mentions.map(({ start }) => start)]) {
            for (const one of index.get(key) ?? []) {
                shared.set(one, (shared.get(one) ?? 0) + (key === speaker.name ? BY_NAME : 1));
            }
        }
        return [...shared].map(([one, likeness]) => ({ speaker, one, likeness }));
    });
}

/**
 * @param {Memory} memory
 * @param {Known} known
 * @returns {Sign}
 */
function signOf(memory, known) {
    const { kind, anonymous, name } = known.speaker;
    const shape = anonymous ? "anonymous" : kind;
    if (shape !== "anonymous" && known.hue === undefined) {
        known.hue = 1 + (memory.hues % HUES);
        memory.hues += 1;
    }
    const hue = shape === "anonymous" ? SLATE : (known.hue ?? SLATE);
    if (known.sign?.hue !== hue || known.sign.shape !== shape || known.sign.name !== name) {
        known.sign = { letter: known.letter, hue, shape, name };
    }
    return known.sign;
}

/**
 * @param {number} nth
 * @returns {string} A to Z, then AA, AB and so on.
 */
function letter(nth) {
    const last = String.fromCharCode("A".charCodeAt(0) + (nth % 26));
    return nth < 26 ? last : letter(Math.floor(nth / 26) - 1) + last;
}
