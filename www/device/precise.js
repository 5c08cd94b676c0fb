/**
 * @file The file of the precise network: fetched when the user asks for it, checked, kept by its hash, and read from there.
 */

import { failure } from "../core/failure.js";
import { digest } from "../state/text.js";
import { CACHE } from "./forget-precise.js";

/** @import {Fetched, Precise} from "../types.js" */

/** @typedef {ReturnType<typeof createPreciseFile>} PreciseFile */

/** @param {Precise} precise */
export function createPreciseFile(precise) {
    const { address, hash } = precise;
    return {
        /** @returns {Promise<boolean>} Whether this device keeps it. */
        async isKept() {
            try {
                return (await caches.has(CACHE)) && (await (await caches.open(CACHE)).match(address)) !== undefined;
            } catch {
                return false;
            }
        },

        /**
         * Reads it from this device.
         * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} `undefined`: it is not kept. A damaged one is deleted, and throws a
         *   `SpoiltError`.
         */
        async read() {
            const cache = await caches.open(CACHE).catch(() => undefined);
            const kept = await cache?.match(address);
            if (!kept) {
                return undefined;
            }
            const bytes = new Uint8Array(await kept.arrayBuffer());
            if ((await digest(bytes)) !== hash) {
                await cache?.delete(address);
                throw failure("SpoiltError", "its hash does not fit");
            }
            return bytes;
        },

        /**
         * Fetches it, without keeping it.
         * @param {(fetched: Fetched) => void} tell Told how much has come.
         * @param {AbortSignal} signal
         * @returns {Promise<Uint8Array<ArrayBuffer>>} Throws an `OfflineError`, a `ServerError`, a `CutError`, a `DamagedError`.
         */
        fetch: (tell, signal) => fetchWhole(precise, tell, signal),

        /**
         * Keeps it, and lets go of those of other builds afterwards.
         * @param {Uint8Array<ArrayBuffer>} bytes
         */
        async keep(bytes) {
            const cache = await caches.open(CACHE);
            await cache.put(address, new Response(bytes, { headers: { "Content-Type": "application/octet-stream" } }));
            const folder = new URL(".", address).href;
            const isOlder = (/** @type {string} */ url) => url !== address && new URL(".", url).href === folder;
            const older = (await cache.keys()).filter(({ url }) => isOlder(url));
            await Promise.all(older.map((request) => cache.delete(request)));
        },
    };
}

/**
 * @param {Precise} precise
 * @param {(fetched: Fetched) => void} tell
 * @param {AbortSignal} signal
 */
async function fetchWhole(precise, tell, signal) {
    const { address, bytes: total, hash } = precise;
    tell({ bytes: 0, total });
    // It is kept once, not in the browser's own cache as well.
    const response = await fetch(address, { cache: "no-store", signal }).catch((error) => {
        throw signal.aborted ? error : failure("OfflineError", error.message);
    });
    if (!response.ok) {
        throw failure("ServerError", String(response.status));
    }
    const whole = new Uint8Array(total);
    let bytes = 0;
    try {
        // What is longer is another file.
        for (const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader(); bytes <= total;) {
            const { done, value } = await reader.read();
            if (done) {
                break;
            }
            whole.set(value.subarray(0, total - bytes), bytes);
            bytes += value.length;
            tell({ bytes: Math.min(bytes, total), total });
        }
    } catch (error) {
        throw signal.aborted ? error : failure("CutError", String(bytes));
    }
    if (bytes < total) {
        throw failure("CutError", String(bytes));
    }
    const isRight = bytes === total && (await digest(whole)) === hash;
    signal.throwIfAborted();
    if (!isRight) {
        throw failure("DamagedError", "its hash does not fit");
    }
    return whole;
}
