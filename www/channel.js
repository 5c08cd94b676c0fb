/**
 * @file Tells other tabs of new corrections, and hears of theirs.
 */

/** @import {Correction} from "./pkg/whosaid.js" */

/**
 * @param {(doc: string, corrections: Correction[]) => void} heard Called with what another tab has saved.
 * @returns {(doc: string, corrections: readonly Correction[]) => void} Tells what this tab has saved.
 */
export function createChannel(heard) {
    const channel = new BroadcastChannel("whosaid");
    channel.onmessage = ({ data }) => heard(data.doc, data.corrections);
    return (doc, corrections) => {
        if (corrections.length > 0) {
            channel.postMessage({ doc, corrections });
        }
    };
}
