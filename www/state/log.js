/**
 * @file The log of corrections, as values: their order, which of them are in force, the edits that undo and redo
 * append.
 */

/** @import {Correction, Edit} from "../pkg/whosaid.js" */
/** @import {Open, Row} from "../types.js" */

/** The greatest clock that a correction can have. */
export const LAST_TICK = 1_000_000_000;

const utf8 = new TextEncoder();

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
 * The order of two strings' bytes, which the core sorts by: that of UTF-16 code units differs beyond U+FFFF.
 * @param {string} one
 * @param {string} other
 */
function order(one, other) {
    if (one === other) {
        return 0;
    }
    const [bytes, others] = [utf8.encode(one), utf8.encode(other)];
    const at = bytes.findIndex((byte, index) => byte !== others[index]);
    return at < 0 ? -1 : (bytes[at] ?? 0) - (others[at] ?? -1);
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
 * The log of an article with the corrections of the open article, if it is that one, that could not be saved.
 * @param {readonly Correction[]} log As it is kept.
 * @param {string} doc
 * @param {Pick<Open, "doc" | "log"> | undefined} open
 * @returns {Correction[]}
 */
export function withUnsaved(log, doc, open) {
    return merge(log, open?.doc === doc ? open.log : []);
}

/**
 * The greatest clock in a log.
 * @param {readonly Correction[]} log
 * @returns {number}
 */
export function latest(log) {
    return log.reduce((greatest, { lamport }) => Math.max(greatest, lamport), 0);
}

/**
 * The next tick of the log's clock.
 * @param {readonly Correction[]} log
 * @returns {number}
 */
export function tick(log) {
    return Math.min(LAST_TICK, latest(log) + 1);
}

/**
 * Corrections with clocks that follow a clock, in the order given; one that has its clock already stays the same object.
 * @param {readonly Correction[]} corrections
 * @param {number} clock
 * @returns {Correction[]}
 */
export function numbered(corrections, clock) {
    return corrections.map((correction, index) => {
        const lamport = Math.min(LAST_TICK, clock + 1 + index);
        return correction.lamport === lamport ? correction : { ...correction, lamport };
    });
}

/**
 * Gives some corrections of a log new clocks, so that they follow all the others in the order given.
 * @param {readonly Correction[]} log
 * @param {readonly Correction[]} last
 * @returns {Correction[]} These corrections, with their new clocks.
 */
export function putLast(log, last) {
    const ids = new Set(last.map(({ id }) => id));
    return numbered(last, latest(log.filter(({ id }) => !ids.has(id))));
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
    // From the end: an undo reaches back only, so it is known by then whether it was undone itself.
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
 * A correction, and the undo of it.
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
    return log.filter(({ edit }) => edit.op !== "undo").map((correction) => ({ correction, back: gone.get(correction.id) }));
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
 * The edit that redoes the last undone correction, unless a new correction came since.
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
 * The effect of an edit, as an edit that is no undo: for an undo, the reverse of the undone edit.
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

/**
 * The numbers that the library shows of a log.
 * @param {readonly Correction[]} log In any order.
 * @returns {Pick<Row, "corrections" | "corrected">}
 */
export function countsOf(log) {
    const corrections = entries(merge(log, [])).filter(({ back }) => !back).length;
    const corrected = log.map(({ time }) => time).reduce((last, time) => (time > last ? time : last), "");
    return { corrections, ...(corrected && { corrected }) };
}
