/**
 * @file The page's own script. It makes the addresses of the scripts beside it, in the form that the page's policy
 * asks for (https://www.w3.org/TR/trusted-types/).
 */

import { start } from "./page/wire.js";

const policy = window.trustedTypes?.createPolicy("whosaid", { createScriptURL: (url) => url });

start((name) => {
    const url = new URL(`./${name}`, import.meta.url).href;
    // TypeScript's Worker takes strings alone.
    return /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(url) ?? url));
});
