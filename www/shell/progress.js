/**
 * @file Tells what the page is doing when that takes long, and offers to stop it.
 */

import { element, fill, setAttribute } from "../kit/dom.js";
import { words } from "../words/page.js";

/** @import {Fetched} from "../types.js" */

/** Shorter tasks are not shown, in milliseconds. */
const PATIENCE = 300;

/**
 * @typedef {object} Task
 * @property {string} stage
 * @property {Fetched} [fetched] How much of it has come.
 * @property {number} [share] How much of it is done, 0 to 1. Where this is absent too, nobody knows how far it is.
 * @property {boolean} asked Whether it can be called off.
 */

/**
 * @param {() => void} cancel
 * @param {{id: string, stages: Record<string, any>}} [given] Of a second one on the page: what it calls the stages.
 */
export function createProgress(cancel, { id, stages } = { id: "progress", stages: words.stage }) {
    // The label alone is live: it changes with the stage, not with every byte.
    const label = element("span", { id: `${id}-label`, role: "status" });
    const amount = element("span", { class: "amount", "aria-hidden": "true" });
    const stop = element("button", { type: "button", class: "quiet", onclick: cancel }, words.stage.cancel);
    const bar = element("progress", { "aria-labelledby": `${id}-label` });
    const node = element("div", { class: "progress", hidden: true }, label, bar, amount, stop);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {string | undefined} */
    let stage;

    /** Names the task after its node is shown: a live region announces only changes while it is on the page. */
    function say() {
        if (stage && !node.hidden) {
            fill(label, stages[stage]);
        }
    }

    return {
        node,

        /** @param {Task | undefined} task `undefined`: done. */
        show(task) {
            const before = stage;
            stage = task?.stage;
            if (!task) {
                clearTimeout(timer);
                timer = undefined;
                node.hidden = true;
                fill(label);
                return;
            }
            const { fetched, asked, share } = task;
            stop.hidden = !asked;
            setAttribute(bar, "max", share === undefined ? fetched?.total : 1);
            setAttribute(bar, "value", share ?? (fetched?.total && fetched.bytes));
            fill(amount, fetched && words.stage.fetched(fetched.bytes, fetched.total), share !== undefined && words.stage.share(share));
            setAttribute(bar, "aria-valuetext", amount.textContent || undefined);
            if (stage !== before) {
                say();
            }
            timer ??= setTimeout(() => {
                node.hidden = false;
                say();
            }, PATIENCE);
        },
    };
}
