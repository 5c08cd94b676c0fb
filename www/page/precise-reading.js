/**
 * @file Reads the open article with the precise network, when the user asks for it: the small network's reading is on the screen
 * until then. Fetches the network once, tells how far it is, and says what hinders.
 */

import { failure } from "../core/failure.js";
import { createReader } from "../core/reader.js";
import { createPreciseFile } from "../device/precise.js";
import { settings } from "../device/settings.js";
import { createProgress } from "../shell/progress.js";
import { IMPORTED } from "../state/records.js";
import { counted } from "../words/plain.js";
import { precise as english } from "../words/precise.js";
import { later } from "../words/words.js";
import { weigh } from "./again.js";
import { createPreciseOffer } from "./precise-offer.js";

/** @import {Reader} from "../core/reader.js" */
/** @import {PreciseFile} from "../device/precise.js" */
/** @import {KeptSession} from "../keep/keep.js" */
/** @import {Learnt} from "../pkg/whosaid.js" */
/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {Client, Counts, Open, Precise, Reread, ThreadLike} from "../types.js" */
/** @import {Message} from "../words/messages.js" */

const words = later("precise", english);

/**
 * @typedef {object} Given
 * @property {Precise} precise
 * @property {{line: HTMLElement, menu: HTMLElement, progress: HTMLElement}} nodes Where it is offered, and shown how far it is.
 * @property {Client} client The page's, which answers corrections.
 * @property {KeptSession} session
 * @property {ReturnType<typeof createNotices>} notices
 * @property {Attempt} attempt
 * @property {(doc: string) => Promise<Learnt | undefined>} learnt The lessons that an article is read with.
 * @property {(model: Uint8Array<ArrayBuffer>) => ThreadLike} start Starts a thread of the core with this model.
 * @property {() => Counts | undefined} counts Of what is shown.
 */

/**
 * @typedef {Given & {
 *     file: PreciseFile,
 *     offer: ReturnType<typeof createPreciseOffer>,
 *     progress: ReturnType<typeof createProgress>,
 *     reader?: Reader,
 *     note?: string,
 *     stop?: AbortController,
 * }} State `stop` is there while it works; `note` is to be told with what was read.
 */

/** @param {Given} given */
export function createPreciseReading(given) {
    const { precise, nodes } = given;
    const progress = createProgress(() => state.stop?.abort(), { id: "precise", stages: words.stages });
    const ask = () => void read(state, state.offer.bytes());
    const offer = createPreciseOffer({ words, nodes, setting: settings.precise, ask, turned: () => void show(state) });
    /** @type {State} */
    const state = { ...given, file: createPreciseFile(precise), offer, progress };
    nodes.progress.append(progress.node);
    return {
        show: () => show(state),

        /** Lets go of the network. */
        forget() {
            state.stop?.abort();
            endReader(state);
        },
    };
}

/** @param {State} state */
function endReader(state) {
    state.reader?.dispose();
    state.reader = undefined;
}

/**
 * Offers to read the open article, or reads it where the user wants that always and has corrected nothing.
 * @param {State} state
 */
async function show(state) {
    const isHere = await offerIt(state);
    const open = state.session.current();
    if (isHere && settings.precise.get() && open && mayReplace(state, open)) {
        await read(state, 0);
    }
}

/**
 * Says what has read the open article, and offers the precise network where that has not.
 * @param {State} state
 * @returns {Promise<boolean>} Whether the network is here.
 */
async function offerIt({ session, file, precise, offer, reader }) {
    const isHere = reader !== undefined || (await file.isKept());
    const { model: by = IMPORTED } = session.current()?.found ?? {};
    const { model, bytes } = precise;
    offer.show(by === IMPORTED ? undefined : { by, model, bytes: isHere ? 0 : bytes });
    return isHere;
}

/**
 * Whether a precise reading takes the place of what is shown without a question: nothing was corrected on it.
 * @param {State} state
 * @param {Readonly<Open>} open
 */
function mayReplace({ precise, stop }, { found, log }) {
    return !stop && log.length === 0 && ![precise.model, IMPORTED].includes(found.model);
}

/**
 * Reads the open article, once at a time.
 * @param {State} state
 * @param {number} bytes How much may be fetched for it: the user was told so much.
 */
async function read(state, bytes) {
    const { session, notices, progress } = state;
    const open = session.current();
    if (!open || state.stop) {
        return;
    }
    const { found } = open;
    const { signal } = (state.stop = new AbortController());
    const called = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    notices.clear();
    try {
        // Who calls it off waits for nothing.
        await Promise.race([work(state, open, bytes, signal), called]);
    } catch (error) {
        endReader(state);
        // What was shown of it goes, where nothing was corrected on that.
        if (session.current() === open && open.log.length === 0 && open.found !== found) {
            await session.adopt(found, false);
        }
        tell(state, /** @type {Error} */ (error));
    }
    state.stop = undefined;
    progress.show(undefined);
    // Another article was opened meanwhile; one that could not be read is not tried again unasked.
    await (session.current() === open ? offerIt(state) : show(state));
}

