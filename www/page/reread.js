/**
 * @file Offers to read an article again when an older model has read it.
 */

import { words } from "../words/page.js";

/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {KeptSession} from "../keep/keep.js" */

/**
 * @param {object} given
 * @param {KeptSession} given.session
 * @param {ReturnType<typeof createNotices>} given.notices
 * @param {Attempt} given.attempt
 * @returns {() => Promise<void>} To be called when an article is open.
 */
export function createRereadOffer({ session, notices, attempt }) {
    const told = words.reread;

    /** Says how many corrections would be lost, and reads again when the user wants it. */
    async function look() {
        await attempt(async () => {
            const again = await session.reread();
            if (again) {
                const run = () => void attempt(again.use);
                notices.show(told.costs(again.lost, again.all), { label: told.use, run });
            }
        });
    }

    return async function offer() {
        if (await session.isOlder().catch(() => false)) {
            notices.show(told.offer, { label: told.look, run: () => void look() });
        }
    };
}
