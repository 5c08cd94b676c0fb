/**
 * @file The device, for the elements that keep their logs there: loaded by the first of them. All share one database.
 */

import { createChannel } from "../device/channel.js";
import { settings } from "../device/settings.js";
import { createStore } from "../device/store.js";

/** The name of the browser's profile, which stands in corrections of users without a name. */
export const { profile } = settings;

/** Called when what is open should be saved once more. @type {Set<() => void>} */
const users = new Set();

export const store = createStore(() => users.forEach((again) => again()));

/**
 * @param {object} heard
 * @param {(doc: string, corrections: readonly unknown[]) => void} heard.corrected Called with what another tab or element has saved.
 * @param {() => void} heard.again Called when what is open should be saved once more.
 */
export function joinDevice({ corrected, again }) {
    const channel = createChannel({ corrected, described() {}, forgotten() {} });
    users.add(again);
    return {
        tell: channel.corrected,

        leave() {
            users.delete(again);
            channel.close();
        },
    };
}
