/**
 * @file The page: makes its parts and joins them.
 */

import * as addresses from "./page/route.js";
import { createAgain } from "./page/again.js";
import { createArticle } from "./view/article/article.js";
import { createAttempt } from "./shell/attempt.js";
import { createCaret, firstLine } from "./view/article/caret.js";
import { createChannel } from "./device/channel.js";
import { createChoice } from "./view/correct/choice.js";
import { listenForCommands } from "./page/commands.js";
import { createConnector } from "./view/article/connector.js";
import { element } from "./kit/dom.js";
import { createEditor } from "./view/correct/editor.js";
import { explain } from "./words/errors.js";
import { lastInForce } from "./state/log.js";
import { createChooser, download, listenForDrops } from "./kit/files.js";
import { createFilter } from "./view/lists/filter.js";
import { canHold } from "./view/correct/edits.js";
import { createHandles } from "./view/article/handles.js";
import { createHelp } from "./shell/help.js";
import { createIdentity } from "./edit/identity.js";
import { createIntake } from "./start/intake.js";
import { createLearning } from "./device/learning.js";
import { createLessons } from "./start/lessons.js";
import { createLibrary } from "./start/library.js";
import { createLooking } from "./view/correct/review-steps.js";
import { createNotices } from "./shell/notices.js";
import { keepOffline } from "./shell/offline.js";
import { countsOf, createPanel } from "./view/lists/panel.js";
import { createPaste } from "./start/paste.js";
import { painted } from "./kit/pause.js";
import { createProfile } from "./view/correct/profile.js";
import { createProgress } from "./shell/progress.js";
import { createCopy } from "./view/lists/quote.js";
import { createClient } from "./core/client.js";
import { createReview, sameName } from "./view/correct/review.js";
import { sample } from "./start/sample.js";
import { annotationsOf } from "./state/segments.js";
import { createSearch } from "./view/article/search.js";
import { createVoices } from "./view/figures/voices.js";
import { createPaper } from "./view/print/paper.js";
import { createStrip } from "./view/article/strip.js";
import { listenForSelections } from "./kit/selection.js";
import { createKeptSession } from "./page/keep.js";
import { settings } from "./device/settings.js";
import { createShelf } from "./start/shelf.js";
import { createStatus } from "./shell/status.js";
import { createStore } from "./device/store.js";
import { tally } from "./state/tally.js";
import { writeTraining } from "./start/training.js";
import { scriptAddress } from "./kit/trusted.js";
import { createUnread } from "./start/unread.js";
import { createWarning } from "./shell/warning.js";
import { words } from "./words/words.js";

/** @import {Analysis, Edit, Revision} from "./pkg/whosaid.js" */
/** @import {Annotation, Open} from "./types.js" */


const startThread = () => new Worker(scriptAddress("worker.js"), { type: "module" });

