/**
 * @file Checks which records this version can read. A record from a newer version, or a damaged one, is never
 * applied and never changed.
 *
 * The core reads each correction that `isCorrection` accepts: tests/js/records.test.mjs.
 */

import { LAST_TICK } from "./log.js";
import { scheme } from "../pkg/scheme.js";

/** @import {Correction} from "../pkg/whosaid.js" */
/** @import {Aside, Base, Memory, Row} from "../types.js" */

/** @typedef {(value: any, isStrict?: boolean) => boolean} Check Strict: a field that is unknown here is refused. */

const LONGEST = 0xffff_ffff;

/** @type {Check} */
const isText = (value) => typeof value === "string";

/** @type {Check} */
const isFlag = (value) => typeof value === "boolean";

/** @type {Check} */
const isNumber = (value) => Number.isFinite(value);

/** @param {number} most */
const upTo = (most) => (/** @type {any} */ value) => Number.isInteger(value) && value >= 0 && value <= most;

const isCount = upTo(LONGEST);

/** @param {readonly string[]} names */
const oneOf = (names) => (/** @type {any} */ value) => names.includes(value);

/**
 * @param {Check} is
 * @returns {Check}
 */
const maybe = (is) => (value, isStrict) => value === undefined || is(value, isStrict);

/**
 * @param {Check} is
 * @returns {Check}
 */
const listOf = (is) => (value, isStrict) => Array.isArray(value) && [...value].every((each) => is(each, isStrict));

/**
 * @param {Record<string, Check>} fields
 * @returns {Check}
 */
const shape = (fields) => (value, isStrict) =>
    isObject(value) &&
    Object.entries(fields).every(([name, is]) => is(value[name], isStrict)) &&
    (!isStrict || Object.keys(value).every((name) => Object.hasOwn(fields, name)));

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Corrections: as src/correction/mod.rs has them.

const target = shape({ start: isCount, end: isCount, exact: isText, prefix: maybe(isText), suffix: maybe(isText) });
const mark = oneOf(scheme.Mark);
const speaker = shape({ name: isText, target: maybe(target) });
const kind = oneOf(scheme.ClaimKind);
const form = oneOf(scheme.ClaimForm);
const everywhere = maybe(isFlag);

/** @type {Record<string, Check>} */
const EDITS = {
    add: shape({ op: isText, target, mark, everywhere }),
    delete: shape({ op: isText, target, mark, everywhere }),
    relabel: shape({ op: isText, target, mark, to: mark, everywhere }),
    respan: shape({ op: isText, target, mark, to: target }),
    qualify: shape({ op: isText, target, kind: maybe(kind), form: maybe(form) }),
    attribute: shape({ op: isText, target, speaker: maybe(isText) }),
    merge: shape({ op: isText, speaker, into: speaker }),
    split: shape({ op: isText, target, speaker: maybe(isText) }),
    rename: shape({ op: isText, speaker, name: isText }),
    fact: shape({ op: isText, speaker, fact: oneOf(scheme.FactKind), from: maybe(isText), to: maybe(isText), former: maybe(isFlag) }),
    classify: shape({ op: isText, speaker, kind: oneOf(scheme.SpeakerKind), anonymous: maybe(isFlag) }),
    review: shape({ op: isText, marks: listOf(shape({ target, mark })) }),
    undo: shape({ op: isText, correction: isText }),
};

/** @type {Check} */
const isEdit = (edit, isStrict) => isObject(edit) && Object.hasOwn(EDITS, edit.op) && EDITS[edit.op]?.(edit, isStrict) === true;

const correction = shape({ id: isText, actor: isText, lamport: upTo(LAST_TICK), time: isText, edit: isEdit });

/**
 * @param {unknown} value
 * @returns {value is Correction}
 */
export function isCorrection(value) {
    return correction(value);
}

// Lessons: as src/learning/mod.rs has them.

const name = shape({
    words: isText,
    label: maybe(oneOf(scheme.Label)),
    rejected: isFlag,
    missed: isFlag,
    roles: listOf(isText),
    affiliations: listOf(isText),
});
const cue = shape({ words: isText, right: isCount, wrong: isCount, surprise: isNumber, doubt: isNumber, on: maybe(isFlag) });
const learnt = shape({
    articles: isCount,
    names: listOf(name),
    cues: listOf(cue),
    delta: shape({ cue: listOf(isNumber), model: maybe(isText) }),
});
const memory = shape({
    learnt,
    on: isFlag,
    from: (value) => isObject(value) && Object.values(value).every((each) => isText(each)),
});

/**
 * @param {unknown} value
 * @returns {value is Memory}
 */
