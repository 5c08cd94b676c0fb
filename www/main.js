/**
 * @file The page: makes its parts and joins them.
 */

import { createArticle } from "./article.js";
import { createAttempt } from "./attempt.js";
import { createChannel } from "./channel.js";
import { createChoice } from "./choice.js";
import { element } from "./dom.js";
import { createEditor } from "./editor.js";
import { explain, explainStorage } from "./errors.js";
import { lastInForce } from "./events.js";
import { createChooser, download, listenForDrops } from "./files.js";
import { createFilter } from "./filter.js";
import { canHold } from "./edits.js";
import { createHandles } from "./handles.js";
import { createHelp } from "./help.js";
import { createIdentity } from "./identity.js";
import { createIntake, remember } from "./intake.js";
import { edgeKeys, listenForKeys } from "./keys.js";
import { createLearning } from "./learning.js";
import { createLessons } from "./lessons.js";
import { createLibrary } from "./library.js";
import { createLooking } from "./looking.js";
import { createNotices } from "./notices.js";
import { createPanel } from "./panel.js";
import { createPaste } from "./paste.js";
import { painted } from "./pause.js";
import { createProfile } from "./profile.js";
import { createProgress } from "./progress.js";
import { createReader } from "./reader.js";
import { createReview, sameName } from "./review.js";
import { sample } from "./sample.js";
import { annotationsOf } from "./segments.js";
import { createPaper } from "./seeing/paper.js";
import { createStrip } from "./seeing/strip.js";
import { listenForSelections } from "./selecting.js";
import { createSession } from "./session.js";
import { createShelf } from "./shelf.js";
import { createStatus } from "./status.js";
import { createStore } from "./store.js";
import { tally } from "./tally.js";
import { writeTraining } from "./training.js";
import { words } from "./words.js";

/** @import {Analysis, Edit, Revision} from "./pkg/whosaid.js" */
/** @import {Open} from "./session.js" */
/** @import {Annotation} from "./segments.js" */

// Parts.

const policy = window.trustedTypes?.createPolicy("whosaid", { createScriptURL: (address) => address });

/** @returns {Worker} */
function startThread() {
    const address = new URL("./worker.js", import.meta.url).href;
    // TypeScript's Worker takes strings alone.
    const trusted = /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(address) ?? address));
    return new Worker(trusted, { type: "module" });
}

