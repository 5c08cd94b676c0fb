/**
 * @file The log of corrections, as values: their order, which of them are in force, what undo and redo would append.
 */

/** @import {Correction, Edit} from "./pkg/whosaid.js" */

/** The clock is a u32 in the core. */
const LAST_TICK = 0xffff_ffff;

/**
 * The order of replay: (lamport, actor, id).
 * @param {Correction} one
 * @param {Correction} other
 * @returns {number}
 */
function compare(one, other) {
    return one.lamport - other.lamport || order(one.actor, other.actor) || order(one.id, other.id);
}

/**
 * @param {string} one
 * @param {string} other
 */
function order(one, other) {
    return one < other ? -1 : Number(one > other);
}

/**
 * Two logs as one, in the order of replay; an id stands once.
 * @param {readonly Correction[]} log
 * @param {readonly Correction[]} more
 * @returns {Correction[]}
 */
export function merge(log, more) {
    const known = new Map([...more, ...log].map((correction) => [correction.id, correction]));
    return [...known.values()].sort(compare);
}

/**
 * The next tick of the log's clock.
 * @param {readonly Correction[]} log
 * @returns {number}
 */
export function tick(log) {
    return Math.min(LAST_TICK, 1 + log.reduce((latest, { lamport }) => Math.max(latest, lamport), 0));
}

/**
 * Which corrections were taken back, and by what: an undo that was itself taken back takes nothing back.
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {Map<string, Correction>} By the id of what was taken back.
 */
export function takenBack(log) {
    /** @type {Map<string, Correction>} */
    const gone = new Map();
    const later = new Set();
    // From the end: an undo reaches back only, so that whether it holds itself is known when its turn comes.
    for (const correction of log.toReversed()) {
        const { edit, id } = correction;
        later.add(id);
        if (edit.op === "undo" && !gone.has(id) && !gone.has(edit.correction) && !later.has(edit.correction)) {
            gone.set(edit.correction, correction);
        }
    }
    return gone;
}

/**
 * A correction with where it stands.
 * @typedef {object} Entry
 * @property {Correction} correction Never an undo.
 * @property {Correction} [back] The undo that took it back, where one is in force.
 */

/**
 * The corrections that say something about the text, undos left out.
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {Entry[]}
 */
export function entries(log) {
    const gone = takenBack(log);
    return log
        .filter(({ edit }) => edit.op !== "undo")
        .map((correction) => ({ correction, back: gone.get(correction.id) }));
}

/**
 * The last correction in force.
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {Correction | undefined}
 */
export function lastInForce(log) {
    return entries(log).findLast(({ back }) => !back)?.correction;
}

/**
 * The edit that takes the last correction in force back.
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {Edit | undefined}
 */
export function undo(log) {
    const last = lastInForce(log);
    return last && { op: "undo", correction: last.id };
}

/**
 * The edit that puts back what was taken back last, unless a new correction came since.
 * @param {readonly Correction[]} log In the order of replay.
 * @returns {Edit | undefined}
 */
export function redo(log) {
    const all = entries(log);
    const held = lastInForce(log);
    const backs = all.flatMap(({ back }) => (back ? [back] : [])).sort(compare);
    const last = backs.at(-1);
    return last && (!held || compare(last, held) > 0) ? { op: "undo", correction: last.id } : undefined;
}

/**
 * What an edit does, as one that takes nothing back: of an undo, the way back.
 * @param {readonly Correction[]} log
 * @param {Edit} edit
 * @returns {Edit | undefined} `undefined` where no other edit does the same.
 */
export function effectOf(log, edit) {
    if (edit.op !== "undo") {
        return edit;
    }
    const taken = log.find(({ id }) => id === edit.correction)?.edit;
    switch (taken?.op) {
        case "undo": {
            const again = log.find(({ id }) => id === taken.correction)?.edit;
            return again && effectOf(log, again);
        }
        case "respan":
            return { ...taken, target: taken.to, to: taken.target };
        case "relabel":
            return { ...taken, mark: taken.to, to: taken.mark };
        case "delete":
            return { ...taken, op: "add" };
        default:
            return undefined;
    }
}
