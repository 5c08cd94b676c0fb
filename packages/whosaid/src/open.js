/**
 * @file Opens an annotator: starts its thread, tells it where its files are, and gives out what is asked of it.
 */

import { createClient } from "../../../www/core/client.js";
import { failure } from "../../../www/core/failure.js";
import { base, isAddress, isBytes, isSource } from "./sources.js";

/** @import {Asking, Client as Queue, LoadedFile, Source, ThreadLike} from "../../../www/types.js" */
/** @import {AnnotateOptions, AnnotatorOptions, Client, FileSource} from "../index.js" */
/** @import {Analysis, Correction, Learnt, Options} from "../pkg/whosaid.js" */

/**
 * Where the files of the package are, and how this environment reads others.
 * @typedef {object} Files
 * @property {(() => URL) | false} worker `false`: the thread of the caller reads.
 * @property {FileSource} wasm
 * @property {FileSource} model
 * @property {(address: string | URL) => Source | Promise<Source>} resolve
 * @property {string} help What to do where a file cannot be loaded.
 */

/** @type {Record<keyof AnnotatorOptions, (given: any) => boolean>} */
const KNOWN = {
    wasm: isSource,
    model: isSource,
    worker: (given) => given === false || isAddress(given) || isThread(given),
    signal: (given) => typeof given?.addEventListener === "function",
    onprogress: (given) => typeof given === "function",
};

/** What each option has to be, in words. */
const SHAPES = {
    wasm: "an address, the bytes of the file, or a function that gives a promise of them",
    model: "an address, the bytes of the file, or a function that gives a promise of them",
    worker: "a Worker, the address of its script, or false",
    signal: "an AbortSignal",
    onprogress: "a function",
};

/** @param {any} given */
function isThread(given) {
    return typeof given?.postMessage === "function" && typeof given.terminate === "function";
}

/**
 * What was given, checked; what is `undefined` is left out.
 * @param {unknown} given
 * @returns {AnnotatorOptions}
 */
function checked(given) {
    if (typeof given !== "object" || given === null) {
        throw failure("ArgumentError", `the options have to be an object such as { model: "/model.bin" }, and ${given} was given`);
    }
    // A module's namespace may be passed as it is: it has nothing but what it exports.
    const entries = Object.entries(given).filter(([, value]) => value !== undefined);
    for (const [name, value] of entries) {
        if (!(name in KNOWN)) {
            throw failure("ArgumentError", `there is no option "${name}": choose among ${Object.keys(KNOWN).join(", ")}`);
        }
        const known = /** @type {keyof AnnotatorOptions} */ (name);
        if (!KNOWN[known](value)) {
            throw failure("ArgumentError", `${name} has to be ${SHAPES[known]}`);
        }
    }
    return Object.fromEntries(entries);
}

/**
 * Opens an annotator; settled when it has loaded its files, or cannot.
 * @param {Files} files
 * @param {AnnotatorOptions} given
 * @returns {Promise<Client>}
 */
export async function open(files, given) {
    const { queue, about } = await connect(files, given);
    return clientOf(queue, about);
}

/** @typedef {{model: string, formats: string[], version: string}} About */

/**
 * Starts the thread of an annotator, and waits until it has loaded its files.
 * @param {Files} files
 * @param {AnnotatorOptions} given
 * @returns {Promise<{queue: Queue, about: About}>}
 */
export async function connect(files, given) {
    const { signal, onprogress, ...from } = checked(given);
    const { wasm, model, worker } = { ...files, ...from };
    const isHere = worker === false || (from.worker === undefined && typeof Worker === "undefined");
    const here = isHere ? await import("./here.js") : undefined;
    const read = (/** @type {FileSource} */ source) =>
        typeof source === "function" ? source() : isBytes(source) ? source : files.resolve(source);
    const start = () => {
        const thread = here ? here.createHere() : startWorker(worker || undefined);
        Promise.all([read(wasm), read(model)]).then(
            ([code, weights]) => thread.postMessage({ begin: { wasm: code, model: weights } }),
            ({ message }) => thread.postMessage({ begin: { failure: message } }),
        );
        return thread;
    };
    const queue = createClient(start, (doing) => doing?.fetched && onprogress?.(doing.fetched.bytes, doing.fetched.total));
    const abort = () => queue.dispose();
    try {
        if (signal?.aborted) {
            abort();
        }
        signal?.addEventListener("abort", abort);
        // @ts-expect-error scripts/package.mjs puts it in.
        const version = /** @type {string} */ (VERSION);
        const about = { model: await queue.ask("model"), formats: await queue.ask("formats"), version };
        return { queue, about };
    } catch (error) {
        queue.dispose();
        if (signal?.aborted) {
            throw failure("AbortError", "loading was aborted");
        }
        const { name, message, about } = /** @type {Error & {about?: LoadedFile}} */ (error);
        const help = about && from.model !== undefined ? adviceOf(about) : files.help;
        throw name === "LoadError" ? failure(name, `${message}: ${help}`) : error;
    } finally {
        signal?.removeEventListener("abort", abort);
    }
}

