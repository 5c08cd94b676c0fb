/**
 * @file The page around the view: the bar, the messages, the way in. It decides whether the article or the way in is
 * shown, and shows the state of the session.
 */

import { settings } from "../device/settings.js";
import { element } from "../kit/dom.js";
import { labelOf } from "../kit/keys.js";
import { articleOf } from "../keep/keep.js";
import { painted } from "../kit/pause.js";
import { createBar } from "../shell/bar.js";
import { words } from "../words/page.js";
import { createPreview } from "./preview.js";
import * as route from "./route.js";

/** @import {createLearning} from "../device/learning.js" */
/** @import {createChooser} from "../kit/files.js" */
/** @import {createHelp} from "../shell/help.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {createProgress} from "../shell/progress.js" */
/** @import {createStatus} from "../shell/status.js" */
/** @import {createWarning} from "../shell/warning.js" */
/** @import {createPaste} from "../start/paste.js" */
/** @import {createPrecise} from "./precise.js" */
/** @import {Shelf} from "../start/shelf.js" */
/** @import {Tools} from "../start/tools.js" */
/** @import {createUnread} from "../start/unread.js" */
/** @import {Analysis} from "../pkg/whosaid.js" */
/** @import {Counts} from "../types.js" */
/** @import {View} from "../view/view.js" */
/** @import {Corrections} from "../keep/corrections.js" */
/** @import {KeptSession} from "../keep/keep.js" */

/**
 * @typedef {object} Joined
 * @property {KeptSession} session
 * @property {Corrections} corrections
 * @property {View} view
 * @property {HTMLElement} desk What the view fills.
 * @property {ReturnType<typeof createNotices>} notices
 * @property {ReturnType<typeof createProgress>} progress
 * @property {HTMLElement} batch What goes on with many articles.
 * @property {ReturnType<typeof createPaste>} paste
 * @property {ReturnType<typeof createHelp>} help
 * @property {ReturnType<typeof createChooser>} chooser
 * @property {ReturnType<typeof createStatus>} status
 * @property {ReturnType<typeof createUnread>} unread
 * @property {ReturnType<typeof createWarning>} warn
 * @property {Shelf} shelf
 * @property {ReturnType<typeof createLearning>} learning
 * @property {() => Promise<void>} offerReread
 * @property {ReturnType<typeof createPrecise>} precise
 * @property {() => void} backup Gives the user all of the open article as a file.
 * @property {Tools} tools
 */

/** @typedef {ReturnType<typeof createNodes>} Nodes */

/** @typedef {Joined & {nodes: Nodes, isAsked: boolean, wasShown: boolean, rest?: Promise<void>}} State */

/** @param {Joined} joined */
export function createFrame(joined) {
    const actions = { startOver: () => startAnew(state), back: () => opened(state) };
    /** @type {State} */
    const state = { ...joined, nodes: createNodes(joined, actions), isAsked: false, wasShown: false };
    const { session } = joined;
    showDesk(state, false);
    return {
        node: state.nodes.root,
        isShown: () => isShown(state),
        show: () => show(state),
        opened: () => opened(state),
        startAnew: () => startAnew(state),
        showBeginning: showBeginning.bind(null, state),
        leaveBeginning: () => leaveBeginning(state),
        noteAddress: () => noteAddress(state),

        /**
         * Follows the address of the page when it changes.
         * @param {() => void} open Opens the article that it asks for.
         */
        followAddress: (open) =>
            route.listenForRoute({
                doc: () => session.current()?.doc ?? "",
                isShown: () => isShown(state),
                show: () => opened(state),
                choose: () => showAsked(state),
                open,
                leave: () => startAnew(state),
            }),
    };
}

/**
 * @param {Joined} joined
 * @param {{startOver: () => void, back: () => void}} actions
 */
