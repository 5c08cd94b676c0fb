/**
 * @file The page's side of the reader's thread: a queue in which every request gets one answer or one error.
 */

import { patched } from "./patch.js";

/** @import {Patch} from "./patch.js" */
/** @import {Analysis, Correction, Learnt, Notebook, Revision} from "./pkg/whosaid.js" */

/**
 * What can be asked of the core.
 * @typedef {object} Requests
 * @property {{args: [text: string], answer: string}} language Of a text, as a BCP 47 tag: see `language` of the core.
 * @property {{args: [text: string, learnt?: Learnt], answer: Analysis}} annotate
 * @property {{args: [], answer: string}} model The name of the model that reads.
 * @property {{args: [learnt: Learnt], answer: undefined}} try Whether an article can be read with it: throws what hinders.
 * @property {{args: [learnt: Learnt, text: string, log: Correction[]], answer: Learnt}} learn
 * @property {{args: [log: Correction[], article: Known], answer: Revision}} correct
 * @property {{args: [notebook: Notebook, format: string], answer: string}} export
 * @property {{args: [file: string], answer: Notebook}} import
 */

/** @typedef {{text: string, found: Analysis}} Known An article, and what was found in it. */

/** @typedef {"load" | "read"} Stage */

/**
 * How much of the model has come, in bytes.
 * @typedef {object} Fetched
 * @property {number} bytes
 * @property {number} [total] Absent: not known.
 */

/**
 * What the thread does.
 * @typedef {object} Doing
 * @property {Stage} stage
 * @property {Fetched} [fetched] While the model comes.
 * @property {boolean} asked Whether somebody waits for it: only then can it be called off.
 */

/**
 * What is sent: the article is left out that the thread has.
 * @typedef {{[Op in keyof Requests]: {id: number, op: Op, args: Op extends "correct" ? [Correction[], Known?] : Requests[Op]["args"]}}[keyof Requests]} Asked
 */

/**
 * `fatal`: the thread can answer nothing more.
 * @typedef {{fetched: Fetched | undefined} | {id: number, stage: Stage} | {id: number, ok: unknown}
 *     | {id: number, error: {name: string, message: string}, fatal: boolean}} Answer
 */

/**
 * @typedef {object} Pending
 * @property {Asked} asked
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @typedef {object} Queue
 * @property {() => Worker} start
 * @property {(doing: Doing | undefined) => void} staged
 * @property {Worker} [worker]
 * @property {Stage} [stage] Of the one that the thread answers.
 * @property {Fetched} [fetched]
 * @property {Pending} [current] The one that the thread answers: it is given one at a time.
 * @property {Pending[]} waiting
 * @property {number} last The last id that was given.
 * @property {{found: Analysis, said: Analysis}} [known] What the thread found in the article that it has, and what it said of
 *   it last: it tells what changed since.
 */

/** @typedef {ReturnType<typeof createReader>} Reader */

/**
 * @param {() => Worker} start Starts the thread; called again after a crash.
 * @param {(doing: Doing | undefined) => void} staged Told what the thread does; `undefined`: nothing.
 */
export function createReader(start, staged) {
    /** @type {Queue} */
    const queue = { start, staged, waiting: [], last: 0 };
    return {
        /** Starts the thread, which fetches its model: what is asked later finds it there. */
        prepare() {
            try {
                queue.worker ??= startThread(queue);
            } catch {
                // It is tried again, and told, when something is asked.
            }
        },

        /**
         * Asks something of the core.
         * @template {keyof Requests} Op
         * @param {Op} op
         * @param {Requests[Op]["args"]} args
         * @returns {Promise<Requests[Op]["answer"]>} Rejects with the core's error, with a `LoadError` or a `CrashError`.
         */
        ask(op, ...args) {
            queue.last += 1;
            const asked = /** @type {Asked} */ ({ id: queue.last, op, args });
            return new Promise((resolve, reject) => {
                queue.waiting.push({ asked, resolve, reject });
                if (!queue.current) {
                    next(queue);
                }
            });
        },

        /** Lets go of the request that is being answered: it rejects with an `AbortError`, the next ones go on. */
        cancel() {
            if (queue.current) {
                fail(queue, "AbortError", "cancelled");
            }
        },
    };
}

