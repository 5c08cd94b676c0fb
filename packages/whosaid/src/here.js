/**
 * @file The core in the thread of its caller, which sees it as it sees a worker.
 */

import { failure } from "../../../www/core/failure.js";
import { createThread } from "../../../www/core/thread.js";

/** @import {Answer, ThreadLike} from "../../../www/types.js" */

/** Whether the core has stopped: the glue holds one for each thread, and starts no second one. */
let isBroken = false;

/** @returns {ThreadLike} */
export function createHere() {
    if (isBroken) {
        const how = "start the page or the program anew, or let it read in a worker";
        throw failure("CrashError", `the core has stopped, and cannot be started again in this thread: ${how}`);
    }
    const ending = new AbortController();
    /** @type {ThreadLike} */
    const here = {
        onmessage: null,
        onerror: null,
        onmessageerror: null,
        // What is sent is copied, as it is on the way to a worker: nobody changes what the other holds.
        postMessage: (/** @type {any} */ message) => void receive("begin" in message ? message : structuredClone(message)),
        terminate() {
            here.onmessage = null;
            ending.abort();
        },
    };
    const post = (/** @type {Answer} */ answer) => {
        isBroken ||= "fatal" in answer && answer.fatal;
        here.onmessage?.call(/** @type {any} */ (here), /** @type {MessageEvent} */ ({ data: structuredClone(answer) }));
    };
    const receive = createThread(post, {}, ending.signal);
    return here;
}
