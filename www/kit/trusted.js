/**
 * @file Addresses of scripts, as the page's policy asks for them (https://www.w3.org/TR/trusted-types/).
 */

const policy = window.trustedTypes?.createPolicy("whosaid", { createScriptURL: (url) => url });

/**
 * The address of a script that stands beside the page's own.
 * @param {string} name
 * @returns {string}
 */
export function scriptAddress(name) {
    const url = new URL(`./${name}`, import.meta.url).href;
    // TypeScript's Worker takes strings alone.
    return /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(url) ?? url));
}
