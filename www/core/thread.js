/**
 * @file Answers what is asked of the core, once each, in whichever thread it runs: holds the WebAssembly core and its model.
 *
 * The first message is `{begin}`: where the files of the core are. A request is `{id, op, args}`; it gets `{id, ok}` or
 * `{id, error}`, and before that perhaps `{id, stage}`, `{id, share}` of the text that the network has read, and pieces of its long
 * lists, `{id, list, items}`. What has come of the model is told as `{fetched}`, asked or not. `{drop: id}` says that nobody wants the
 * answer to a request any more: it gets an error as soon as that is heard, which is between two windows of a model that reads in windows.
 *
 * It keeps the article that it read last and its last answer: with a correction only the log comes, and only changes go back.
 */

import { failure } from "./failure.js";
import { difference, isAnalysis } from "./patch.js";
import { articleOf, inTable, rowsOf } from "./table.js";
import init, { Annotator, language } from "../pkg/whosaid.js";

/** @import {Analysis, Correction, Learnt, Options} from "../pkg/whosaid.js" */
/** @import {Answer, Asked, Begin, Drop, Fetched, Known, LoadedFile, Source} from "../types.js" */

/** How a model file begins: its name, and further on its length in bytes. See src/model/file.rs. */
const MAGIC = "WHOSAID\0";
const LENGTH_AT = 16;

/** The names of errors of loading that say what to do by themselves. */
const KNOWN = ["ModelError", "LoadError"];

/** So many items of a list travel at once: whoever takes them answers others in between. */
const PIECE = 1000;

/** The lists that grow with the article. */
const LISTS = /** @type {const} */ (["zones", "mentions", "claims"]);

/** @typedef {{wasm: Source, model: Source}} Files */

/**
 * What some threads answer beside what each one does; `tell` tells how much is done of it, from 0 to 1.
 * @typedef {Record<string, (core: Annotator, tell: (share: number) => void, ...args: any[]) => unknown>} Others
 */

/**
 * @typedef {object} Thread
 * @property {(answer: Answer) => void} post
 * @property {(begin: Begin["begin"]) => void} begin
 * @property {Promise<Files>} begun Where the files are, once that is told.
 * @property {Others} others
 * @property {Promise<Annotator>} [annotator]
 * @property {AbortSignal} [signal] Ends it, where it is the thread of the caller.
 * @property {number} [dropped] The request that nobody wants to be answered any more.
 * @property {{text: string, found: Analysis, last: Analysis, learnt?: Learnt}} [kept] The article, what was found, what was
 *   said last, what it was read with.
 */

/**
 * @param {(answer: Answer) => void} post Takes the answers.
 * @param {Partial<Files>} [beside] Where the files of the core are, as long as nothing else is said.
 * @param {AbortSignal} [signal] Ends what can be ended, and gives memory back: a worker ends by itself.
 * @param {Others} [others]
 * @returns {(message: Asked | Begin | Drop) => Promise<void>} Takes the messages.
 */
export function createThread(post, beside = {}, signal = undefined, others = {}) {
    /** @type {Thread["begin"]} */
    let begin = () => undefined;
    /** @type {Thread["begun"]} */
    const begun = new Promise((resolve, reject) => {
        begin = (from) => ("failure" in from ? reject(new Error(from.failure)) : resolve(/** @type {Files} */ ({ ...beside, ...from })));
    });
    // It is told when something is asked.
    begun.catch(() => undefined);
    /** @type {Thread} */
    const thread = { post, begin, begun, signal, others };
    signal?.addEventListener("abort", () => {
        thread.annotator?.then(
            (core) => core.free(),
            () => undefined,
        );
    });
    return async (message) => {
        if ("begin" in message) {
            thread.begin(message.begin);
            // Who starts a thread will ask soon; a failure now is told then.
            await load(thread).catch(() => undefined);
            return;
        }
        if ("drop" in message) {
            thread.dropped = message.drop;
            return;
        }
        await reply(thread, message);
    };
}

/**
 * The core with its model, loaded when the thread starts; after a failure the next request tries again.
 * @param {Thread} thread
 * @returns {Promise<Annotator>}
 */
