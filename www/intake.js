/**
 * @file What comes in and goes out: articles that are pasted, opened or come back, backups, what is forgotten.
 */

import { explain } from "./errors.js";
import { download, fileName } from "./files.js";
import { accept, readFile } from "./text.js";
import { words } from "./words.js";

/** @import {Correction} from "./pkg/whosaid.js" */
/** @import {createNotices} from "./notices.js" */
/** @import {createPaste} from "./paste.js" */
/** @import {Reader} from "./reader.js" */
/** @import {Session} from "./session.js" */
/** @import {Kept, Store} from "./store.js" */

/** Where a tab remembers which article it shows; empty: none, by choice. */
const PLACE = "whosaid.doc";

/** How many earlier articles are offered. */
const EARLIER = 5;

/**
 * @typedef {object} Needs
 * @property {Reader} reader
 * @property {Session} session
 * @property {Store} store
 * @property {ReturnType<typeof createNotices>} notices
 * @property {ReturnType<typeof createPaste>} paste
 * @property {() => void} opened Called when another article is open.
 */

/** @param {Needs} needs */
export function createIntake(needs) {
    return {
        /** @param {string} raw What was pasted. */
        read: (raw) => attempt(needs, async () => openText(needs, accept(raw), [])),
        openFile: openFile.bind(null, needs),
        backup: backup.bind(null, needs),
        forget: forget.bind(null, needs),
        showEarlier: showEarlier.bind(null, needs),
        restore: restore.bind(null, needs),
    };
}

/**
 * Notes which article this tab shows, for when it is loaded again.
 * @param {string} doc
 */
export function remember(doc) {
    try {
        sessionStorage.setItem(PLACE, doc);
    } catch {
        // Where nothing can be kept, the tab forgets.
    }
}

/** @returns {string | null} What `remember` noted in this tab. */
function remembered() {
    try {
        return sessionStorage.getItem(PLACE);
    } catch {
        return null;
    }
}

/**
 * Does something that can fail; a failure is shown, with a way to try again where that can help.
 * @param {Needs} needs
 * @param {() => Promise<void>} work
 * @param {string} [file] The file that it is about.
 */
async function attempt(needs, work, file) {
    try {
        needs.notices.clear();
        await work();
    } catch (error) {
        const { again, ...message } = explain(/** @type {Error} */ (error), file);
        const retry = { label: words.actions.retry, run: () => void attempt(needs, work, file) };
        needs.notices.show(message, ...(again ? [retry] : []));
    }
}

/**
 * Opens an article, unless corrections of the open one would be lost: then it asks.
 * @param {Needs} needs
 * @param {string} text
 * @param {readonly Correction[]} corrections From a backup.
 */
async function openText(needs, text, corrections) {
    const { session, notices } = needs;
    const unsaved = session.open()?.unsaved.length ?? 0;
    const go = () => attempt(needs, () => openNow(needs, text, corrections));
    if (unsaved === 0) {
        await openNow(needs, text, corrections);
        return;
    }
    notices.show(
        words.messages.unsaved(unsaved),
        { label: words.actions.download, run: () => void backup(needs).then(go) },
        { label: words.actions.goOn, run: () => void go() },
    );
}

/**
 * @param {Needs} needs
 * @param {string} text
 * @param {readonly Correction[]} corrections
 */
async function openNow({ session, notices, paste, opened }, text, corrections) {
    try {
        const added = await session.start(text, corrections);
        if (corrections.length > 0) {
            notices.show(words.messages.imported(added));
        }
    } catch (error) {
        // Nothing of it is lost: it can be read again from the box.
        paste.keep(text);
        throw error;
    }
    paste.release(text);
    opened();
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
 * Opens a file: an article, or a backup.
 * @param {Needs} needs
 * @param {File} file
 */
async function openFile(needs, file) {
    await attempt(
        needs,
        async () => {
            const content = await readFile(file);
            if (isBackup(file.name, content)) {
                const { text, corrections } = await needs.reader.ask("import", content);
                // Looked at, not changed: the corrections mean this text, line ends and all.
                accept(text);
                await openText(needs, text, corrections);
            } else {
                await openText(needs, accept(content), []);
            }
        },
        file.name,
    );
}

/**
 * Gives the reader all of the open article as a file.
 * @param {Needs} needs
 */
async function backup(needs) {
    await attempt(needs, async () => {
        const notebook = needs.session.notebook();
        if (notebook) {
            const content = await needs.reader.ask("export", notebook, "json");
            download(`${fileName(needs.session.open()?.title ?? "")}.whosaid.json`, content, "application/json");
        }
    });
}

/**
 * Deletes an article and its corrections from this device.
 * @param {Needs} needs
 * @param {Kept} article
 */
async function forget(needs, { doc }) {
    await attempt(needs, async () => {
        await needs.store.forget(doc);
        if (needs.session.open()?.doc === doc) {
            needs.session.close();
        }
        await showEarlier(needs);
    });
}

/**
 * Offers what was read earlier.
 * @param {Needs} needs
 */
async function showEarlier({ store, paste }) {
    // What cannot be read is not offered; that nothing can be saved is said when something is to be saved.
    paste.showEarlier(await store.recent(EARLIER).catch(() => []));
}

/**
 * Opens the article again that this tab showed, or else the one that was opened last.
 * @param {Needs} needs
 */
async function restore(needs) {
    const { store } = needs;
    const doc = remembered();
    const last = doc === null ? store.recent(1).then(([article]) => article) : doc ? store.article(doc) : undefined;
    const article = await Promise.resolve(last).catch(() => undefined);
    if (article) {
        await attempt(needs, () => openNow(needs, article.text, []));
    }
    await showEarlier(needs);
}
