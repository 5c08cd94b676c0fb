/**
 * @file Where an element has the files of its core from, as its attributes say, or a script of JSON in the element or in the page:
 * a system that takes unknown attributes out leaves `<script type="application/json" data-whosaid>{"wasm-url": "…"}</script>`.
 */

import { failure } from "../core/failure.js";

/** @import {CoreFiles} from "./outside.js" */

/** The attributes that say it, and the options of a core that they are. */
export const FILES = /** @type {const} */ ({ "wasm-url": "wasm", "model-url": "model", "worker-url": "worker" });

const SCRIPT = "script[type='application/json'][data-whosaid]";

/**
 * @param {Element} node
 * @returns {Record<string, unknown>} What a script of JSON says of it.
 */
function configOf(node) {
    const script = node.querySelector(SCRIPT) ?? node.ownerDocument.querySelector(SCRIPT);
    try {
        return JSON.parse(script?.textContent ?? "{}");
    } catch (error) {
        const { message } = /** @type {Error} */ (error);
        throw failure("ArgumentError", `the script with data-whosaid has to hold an object of JSON: ${message}`);
    }
}

/**
 * @param {Element} node
 * @returns {CoreFiles}
 */
export function sourcesOf(node) {
    const config = configOf(node);
    const given = Object.entries(FILES).map(([name, option]) => [option, node.getAttribute(name) ?? config[name]]);
    const known = given.filter(([, value]) => value !== undefined && value !== "");
    // Two ways to say one address mean one core.
    return Object.fromEntries(known.map(([option, value]) => [option, new URL(String(value), node.baseURI).href]));
}
