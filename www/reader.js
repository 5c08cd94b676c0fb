/**
 * @file A thread that reads with the precise network, as a script of its own: what a worker is started with.
 */

import { createThread } from "./core/thread.js";
import { createWindows } from "./core/windows.js";

/** @import {Answer, Asked, Begin} from "./types.js" */

/** The used part of the thread's scope: TypeScript's types of a page and of a worker exclude each other. */
const scope = /** @type {{postMessage(answer: Answer): void, onmessage: ((event: {data: Asked | Begin}) => void) | null}} */ (
    /** @type {unknown} */ (globalThis)
);

const receive = createThread(
    (answer) => scope.postMessage(answer),
    { wasm: new URL("./pkg/whosaid_bg.wasm", import.meta.url) },
    undefined,
    createWindows(new URL("./pkg/model.bin", import.meta.url)),
);

scope.onmessage = ({ data }) => void receive(data);