function load(thread) {
    thread.annotator ??= thread.begun
        .then((files) => opened(thread, files))
        .catch((error) => {
            if (isFatal(error)) {
                // It stays so: a core that was refused memory is asked nothing more.
                throw noRoom(error);
            }
            thread.annotator = undefined;
            throw KNOWN.includes(error.name) ? error : failure("LoadError", error.message);
        })
        .finally(() => thread.post({ fetched: undefined }));
    return thread.annotator;
}

/**
 * @param {Thread} thread
 * @param {Files} files
 */
async function opened(thread, files) {
    const [model] = await Promise.all([fetchModel(thread, files.model), init({ module_or_path: files.wasm })]);
    thread.signal?.throwIfAborted();
    const core = new Annotator(model);
    // The core has a copy: a large one is not held twice.
    files.model = new Uint8Array();
    return core;
}

/**
 * There is too little memory for the model: the browser gives none, or the core, which traps then.
 * @param {Error} error
 */
function noRoom({ message }) {
    const todo = "close other pages or programs, or take a smaller model";
    return failure("MemoryError", `there is too little memory for the model (${message}): ${todo}`);
}

/**
 * Whether nothing more may be asked of the core: after a trap its memory can be in any state.
 * @param {unknown} error
 */
function isFatal(error) {
    return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/**
 * @param {Thread} thread
 * @param {Source} model
 * @returns {Promise<Uint8Array>}
 */
async function fetchModel(thread, model) {
    if (typeof model !== "string" && !(model instanceof URL)) {
        return ArrayBuffer.isView(model) ? new Uint8Array(model.buffer, model.byteOffset, model.byteLength) : new Uint8Array(model);
    }
    // The server is asked about a cached copy, so that a damaged one is not read again.
    const about = { file: /** @type {const} */ ("model") };
    const tell = (/** @type {Fetched} */ fetched) => thread.post({ fetched });
    try {
        const { ok, status, body } = await fetch(model, { cache: "no-cache", signal: thread.signal ?? null });
        if (!ok) {
            Object.assign(about, { status });
            throw new Error(`the server answered ${status} for ${new URL(model).pathname}`);
        }
        return new Uint8Array(await new Response(body?.pipeThrough(counted(tell))).arrayBuffer());
    } catch (error) {
        throw error instanceof RangeError ? error : Object.assign(failure("LoadError", /** @type {Error} */ (error).message), { about });
    }
}

/**
 * Tells how much of the model has come as it passes. Of how much, the file says itself: what the server tells is the
 * length of what travels, which brotli made shorter, or nothing.
 * @param {(fetched: Fetched) => void} tell
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
function counted(tell) {
    let bytes = 0;
    /** @type {number | undefined} */
    let total;
    return new TransformStream({
        transform(chunk, out) {
            total = bytes === 0 ? lengthIn(chunk) : total;
            bytes += chunk.length;
            tell({ bytes, total: total && bytes <= total ? total : undefined });
            out.enqueue(chunk);
        },
    });
}

/**
 * @param {Uint8Array} start The first bytes of a file.
 * @returns {number | undefined} How long the model file is; `undefined`: it does not say, or is none.
 */
function lengthIn(start) {
    const isModel = start.length >= LENGTH_AT + 4 && [...MAGIC].every((letter, at) => start[at] === letter.charCodeAt(0));
    return isModel ? new DataView(start.buffer, start.byteOffset).getUint32(LENGTH_AT, true) : undefined;
}

/**
 * @param {Thread} thread
 * @param {Asked} asked
 */
async function reply(thread, asked) {
    const { id } = asked;
    try {
        const ok = await answer(thread, asked);
        thread.post({ id, ok: isAnalysis(asked) ? sendLists(thread, id, /** @type {Analysis} */ (ok)) : ok });
    } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
        const { about } = /** @type {{about?: LoadedFile}} */ (error);
        thread.post({ id, error: { name, message, ...(about && { about }) }, fatal: isFatal(error) || name === "MemoryError" });
    }
}

/**
 * Sends the long lists of an analysis ahead, in pieces.
 * @param {Thread} thread
 * @param {number} id Of the request.
 * @param {Analysis} found
 * @returns {Analysis} The rest of it.
 */
function sendLists({ post }, id, found) {
    const rest = { ...found };
    for (const name of LISTS) {
        const list = found[name];
        if (list.length > PIECE) {
            for (let at = 0; at < list.length; at += PIECE) {
                post({ id, list: name, items: list.slice(at, at + PIECE) });
            }
            rest[name] = [];
        }
    }
    return rest;
}

