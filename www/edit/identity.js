/**
 * @file The author of a correction: a random name of the browser's profile and of this tab, with a running number.
 */

/** @import {Correction, Edit} from "../pkg/whosaid.js" */
/** @import {Setting} from "../types.js" */

/** @returns {string} */
function random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** @typedef {ReturnType<typeof createIdentity>} Identity */

/**
 * A maker of events that never gives an id twice: a tab that is loaded again, or copied, has a new name.
 * @param {Setting<string | undefined>} setting The profile's name; a new one each time where nothing can be kept.
 */
export function createIdentity(setting) {
    const profile = setting.get() ?? random();
    setting.set(profile);
    const actor = `${profile}.${random()}`;
    let made = 0;
    return {
        /**
         * @param {Edit} edit
         * @param {number} lamport
         * @returns {Correction}
         */
        event(edit, lamport) {
            made += 1;
            return { id: `${actor}:${made}`, actor, lamport, time: new Date().toISOString(), edit };
        },

        /**
         * @param {Correction} correction
         * @returns {boolean} Whether this tab made it.
         */
        isOwn: (correction) => correction.actor === actor,
    };
}