/**
 * What to do where a model file that was passed by its address does not come.
 * @param {LoadedFile} about
 */
function adviceOf({ status }) {
    const refused = status && status < 500 ? "check the address of the model" : "try again later";
    return status ? refused : "check the connection, and whether CORS and connect-src allow it";
}

/** @type {WeakSet<object>} Workers that were handed over before: one cannot be started again. */
const used = new WeakSet();

/**
 * @param {ThreadLike | string | URL | (() => URL) | undefined} worker
 * @returns {ThreadLike}
 */
function startWorker(worker) {
    if (isThread(worker)) {
        const thread = /** @type {ThreadLike} */ (worker);
        if (used.has(thread)) {
            throw failure("CrashError", "the worker that was given has ended: pass another one to createAnnotator()");
        }
        used.add(thread);
        return thread;
    }
    const address = new URL(String(typeof worker === "function" ? worker() : worker), base());
    // A worker's script has to come from the page's own origin; a script that imports it may come from nowhere.
    const isForeign = typeof location === "object" && address.origin !== location.origin;
    const script = isForeign ? blobOf(`import ${JSON.stringify(address.href)};`) : address.href;
    return new Worker(trusted(script), { type: "module" });
}

/** @param {string} code */
function blobOf(code) {
    return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

/** @type {Pick<TrustedTypePolicy, "createScriptURL"> | undefined} */
let policy;

/**
 * An address in the form that a page with Trusted Types asks for.
 * @param {string} address
 * @returns {string}
 */
function trusted(address) {
    const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypePolicyFactory}} */ (globalThis);
    try {
        policy ??= trustedTypes?.createPolicy("whosaid", { createScriptURL: (/** @type {string} */ url) => url });
    } catch {
        const how = "name the policy whosaid in the directive trusted-types of the page's Content-Security-Policy, or pass a Worker";
        throw failure("LoadError", how);
    }
    // TypeScript's Worker takes strings alone.
    return /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(address) ?? address));
}

/**
 * What can be asked of an open annotator.
 * @param {Queue} queue
 * @param {About} about
 * @returns {Client}
 */
function clientOf(queue, about) {
    /** @type {Learnt | undefined} */
    let taught;
    const client = {
        ...about,
        async annotate(/** @type {string} */ text, /** @type {AnnotateOptions | undefined} */ options) {
            const { how, rest } = asked(options);
            return queue.askWith(how, "annotate", text, taught, rest);
        },
        language: (/** @type {string} */ text) => queue.ask("language", text),
        async correct(/** @type {string} */ text, /** @type {Analysis} */ found, /** @type {readonly Correction[]} */ corrections) {
            return queue.ask("correct", list(corrections), { text, found });
        },
        async learn(
            /** @type {Learnt | null | undefined} */ learnt,
            /** @type {string} */ text,
            /** @type {readonly Correction[]} */ corrections,
        ) {
            return queue.ask("learn", learnt ?? undefined, text, list(corrections));
        },
        async teach(/** @type {Learnt | null | undefined} */ learnt) {
            await queue.ask("try", learnt ?? undefined);
            taught = learnt ?? undefined;
        },
        export: (/** @type {any} */ notebook, /** @type {string} */ format) => queue.ask("export", notebook, format),
        import: (/** @type {string} */ file) => queue.ask("import", file),
        dispose: () => queue.dispose(),
    };
    // Some browsers do not know the symbol yet.
    const end = Symbol.asyncDispose && { [Symbol.asyncDispose]: async () => queue.dispose() };
    return { ...client, ...end };
}

/**
 * What is for the queue in the options of a request, and the rest, which is for the core.
 * @param {AnnotateOptions | undefined} options
 * @returns {{how: Asking, rest: Options | undefined}}
 */
function asked(options) {
    if (typeof options !== "object" || options === null) {
        return { how: {}, rest: options };
    }
    const { signal, onprogress, ...rest } = options;
    checked({ signal, onprogress });
    return { how: { ...(signal && { signal }), ...(onprogress && { told: onprogress }) }, rest };
}

/**
 * @param {readonly Correction[]} corrections
 * @returns {Correction[]}
 */
function list(corrections) {
    if (!Array.isArray(corrections)) {
        throw failure("ArgumentError", "the corrections have to be an array: pass [] where there are none");
    }
    return corrections;
}
