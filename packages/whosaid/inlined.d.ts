/**
 * The files of the core inside a script, for a bundler or a page that cannot put them beside it:
 * `createAnnotator(await import("whosaid/inlined"))`. It weighs 4 MB, and runs in the thread of its caller.
 */

/** Unpacks the WebAssembly. */
export const wasm: () => Promise<Uint8Array>;

/** Unpacks the model. */
export const model: () => Promise<Uint8Array>;

/** The core runs in the thread of its caller; for a worker pass `{ ...inlined, worker: address }`. */
export const worker: false;
