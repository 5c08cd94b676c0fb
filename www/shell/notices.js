/**
 * @file Messages: what happened, what is safe, what to do. Screen readers say each as it comes.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/words.js";

/** @import {Message} from "../words/messages.js" */

/** @typedef {{label: string, run: () => void}} Action */

export function createNotices() {
    const alerts = element("div", { class: "notices", role: "alert" });
    // For screen readers alone: the page shows it elsewhere.
    const status = element("p", { class: "for-ears", role: "status" });
    return {
        nodes: [alerts, status],

        /**
         * Shows a message in place of the last one.
         * @param {Message} message
         * @param {...Action} actions Each removes the message.
         * @returns {() => void} Removes it, where it is still shown.
         */
        show({ title, safe, todo }, ...actions) {
            const leave = () => notice.remove();
            const buttons = [...actions, { label: words.actions.dismiss, run: leave }].map(({ label, run }) => {
                const onclick = () => {
                    leave();
                    run();
                };
                return element("button", { type: "button", class: "quiet", onclick }, label);
            });
            const rest = [safe, todo].filter(Boolean).join(" ");
            const notice = element(
                "div",
                { class: "notice" },
                element("p", {}, element("strong", {}, title), rest && ` ${rest}`),
                element("div", { class: "tools" }, ...buttons),
            );
            fill(alerts, notice);
            return leave;
        },

        clear: () => fill(alerts),

        /**
         * Says something to screen readers alone.
         * @param {string} text
         */
        say: (text) => fill(status, text),
    };
}
