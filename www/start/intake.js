/**
 * @file Opens articles that are pasted, chosen as files or kept, and writes backups.
 */

import { explain } from "../words/faults.js";
import { settings } from "../device/settings.js";
import { download, fileName } from "../kit/files.js";
import { accept, isLibrary, isPage, kindOf, readFile } from "../state/text.js";
import { IMPORTED } from "../state/records.js";
import { words } from "../words/page.js";

/** @import {Attempt} from "../shell/attempt.js" */
/** @import {createNotices} from "../shell/notices.js" */
/** @import {createPaste} from "./paste.js" */
/** @import {Learning} from "../device/learning.js" */
/** @import {createMany} from "./many.js" */
/** @import {Shelf} from "./shelf.js" */
/** @import {Store} from "../device/store.js" */
/** @import {Tools} from "./tools.js" */
/** @import {Client, Route, Row, Session} from "../types.js" */

/**
 * @typedef {object} Needs
 * @property {Client} client
 * @property {Session} session
 * @property {Store} store
 * @property {ReturnType<typeof createNotices>} notices
 * @property {ReturnType<typeof createPaste>} paste
 * @property {Shelf} shelf
 * @property {ReturnType<typeof createMany>} many
 * @property {Learning} learning
 * @property {Attempt} attempt
 * @property {Route} route The address of the page.
 * @property {() => Promise<void>} opened Called when another article is open.
 * @property {() => void} failed Called when one could not be opened.
 * @property {() => void} showLibrary Shows the way in, with the library.
 * @property {Tools} tools
 */

/** @param {Needs} needs */
export function createIntake(needs) {
    return {
        /** @param {string} raw The pasted text. */
        read: (raw) => needs.attempt(async () => openText(needs, accept(raw), [])),
        reopen: reopen.bind(null, needs),
        openFiles: (/** @type {readonly File[]} */ files) =>
            needs.attempt(async () => {
                const { others, notes } = await needs.tools.takeOut(files);
                if (others.length > 0) {
                    await openFiles(needs, others, notes);
                }
            }),
        /**
         * Opens an article of the library.
         * @param {string} doc
         * @param {string} text
         */
        open: (doc, text) => openText(needs, text, [], doc),
        backup: backup.bind(null, needs),
        restore: restore.bind(null, needs),
        openLinked: openLinked.bind(null, needs),
    };
}

/**
 * Opens an article, unless corrections of the open one would be lost: then it asks.
 * @param {Needs} needs
 * @param {string} text
 * @param {readonly unknown[]} corrections From a backup.
 * @param {string} [doc] The article's name in the store, if it is kept.
 */
async function openText(needs, text, corrections, doc) {
    if (doc === undefined && corrections.length === 0) {
        await expectEnglish(needs, text);
    }
    await openAnyway(needs, text, corrections, doc);
}

/**
 * @param {Needs} needs
 * @param {string} text
 * @throws {Error} A `LanguageError` where the text is no English: `anyway` opens it all the same.
 */
async function expectEnglish(needs, text) {
    const language = await needs.client.ask("language", text);
    if (language !== "en") {
        needs.paste.keep(text);
        const anyway = () => openAnyway(needs, text, []);
        throw Object.assign(new Error(language), { name: "LanguageError", anyway });
    }
}

/**
 * @param {Needs} needs
 * @param {string} text
 * @param {readonly unknown[]} corrections
 * @param {string} [doc]
 */
async function openAnyway(needs, text, corrections, doc) {
    const { session, notices } = needs;
    const unsaved = session.current()?.unsaved.length ?? 0;
    const go = () => needs.attempt(() => openNow(needs, text, corrections, doc));
    if (unsaved === 0) {
        await openNow(needs, text, corrections, doc);
        return;
    }
    notices.show(
        words.notices.unsaved(unsaved),
        { label: words.actions.download, run: () => void backup(needs).then(go) },
        { label: words.actions.goOn, run: () => void go() },
    );
}

/**
 * @param {Needs} needs
 * @param {string} text
 * @param {readonly unknown[]} corrections
 * @param {string} [doc]
 */
async function openNow({ session, notices, paste, shelf, opened, failed }, text, corrections, doc) {
    // Deleted articles go first, so that the same text starts without their corrections.
    await shelf.leave();
    try {
        const added = await session.start(text, corrections, doc);
        if (corrections.length > 0) {
            notices.show(words.messages.imported(added));
        }
    } catch (error) {
        failed();
        // Nothing of it is lost: it can be read again from the box.
        paste.keep(text);
        if (!paste.node.hidden) {
            void shelf.enter();
        }
        throw error;
    }
    paste.release(text);
    await opened();
}

/**
 * @param {string} name The file's.
 * @param {string} content
 * @returns {boolean} Whether it is to be imported: a backup is one under any name that it got on its way.
 */
