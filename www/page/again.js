/**
 * @file The open article on another analysis of its text: what that costs its corrections.
 */

import { entries } from "../state/log.js";

/** @import {KeptSession} from "../keep/keep.js" */
/** @import {Analysis} from "../pkg/whosaid.js" */
/** @import {Client, Reread} from "../types.js" */

/**
 * @param {{session: KeptSession, client: Client}} given
 * @param {Analysis} found Another analysis of the open article, which has corrections.
 * @returns {Promise<Reread | undefined>} `undefined` where no article is open.
 */
export async function weigh({ session, client }, found) {
    const open = session.current();
    if (!open) {
        return undefined;
    }
    const { text, log, settled } = open;
    const { orphans } = await client.ask("correct", [...log], { text, found });
    const before = new Set(settled.orphans);
    return {
        lost: orphans.filter((id) => !before.has(id)).length,
        all: entries(log).length,
        async use() {
            await (session.current() === open && session.adopt(found, true));
        },
    };
}
