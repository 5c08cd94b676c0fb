/**
 * @file The menu of the speakers: a field that shows who speaks, and under it a list that what is typed filters.
 */

import { createChip } from "../article/chip.js";
import { element, fill } from "../../kit/dom.js";
import { createSpeakerList } from "./speaker-list.js";
import { hasFocus } from "../../kit/place.js";
import { keepTyped } from "../../kit/typed.js";
import { NOBODY } from "../../state/signs.js";

/** @import {Sign} from "../../types.js" */
/** @import {Candidate} from "./speaker-list.js" */

/**
 * @typedef {object} Shown
 * @property {string} [speaker]
 * @property {Sign} [sign]
 * @property {string} placeholder
 * @property {boolean} mayBeNobody Whether nobody in particular can be chosen.
 * @property {() => readonly Candidate[]} candidates
 */

const FIELD = {
    type: "text",
    id: "editor-speaker",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-controls": "editor-speakers",
    "aria-expanded": "false",
};

/**
 * @param {object} given
 * @param {(speaker: string | undefined) => void} given.chosen Somebody was chosen or typed; nothing: nobody in particular.
 * @param {() => void} given.done The choice is made: the field has no more use for the focus.
 */
export function createSpeakerBox({ chosen, done }) {
    const chip = element("span", { class: "speaker-chip" });
    const input = element("input", FIELD);
    const list = createSpeakerList(input, (name) => finish(name));
    const node = element("span", { class: "speaker-box" }, chip, input, list.node);
    /** @type {Shown} */
    let shown = { placeholder: "", mayBeNobody: true, candidates: () => [] };
    /** The name that was kept last: Enter and the loss of the focus both keep it. @type {string | undefined} */
    let last;

    const open = (filter = "") => list.open(shown.candidates(), filter, shown.mayBeNobody);

    /** @param {string | undefined} name */
    function keep(name) {
        const isKept = name !== undefined && name === last;
        last = name;
        list.close();
        if (!isKept) {
            chosen(name);
        }
    }

    /** @param {string | undefined} name */
    function finish(name) {
        input.value = name ?? "";
        keep(name);
        done();
    }

    /** What is typed, as the name of somebody who is known where it is one. */
    function typed() {
        const text = input.value.trim();
        return shown.candidates().find(({ name }) => name.toLowerCase() === text.toLowerCase())?.name ?? text;
    }

    /** Keeps what Enter means: the line that is marked, or what is typed. */
    function enter() {
        const line = list.isOpen() ? list.active() : undefined;
        const name = line ? line.name : typed() || undefined;
        if (line || name || shown.mayBeNobody) {
            finish(name);
        }
    }

    keepTyped(input, () => typed() && keep(typed()));
    input.addEventListener("focus", () => {
        last = undefined;
        input.select();
    });
    input.addEventListener("click", () => open());
    input.addEventListener("blur", () => list.close());
    input.addEventListener("keydown", (event) => press(event, list, open, enter));
    input.addEventListener("input", () => {
        // Something else is typed: it may be kept again.
        last = undefined;
        open(input.value.trim());
    });

    return {
        node,
        hide: () => list.close(),

        /** Puts the focus into the field, with all speakers under it. */
        focus() {
            input.focus();
            open();
        },

        /** @param {Shown} next */
        show(next) {
            shown = next;
            const { sign, placeholder, mayBeNobody, speaker } = next;
            fill(chip, createChip(sign ?? NOBODY));
            chip.hidden = !sign && !mayBeNobody;
            input.placeholder = placeholder;
            if (!hasFocus(input)) {
                input.value = speaker ?? "";
            }
        },
    };
}

/**
 * @param {KeyboardEvent} event In the field.
 * @param {ReturnType<typeof createSpeakerList>} list
 * @param {() => void} open
 * @param {() => void} enter
 */
function press(event, list, open, enter) {
    const { key, isComposing } = event;
    if (isComposing || !["ArrowDown", "ArrowUp", "Enter"].includes(key)) {
        return;
    }
    event.preventDefault();
    if (key === "Enter") {
        enter();
    } else if (list.isOpen()) {
        list.step(key === "ArrowDown" ? 1 : -1);
    } else {
        open();
    }
}