function isBackup(name, content) {
    return /\.json$/i.test(name) || /^\s*\{\s*"format":\s*"whosaid"/.test(content);
}

/**
 * Opens files. One article is opened. Many, in several files or in one, go into the library; backups among them are taken in
 * before.
 * @param {Needs} needs
 * @param {readonly File[]} files
 * @param {readonly string[]} notes What is to be told of others, in sentences.
 */
async function openFiles(needs, files, notes) {
    const [only] = files;
    if (only && files.length + notes.length === 1 && ["text", undefined].includes(kindOf(only.name))) {
        await needs.attempt(() => openFile(needs, only), only.name);
        return;
    }
    await needs.attempt(async () => {
        /** @type {string[]} */
        const failed = [...notes];
        const backups = files.filter(({ name }) => /\.json$/i.test(name));
        for (const file of backups) {
            try {
                await openFile(needs, file);
            } catch (error) {
                if (/** @type {Error} */ (error).name === "AbortError") {
                    throw error;
                }
                failed.push(explain(/** @type {Error} */ (error), file.name).title);
            }
        }
        if (backups.length === files.length) {
            needs.notices.show(words.notices.opened(files.length + notes.length - failed.length, failed));
            return;
        }
        needs.showLibrary();
        await needs.many.takeIn(
            files.filter((file) => !backups.includes(file)),
            failed,
        );
    });
}

/**
 * @param {Needs} needs
 * @param {File} file
 */
async function openFile(needs, file) {
    const content = await readFile(file, isLibrary);
    if (needs.learning.isLearnt(content)) {
        await needs.learning.takeIn(content);
        needs.notices.show({ title: words.learnt.isTaken });
    } else if (isLibrary(content)) {
        await needs.shelf.takeIn(content);
    } else if (isBackup(file.name, content)) {
        const notebook = await needs.client.ask("import", content);
        if (notebook.analysis?.model === IMPORTED) {
            await needs.tools.reopen(notebook);
            return;
        }
        const { text, corrections } = notebook;
        // Looked at, not changed: the corrections mean this text, line ends and all.
        accept(text);
        await openText(needs, text, corrections);
    } else {
        const page = isPage(file.name, content) ? (await import("./html.js")).textOf(content) : undefined;
        await openText(needs, accept(page ?? content), []);
    }
}

/**
 * Gives the user all of the open article as a file.
 * @param {Needs} needs
 */
async function backup(needs) {
    await needs.attempt(async () => {
        const notebook = needs.session.notebook();
        if (notebook) {
            const content = await needs.client.ask("export", notebook, "json");
            download(`${fileName(needs.session.current()?.title ?? "")}.whosaid.json`, content, "application/json");
        }
    });
}

/**
 * Opens an article of the library.
 * @param {Needs} needs
 * @param {Row} row
 */
async function reopen(needs, { doc }) {
    await needs.attempt(async () => {
        const text = await needs.store.text(doc);
        if (text !== undefined) {
            await openText(needs, text, [], doc);
            return;
        }
        await needs.shelf.refresh();
        const isThere = (await needs.store.shelf()).some((row) => row.doc === doc && !row.deleted);
        if (isThere) {
            // Otherwise another tab has deleted it, and the library shows that.
            needs.notices.show(words.notices.noText);
        }
    });
}

/**
 * The article of the library that the address asks for. A message says so where it is not there.
 * @param {Needs} needs
 * @returns {Promise<Row | undefined>}
 */
async function linked({ store, notices, route }) {
    const place = route.asked();
    const row = place && (await store.shelf()).find(({ doc, deleted }) => route.means(place, doc) && !deleted);
    if (place && !row) {
        notices.show(words.notices.notKept);
    }
    return row;
}

/**
 * Opens the article that the address asks for now.
 * @param {Needs} needs
 */
async function openLinked(needs) {
    const { hash } = location;
    await needs.attempt(async () => {
        const row = await linked(needs);
        if (row) {
            await reopen(needs, row);
        }
    });
    needs.route.settle(hash);
}

/**
 * Opens the article that the address asks for, or the one that this tab showed, or else the one that was opened last;
 * shows the library where there is none.
 * @param {Needs} needs
 */
async function restore(needs) {
    const { hash } = location;
    const { store, shelf } = needs;
    const place = settings.article.get();
    const last = async () => {
        const doc = (await linked(needs))?.doc ?? place ?? (await store.last());
        const text = doc ? await store.text(doc) : undefined;
        return text === undefined ? undefined : { doc, text };
    };
    const kept = await last().catch(() => undefined);
    if (kept) {
        await needs.attempt(() => openNow(needs, kept.text, [], kept.doc));
    }
    if (!needs.paste.node.hidden) {
        await shelf.enter();
    }
    needs.route.settle(hash);
}
