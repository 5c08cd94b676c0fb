/**
 * @file The wiring: makes the parts of the page and joins them. A part that is made later is handed over in a
 * function, which runs when all parts are there.
 */

import { createClient } from "../core/client.js";
import { createChannel } from "../device/channel.js";
import { createLearning } from "../device/learning.js";
import { settings } from "../device/settings.js";
import { createStore } from "../device/store.js";
import { createIdentity } from "../edit/identity.js";
import { element } from "../kit/dom.js";
import { createChooser, download, listenForDrops } from "../kit/files.js";
import { createAttempt } from "../shell/attempt.js";
import { createHelp } from "../shell/help.js";
import { createNotices } from "../shell/notices.js";
import { keepOffline } from "../shell/offline.js";
import { createProgress } from "../shell/progress.js";
import { createStatus } from "../shell/status.js";
import { createWarning } from "../shell/warning.js";
import { createIntake } from "../start/intake.js";
import { createLessons } from "../start/lessons.js";
import { createLibrary } from "../start/library.js";
import { createMany } from "../start/many.js";
import { createPaste, listenForPastes } from "../start/paste.js";
import { createShelf } from "../start/shelf.js";
import { createTools } from "../start/tools.js";
import { createUnread } from "../start/unread.js";
import { createView } from "../view/view.js";
import { explain } from "../words/faults.js";
import { words } from "../words/page.js";
import { createCorrections } from "../keep/corrections.js";
import { createExcerpt } from "./excerpt.js";
import { createPrecise } from "./precise.js";
import { createRereadOffer } from "./reread.js";
import { listenForCommands } from "./commands.js";
import { createFrame } from "./frame.js";
import { createKeptSession } from "../keep/keep.js";
import * as route from "./route.js";

/** @import {Store} from "../device/store.js" */
/** @import {Attempt} from "../shell/attempt.js" */
/** @import {Client} from "../types.js" */
/** @import {Corrections} from "../keep/corrections.js" */

/**
 * Starts the page.
 * @param {(name: string) => string} scriptAddress The address of a script that stands beside the page's own.
 */
// The lines of its trees are nested as the nodes are.
// prettier-ignore
export function start(scriptAddress) {
    const store = createStore(() => void session.saveAgain().then(shelf.refresh));
    const notices = createNotices();
    const attempt = createAttempt(notices);
    const help = createHelp(settings.keys);
    const progress = createProgress(() => client.cancel());
    const client = createClient(() => startThread(scriptAddress("worker.js")), progress.show);
    const chooser = createChooser((files) => void intake.openFiles(files));
    const status = createStatus();
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
        making: (effect) => view.follow(effect),
        changed: () => frame.show(),
        begun: (text, found) => frame.showBeginning(text, found),
        failed: (error) => notices.show(explain(error)),
    });
    const warn = createWarning({ notices, again: session.saveAgain, rescue: () => void intake.backup() });
    const library = createLibrary({
        open: (row) => void intake.reopen(row),
        remove: (row) => void shelf.remove(row),
        undo: (row) => void shelf.undo(row),
        search: () => void shelf.refresh(),
        readWaiting: () => many.readWaiting(),
        table: () => many.table(),
        backup: () => void shelf.backup(),
        restore: chooser.choose,
        forget: () => void shelf.forget(),
    });
    const shelf = createShelf({ store, session, client, library, notices, attempt, ...channel, letGo: () => precise.forget(), startAnew: () => frame.startAnew(), entered: () => void excerpt.show() });
    const many = wireMany({ store, client, scriptAddress, notices, attempt, learnt: () => learning.prepare(""), open: session.current, refresh: () => shelf.refresh(), described: channel.described });
    const precise = createPrecise({ client, session, notices, attempt, learnt: (doc) => learning.prepare(doc), start: (model) => startThread(scriptAddress("reader.js"), model), counts: () => view.counts() });
    const { lessons, learning } = wireLessons({ store, client, attempt, notices, isPrecise: precise.isOffered, load: chooser.choose });
    const read = (/** @type {string} */ text) => void intake.read(text);
    // Whoever brings an article of their own does without it.
    const readSample = () => void attempt(async () => read((await import("../start/sample.js")).sample));
    const excerpt = createExcerpt(readSample);
    const paste = createPaste({ read, sample: readSample, openFile: chooser.choose, openFolder: chooser.chooseFolder, excerpt: excerpt.node, library: library.node, lessons: lessons.node });
    const offerReread = createRereadOffer({ client, session, learnt: (doc) => learning.prepare(doc), notices, attempt });
    const tools = createTools({ client, session, store, shelf, notices, attempt, startConverter: () => new Worker(scriptAddress("converter.js"), { type: "module" }), open: (...article) => intake.open(...article), showLibrary: () => frame.startAnew() });
    const intake = createIntake({ tools, client, session, store, notices, paste, shelf, many, learning, attempt, route, opened: () => frame.opened(), failed: () => frame.leaveBeginning(), showLibrary: () => frame.startAnew() });
    const unread = createUnread();
    const corrections = createCorrections({ session, notices });
    const desk = element("div", { hidden: true });
    const view = wireView({ desk, unread, aside: precise.nodes.line, corrections, notices, progress, importFile: chooser.choose, select: () => frame.noteAddress() });
    const frame = createFrame({ session, corrections, view, desk, notices, progress, batch: many.node, paste, help, chooser, status, unread, warn, shelf, learning, offerReread, precise, tools, backup: () => void intake.backup() });
    listenForCommands({ view, help });
    listenForDrops(document.documentElement, (files) => void intake.openFiles(files));
    listenForPastes(document.documentElement, read);
    listenToWindow({ refresh: [session.refresh, shelf.refresh], isUnsaved: () => (session.current()?.unsaved.length ?? 0) > 0 });
    frame.followAddress(() => void intake.openLinked());
    document.title = words.name;
    document.body.append(frame.node);
    void learning.show();
    client.prepare();
    // An article that is opened clears the messages before it, and has the network to itself.
    void intake.restore().then(route.loaded).then(() => keepOffline({ address: scriptAddress, ready: offerVersion(notices, session.saveAgain) }));
}

