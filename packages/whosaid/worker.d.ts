/**
 * The script of the thread that reads. It exports nothing: its address, or a `Worker` that was started with it, is passed
 * to `createAnnotator` as `worker`.
 */
export {};