/** @param {Queue} queue */
function next(queue) {
    queue.current = queue.waiting.shift();
    queue.stage = undefined;
    tell(queue);
    if (!queue.current) {
        return;
    }
    try {
        queue.worker ??= startThread(queue);
        queue.worker.postMessage(shortened(queue, queue.current.asked));
    } catch (error) {
        fail(queue, "CrashError", /** @type {Error} */ (error).message);
    }
}

/**
 * What is sent of a request: the thread is not told again what it knows.
 * @param {Queue} queue
 * @param {Asked} asked
 * @returns {Asked}
 */
function shortened(queue, asked) {
    const article = asked.op === "correct" ? asked.args[1] : undefined;
    if (asked.op !== "correct" || !article) {
        return asked;
    }
    if (queue.known?.found === article.found) {
        return { ...asked, args: [asked.args[0]] };
    }
    queue.known = { found: article.found, said: article.found };
    return asked;
}

/**
 * An answer, whole.
 * @param {Queue} queue
 * @param {Asked} asked
 * @param {any} answer
 */
function whole(queue, { op }, answer) {
    if (op === "annotate") {
        queue.known = { found: answer, said: answer };
    }
    if (op !== "correct" || !queue.known) {
        return answer;
    }
    const { patch, ...rest } = /** @type {Omit<Revision, "analysis"> & {patch: Patch}} */ (answer);
    queue.known.said = patched(queue.known.said, patch);
    return { ...rest, analysis: queue.known.said };
}

/**
 * @param {Queue} queue
 * @returns {Worker}
 */
function startThread(queue) {
    const worker = queue.start();
    worker.onmessage = ({ data }) => {
        // What a thread said before it was ended can still come.
        if (worker === queue.worker) {
            receive(queue, data);
        }
    };
    worker.onerror = (event) => {
        event.preventDefault();
        // What fails before it runs has no message.
        fail(queue, event.message ? "CrashError" : "LoadError", event.message || "its file cannot be reached");
    };
    worker.onmessageerror = () => fail(queue, "CrashError", "its answer could not be read");
    return worker;
}

/**
 * The thread cannot go on: its request fails, the others are for a new thread.
 * @param {Queue} queue
 * @param {string} name
 * @param {string} message
 */
function fail(queue, name, message) {
    queue.worker?.terminate();
    queue.worker = undefined;
    queue.known = undefined;
    queue.fetched = undefined;
    queue.current?.reject(Object.assign(new Error(message), { name }));
    next(queue);
}

/**
 * @param {Queue} queue
 * @param {Answer} answer
 */
function receive(queue, answer) {
    const { current } = queue;
    if ("fetched" in answer) {
        queue.fetched = answer.fetched;
        tell(queue);
        return;
    }
    if (answer.id !== current?.asked.id) {
        return;
    }
    if ("stage" in answer) {
        queue.stage = answer.stage;
        tell(queue);
    } else if ("ok" in answer) {
        current.resolve(whole(queue, current.asked, answer.ok));
        next(queue);
    } else if (answer.fatal) {
        fail(queue, "CrashError", answer.error.message);
    } else {
        const { name, message } = answer.error;
        // What it has by now nobody knows.
        queue.known = undefined;
        current.reject(Object.assign(new Error(message), { name }));
        next(queue);
    }
}

/** @param {Queue} queue */
function tell({ stage, fetched, current, staged }) {
    const now = stage ?? (fetched && "load");
    staged(now && { stage: now, fetched: now === "load" ? fetched : undefined, asked: current !== undefined });
}