/**
 * @param {State} state
 * @param {Readonly<Open>} open
 * @param {number} bytes
 * @param {AbortSignal} signal
 */
async function work(state, open, bytes, signal) {
    const { session, learnt, counts, progress } = state;
    const lessons = learnt(open.doc);
    const before = counts();
    // Where the file is not kept, one thread has all there is of it.
    const another = () => state.file.read();
    state.reader ??= createReader({ start: state.start, another, threads: threads() }, await take(state, bytes, signal));
    progress.show({ stage: "load", asked: true });
    // Another article may be open by now, and what is corrected stays as it was corrected.
    const isFree = () => !signal.aborted && session.current() === open && open.log.length === 0;
    const found = await state.reader.read(open.text, await lessons, {
        isWanted: () => session.current() === open,
        read: (share) => void (signal.aborted || progress.show({ stage: "read", share, asked: true })),
        shown: (part) => void (isFree() && session.adopt({ ...part, model: `${part.model}-part` }, false)),
    });
    signal.throwIfAborted();
    if (found && isFree()) {
        await session.adopt(found, true);
        tellDone(state, before);
    } else if (found && session.current() === open) {
        const again = await weigh(state, found);
        signal.throwIfAborted();
        tellCosts(state, again);
    }
    state.note = undefined;
}

/**
 * Says what the precise reading found.
 * @param {State} state
 * @param {Counts | undefined} before What stood there before.
 */
function tellDone({ notices, counts, note }, before) {
    const now = counts();
    if (before && now) {
        notices.show(words.done(shown(now), shown(before), note));
    }
}

/**
 * Asks whether the precise reading may take the place of the one that corrections were made on.
 * @param {State} state
 * @param {Reread | undefined} again `undefined`: another article is open.
 */
function tellCosts(state, again) {
    if (again) {
        const run = () => void state.attempt(again.use).then(() => offerIt(state));
        state.notices.show(words.costs(again.lost, again.all, state.note), { label: words.use, run });
    }
}

/**
 * @param {Counts} counts
 * @returns {string} How many sources and claims there are.
 */
function shown(counts) {
    return counted({ ...counts, attitudes: 0, others: 0 });
}

/**
 * The bytes of the network: from this device, or fetched and kept.
 * @param {State} state
 * @param {number} bytes How many may be fetched.
 * @param {AbortSignal} signal
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function take(state, bytes, signal) {
    const { file, progress } = state;
    progress.show({ stage: "load", asked: true });
    const kept = await file.read();
    signal.throwIfAborted();
    if (kept) {
        return kept;
    }
    if (bytes === 0) {
        throw failure("GoneError", "");
    }
    const fetched = await file.fetch((come) => progress.show({ stage: "fetch", fetched: come, asked: true }), signal);
    progress.show({ stage: "keep", asked: true });
    // Where there is no room for it, it is used all the same.
    await file.keep(fetched).catch(() => (state.note = words.notKept));
    signal.throwIfAborted();
    return fetched;
}

/** @returns {number} How many threads may read: each holds the network, so a device with little memory has one. */
function threads() {
    const { hardwareConcurrency, deviceMemory = 4 } = /** @type {Navigator & {deviceMemory?: number}} */ (navigator);
    return hardwareConcurrency > 1 && deviceMemory >= 4 ? 2 : 1;
}

/**
 * Says what hindered, and offers to try again.
 * @param {State} state
 * @param {Error} error
 */
function tell(state, error) {
    const { notices, precise, offer } = state;
    const mustFetch = ["GoneError", "SpoiltError"].includes(error.name);
    const label = mustFetch ? words.fetch(precise.bytes) : words.again;
    const run = () => void read(state, mustFetch ? precise.bytes : offer.bytes());
    notices.show(explain(error, precise), ...(error.name === "AbortError" ? [] : [{ label, run }]));
}

/**
 * @param {Error} error
 * @param {Precise} precise
 * @returns {Message}
 */
function explain({ name, message }, { bytes }) {
    const why = message.replace(/\.$/, "");
    switch (name) {
        case "AbortError":
            return words.cancelled;
        case "OfflineError":
            return words.offline;
        case "ServerError":
            return words.server(message);
        case "CutError":
            return words.cut(Number(message), bytes);
        case "DamagedError":
            return words.damaged;
        case "SpoiltError":
            return words.spoilt;
        case "GoneError":
            return words.gone;
        case "MemoryError":
        case "RangeError":
            return words.memory;
        case "CrashError":
            return words.stopped(why);
        default:
            return words.failed(why);
    }
}