const store = createStore(() => void session.saveAgain().then(shelf.refresh));
const notices = createNotices();
const attempt = createAttempt(notices);
const help = createHelp();
const progress = createProgress(() => reader.cancel());
const reader = createReader(startThread, progress.show);
const chooser = createChooser((file) => void intake.openFile(file));
const status = createStatus({ backup: () => void intake.backup(), help: help.show });
const channel = createChannel({
    corrected: (doc, corrections) => void session.takeIn(doc, corrections),
    described: () => void shelf.refresh(),
});
const session = createSession({
    reader,
    store,
    event: createIdentity(),
    learnt: (doc) => learning.prepare(doc),
    tell: channel.corrected,
    described: channel.described,
    making: (effect) => looking.follow(() => choice.follow(effect)),
    changed: show,
    failed: (error) => notices.show(explain(error)),
});
const library = createLibrary({
    open: (kept) => void intake.reopen(kept),
    remove: (kept) => void shelf.remove(kept),
    undo: (kept) => void shelf.undo(kept),
    search: () => void shelf.refresh(),
    backup: () => void shelf.backup(),
    restore: chooser.choose,
});
const shelf = createShelf({ store, session, reader, library, notices, attempt, ...channel });
const lessons = createLessons({
    turn: (on) => void attempt(() => learning.turn(on)),
    forget: (name) => void attempt(() => learning.forget(name)),
    decide: (cue, on) => void attempt(() => learning.decide(cue, on)),
    async reset() {
        await attempt(() => learning.reset());
        notices.say(words.learnt.isForgotten);
    },
    save: () => void attempt(async () => download("whosaid-learnt.json", await learning.write(), "application/json")),
    train: () => void attempt(async () => download("whosaid-training.jsonl", await writeTraining(store, reader), "application/jsonl")),
    load: chooser.choose,
});
const learning = createLearning({ store, reader, changed: (memory) => void lessons.show(memory) });
const paste = createPaste({
    read: (text) => void intake.read(text),
    sample: () => void intake.read(sample),
    openFile: chooser.choose,
    library: library.node,
    lessons: lessons.node,
});
const intake = createIntake({ reader, session, store, notices, paste, shelf, learning, attempt, opened });
const article = createArticle({
    picked: (here, at) => choice.pick(here.map(({ key }) => key), { at }),
    hovered: (here) => choice.hover(here.map(({ key }) => key)),
});
const editor = createEditor({
    marked: (mark) => choice.mark(mark),
    attributed: (speaker) => choice.attribute(speaker),
    profiled: (button) => profile.prepare(choice.speaker() ?? -1, button),
    qualified: (what) => choice.qualify(what),
    accepted: () => looking.at(() => choice.accept()),
    spread: () => choice.everywhere(),
    removed: () => looking.at(() => choice.remove()),
    undone: () => void session.undo(),
    next: () => choice.next(),
    closed: () => leave(),
});
const filter = createFilter(show);
const correct = (/** @type {Edit} */ edit) => void session.correct(edit);
const lastEdit = () => lastInForce(session.open()?.log ?? [])?.edit;
const profile = createProfile({ correct, undo: () => void session.undo(), lastEdit });
const panel = createPanel({
    filter: filter.node,
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
const handles = createHandles({
    article,
    text: () => session.open()?.text ?? "",
    canHold,
    moved: (to) => choice.move(to),
});
const strip = createStrip(({ key, offset }) => (key ? choice.pick([key]) : article.reveal({ start: offset, end: offset + 200 })));
const reading = element("div", { class: "reading" }, article.node, strip.node, ...handles.nodes, editor.node);
const review = createReview({ next: () => looking.next(true), rest: () => looking.rest(), same: () => choice.everywhere() });
const choice = createChoice({
    article,
    editor,
    panel: { ...panel, choose: (key) => [panel.choose(key), strip.choose(choice.speaker())] },
    handles,
    correct,
    lastEdit,
    frame: () => reading.getBoundingClientRect(),
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

const paper = createPaper(() => (desk.hidden || !shown.view ? undefined : { text: session.open()?.text ?? "", analysis: shown.view }), article.badge);
const desk = element("div", { class: "desk" }, reading, panel.node, paper.node);
const again = element("button", { type: "button", class: "quiet", onclick: startAnew }, words.paste.again);
const back = element("button", { type: "button", class: "quiet", onclick: opened }, words.paste.back);
const root = element(
    "div",
    { class: "app" },
    element("header", { class: "bar" }, element("h1", { class: "brand" }, words.name), again, back, review.node, status.node),
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
    back.hidden = isOpen || !session.open();
}

/** Shows the open article. */
function opened() {
    const open = session.open();
    if (open) {
        remember(open.doc);
        showDesk(true);
        show();
        // What is deleted there makes room.
        void shelf.leave().then(session.refresh);
        article.node.focus({ preventScroll: true });
        notices.say(words.found(open.revision.analysis.speakers.length, open.revision.analysis.attributions.length));
    }
}

/** Shows the way in. */
function startAnew() {
    remember("");
    choice.release();
    showDesk(false);
    paste.focus();
    void shelf.enter();
    void learning.show();
}

// What is shown.

/**
 * What was shown last, and whether the rest of it will be.
 * @type {{revision?: Revision, view?: Analysis, settled?: boolean, annotations?: readonly Annotation[], drawn?: Promise<boolean>, failure?: string, warning?: () => void, asked?: boolean, rest?: Promise<void>}}
 */
const shown = {};

/** Shows what the session holds, as far as it is not shown: the text at once, all else when that is on the screen. */
function show() {
    const open = session.open();
    if (open) {
        showText(open);
    }
    shown.rest ??= painted().then(() => {
        shown.rest = undefined;
        return showRest();
    });
}

/** @param {Readonly<Open>} open */
function showText({ text, revision, waiting }) {
    // What is brought up is shown, whatever else is hidden.
    const view = filter.view(revision.analysis, review.key() ?? choice.key());
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
    status.show(open);
    back.hidden = again.hidden === false || !open;
    if (!open) {
        review.hide();
        return;
    }
    warn(open.failure, open.unsaved.length > 0);
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
        progress.show(undefined);
    }
}

/**
 * Says once that saving fails, and again when there is something that is not saved.
 * @param {Error | undefined} failure
 * @param {boolean} unsaved
 */
function warn(failure, unsaved) {
    const kind = failure && `${failure.name} ${unsaved}`;
    if (failure && kind !== shown.failure) {
        const tryAgain = () => {
            // What fails again is said again.
            shown.failure = undefined;
            void session.saveAgain();
        };
        const retry = { label: words.actions.retry, run: tryAgain };
        const rescue = { label: words.actions.download, run: () => void intake.backup() };
        shown.warning = notices.show(explainStorage(failure), retry, ...(unsaved ? [rescue] : []));
    } else if (!failure) {
        // What was said is no longer so.
        shown.warning?.();
        shown.warning = undefined;
    }
    shown.failure = kind;
}

/**
 * Asks who else the speaker is that the keyboard is on, or that is chosen.
 * @returns {boolean} Whether there is one.
 */
function askMerge() {
    const at = panel.focusedCard();
    const speaker = at?.speaker ?? choice.speaker();
    if (speaker === undefined) {
        return false;
    }
    profile.askMerge(speaker, at?.card.querySelector(".more") ?? editor.node);
    return true;
}

/**
 * Goes back: out of a drag, or out of what is chosen and out of the review.
 * @returns {boolean} Whether there was something.
 */
function leave() {
    return handles.cancel() || looking.stop();
}

// What is listened to.

listenForKeys(
    document.documentElement,
    {
        j: () => choice.step(1, panel.tab() === "claims"),
        k: () => choice.step(-1, panel.tab() === "claims"),
        c: () => choice.mark("claim"),
        s: () => choice.mark("person"),
        i: () => choice.mark("institution"),
        p: () => choice.mark("place"),
        a: () => choice.askSpeaker(),
        m: askMerge,
        l: () => choice.everywhere(),
        1: () => choice.qualify({ form: "direct" }),
        2: () => choice.qualify({ form: "indirect" }),
        3: () => choice.qualify({ form: "mixed" }),
        n: () => looking.next(),
        Enter: () => looking.at(() => choice.accept()),
        "Shift+Enter": () => looking.rest(),
        x: () => looking.at(() => choice.remove()),
        Delete: () => looking.at(() => choice.remove()),
        ...edgeKeys(choice.respan),
        "Mod+z": () => void session.undo(),
        "Mod+Shift+z": () => void session.redo(),
        "?": help.show,
        Escape: leave,
    },
    help.enabled,
);

listenForDrops(document.documentElement, (file) => void intake.openFile(file));

listenForSelections(editor.node, () => choice.select(article.selection()));
document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
        void session.refresh();
        void shelf.refresh();
    }
});
addEventListener("beforeunload", (event) => {
    if ((session.open()?.unsaved.length ?? 0) > 0) {
        event.preventDefault();
    }
});

showDesk(false);
document.body.append(root);
void intake.restore();
void learning.show();
reader.prepare();