const store = createStore(() => void session.saveAgain().then(shelf.refresh));
const notices = createNotices();
const attempt = createAttempt(notices);
const help = createHelp(settings.keys);
const progress = createProgress(() => client.cancel());
const client = createClient(startThread, progress.show);
const chooser = createChooser((files) => void intake.openFiles(files));
const status = createStatus({ backup: () => void intake.backup(), help: help.show });
const channel = createChannel({
    corrected: (doc, corrections) => void session.takeIn(doc, corrections),
    described: () => void shelf.refresh(),
    forgotten: () => shelf.wasForgotten(),
});
const session = createKeptSession({
    client,
    store,
    identity: createIdentity(settings.profile),
    learnt: (doc) => learning.prepare(doc),
    tell: channel.corrected,
    described: channel.described,
    making: (effect) => looking.follow(() => choice.follow(effect)),
    changed: show,
    failed: (error) => notices.show(explain(error)),
});
const warn = createWarning({ notices, again: session.saveAgain, rescue: () => void intake.backup() });
const library = createLibrary({
    open: (row) => void intake.reopen(row),
    remove: (row) => void shelf.remove(row),
    undo: (row) => void shelf.undo(row),
    search: () => void shelf.refresh(),
    backup: () => void shelf.backup(),
    restore: chooser.choose,
    forget: () => void shelf.forget(),
});
const shelf = createShelf({ store, session, client, library, notices, attempt, ...channel, startAnew });
const lessons = createLessons({
    turn: (on) => void attempt(() => learning.turn(on)),
    forget: (name) => void attempt(() => learning.forget(name)),
    decide: (cue, on) => void attempt(() => learning.decide(cue, on)),
    async reset() {
        await attempt(() => learning.reset());
        notices.say(words.learnt.isForgotten);
    },
    save: () => void attempt(async () => download("whosaid-learnt.json", await learning.write(), "application/json")),
    train: () => void attempt(async () => download("whosaid-training.jsonl", await writeTraining(store, client), "application/jsonl")),
    load: chooser.choose,
});
const learning = createLearning({ store, client, changed: (...memory) => void lessons.show(...memory), unfit: () => void notices.show(words.learnt.unfit) });
const paste = createPaste({
    read: (text) => void intake.read(text),
    sample: () => void intake.read(sample),
    openFile: chooser.choose,
    library: library.node,
    lessons: lessons.node,
});
const offerAgain = createAgain({ session, notices, attempt });
const intake = createIntake({ client, session, store, notices, paste, shelf, learning, attempt, route: addresses, opened });
const keysOf = (/** @type {readonly Annotation[]} */ here) => here.map(({ key }) => key);
const article = createArticle({ picked: (here, at) => choice.pick(keysOf(here), { at }), hovered: (here) => choice.hover(keysOf(here)) });
const editor = createEditor({
    marked: (mark) => choice.mark(mark),
    attributed: (speaker) => choice.attribute(speaker),
    profiled: (button) => profile.prepare(choice.speaker() ?? -1, button),
    qualified: (what) => choice.qualify(what),
    accepted: () => looking.at(() => choice.accept()),
    spread: () => choice.everywhere(),
    removed: () => looking.at(() => choice.remove()),
    undone: () => void session.undo(),
    copied: () => void copyClaim(choice.chosen()),
    next: () => choice.next(),
    closed: () => leave(),
});
const copyClaim = createCopy({ notices, open: () => session.open() });
const filter = createFilter({ attitudes: settings.attitudes, changed: show });
const correct = (/** @type {Edit} */ edit) => void session.correct(edit);
const lastEdit = () => lastInForce(session.open()?.log ?? [])?.edit;
const profile = createProfile({ correct, undo: () => void session.undo(), lastEdit });
const panel = createPanel({
    filter: filter.node,
    voices: createVoices,
    profiled: (speaker, button) => profile.prepare(speaker, button),
    chosen(keys, { detail }) {
        panel.fold();
        // A click that counts no clicks came from the keyboard.
        choice.pick(keys, { focus: detail === 0 });
    },
    hovered: (keys, places) => choice.hover(keys, places),
    correct,
    undo: () => void session.undo(),
    redo: () => void session.redo(),
    importFile: chooser.choose,
});
const handles = createHandles({ article, text: () => session.open()?.text ?? "", canHold, moved: (to) => choice.move(to) });
const connector = createConnector({ article, frame: () => reading.getBoundingClientRect() });
const search = createSearch({ article, text: () => (desk.hidden ? "" : (session.open()?.text ?? "")) });
const strip = createStrip(({ key, offset }) => (key ? choice.pick([key]) : article.reveal({ start: offset, end: offset + 200 })));
const unread = createUnread();
const reading = element("div", { class: "reading" }, search.node, unread.node, article.node, connector.node, strip.node, ...handles.nodes, editor.node);
const review = createReview({ next: () => looking.next(true), rest: () => looking.rest(), same: () => choice.everywhere() });
const choice = createChoice({
    article,
    editor,
    panel,
    handles,
    connector,
    correct,
    lastEdit,
    frame: () => reading.getBoundingClientRect(),
    chose() {
        strip.choose(choice.speaker());
        // What is chosen comes to the screen first.
        void painted().then(followChoice);
    },
});

const looking = createLooking({
    review,
    choice,
    article,
    open: () => (desk.hidden ? undefined : session.open()),
    view: () => shown.view,
    show,
    correct,
    say: notices.say,
});

// Frame.

const paper = createPaper(() => (desk.hidden ? undefined : viewed(session.open())), article.badge);
const desk = element("div", { class: "desk" }, reading, panel.node, paper.node);
const again = element("button", { type: "button", class: "quiet", onclick: startAnew }, words.paste.again);
const back = element("button", { type: "button", class: "quiet", onclick: opened }, words.paste.back);
const find = element("button", { type: "button", class: "quiet", onclick: search.open }, words.search.open);
const root = element(
    "div",
    { class: "app" },
    element("header", { class: "bar" }, element("h1", { class: "brand" }, words.name), again, back, find, review.node, status.node),
    element("main", {}, ...notices.nodes, progress.node, paste.node, desk),
    element("p", { class: "drop-here", "aria-hidden": "true" }, words.paste.drop),
    profile.node,
    help.node,
    chooser.node,
);

/** @param {boolean} isOpen Whether the article is shown, or the way in. */
function showDesk(isOpen) {
    desk.hidden = !isOpen;
    if (!isOpen) {
        review.hide();
    }
    paste.node.hidden = isOpen;
    again.hidden = !isOpen;
    find.hidden = !isOpen;
    back.hidden = isOpen || !session.open();
}

/** Shows the open article. */
function opened() {
    const open = session.open();
    if (open) {
        settings.article.set(open.doc);
        showDesk(true);
        show();
        // What is deleted there makes room.
        void shelf.leave().then(session.refresh);
        article.node.focus({ preventScroll: true });
        showAsked();
        notices.say(words.found(countsOf({ ...open, view: viewOf(open) })));
        void offerAgain();
    }
}

