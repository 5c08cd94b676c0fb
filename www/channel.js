/**
 * @file Tells other tabs of new corrections and of changes in the library, and hears of theirs.
 */

/** @import {Correction} from "./pkg/whosaid.js" */

/**
 * @param {object} heard
 * @param {(doc: string, corrections: Correction[]) => void} heard.corrected Called with what another tab has saved.
 * @param {() => void} heard.described Called when another tab changed what the library shows.
 */
export function createChannel(heard) {
    const channel = new BroadcastChannel("whosaid");
    channel.onmessage = ({ data: { doc, corrections } }) => {
        if (doc === undefined) {
            heard.described();
        } else {
            heard.corrected(doc, corrections);
        }
    };
    return {
        /**
         * Tells what this tab has saved.
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
    };
}
