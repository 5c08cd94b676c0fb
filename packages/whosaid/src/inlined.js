/**
 * @file The files of the core inside a script, for bundlers and pages that cannot put them beside it.
 */

/**
 * @param {string} packed Bytes, deflated, in base64.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

// @ts-expect-error scripts/package.mjs puts it in.
export const wasm = () => unpacked(PACKED_WASM);

// @ts-expect-error scripts/package.mjs puts it in.
export const model = () => unpacked(PACKED_MODEL);

/** A worker would be a file of its own. */
export const worker = false;
