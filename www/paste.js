/**
 * @file The way in: a box to paste into, a sample, a file, and the library below.
 */

import { element } from "./dom.js";
import { normalise } from "./text.js";
import { words } from "./words.js";

/**
 * @param {object} given
 * @param {(text: string) => void} given.read
 * @param {() => void} given.sample
 * @param {() => void} given.openFile
 * @param {HTMLElement} given.library
 * @param {HTMLElement} given.lessons
 */
export function createPaste({ read, sample, openFile, library, lessons }) {
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
        library,
        lessons,
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
    };
}
