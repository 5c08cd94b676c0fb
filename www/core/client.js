/**
 * @file The page's side of the core's thread: a queue in which every request gets one answer or one error.
 */

import { failure } from "./failure.js";
import { isAnalysis, patched } from "./patch.js";

/** @import {Analysis, Revision} from "../pkg/whosaid.js" */
/** @import {Answer, Asked, Asking, Client, Doing, Fetched, Patch, Stage, ThreadLike} from "../types.js" */

/** The names of errors that ending a thread, or starting one, leaves as they are. */
const OWN = ["ArgumentError", "CrashError", "LoadError", "MemoryError"];

/**
 * @typedef {object} Pending
 * @property {Asked} asked
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {Asking["told"]} [told]
 * @property {boolean} [isPart]
 * @property {Record<string, unknown[]>} lists Lists of the answer, as far as they have come.
 */

/**
 * @typedef {object} Queue
 * @property {() => ThreadLike} start
 * @property {(doing: Doing | undefined) => void} staged
 * @property {ThreadLike} [worker]
 * @property {Stage} [stage] Of the one that the thread answers.
 * @property {Fetched} [fetched]
 * @property {number} [share] How much of the text it has read.
 * @property {Pending} [current] The one that the thread answers: it is given one at a time.
 * @property {Pending[]} waiting
 * @property {number} last The last id that was given.
 * @property {boolean} [disposed] Whether no thread may be started any more.
 * @property {{text: string, found: Analysis, said: Analysis}} [known] The thread's article: its analysis and the last answer. Answers are
 *   changes against that.
 */

/**
 * @param {() => ThreadLike} start Starts the thread, and tells it where its files are; called again after a crash.
 * @param {(doing: Doing | undefined) => void} staged Told what the thread does; `undefined`: nothing.
 * @returns {Client}
 */
export function createClient(start, staged) {
    /** @type {Queue} */
    const queue = { start, staged, waiting: [], last: 0 };
    return {
        prepare() {
            try {
                queue.worker ??= startThread(queue);
            } catch {
                // It is tried again, and told, when something is asked.
            }
        },

        ask: ask.bind(null, queue, {}),
        askWith: ask.bind(null, queue),

        cancel() {
            if (queue.current) {
                fail(queue, "AbortError", "cancelled");
            }
        },

        dispose() {
            const asked = [...(queue.current ? [queue.current] : []), ...queue.waiting];
            Object.assign(queue, { disposed: true, current: undefined, waiting: [], stage: undefined });
            endThread(queue);
            asked.forEach(({ reject }) => reject(failure("AbortError", "the annotator was disposed of before it answered")));
            tell(queue);
        },
    };
}

/**
 * @param {Queue} queue
 * @param {Asking} how
 * @param {string} op
 * @param {unknown[]} args
 * @returns {Promise<any>}
 */
async function ask(queue, { signal, told, isPart }, op, ...args) {
    queue.last += 1;
    const asked = /** @type {Asked} */ ({ id: queue.last, op, args });
    let abort = () => {};
    try {
        return await new Promise((resolve, reject) => {
            if (queue.disposed) {
                throw failure("ArgumentError", "this annotator was disposed of: create another one");
            }
            const pending = { asked, resolve, reject, told, isPart, lists: {} };
            abort = () => callOff(queue, pending);
            queue.waiting.push(pending);
            signal?.addEventListener("abort", abort);
            if (signal?.aborted) {
                abort();
            } else if (!queue.current) {
                next(queue);
            }
        });
    } finally {
        signal?.removeEventListener("abort", abort);
    }
}

/**
 * Nobody wants the answer any more. The thread goes on for the others: what it reads, it leaves where it can.
 * @param {Queue} queue
 * @param {Pending} pending
 */
function callOff(queue, pending) {
    pending.reject(failure("AbortError", "the request was aborted"));
    queue.waiting = queue.waiting.filter((each) => each !== pending);
    if (queue.current === pending) {
        queue.worker?.postMessage({ drop: pending.asked.id });
    }
}

/** @param {Queue} queue */
function next(queue) {
    queue.current = queue.waiting.shift();
    Object.assign(queue, { stage: undefined, share: undefined });
    tell(queue);
    if (!queue.current) {
        return;
    }
    try {
        queue.worker ??= startThread(queue);
        queue.worker.postMessage(shortened(queue, queue.current.asked));
    } catch (error) {
        const { name, message } = /** @type {Error} */ (error);
        if (name === "DataCloneError") {
            queue.current.reject(failure("ArgumentError", `what is passed has to be plain data: ${message}`));
            next(queue);
        } else {
            fail(queue, OWN.includes(name) ? name : "CrashError", message);
        }
    }
}

/**
 * The part of a request that is sent: the thread's own article is left out.
 * @param {Queue} queue
 * @param {Asked} asked
 * @returns {Asked}
 */
function shortened(queue, asked) {
    const article = asked.op === "correct" ? asked.args[1] : undefined;
    if (asked.op !== "correct" || !article) {
        return asked;
    }
    const { text, found } = article;
    if (queue.known?.text === text && queue.known.found === found) {
        return { ...asked, args: [asked.args[0]] };
    }
    queue.known = { text, found, said: found };
    return asked;
}

/**
 * An answer, whole.
 * @param {Queue} queue
 * @param {Pending} pending
 * @param {any} answer
 */
function whole(queue, { asked, lists }, answer) {
    const { op, args } = asked;
    if (isAnalysis(asked)) {
        Object.assign(answer ?? {}, lists);
    }
    if (op === "annotate") {
        queue.known = { text: args[0], found: answer, said: answer };
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
 * @returns {ThreadLike}
 */
function startThread(queue) {
    const worker = queue.start();
    worker.onmessage = ({ data }) => {
        // Messages of a thread that was ended can still come.
        if (worker === queue.worker) {
            receive(queue, data);
        }
    };
    worker.onerror = (event) => {
        event.preventDefault();
        // A script that fails before it runs gives no message.
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
    endThread(queue);
    queue.current?.reject(failure(name, message));
    next(queue);
}

/** @param {Queue} queue */
function endThread(queue) {
    queue.worker?.terminate();
    queue.worker = undefined;
    queue.known = undefined;
    queue.fetched = undefined;
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
    } else if ("share" in answer) {
        if (!current.isPart) {
            queue.share = answer.share;
            current.told?.(answer.share);
            tell(queue);
        }
    } else if ("list" in answer) {
        (current.lists[answer.list] ??= []).push(...answer.items);
    } else if ("ok" in answer) {
        current.resolve(whole(queue, current, answer.ok));
        next(queue);
    } else if (answer.fatal) {
        const { name, message } = answer.error;
        fail(queue, OWN.includes(name) ? name : "CrashError", message);
    } else {
        const { name, message, about } = answer.error;
        // The thread's article is unknown now.
        queue.known = undefined;
        current.reject(Object.assign(failure(name, message), about && { about }));
        next(queue);
    }
}

/** @param {Queue} queue */
function tell({ stage, fetched, share, current, staged }) {
    const now = stage ?? (fetched && "load");
    staged(now && { stage: now, fetched: now === "load" ? fetched : undefined, share, asked: current !== undefined });
}
