/**
 * @file What the JavaScript linter holds. Names and types are TypeScript's to check (tsconfig.json); these are rules
 * of meaning and of the house.
 */
import js from "@eslint/js";

/** What keeps something on the device. */
const DEVICE = ["localStorage", "sessionStorage", "indexedDB", "caches"];

/** What there is in a page alone. */
const WINDOW = ["document", "window", "location", "history", "getSelection", "matchMedia", "addEventListener"];

/** What belongs to the page as a whole: a view asks its place for it (www/kit/place.js), and listens where its signal ends it. */
const WHOLE = [
    ...["document", "window", "self", "globalThis", "location", "history", "getSelection", "addEventListener", "removeEventListener"],
    ...["innerHeight", "innerWidth", "scrollX", "scrollY", "scrollBy", "scrollTo", "scroll", "print"],
];

const HTML = ["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property, message: "build nodes with textContent" }));

const PAGE = [
    ...["body", "documentElement", "activeElement", "scrollingElement", "highlights"].map((property) => ({ property })),
    { object: "navigator", property: "storage" },
];

export default [
    { ignores: ["dist/", "release/", "target/", "www/pkg/", ".cache/", "playwright-report/", "test-results/"] },
    js.configs.recommended,
    {
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            // TypeScript knows which globals there are, in the page and in Node.
            "no-undef": "off",
            "no-unused-vars": ["error", { varsIgnorePattern: "^_" }],
            curly: "error",
            eqeqeq: "error",
            "no-implicit-coercion": "error",
            "no-param-reassign": "error",
            "no-shadow": "error",
            "no-throw-literal": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
            // A function fits a screen, a module in one's head.
            "max-lines": ["error", 400],
            "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
        },
    },
    {
        // A test file's one function is a list of tests; node:test's names are words that a test wants to use.
        files: ["tests/**"],
        rules: { "max-lines-per-function": "off", "no-shadow": "off" },
    },
    {
        // The page builds nodes, never HTML; the policy on its Trusted Types stands behind this.
        files: ["www/**", "packages/whosaid/src/**"],
        rules: {
            "no-console": "error",
            "no-eval": "error",
            "no-restricted-properties": ["error", ...HTML],
        },
    },
    {
        // One module knows how settings are kept, and a few how records are: all of them stand in the room of the device.
        files: ["www/**"],
        ignores: ["www/device/**", "www/service.js"],
        rules: { "no-restricted-globals": ["error", ...DEVICE] },
    },
    {
        // These rooms run in Node as well: tests/js reads them there.
        files: ["www/core/**", "www/edit/**", "www/state/**", "www/words/**"],
        rules: { "no-restricted-globals": ["error", ...DEVICE, ...WINDOW] },
    },
    {
        files: ["www/kit/**"],
        rules: { "no-restricted-globals": ["error", ...DEVICE, "location", "history"] },
    },
    {
        // The view can stand in another page, in a shadow tree and beside another one: nothing of the page is its own.
        files: ["www/view/**"],
        rules: {
            "no-restricted-globals": ["error", ...DEVICE, ...WHOLE],
            "no-restricted-properties": ["error", ...HTML, ...PAGE],
        },
    },
];
