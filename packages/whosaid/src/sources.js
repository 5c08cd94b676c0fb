/**
 * @file What a file of the package may be given as.
 */

/** @param {any} given */
export function isAddress(given) {
    return typeof given === "string" || given instanceof URL;
}

/** @param {any} given */
export function isBytes(given) {
    return given instanceof ArrayBuffer || ArrayBuffer.isView(given);
}

/** @param {any} given */
export function isSource(given) {
    return isAddress(given) || typeof given === "function" || isBytes(given);
}

/** What relative addresses are relative to. */
export function base() {
    return typeof document === "object" ? document.baseURI : typeof location === "object" ? location.href : undefined;
}
