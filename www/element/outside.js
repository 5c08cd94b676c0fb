/**
 * @file What the element needs of whoever defines it: packages/whosaid/src/element.js hands it over before the first element is made.
 */

/** @import {Client} from "../types.js" */

/** @typedef {{queue: Client, about: {model: string, version: string, formats: readonly string[]}}} Connection A core that has loaded its files. */

/**
 * Where the files of a core are: `AnnotatorOptions` of packages/whosaid/index.d.ts, checked there.
 * @typedef {{wasm?: unknown, model?: unknown, worker?: unknown}} CoreFiles
 */

/**
 * @typedef {object} Outside
 * @property {(from: CoreFiles & {signal: AbortSignal, onprogress: (bytes: number, total?: number) => void}) => Promise<Connection>} connect Starts a core.
 * @property {{light: string, dark: string, rest: string}} styles What the shadow tree looks like, as CSS.
 */

/** @type {Outside} */
export const outside = {
    connect: () => Promise.reject(new Error("the element is not defined by its package")),
    styles: { light: "", dark: "", rest: "" },
};

/** The colours of a dark scheme by theme: where they hold. Whoever has colours of their own keeps them. */
const DARK = /** @type {const} */ ({ auto: "screen and (prefers-color-scheme: dark)", dark: "screen", light: "not all" });

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/**
 * @param {string} css
 * @param {string} [media] Where it holds.
 */
function sheetOf(css, media = "all") {
    const key = media + css;
    const sheet = sheets.get(key) ?? new CSSStyleSheet({ media });
    if (!sheets.has(key)) {
        sheet.replaceSync(css);
        sheets.set(key, sheet);
    }
    return sheet;
}

/**
 * @param {string} theme
 * @returns {CSSStyleSheet[]} Those of an element: all elements of a theme share them.
 */
export function sheetsOf(theme) {
    const { light, dark, rest } = outside.styles;
    return [sheetOf(light), sheetOf(dark, DARK[/** @type {keyof typeof DARK} */ (theme)]), sheetOf(rest)];
}
