/**
 * @file Offers to read an article again when an older model has read it.
 */

import { IMPORTED, isPrecise } from "../state/records.js";

/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {KeptSession} from "../keep/keep.js" */
/** @import {Learnt} from "../pkg/whosaid.js" */
/** @import {Client} from "../types.js" */

/**
 * @typedef {object} Given
 * @property {Client} client
 * @property {KeptSession} session
 * @property {(doc: string) => Promise<Learnt | undefined>} learnt The lessons that an article is read with.
 * @property {ReturnType<typeof createNotices>} notices
 * @property {Attempt} attempt
 */

/**
 * @param {Given} given
 * @returns {Promise<boolean>} Whether the open article was corrected on what another model found, which may read it no worse.
 */
async function isOlder({ client, session }) {
    const { found, log } = session.current() ?? { log: [] };
    // No newer model reads what people marked in another tool, and a precise one's reading is no older than the small one's.
    if (!found || log.length === 0 || found.model === IMPORTED || isPrecise(found.model)) {
        return false;
    }
    return found.model !== (await client.ask("model"));
}

/**
 * @param {Given} given
 * @returns {() => Promise<void>} To be called when an article is open.
 */
export function createRereadOffer(given) {
    return async function offer() {
        if (await isOlder(given).catch(() => false)) {
            // Where it cannot be loaded, the article stays as it is.
            await import("./reread-offer.js").then(({ offerReread }) => offerReread(given)).catch(() => undefined);
        }
    };
}
