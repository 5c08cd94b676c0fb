/**
 * @file Where the file of the precise network is kept, apart from all else: whether it is there, and how it is deleted.
 */

// No name that the service worker deletes with the files of other builds.
export const CACHE = "whosaid.precise";

/** @returns {Promise<boolean>} Whether this device keeps a file of the precise network, of any build. */
export async function keepsPrecise() {
    try {
        return (await caches.has(CACHE)) && (await (await caches.open(CACHE)).keys()).length > 0;
    } catch {
        // At an address that is not secure nothing is kept.
        return false;
    }
}

/** Deletes it from this device. */
export async function forgetPrecise() {
    // The name is there in each browser that keeps files.
    await globalThis.caches?.delete(CACHE);
}
