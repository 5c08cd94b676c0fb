/**
 * @file Where the precise model file is: beside this script. Importing it fetches nothing.
 */

// Bundlers find the file by this very expression.
export const url = new URL("./precise.bin", import.meta.url);

// @ts-expect-error scripts/precise.mjs puts it in.
export const bytes = /** @type {number} */ (BYTES);

// @ts-expect-error scripts/precise.mjs puts it in.
export const sha256 = /** @type {string} */ (SHA256);
