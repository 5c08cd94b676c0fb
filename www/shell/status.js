/**
 * @file The line that is always in sight: where the data is, when it was saved, how many corrections there are, a
 * way to back them up.
 */

import { element, fill } from "../kit/dom.js";
import { entries } from "../state/log.js";
import { clock, words } from "../words/words.js";

/** @import {Open} from "../types.js" */

/** @param {() => void} backup */
export function createStatus(backup) {
    const saved = element("span", { class: "saved", hidden: true });
    const count = element("span", { class: "corrections", hidden: true });
    const save = element("button", { type: "button", class: "link", hidden: true, onclick: backup }, words.status.backup);
    const here = element("span", {}, words.status.here);
    return {
        node: element("div", { class: "status" }, here, saved, count, save),

        /** @param {Readonly<Open> | undefined} open */
        show(open) {
            saved.hidden = !open;
            count.hidden = !open;
            save.hidden = !open;
            if (open) {
                fill(saved, savedText(open));
                saved.classList.toggle("failing", Boolean(open.failure));
                // The number of unsaved corrections is shown instead.
                count.hidden = Boolean(open.failure) && open.unsaved.length > 0;
                fill(count, words.status.corrections(entries(open.log).filter(({ back }) => !back).length));
            }
        },
    };
}

/** @param {Readonly<Open>} open */
function savedText({ failure, unsaved, kept, saved }) {
    if (failure) {
        return words.status.unsaved(unsaved.length);
    }
    return saved && kept && unsaved.length === 0 ? words.status.saved(clock(saved)) : words.status.saving;
}
