/**
 * @file Reading with the precise network, where this build has one: what does it is loaded after the first reading.
 */

import { element } from "../kit/dom.js";

/** @import {Given} from "./precise-reading.js" */
/** @import {Precise} from "../types.js" */

/**
 * What the build says of it: its file, how many bytes that has, what reads with it.
 * @returns {Precise | undefined}
 */
function told() {
    const [name = "", bytes, model = ""] = document.querySelector('meta[name="precise"]')?.getAttribute("content")?.split(" ") ?? [];
    // At an address that is not secure nothing can be checked.
    if (!name || !globalThis.crypto?.subtle) {
        return undefined;
    }
    return { address: new URL(name, location.href).href, bytes: Number(bytes), hash: /[0-9a-f]{64}/.exec(name)?.[0] ?? "", model };
}

/** @param {Omit<Given, "precise" | "nodes">} given */
export function createPrecise(given) {
    const precise = told();
    const nodes = { line: element("div", {}), menu: element("div", {}), progress: element("div", {}) };
    /** @type {Promise<ReturnType<typeof import("./precise-reading.js").createPreciseReading>> | undefined} */
    let loaded;
    return {
        nodes,
        isOffered: precise !== undefined,

        /** An article is open, or is shown as another one: offers to read it. */
        async show() {
            if (precise) {
                loaded ??= import("./precise-reading.js").then((made) => made.createPreciseReading({ ...given, precise, nodes }));
                // Where it cannot be loaded, the next article tries again.
                await loaded.then(({ show }) => show()).catch(() => (loaded = undefined));
            }
        },

        /** Lets go of what this page holds of it. */
        forget: () => void loaded?.then(({ forget }) => forget()),
    };
}