function createNodes(joined, actions) {
    const { corrections, view, desk, notices, progress, paste, status, help, chooser } = joined;
    const preview = createPreview();
    const { menu, exports } = words.bar;
    const bar = createBar({
        home: actions.startOver,
        back: actions.back,
        undo: corrections.undo,
        redo: corrections.redo,
        status: status.node,
        ...view.controls,
        precise: joined.precise.nodes.menu,
        exports: [
            { label: exports.sources, run: view.actions.sourceList },
            { label: exports.file, run: joined.backup },
            { label: exports.print, run: () => print() },
        ],
        tools: { node: joined.tools.node, show: () => void joined.tools.show() },
        actions: [
            { label: menu.search, run: view.actions.search, key: "/" },
            { label: menu.rest, run: view.actions.rest, key: labelOf(["Shift+Enter"], words.help.names) },
        ],
        help: { label: menu.help, run: help.show, key: "?" },
    });
    const root = element(
        "div",
        { class: "app" },
        bar.node,
        element("main", {}, ...notices.nodes, progress.node, joined.precise.nodes.progress, joined.batch, paste.node, preview.node, desk),
        element("p", { class: "drop-here", "aria-hidden": "true" }, words.paste.drop),
        help.node,
        chooser.node,
    );
    return { root, bar, preview };
}

/** @param {State} state */
function isShown({ desk }) {
    return !desk.hidden;
}

/**
 * @param {State} state
 * @param {boolean} isOpen Whether the article is shown, or the way in.
 */
function showDesk({ nodes, desk, view, paste, session }, isOpen) {
    nodes.preview.hide();
    if (!isOpen) {
        view.leave();
    }
    desk.hidden = !isOpen;
    paste.node.hidden = isOpen;
    nodes.bar.show(session.current(), isOpen);
}

/**
 * Shows the open article.
 * @param {State} state
 */
async function opened(state) {
    const { session, shelf, view, notices, nodes } = state;
    const open = session.current();
    if (open) {
        settings.article.set(open.doc);
        if (!nodes.preview.node.hidden) {
            // Until the whole is drawn its beginning stays where it is.
            await view.ready();
        } else if (!isShown(state)) {
            scrollTo(0, 0);
        }
        showDesk(state, true);
        show(state);
        // Articles that were deleted there make room.
        void shelf.leave().then(session.refresh);
        view.focus();
        showAsked(state);
        notices.say(words.found(/** @type {Counts} */ (view.counts())));
        void state.offerReread();
        void state.precise.show();
    }
}

/**
 * Shows the beginning of a long text, which is still being read.
 * @param {State} state
 * @param {string} text
 * @param {Analysis} found What was found in it.
 */
function showBeginning(state, text, found) {
    const { nodes, desk, view, paste, notices } = state;
    state.wasShown = isShown(state);
    view.leave();
    desk.hidden = true;
    paste.node.hidden = true;
    nodes.bar.show(undefined, false);
    nodes.preview.show(text, found);
    scrollTo(0, 0);
    notices.say(words.preview);
}

/**
 * The whole could not be read: what was shown before its beginning comes back.
 * @param {State} state
 */
function leaveBeginning(state) {
    if (!state.nodes.preview.node.hidden) {
        showDesk(state, state.wasShown);
    }
}

/**
 * Chooses the mark that the address asks for, if it is in this article, and brings the address up to date.
 * @param {State} state
 */
function showAsked(state) {
    const [place, doc] = [route.asked(), state.session.current()?.doc ?? ""];
    if (place?.key && route.means(place, doc)) {
        state.view.select(place.key);
    }
    route.settle();
    noteAddress(state);
}

/**
 * Puts the article and the chosen mark into the address.
 * @param {State} state
 */
function noteAddress(state) {
    const { session, view } = state;
    route.note(isShown(state) ? session.current()?.doc : undefined, view.key());
}

/**
 * Shows the way in.
 * @param {State} state
 */
function startAnew(state) {
    const { paste, shelf, learning } = state;
    settings.article.set("");
    showDesk(state, false);
    noteAddress(state);
    paste.focus();
    void shelf.enter();
    void learning.show();
}

/**
 * Shows what the session holds: the text at once, everything else when the text is on the screen.
 * @param {State} state
 */
function show(state) {
    const { session, status, unread, view, progress, nodes } = state;
    const open = session.current();
    // At once: a new correction must not stand beside the word that all is saved.
    status.show(open);
    nodes.bar.show(open, isShown(state));
    if (open) {
        unread.show(open.unread);
    }
    void view.show(open && articleOf(open)).then((isDrawn) => isDrawn && progress.show(undefined));
    state.rest ??= painted().then(() => {
        state.rest = undefined;
        follow(state);
    });
}

/**
 * Tells how saving goes, when the article is on the screen.
 * @param {State} state
 */
function follow(state) {
    const open = state.session.current();
    if (!open) {
        return;
    }
    state.warn(open);
    if (open.saved && open.log.length > 0 && !state.isAsked) {
        state.isAsked = true;
        void navigator.storage?.persist?.();
    }
}
