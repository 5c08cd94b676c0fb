/**
 * @file A page that holds two views, each in a shadow tree of its own: see view.spec.js, which bundles it.
 */
import { createClient } from "../../../www/core/client.js";
import { createIdentity } from "../../../www/edit/identity.js";
import { createSession } from "../../../www/edit/session.js";
import { listenForKeys } from "../../../www/kit/keys.js";
import { createView } from "../../../www/view/view.js";

/** @import {Article, Edited, Setting} from "../../../www/types.js" */

/** What listens to something that outlives a view. @type {{target: EventTarget, type: string, run: unknown, signal?: AbortSignal}[]} */
let listening = [];

const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function addEventListener(type, run, options) {
    const signal = typeof options === "object" ? options.signal : undefined;
    // What drives the browser listens too, from scripts of its own: this function and its caller stand in this one.
    if ((new Error().stack?.split("/two.js").length ?? 0) > 2) {
        listening.push({ target: this, type, run, ...(signal && { signal }) });
    }
    add.call(this, type, run, options);
};
EventTarget.prototype.removeEventListener = function removeEventListener(type, run, options) {
    listening = listening.filter((one) => one.target !== this || one.type !== type || one.run !== run);
    remove.call(this, type, run, options);
};

/** @template Value @param {Value} value @returns {Setting<Value>} */
const held = (value) => {
    let now = value;
    return { get: () => now, set: (next) => (now = next) };
};

const client = createClient(
    () => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.postMessage({ begin: {} });
        return worker;
    },
    () => {},
);

/** @param {Edited} open @returns {Article} */
const articleOf = ({ text, log, waiting, revision: { analysis, orphans, reviewed } }) => ({
    ...{ text, log, waiting, analysis, orphans, reviewed },
});

/** @param {string} text @param {string} style */
async function hold(text, style) {
    const root = document.body.appendChild(document.createElement("section")).attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const host = root.appendChild(document.createElement("div"));
    const view = createView({
        root,
        host,
        settings: { attitudes: held(true), names: held(true), editing: held(true) },
        on: {
            edit: (edits) => edits.forEach((edit) => void session.correct(edit)),
            undo: () => void session.undo(),
            redo: () => void session.redo(),
            importFile() {},
            select() {},
            draw() {},
            say() {},
            tell() {},
        },
    });
    const session = createSession({
        client,
        identity: createIdentity(held(/** @type {string | undefined} */ (undefined))),
        making: view.follow,
        made: async () => {},
        settled() {},
        changed() {
            const open = session.current();
            void view.show(open && articleOf(open));
        },
        failed(error) {
            throw error;
        },
    });
    const { found, revision } = await session.read({ text, log: [], learnt: Promise.resolve(undefined) });
    session.begin({ text, found, revision, settled: revision, log: [], waiting: false });
    listenForKeys(host, Object.assign({}, ...view.keys.map(({ keys }) => keys)), () => true);
    return { view, key: view.key };
}

/** What lies in the highlights of the document, by tree. */
function lit() {
    const trees = [...document.querySelectorAll("section")].map(({ shadowRoot }) => shadowRoot);
    const ranges = [...(CSS.highlights?.values() ?? [])].flatMap((light) => [...light]);
    return trees.map((tree) => ranges.filter((range) => range.startContainer.getRootNode() === tree).length);
}

/** @param {(typeof listening)[number]} one @returns {boolean} Whether it hears of something that no view's end has ended. */
function outlives({ target, signal }) {
    const isViews =
        target instanceof AbortSignal || target instanceof Worker || (target instanceof Node && target.getRootNode() !== document);
    return !isViews && !signal?.aborted;
}

Object.assign(globalThis, {
    hold,
    lit,

    /** What hears of something that no view's end has ended. */
    listeners: () => listening.filter(outlives).map(({ target, type }) => `${target.constructor.name} ${type}`),
});