/**
 * @param {Thread} thread
 * @param {Asked} asked
 * @returns {Promise<unknown>}
 */
async function answer(thread, { id, op, args }) {
    thread.post({ id, stage: "load" });
    const core = await load(thread);
    goOn(thread, id);
    thread.post({ id, stage: "read" });
    switch (op) {
        case "language":
            return language(args[0]);
        case "annotate":
            return annotate(thread, core, id, ...args);
        case "correct":
            return correct(thread, core, args[0], args[1]);
        case "model":
            return core.annotate("").model;
        case "formats":
            return core.formats();
        case "try":
            return tryOut(thread, core, args[0]);
        case "learn":
            return core.learn(args[0], args[1], args[2]);
        case "export":
            return core.export(args[0], args[1]);
        case "import":
            return core.import(args[0]);
        case "articles":
            return inTable((table) => args[0].map(({ line, number }) => articleOf(table, line, number)));
        case "head":
            return inTable((table) => table.head(), args[0]);
        case "rows":
            return rowsOf(core, args[0], thread.kept?.learnt);
        default:
            return thread.others[op]?.(core, teller(thread, id), ...args);
    }
}

/**
 * @param {Thread} thread
 * @param {number} id Of the request.
 * @returns {(share: number) => void} Tells how much is done of it, from 0 to 1.
 */
function teller({ post }, id) {
    return (share) => post({ id, share });
}

/**
 * Throws where nobody wants the answer any more.
 * @param {Thread} thread
 * @param {number} id Of the request.
 */
function goOn({ dropped }, id) {
    if (dropped === id) {
        throw failure("AbortError", "nobody waits for it any more");
    }
}

/**
 * Reads an article. Where a transformer reads it window by window, the thread hears in between whether somebody waits for it still.
 * @param {Thread} thread
 * @param {Annotator} core
 * @param {number} id Of the request.
 * @param {string} text
 * @param {Options} [options]
 * @returns {Promise<Analysis>}
 */
async function read(thread, core, id, text, options) {
    const tell = teller(thread, id);
    // What is no text at all is for the core to refuse.
    if (!hasWindows(core)) {
        return core.annotate(text, options, tell);
    }
    const windows = core.windows(text);
    try {
        for (let window = 0; window < windows.count; window += 1) {
            const said = core.look(windows, window, (share) => tell((window + share) / windows.count));
            windows.put(window, said);
            await new Promise((resolve) => setTimeout(resolve));
            goOn(thread, id);
        }
        return core.annotateWindows(windows, core, options);
    } finally {
        windows.free();
    }
}

/** @param {Annotator} core */
function hasWindows(core) {
    const some = core.windows("a");
    const { count } = some;
    some.free();
    return count > 0;
}

/**
 * Checks whether the core can read with some lessons; it goes on with its own.
 * @param {Thread} thread
 * @param {Annotator} core
 * @param {Learnt | undefined} learnt
 */
function tryOut({ kept }, core, learnt) {
    core.teach(learnt);
    core.teach(kept?.learnt);
}

/**
 * @param {Thread} thread
 * @param {Annotator} core
 * @param {number} id Of the request.
 * @param {string} text
 * @param {Learnt} [learnt] The lessons that it is read with.
 * @param {Options} [options]
 */
async function annotate(thread, core, id, text, learnt, options) {
    core.teach(learnt);
    // What is wrong with them is said before anything is read.
    core.annotate("", options);
    const found = await read(thread, core, id, text, options);
    thread.kept = { text, found, last: found, learnt };
    return found;
}

/**
 * @param {Thread} thread
 * @param {Annotator} core
 * @param {Correction[]} log
 * @param {Known} [known] The article, where the one that is kept is another.
 */
function correct(thread, core, log, known) {
    const { kept } = thread;
    const article = known ? { ...known, last: known.found, learnt: kept?.learnt } : kept;
    if (!article) {
        throw failure("ArgumentError", "there is no article to correct");
    }
    const { analysis, ...rest } = core.correct(article.text, article.found, log);
    const patch = difference(article.last, analysis);
    thread.kept = { ...article, last: analysis };
    return { ...rest, patch };
}