/** Chooses what the address asks for, as far as it is in this article, and puts into the address what is shown. */
function showAsked() {
    const [place, doc] = [addresses.asked(), session.open()?.doc ?? ""];
    if (place?.key && addresses.means(place, doc)) {
        choice.pick([place.key]);
    }
    addresses.settle();
    noteAddress();
}

/** Puts into the address what is shown. */
function noteAddress() {
    addresses.note(desk.hidden ? undefined : session.open()?.doc, choice.key());
}

/** Follows what is chosen: the address says it, and what was shown for its sake alone goes. */
function followChoice() {
    const open = session.open();
    noteAddress();
    if (open && !desk.hidden && viewOf(open) !== shown.view) {
        show();
    }
}

/** Shows the way in. */
function startAnew() {
    settings.article.set("");
    search.close();
    choice.release();
    showDesk(false);
    noteAddress();
    paste.focus();
    void shelf.enter();
    void learning.show();
}

// What is shown.

/**
 * What was shown last, and whether the rest of it will be.
 * @type {{revision?: Revision, view?: Analysis, settled?: boolean, annotations?: readonly Annotation[], drawn?: Promise<boolean>, asked?: boolean, rest?: Promise<void>}}
 */
const shown = {};

/** Shows what the session holds, as far as it is not shown: the text at once, all else when that is on the screen. */
function show() {
    const open = session.open();
    // At once: what was just made is not to stand beside the word that all is saved.
    status.show(open);
    if (open) {
        showText(open);
    }
    shown.rest ??= painted().then(() => {
        shown.rest = undefined;
        return showRest();
    });
}

/**
 * What is to be shown of an article. What is brought up or chosen is, whatever else is hidden.
 * @param {Readonly<Open>} open
 */
const viewOf = ({ revision }) => filter.view(revision.analysis, review.key() ?? choice.key());
const viewed = (/** @type {Readonly<Open> | undefined} */ open) => open && { ...open, view: viewOf(open) };

/** @param {Readonly<Open>} open */
function showText(open) {
    const { text, revision, waiting } = open;
    unread.show(open.unread);
    const view = viewOf(open);
    const settled = !waiting;
    if (revision === shown.revision && view === shown.view && settled === shown.settled) {
        return;
    }
    const isNew = revision !== shown.revision || view !== shown.view;
    const annotations = annotationsOf(view);
    Object.assign(shown, { revision, view, settled, annotations });
    if (isNew) {
        // What was read is there: drawing it cannot be called off.
        progress.show({ stage: "draw", asked: false });
        shown.drawn = article.show(text, view, annotations);
    }
    choice.update(text, view, annotations, settled);
}

/** Shows what stands around the text. */
async function showRest() {
    const open = session.open();
    back.hidden = again.hidden === false || !open;
    if (!open) {
        review.hide();
        return;
    }
    warn(open);
    if (open.saved && open.log.length > 0 && !shown.asked) {
        shown.asked = true;
        void navigator.storage?.persist?.();
    }
    const { view, drawn } = shown;
    if (!desk.hidden) {
        review.show(tally(open.revision.analysis), sameName(open.text, open.revision.analysis, lastEdit()));
    }
    choice.settle();
    filter.show();
    // The lists tell who speaks: that the core finds. Until then they stay as they are.
    if (view && !open.waiting) {
        strip.show(open.text, shown.annotations ?? []);
        profile.update(open.text, view);
        await panel.show({ ...open, view });
    }
    if ((await drawn) && drawn === shown.drawn) {
        search.refresh();
        progress.show(undefined);
    }
}

// What is listened to.

const caret = createCaret({
    article: article.node,
    frame: () => reading,
    start: () => {
        const one = choice.chosen();
        return (one && article.reveal(one)) ?? firstLine(article.node);
    },
    picked: (at, within) => choice.pick(keysOf(article.at(within)), { at, focus: true }),
    say: notices.say,
});
reading.append(caret.node);
const { leave } = listenForCommands({ choice, looking, panel, profile, editor, handles, session, help, search, caret, copy: () => copyClaim(choice.chosen()) });

listenForDrops(document.documentElement, (files) => void intake.openFiles(files));

listenForSelections(editor.node, () => choice.select(article.selection()));
document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
        void session.refresh();
        void shelf.refresh();
    }
});
addresses.follow({
    doc: () => session.open()?.doc ?? "",
    isShown: () => !desk.hidden,
    show: opened,
    choose: showAsked,
    open: () => void intake.follow(),
    leave: startAnew,
});
addEventListener("beforeunload", (event) => {
    if ((session.open()?.unsaved.length ?? 0) > 0) {
        event.preventDefault();
    }
});

showDesk(false);
document.body.append(root);
void learning.show();
client.prepare();
// What is opened clears what was said before, and has the network to itself.
void intake.restore().then(addresses.loaded).then(() =>
    keepOffline({
        address: scriptAddress,
        ready: (use) => notices.show(words.messages.newVersion, { label: words.actions.reload, run: () => void session.saveAgain().then(use) }),
    }),
);
