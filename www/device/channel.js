/**
 * @file Tells other tabs about new corrections and about changes in the library, and listens to theirs.
 */

import { isObject } from "../state/records.js";

/** @import {Correction} from "../pkg/whosaid.js" */

/**
 * @param {object} heard
 * @param {(doc: string, corrections: unknown[]) => void} heard.corrected Called with the corrections that another tab has saved.
 * @param {() => void} heard.described Called when another tab changed the library.
 * @param {() => void} heard.forgotten Called when another tab has deleted everything.
 */
export function createChannel(heard) {
    if (typeof BroadcastChannel === "undefined") {
        // Without it each tab learns of the others when it is looked at again.
        return { corrected() {}, described() {}, forgotten() {}, close() {} };
    }
    const channel = new BroadcastChannel("whosaid");
    channel.onmessage = ({ data }) => {
        // A tab of another version can send anything.
        const { doc, corrections, forgotten } = isObject(data) ? data : {};
        if (forgotten === true) {
            heard.forgotten();
        } else if (typeof doc === "string" && Array.isArray(corrections)) {
            heard.corrected(doc, corrections);
        } else {
            heard.described();
        }
    };
    return {
        /**
         * Tells other tabs about the corrections that this tab has saved.
         * @param {string} doc
         * @param {readonly Correction[]} corrections
         */
        corrected(doc, corrections) {
            if (corrections.length > 0) {
                channel.postMessage({ doc, corrections });
            }
        },

        /** Tells that the library has something else to show. */
        described: () => channel.postMessage({}),

        /** Tells that everything was deleted. */
        forgotten: () => channel.postMessage({ forgotten: true }),

        /** Neither tells nor hears anything more. */
        close: () => channel.close(),
    };
}
