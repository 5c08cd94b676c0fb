/**
 * @file Messages: what happened, what is safe, what to do. Screen readers say each as it comes.
 */

import { element, fill } from "../kit/dom.js";
import { words } from "../words/words.js";

/** @import {Message} from "../words/messages.js" */

/** @typedef {{label: string, run: () => void}} Action */

/** How long what was done is shown, in milliseconds: a line with a way back, and a message of some sentences. */
const SHOWN = 6000;
const READ = 12_000;

export function createNotices() {
    const toast = createToast();
    const alerts = element("div", { class: "notices", role: "alert" });
    // For screen readers alone: the page shows it elsewhere.
    const status = element("p", { class: "for-ears", role: "status" });
    return {
        nodes: [alerts, toast.node, status],

        /**
         * Tells what was done, for a while.
         * @param {string} text
         * @param {() => void} undo Takes it back.
         */
        done(text, undo) {
            fill(status, text);
            toast.show(text, undo);
        },

        /**
         * Shows a message in place of the last one.
         * @param {Message} message
         * @param {...Action} actions Each removes the message.
         * @returns {() => void} Removes it, where it is still shown.
         */
        show({ title, safe, todo, tone = "warning" }, ...actions) {
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
                { class: `notice ${tone}` },
                element("p", {}, element("strong", {}, title), rest && ` ${rest}`),
                element("div", { class: "tools" }, ...buttons),
            );
            fill(alerts, notice);
            notice.scrollIntoView({ block: "nearest", behavior: "instant" });
            // What asks for nothing goes by itself; a fault stays until it is read.
            if (tone === "done" && actions.length === 0) {
                passing(notice, READ, leave).wait();
            }
            return leave;
        },

        /** Tells what was done no longer. */
        leave: toast.leave,

        clear: () => fill(alerts),

        /**
         * Says something to screen readers alone.
         * @param {string} text
         */
        say: (text) => fill(status, text),
    };
}

/**
 * Something that goes by itself, but not while the pointer or the focus is on it.
 * @param {HTMLElement} node
 * @param {number} shown How long, in milliseconds.
 * @param {() => void} leave
 */
function passing(node, shown, leave) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const stay = () => clearTimeout(timer);
    const wait = () => {
        stay();
        timer = setTimeout(leave, shown);
    };
    node.addEventListener("pointerenter", stay);
    node.addEventListener("focusin", stay);
    node.addEventListener("pointerleave", wait);
    node.addEventListener("focusout", wait);
    return { stay, wait };
}

/** What was done, with a way back. */
function createToast() {
    const text = element("p", {});
    const button = element("button", { type: "button", class: "link" }, words.bar.undo);
    const node = element("div", { class: "toast", hidden: true }, text, button);
    const pass = passing(node, SHOWN, () => leave());
    let undo = () => {};
    button.addEventListener("click", () => {
        leave();
        undo();
    });

    function leave() {
        pass.stay();
        node.hidden = true;
    }

    return {
        node,
        leave,

        /**
         * @param {string} what
         * @param {() => void} back
         */
        show(what, back) {
            undo = back;
            fill(text, what);
            button.setAttribute("aria-label", `${words.bar.undo}: ${what}`);
            node.hidden = false;
            pass.wait();
        },
    };
}
