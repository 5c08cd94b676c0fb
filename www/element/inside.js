/**
 * @file What stands in the shadow tree of an element while it is in a page: the view, its tools and its messages.
 */

import { element, setAttribute } from "../kit/dom.js";
import { listenForKeys } from "../kit/keys.js";
import { createCorrections } from "../keep/corrections.js";
import { articleOf } from "../keep/keep.js";
import { createNotices } from "../shell/notices.js";
import { redo, undo } from "../state/log.js";
import { createView } from "../view/view.js";
import { words } from "../words/words.js";
import { withLabels } from "./labels.js";

/** @import {KeptSession} from "../keep/keep.js" */
/** @import {Open, Setting} from "../types.js" */

/** @typedef {ReturnType<typeof createInside>} Inside */

/**
 * @param {object} given
 * @param {ShadowRoot} given.root
 * @param {KeptSession} given.session
 * @param {{attitudes: Setting<boolean>, names: Setting<boolean>, editing: Setting<boolean>}} given.settings
 * @param {() => boolean} given.mayEdit Whether the user may correct.
 * @param {() => string} given.labels Which marks are shown; empty: all.
 * @param {() => boolean} given.singles Whether keys of a single character are on.
 * @param {(key: string | undefined) => void} given.select Another mark is chosen; none.
 * @param {(files: readonly File[]) => void} given.importFiles
 */
export function createInside({ root, session, settings, mayEdit, labels, singles, select, importFiles }) {
    const notices = createNotices();
    const corrections = createCorrections({ session, notices });
    const desk = element("div", { hidden: true });
    const view = createView({
        root,
        host: desk,
        settings,
        mayEdit,
        on: {
            edit: (edits, what) => void (mayEdit() && corrections.correctAll(edits, what)),
            undo: corrections.undo,
            redo: corrections.redo,
            // Nobody needs it before.
            importFile: async () => (await import("../kit/files.js")).createChooser(importFiles).choose(),
            select,
            draw() {},
            say: notices.say,
            tell: (message) => void notices.show(message),
        },
    });
    const undoes = createSymbol("↶", words.bar.undo, corrections.undo);
    const redoes = createSymbol("↷", words.bar.redo, corrections.redo);
    const tools = [undoes, redoes, view.controls.review, view.controls.names];
    const toolbar = element(
        "div",
        { class: "toolbar", part: "toolbar", role: "toolbar", "aria-label": words.name, hidden: true },
        ...tools,
    );
    const slot = element("slot");
    const frame = element("div", { class: "frame", role: "group" }, ...notices.nodes.slice(0, 1), toolbar, desk, ...notices.nodes.slice(1));
    const list = desk.querySelector("aside");
    root.replaceChildren(slot, frame);
    const keys = view.keys.flatMap(({ keys: table, reads }) =>
        Object.entries(table).map(([name, run]) => [name, () => (reads || mayEdit() ? run() : false)]),
    );
    listenForKeys(frame, Object.fromEntries(keys), singles);
    return {
        view,
        notices,
        corrections,

        /** @param {boolean} isOff Whether nothing of it can be used. */
        disable: (isOff) => void (frame.inert = isOff),

        /**
         * Shows what the session holds; without an article, what the page wrote into the element.
         * @param {Readonly<Open> | undefined} open
         * @returns {Promise<unknown>} Comes when it is drawn.
         */
        show(open) {
            slot.hidden = open !== undefined;
            desk.hidden = toolbar.hidden = !open;
            undoes.disabled = !open || !undo(open.log);
            redoes.disabled = !open || !redo(open.log);
            const article = open && articleOf(open);
            if (open) {
                // Several stand in a page: each says whose it is.
                setAttribute(frame, "aria-label", open.title);
                list?.setAttribute("aria-label", `${words.tabs.label}: ${open.title}`);
            }
            return view.show(article && { ...article, analysis: withLabels(article.analysis, labels()) });
        },

        dispose() {
            view.dispose();
            notices.leave();
            root.replaceChildren(element("slot"));
        },
    };
}

/**
 * A button with a symbol.
 * @param {string} face
 * @param {string} label
 * @param {() => void} onclick
 */
function createSymbol(face, label, onclick) {
    return element("button", { type: "button", class: "quiet symbol", "aria-label": label, title: label, onclick }, face);
}
