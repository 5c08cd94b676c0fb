/** The address of the model file: `createAnnotator({ model: url })`, `element.modelUrl = url`. Importing it fetches nothing. */
export const url: URL;

/** How long the file is. */
export const bytes: number;

/** The SHA-256 of the file, in hexadecimal digits. */
export const sha256: string;
