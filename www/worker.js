/**
 * @file The core's thread: holds the WebAssembly core and its model, answers each request once.
 *
 * A request is `{id, op, args}`; it gets `{id, ok}` or `{id, error}`, and before that perhaps `{id, stage}`. What has come
 * of the model is told as `{fetched}`, asked or not.
 *
 * It keeps the article that it read last and its last answer: with a correction only the log comes, and only changes go back.
 */

import { difference } from "./core/patch.js";
import init, { Annotator, language } from "./pkg/whosaid.js";

/** @import {Analysis, Correction, Learnt} from "./pkg/whosaid.js" */
/** @import {Answer, Asked, Fetched, Known} from "./types.js" */

/** How a model file begins: its name, and further on its length in bytes. See src/model/file.rs. */
const MAGIC = "WHOSAID\0";
const LENGTH_AT = 16;

/** The used part of the thread's scope: TypeScript's types of a page and of a worker exclude each other. */
const thread = /** @type {{postMessage(answer: Answer): void, onmessage: ((event: {data: Asked}) => void) | null}} */ (
    /** @type {unknown} */ (globalThis)
);

/** @type {Promise<Annotator> | undefined} */
let annotator;

/**
 * The article, what was found, what was said last, what it was read with.
 * @type {{text: string, found: Analysis, last: Analysis, learnt?: Learnt} | undefined}
 */
let kept;

/**
 * The core with its model, loaded when the thread starts; after a failure the next request tries again.
 * @returns {Promise<Annotator>}
 */
function load() {
    annotator ??= Promise.all([fetchModel(), init()])
        .then(([model]) => new Annotator(model))
        .catch((error) => {
            annotator = undefined;
            throw error.name === "ModelError" ? error : named("LoadError", error.message);
        })
        .finally(() => tell(undefined));
    return annotator;
}

/** @returns {Promise<Uint8Array>} */
async function fetchModel() {
    const address = new URL("./pkg/model.bin", import.meta.url);
    // The server is asked about a cached copy, so that a damaged one is not read again.
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) {
        throw new Error(`the server answered ${response.status} for ${address.pathname}`);
    }
    return new Uint8Array(await new Response(response.body?.pipeThrough(counted())).arrayBuffer());
}

/**
 * Tells how much of the model has come as it passes. Of how much, the file says itself: what the server tells is the
 * length of what travels, which brotli made shorter, or nothing.
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
function counted() {
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

/** @param {Fetched | undefined} fetched */
function tell(fetched) {
    thread.postMessage({ fetched });
}

/**
 * @param {string} name
 * @param {string} message
 */
function named(name, message) {
    return Object.assign(new Error(message), { name });
}

/**
 * @param {Asked} asked
 * @returns {Promise<unknown>}
 */
async function answer({ id, op, args }) {
    thread.postMessage({ id, stage: "load" });
    const core = await load();
    thread.postMessage({ id, stage: "read" });
    switch (op) {
        case "language":
            return language(args[0]);
        case "annotate":
            return annotate(core, args[0], args[1]);
        case "correct":
            return correct(core, args[0], args[1]);
        case "model":
            return core.annotate("").model;
        case "try":
            return tryOut(core, args[0]);
        case "learn":
            return core.learn(args[0], args[1], args[2]);
        case "export":
            return core.export(args[0], args[1]);
        case "import":
            return core.import(args[0]);
    }
}

/**
 * Checks whether the core can read with some lessons; it goes on with its own.
 * @param {Annotator} core
 * @param {Learnt} learnt
 */
function tryOut(core, learnt) {
    core.teach(learnt);
    core.teach(kept?.learnt);
}

/**
 * @param {Annotator} core
 * @param {string} text
 * @param {Learnt} [learnt] The lessons that it is read with.
 */
function annotate(core, text, learnt) {
    core.teach(learnt);
    const found = core.annotate(text);
    kept = { text, found, last: found, learnt };
    return found;
}

/**
 * @param {Annotator} core
 * @param {Correction[]} log
 * @param {Known} [known] The article, where the one that is kept is another.
 */
function correct(core, log, known) {
    const article = known ? { ...known, last: known.found, learnt: kept?.learnt } : kept;
    if (!article) {
        throw named("ArgumentError", "there is no article to correct");
    }
    const { analysis, ...rest } = core.correct(article.text, article.found, log);
    const patch = difference(article.last, analysis);
    kept = { ...article, last: analysis };
    return { ...rest, patch };
}

thread.onmessage = async ({ data }) => {
    const { id } = data;
    try {
        thread.postMessage({ id, ok: await answer(data) });
    } catch (error) {
        const { name, message } = error instanceof Error ? error : named("Error", String(error));
        // After a trap the core's memory can be in any state: nothing more may be asked of it.
        const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
        thread.postMessage({ id, error: { name, message }, fatal });
    }
};

// A user who opens the page will ask soon; a failure now is told then.
load().catch(() => undefined);