/**
 * @param {ReturnType<typeof createNotices>} notices
 * @param {() => Promise<void>} saveAgain
 * @returns {(use: () => void) => void} Offers to load the page anew, when its new version is there.
 */
function offerVersion(notices, saveAgain) {
    return (use) => void notices.show(words.notices.newVersion, { label: words.actions.reload, run: () => void saveAgain().then(use) });
}

/**
 * Starts the core's thread, whose files stand beside it.
 * @param {string} address
 * @param {Uint8Array<ArrayBuffer>} [model] Read with in place of the file there; the thread takes it over.
 */
function startThread(address, model) {
    const worker = new Worker(address, { type: "module" });
    worker.postMessage({ begin: model ? { model } : {} }, model ? [model.buffer] : []);
    return worker;
}

/**
 * Joins the view with what the page does of its own.
 * @param {object} given
 * @param {HTMLElement} given.desk What it fills.
 * @param {ReturnType<typeof createUnread>} given.unread
 * @param {Node} given.aside
 * @param {Corrections} given.corrections
 * @param {ReturnType<typeof createNotices>} given.notices
 * @param {ReturnType<typeof createProgress>} given.progress
 * @param {() => void} given.importFile
 * @param {() => void} given.select
 */
function wireView({ desk, unread, aside, corrections, notices, progress, ...given }) {
    return createView({
        root: document,
        host: desk,
        settings,
        notes: [unread.node],
        aside,
        on: {
            ...given,
            edit: corrections.correctAll,
            undo: corrections.undo,
            redo: corrections.redo,
            // The article is read by then: drawing it cannot be called off.
            draw: (share) => progress.show({ stage: "draw", asked: false, share }),
            say: notices.say,
            tell: (message) => void notices.show(message),
        },
    });
}

/**
 * @param {Omit<Parameters<typeof createMany>[0], "startClient" | "download" | "explain"> & {scriptAddress: (name: string) => string}} given
 */
function wireMany({ scriptAddress, ...given }) {
    // Many articles are told of by their number, not by what each thread does.
    const startClient = () =>
        createClient(
            () => startThread(scriptAddress("worker.js")),
            () => {},
        );
    return createMany({ ...given, startClient, download, explain });
}

/**
 * Joins the lessons with the list that shows them.
 * @param {object} given
 * @param {Store} given.store
 * @param {Client} given.client
 * @param {Attempt} given.attempt
 * @param {ReturnType<typeof createNotices>} given.notices
 * @param {boolean} given.isPrecise Whether the page offers the precise network.
 * @param {() => void} given.load
 */
function wireLessons({ store, client, attempt, notices, isPrecise, load }) {
    const lessons = createLessons({
        isPrecise,
        turn: (on) => void attempt(() => learning.turn(on)),
        forget: (name) => void attempt(() => learning.forget(name)),
        decide: (cue, on) => void attempt(() => learning.decide(cue, on)),
        async reset() {
            await attempt(() => learning.reset());
            notices.say(words.learnt.isForgotten);
        },
        save: () => void attempt(async () => download("whosaid-learnt.json", await learning.write(), "application/json")),
        train: () =>
            void attempt(async () => {
                const { writeTraining } = await import("../start/training.js");
                download("whosaid-training.jsonl", await writeTraining(store, client), "application/jsonl");
            }),
        load,
    });
    const learning = createLearning({
        store,
        client,
        changed: (...memory) => void lessons.show(...memory),
        unfit: () => void notices.show(words.learnt.unfit),
    });
    return { lessons, learning };
}

/**
 * @param {object} given
 * @param {readonly (() => Promise<void>)[]} given.refresh Called when the page is looked at again.
 * @param {() => boolean} given.isUnsaved Whether something would be lost with the page.
 */
function listenToWindow({ refresh, isUnsaved }) {
    document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") {
            refresh.forEach((each) => void each());
        }
    });
    addEventListener("beforeunload", (event) => {
        if (isUnsaved()) {
            event.preventDefault();
        }
    });
}
