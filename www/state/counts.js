/**
 * @file An article in numbers: how many claims, speakers and sources are shown, and how many claims are hidden. The
 * page counts nowhere else, so every place says the same.
 */

/** @import {Analysis, Claim, Sources, Speaker, Summary, Voice} from "../pkg/whosaid.js" */
/** @import {Counts} from "../types.js" */

/**
 * @param {Analysis} view The part of an analysis that is shown.
 * @param {Analysis} whole All of it.
 * @returns {Counts}
 */
export function counts(view, whole) {
    const shown = new Set(view.claims);
    const hidden = whole.claims.filter((claim) => !shown.has(claim));
    const attitudes = hidden.filter(({ group }) => group === "attitude").length;
    return {
        claims: shown.size,
        speakers: speaking(view).size,
        sources: sourcesOf(view).size,
        attitudes,
        others: hidden.length - attitudes,
    };
}

/**
 * The figures of some claims, as the core makes them of all.
 * @param {Analysis} analysis
 * @param {readonly Claim[]} claims Those that count.
 * @returns {Summary}
 */
export function summarise({ speakers, summary }, claims) {
    const voices = speakers.map((_, speaker) => silent(speaker));
    for (const { speaker = -1, words = 0 } of claims) {
        add(voices[speaker], { claims: 1, words });
    }
    const together = (summary?.institutions ?? []).map(({ speaker, people = [] }) => {
        const joint = { ...silent(speaker), people };
        new Set([speaker, ...people]).forEach((one) => add(joint, voices[one] ?? silent(one)));
        return joint;
    });
    const sources = { named: 0, anonymous: 0, institutional: 0, documents: 0, groups: 0 };
    for (const source of sourcesOf({ speakers, claims })) {
        sources[sortOf(/** @type {Speaker} */ (speakers[source]))] += 1;
    }
    return {
        claims: claims.length,
        words: claims.reduce((sum, { words = 0 }) => sum + words, 0),
        attitudes: 0,
        unattributed: claims.filter(({ speaker }) => speaker === undefined).length,
        sources,
        speakers: inOrder(voices),
        institutions: inOrder(together),
    };
}

/**
 * The speakers who make at least one of the claims.
 * @param {{claims: readonly Pick<Claim, "speaker">[]}} analysis
 * @returns {Set<number>}
 */
function speaking({ claims }) {
    return new Set(claims.flatMap(({ speaker }) => speaker ?? []));
}

/**
 * The same, but a group whose members are known counts as these.
 * @param {{speakers: readonly Speaker[], claims: readonly Pick<Claim, "speaker">[]}} analysis
 * @returns {Set<number>}
 */
function sourcesOf({ speakers, claims }) {
    const members = (/** @type {number} */ one) => (speakers[one]?.members ?? []).filter((member) => member in speakers);
    return new Set([...speaking({ claims })].flatMap((one) => (members(one).length > 0 ? members(one) : one)));
}

/** @type {Record<Speaker["kind"], keyof Sources>} */
const SORTS = {
    person: "named",
    institution: "institutional",
    document: "documents",
    group: "groups",
    anonymous: "anonymous",
};

/**
 * The sorts that a speaker counts among: those of its members where they are known.
 * @param {readonly Speaker[]} speakers
 * @param {number | undefined} speaker
 * @returns {Set<keyof Sources | "unattributed">}
 */
export function sortsOf(speakers, speaker) {
    const all = sourcesOf({ speakers, claims: speaker === undefined ? [] : [{ speaker }] });
    return new Set(speaker === undefined ? ["unattributed"] : [...all].map((one) => sortOf(/** @type {Speaker} */ (speakers[one]))));
}

/**
 * @param {Speaker} speaker
 * @returns {keyof Sources}
 */
function sortOf({ kind, anonymous }) {
    return anonymous ? "anonymous" : SORTS[kind];
}

/**
 * @param {number} speaker
 * @returns {Voice}
 */
function silent(speaker) {
    return { speaker, claims: 0, words: 0, attitudes: 0 };
}

/**
 * @param {Voice | undefined} voice
 * @param {{claims: number, words: number}} said
 */
function add(voice, { claims, words }) {
    if (voice) {
        voice.claims += claims;
        voice.words += words;
    }
}

/**
 * The voices with claims, most words first.
 * @param {Voice[]} voices
 */
function inOrder(voices) {
    const compare = (/** @type {Voice} */ one, /** @type {Voice} */ other) =>
        other.words - one.words || other.claims - one.claims || one.speaker - other.speaker;
    return voices.filter(({ claims }) => claims > 0).sort(compare);
}