export function isMemory(value) {
    return memory(value);
}

const BASE = { model: isText, time: isText, found: isObject };
const base = shape({ doc: isText, ...BASE });

/**
 * Whether an analysis is kept here; the core says whether it can read it.
 * @param {unknown} value
 * @returns {value is Base}
 */
export function isBase(value) {
    return base(value);
}

// Articles, and the rows of the library.

const NUMBERS = { claims: isCount, speakers: isCount };
const isWide = shape({ ...NUMBERS, sources: isCount, checked: maybe(isCount) });
export const isTally = shape({
    ...NUMBERS,
    sources: maybe(isCount),
    attitudes: maybe(isCount),
    checked: maybe(isCount),
    wide: maybe(isWide),
    shares: maybe(listOf(shape({ hue: upTo(7), share: isNumber }))),
    reviewed: isCount,
    all: isCount,
});

const given = listOf(shape({ file: isText, row: isCount, id: isText, time: isText }));

/** @type {Record<string, Check>} */
const ROW = {
    doc: isText,
    title: isText,
    opened: isText,
    corrections: isCount,
    corrected: maybe(isText),
    tally: maybe(isTally),
    given: maybe(given),
    deleted: maybe(isText),
};

/** When an article was opened that nobody opened yet. */
export const NEVER = new Date(0).toISOString();

/** The model of an analysis that another tool's file holds: whoever marked it there. */
export const IMPORTED = "imported";

/** The first version of a model file that holds a precise network: see src/model/file.rs. */
const PRECISE = 3;

/**
 * Whether an analysis was made by a precise network.
 * @param {string | undefined} model What made it.
 */
export function isPrecise(model) {
    return Number(/^network-(\d+)-/.exec(model ?? "")?.[1] ?? 0) >= PRECISE;
}

/**
 * Whether an article keeps the analysis that it has: corrections were made on it, people marked it in another tool, or the user had it
 * read precisely. Any other is read anew.
 * @param {string | undefined} model What made the analysis.
 * @param {readonly unknown[]} log
 */
export function isKeptTo(model, log) {
    return log.length > 0 || model === IMPORTED || isPrecise(model);
}

/** @type {Omit<Row, "doc">} */
const BLANK = { title: "", opened: NEVER, corrections: 0 };

/**
 * A row of the library, with each of its fields that can be read.
 * @param {Record<string, any>} row
 * @returns {Row}
 */
export function mended(row) {
    const right = Object.entries(ROW).filter(([field, is]) => row[field] !== undefined && is(row[field]));
    return { ...BLANK, doc: row.doc, ...Object.fromEntries(right.map(([field]) => [field, row[field]])) };
}

const isFull = (/** @type {any} */ value) => isText(value) && value.trim() !== "";

/**
 * The shape of a record, by the store that holds it.
 * @type {Record<string, Check>}
 */
const STORES = {
    articles: shape({ doc: isText, text: isFull }),
    shelf: shape(ROW),
    events: shape({ doc: isText, id: isText, correction }),
    learnt: shape({ key: oneOf(["corrections"]), value: memory }),
    // An article with its log, as a backup holds it.
    library: shape({
        title: isText,
        text: isFull,
        opened: isText,
        corrections: Array.isArray,
        tally: maybe(isTally),
        given: maybe(given),
        base: maybe(shape(BASE)),
    }),
};

/** The stores that hold the user's work, and the lessons from it. */
export const KEPT = /** @type {const} */ (["articles", "shelf", "events", "learnt"]);

/**
 * @param {string} store
 * @param {any} record
 * @returns {boolean} Whether this version can read a record of a store.
 */
export function canRead(store, record) {
    return Object.hasOwn(STORES, store) && STORES[store]?.(record) === true;
}

/**
 * @param {string} store
 * @param {any} record
 * @returns {boolean} Whether this version would write the record as it stands: it has no field that is unknown here.
 */
export function isPlain(store, record) {
    const isOwn = store !== "events" || record?.id === record?.correction?.id;
    return isOwn && Object.hasOwn(STORES, store) && STORES[store]?.(record, true) === true;
}

/**
 * A record as it stands in a file.
 * @param {unknown} value
 * @returns {string}
 */
export function textOf(value) {
    // JSON has neither BigInt nor `undefined`.
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part)) ?? "null";
}

/**
 * An event of an article that this version cannot read, as a record.
 * @param {string} doc
 * @param {any} value
 * @returns {Aside}
 */
export function unreadEvent(doc, value) {
    const id = isObject(value) && isText(value.id) ? { id: value.id } : {};
    return { store: "events", value: { doc, ...id, correction: value } };
}
