/**
 * @file The way in: a box to paste into, a sample, a file, and the library below. What is pasted from a page keeps its
 * paragraphs. A very long text is held beside the box instead of in it: browsers take long to type over one.
 */

import { element } from "../kit/dom.js";
import { createHolding } from "./holding.js";
import { normalise } from "../state/text.js";
import { words } from "../words/page.js";

/** A longer text than this, in UTF-16 code units, is held beside the box. */
const LONG = 500_000;

/**
 * @param {object} given
 * @param {(text: string) => void} given.read
 * @param {() => void} given.sample
 * @param {() => void} given.openFile
 * @param {() => void} given.openFolder
 * @param {HTMLElement} given.excerpt Shows what the page does.
 * @param {HTMLElement} given.library
 * @param {HTMLElement} given.lessons
 */
export function createPaste({ read, sample, openFile, openFolder, excerpt, library, lessons }) {
    const box = createBox({ begin: () => begin(), hold: (text) => holding.hold(text) });
    const holding = createHolding(box);

    /** Reads the text in the box, or the one that is held beside it. */
    function begin() {
        if (box.value.length > LONG) {
            holding.hold(box.value);
            box.value = "";
        }
        read(box.value.trim() === "" ? (holding.held() ?? "") : box.value);
    }

    const submit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        begin();
    };
    const intro = element(
        "div",
        { class: "intro" },
        element("h1", { class: "tagline" }, words.tagline),
        element(
            "form",
            { onsubmit: submit },
            element("label", { for: "paste", class: "for-ears" }, words.paste.label),
            box,
            holding.node,
            element(
                "div",
                { class: "tools" },
                element("button", { class: "main" }, words.paste.read),
                element("button", { type: "button", class: "quiet", onclick: sample }, words.paste.sample),
                element("button", { type: "button", class: "quiet", onclick: openFile }, words.paste.open),
                element("button", { type: "button", class: "quiet", onclick: openFolder }, words.paste.folder),
            ),
        ),
        element("p", { class: "promise", id: "paste-promise" }, words.paste.promise, " ", words.paste.files),
    );
    const node = element("section", { class: "paste" }, element("div", { class: "welcome" }, intro, excerpt), library, lessons);
    return {
        node,
        focus: () => box.focus(),

        /**
         * Holds a text that could not be read, unless something else was begun here.
         * @param {string} text
         */
        keep(text) {
            if (text.length > LONG) {
                holding.hold(text);
            } else {
                box.value ||= text;
            }
        },

        /**
         * Discards a text that was read; another text that was begun here stays.
         * @param {string} text
         */
        release(text) {
            if (normalise(box.value) === text) {
                box.value = "";
            }
            if (normalise(holding.held() ?? "") === text) {
                holding.hold(undefined);
            }
        },
    };
}

/**
 * @param {{begin: () => void, hold: (text: string) => void}} actions
 * @returns {HTMLTextAreaElement}
 */
function createBox({ begin, hold }) {
    return element("textarea", {
        id: "paste",
        rows: 9,
        spellcheck: "false",
        autocomplete: "off",
        placeholder: words.paste.placeholder,
        "aria-describedby": "paste-promise",
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                begin();
            }
        },
        onpaste: (/** @type {ClipboardEvent} */ event) => {
            const { plain, html } = contentOf(event.clipboardData);
            // What is plain and short the browser itself puts in the right place.
            if (html !== "" || plain.length > LONG) {
                event.preventDefault();
                void textIn(plain, html).then((text) => {
                    if (text.length > LONG) {
                        hold(text);
                    } else {
                        // Unlike a new value, this can be undone.
                        document.execCommand("insertText", false, text);
                    }
                });
            }
        },
    });
}

/**
 * Reads what is pasted anywhere but into a field or a dialog.
 * @param {HTMLElement} root
 * @param {(text: string) => void} read
 */
export function listenForPastes(root, read) {
    root.addEventListener("paste", (event) => {
        const at = event.target instanceof Element ? event.target : root;
        const { plain, html } = contentOf(event.clipboardData);
        if (!event.defaultPrevented && !at.closest("input, textarea, select, dialog, [popover]") && (plain + html).trim() !== "") {
            event.preventDefault();
            void textIn(plain, html).then((text) => text.trim() !== "" && read(text));
        }
    });
}

/**
 * What is pasted: it can be asked for only while the event lasts.
 * @param {DataTransfer | null} data
 */
function contentOf(data) {
    const html = data?.getData("text/html") ?? "";
    // Very long HTML is not worth the time: its text is there as well.
    return { plain: data?.getData("text/plain") ?? "", html: html.length <= 20 * LONG ? html : "" };
}

/**
 * The pasted text, with the paragraphs of its HTML where there is some.
 * @param {string} plain
 * @param {string} html
 * @returns {Promise<string>}
 */
async function textIn(plain, html) {
    if (html === "") {
        return plain;
    }
    const { textOf } = await import("./html.js").catch(() => ({ textOf: () => undefined }));
    return textOf(html) ?? plain;
}
