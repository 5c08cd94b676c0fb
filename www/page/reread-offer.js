/**
 * @file What is said of an article that an older model has read, and the question whether the new one may: loaded when there is one.
 */

import { reread as english } from "../words/reread.js";
import { later } from "../words/words.js";
import { weigh } from "./again.js";

/** @import {Given} from "./reread.js" */

const words = later("reread", english);

/** @param {Given} given */
export function offerReread(given) {
    const { client, session, learnt, notices, attempt } = given;

    /** Says how many corrections would be lost, and reads again when the user wants it. */
    async function look() {
        await attempt(async () => {
            const open = session.current();
            const found = open && (await client.ask("annotate", open.text, await learnt(open.doc)));
            const again = found && (await weigh(given, found));
            if (again) {
                const run = () => void attempt(again.use);
                notices.show(words.costs(again.lost, again.all), { label: words.use, run });
            }
        });
    }

    notices.show(words.offer, { label: words.look, run: () => void look() });
}
