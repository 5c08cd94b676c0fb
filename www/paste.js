/**
 * @file The way in: a box to paste into, a sample, a file, what was read before.
 */

import { element, fill } from "./dom.js";
import { normalise } from "./text.js";
import { words } from "./words.js";

/** @import {Kept} from "./store.js" */

/**
 * @param {object} given
 * @param {(text: string) => void} given.read
 * @param {() => void} given.sample
 * @param {() => void} given.openFile
 * @param {(article: Kept) => void} given.reopen
 * @param {(article: Kept) => void} given.forget
 */
export function createPaste({ read, sample, openFile, reopen, forget }) {
    const box = element("textarea", {
        id: "paste",
        rows: 9,
        spellcheck: "false",
        autocomplete: "off",
        placeholder: words.paste.placeholder,
        "aria-describedby": "paste-promise",
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                read(box.value);
            }
        },
    });
    const submit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        read(box.value);
    };
    const earlier = element("ul", { class: "earlier" });
    const before = element("section", { hidden: true }, element("h2", { class: "heading" }, words.paste.earlier), earlier);
    const node = element("section", { class: "paste" },
        element("h1", { class: "tagline" }, words.tagline),
        element("form", { onsubmit: submit },
            element("label", { for: "paste", class: "for-ears" }, words.paste.label),
            box,
            element("div", { class: "tools" },
                element("button", { class: "main" }, words.paste.read),
                element("button", { type: "button", class: "quiet", onclick: sample }, words.paste.sample),
                element("button", { type: "button", class: "quiet", onclick: openFile }, words.paste.open),
            ),
        ),
        element("p", { class: "promise", id: "paste-promise" }, words.paste.promise, " ", words.paste.files),
        before,
    );
    return {
        node,
        focus: () => box.focus(),

        /**
         * Holds a text that could not be read, unless something else was begun here.
         * @param {string} text
         */
        keep(text) {
            box.value ||= text;
        },

        /**
         * Lets go of a text that was read; what else was begun here stays.
         * @param {string} text
         */
        release(text) {
            if (normalise(box.value) === text) {
                box.value = "";
            }
        },

        /** @param {readonly Kept[]} articles */
        showEarlier(articles) {
            before.hidden = articles.length === 0;
            fill(earlier, ...articles.map((article) => earlierRow(article, reopen, forget)));
        },
    };
}

/**
 * @param {Kept} article
 * @param {(article: Kept) => void} reopen
 * @param {(article: Kept) => void} forget
 */
function earlierRow(article, reopen, forget) {
    const title = article.title || words.unnamed;
    // Forgetting cannot be undone: it takes a second press.
    const drop = element("button", { type: "button", class: "link", onclick: sure, onblur: unsure }, words.paste.forget);
    drop.setAttribute("aria-label", words.paste.forgetNamed(title));
    let asked = false;

    function sure() {
        if (asked) {
            forget(article);
            return;
        }
        asked = true;
        fill(drop, words.paste.forgetSure);
        drop.setAttribute("aria-label", words.paste.forgetSure);
    }

    function unsure() {
        asked = false;
        fill(drop, words.paste.forget);
        drop.setAttribute("aria-label", words.paste.forgetNamed(title));
    }

    const open = element("button", { type: "button", class: "link title", onclick: () => reopen(article) }, title);
    return element("li", {}, open, drop);
}
