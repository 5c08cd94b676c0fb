/**
 * @file What the precise network's thread answers: an article is read window by window, and shared with other threads that hold the
 * network too.
 */

import { Annotator } from "../pkg/whosaid.js";

/** @import {Learnt, Windows} from "../pkg/whosaid.js" */
/** @import {Others} from "./thread.js" */

/**
 * @param {URL} small Where the small network is, which reads what the precise one has not read yet.
 * @returns {Others}
 */
export function createWindows(small) {
    /** @type {Windows | undefined} */
    let windows;
    /** @type {Annotator | undefined} */
    let rest;

    /** @returns {Windows} */
    function there() {
        if (!windows) {
            throw new Error("no article is being read");
        }
        return windows;
    }

    return {
        windows(core, _, /** @type {string} */ text) {
            windows?.free();
            windows = core.windows(text);
            return windows.count;
        },

        look: (core, tell, /** @type {number} */ window) => core.look(there(), window, tell),

        put(_, _tell, /** @type {number} */ window, /** @type {Float32Array} */ said) {
            there().put(window, said);
            return there().share;
        },

        async settle(core, _, /** @type {Learnt | undefined} */ learnt) {
            // What corrections moved in the small network fits no other one.
            core.teach(learnt && { ...learnt, delta: { cue: [] } });
            if (there().share >= 1) {
                return core.annotateWindows(there(), core);
            }
            rest ??= await fetchSmall(small).catch(() => undefined);
            rest?.teach(learnt);
            return rest && core.annotateWindows(there(), rest);
        },
    };
}

/** @param {URL} address */
async function fetchSmall(address) {
    const response = await fetch(address, { cache: "no-cache" });
    return new Annotator(new Uint8Array(await response.arrayBuffer()));
}
