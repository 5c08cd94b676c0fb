/**
 * @file The element <who-said>: an article in any page, read, shown and corrected. What it holds outlives its stay in a page: taken out
 * it lets go of its view and its core, put in again it shows what it showed.
 */

import { textIn } from "../start/html.js";
import { explain } from "../words/errors.js";
import { setMessages, words } from "../words/words.js";
import { aboutKey } from "./about.js";
import { ATTRIBUTES, reflect, valueOf } from "./attributes.js";
import { takeCore } from "./cores.js";
import { createHolding } from "./holding.js";
import { createInside } from "./inside.js";
import { sheetsOf } from "./outside.js";
import { sourcesOf } from "./sources.js";

/** @import {Analysis, Claim, Correction, Speaker} from "../pkg/whosaid.js" */
/** @import {Core} from "./cores.js" */
/** @import {Holding} from "./holding.js" */
/** @import {Inside} from "./inside.js" */
/** @import {CoreFiles} from "./outside.js" */

/** @template Value @param {Value} value */
const held = (value) => {
    let now = value;
    return { get: () => now, set: (/** @type {Value} */ next) => void (now = next) };
};

/** @typedef {{model: string, version: string}} Ready */

export class WhoSaid extends HTMLElement {
    static observedAttributes = Object.keys(ATTRIBUTES);

    /** Where all elements of the page have their files from, where an attribute says nothing else. @type {CoreFiles} */
    static sources = {};

    /** Everything that elements say, in place of the English words; to be set before the first element is in the page. */
    static get messages() {
        return words;
    }

    static set messages(catalogue) {
        setMessages(catalogue);
    }

    #internals = this.attachInternals();
    #root = this.attachShadow({ mode: "open" });
    /** @type {string | undefined} */
    #text;
    /** @type {Holding} */
    #holding = createHolding(this, {
        core: () => this.#takeCore().connection,
        tell: (...event) => this.#tell(...event),
        changed: () => this.#show(),
        following: (effect) => this.#inside?.view.follow(effect),
        stated: (states) => this.#state(states),
        failed: (error) => this.#fail(error),
    });
    #settings = { attitudes: held(true), names: held(false), editing: held(false) };
    /** @type {Inside | undefined} */
    #inside;
    /** @type {Core | undefined} */
    #core;
    /** Ends what listens while the element is in a page. @type {AbortController | undefined} */
    #stay;
    /** @type {Promise<unknown>} */
    #drawn = Promise.resolve();
    #ready = expected();
    #wasReady = false;
    /** The chosen mark that was told last. @type {string | undefined} */
    #key;

    constructor() {
        super();
        this.#root.replaceChildren(document.createElement("slot"));
    }

    connectedCallback() {
        if (this.#inside) {
            // It was only moved.
            return;
        }
        const stay = new AbortController();
        this.#stay = stay;
        this.#dress();
        this.#inside = createInside({
            root: this.#root,
            session: this.#holding.session,
            settings: this.#settings,
            mayEdit: () => !this.#is("readonly") && !this.#is("disabled"),
            singles: () => !this.#is("no-shortcuts"),
            select: (key) => this.#selected(key),
            importFiles: (files) => void Promise.all(files.map(async (file) => this.import(await file.text()))).catch(this.#fail),
        });
        this.#inside.disable(this.#is("disabled"));
        this.#show();
        whenParsed(stay.signal, () => this.#watch(stay.signal));
    }

    disconnectedCallback() {
        // Who moves an element takes it out and puts it in again at once.
        queueMicrotask(() => {
            if (!this.isConnected) {
                this.destroy();
            }
        });
    }

    /**
     * @param {string} name
     * @param {string | null} before
     * @param {string | null} now
     */
    attributeChangedCallback(name, before, now) {
        if (before === now) {
            return;
        }
        if (name === "disabled") {
            this.#inside?.disable(now !== null);
        }
        if (name === "theme" && this.#inside) {
            this.#dress();
        }
        if (["readonly", "disabled"].includes(name)) {
            this.#inside?.view.select(undefined);
        }
    }

    /** The article. It is what stands in the element, until another text is set. */
    get text() {
        return this.#text ?? textIn(this);
    }

    set text(text) {
        this.#text = String(text ?? "");
        this.#readSoon();
    }

    /** @returns {Analysis | undefined} What was found, corrections applied. */
    get analysis() {
        return this.#holding.open()?.revision.analysis;
    }

    /** @returns {readonly Speaker[]} */
    get speakers() {
        return this.analysis?.speakers ?? [];
    }

    /** @returns {readonly Claim[]} */
    get claims() {
        return this.analysis?.claims ?? [];
    }

    /** @returns {readonly Correction[]} The log. What is set is merged into it: a log only grows. */
    get corrections() {
        return this.#holding.corrections();
    }

    set corrections(corrections) {
        void this.#holding.bring(corrections).catch(this.#fail);
    }

    /** @returns {string | undefined} The chosen mark: `claim:START:END`, or another label in front. */
    get selected() {
        return this.#inside?.view.key();
    }

    set selected(key) {
        this.#inside?.view.select(key ?? undefined);
    }

    /** Settled when the core is loaded, or cannot be. */
    get ready() {
        return this.#ready.promise;
    }

    /** Comes when all that is known is drawn. */
    get updateComplete() {
        return this.#holding
            .settled()
            .then(() => this.#drawn)
            .then(() => !this.#holding.open()?.waiting);
    }

    /**
     * Reads the article, or another text, which takes its place.
     * @param {string} [text]
     * @returns {Promise<Analysis>}
     */
    async annotate(text) {
        if (text !== undefined) {
            this.#text = String(text);
        }
        return this.#holding.read(this.text, true);
    }

    /**
     * Takes corrections in: a list of them, a notebook, or the file that `export` writes as "json".
     * @param {string | readonly Correction[] | {corrections: readonly Correction[]}} from
     * @returns {Promise<number>} How many were new.
     */
    async import(from) {
        return this.#holding.import(from);
    }

    /** Takes the last correction back. */
    async undo() {
        await this.#holding.session.undo();
    }

    /** Makes the correction again that was taken back last. */
    async redo() {
        await this.#holding.session.redo();
    }

    /** Lets go of the view and of the core, as it happens when the element is taken out of its page; put in again it goes on. */
    destroy() {
        this.#stay?.abort();
        this.#inside?.dispose();
        this.#core?.leave();
        this.#stay = this.#inside = this.#core = undefined;
    }

    /** @param {string | undefined} key */
    #selected(key) {
        const { analysis } = this;
        if (key !== this.#key) {
            this.#key = key;
            this.#tell("select", { key, ...(key !== undefined && analysis && aboutKey(analysis, key)) });
        }
    }

    #dress() {
        this.#root.adoptedStyleSheets = sheetsOf(String(valueOf(this, "theme")));
    }

    /** @param {string} name */
    #is(name) {
        return this.hasAttribute(name);
    }

    /**
     * @param {string} name
     * @param {object} detail
     * @param {boolean} [cancelable]
     * @returns {boolean} Whether nobody prevented it.
     */
    #tell(name, detail, cancelable = false) {
        const about = { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) };
        return this.dispatchEvent(new CustomEvent(`whosaid-${name}`, about));
    }

    #takeCore() {
        if (!this.#core) {
            const core = takeCore({ ...WhoSaid.sources, ...sourcesOf(this) }, (bytes, total) => this.#tell("progress", { bytes, total }));
            this.#core = core;
            core.connection.then(
                ({ about: { model, version } }) => this.#core === core && this.#isReady({ model, version }),
                () => this.#core === core && this.#leaveCore(),
            );
        }
        return this.#core;
    }

    /** Lets go of a core that could not be loaded: the next time it is tried again. */
    #leaveCore() {
        this.#core?.leave();
        this.#core = undefined;
    }

    /** @param {Ready} about */
    #isReady(about) {
        if (!this.#wasReady) {
            this.#wasReady = true;
            this.#ready.resolve(about);
            this.#tell("ready", about);
        }
    }

    /**
     * Reads the text when it is time, and again when what stands in the element changes.
     * @param {AbortSignal} signal
     */
    #watch(signal) {
        const observer = new MutationObserver(() => this.#text ?? this.#readSoon());
        observer.observe(this, { childList: true, characterData: true, subtree: true });
        signal.addEventListener("abort", () => observer.disconnect());
        if (valueOf(this, "loading") !== "lazy" || this.#holding.open()) {
            this.#readSoon();
            return;
        }
        const sight = new IntersectionObserver((entries) => {
            if (entries.some(({ isIntersecting }) => isIntersecting)) {
                sight.disconnect();
                this.#readSoon();
            }
        });
        sight.observe(this);
        signal.addEventListener("abort", () => sight.disconnect());
    }

    /** Reads the text, if it is another than the one that is shown. */
    #readSoon() {
        if (this.#stay) {
            this.#holding.read(this.text, false).catch(() => undefined);
        }
    }

    #show() {
        const open = this.#holding.open();
        this.#drawn = this.#inside?.show(open) ?? Promise.resolve();
    }

    /** @param {Record<string, boolean>} states Each on or off. */
    #state(states) {
        for (const [name, isOn] of Object.entries(states)) {
            if (isOn) {
                this.#internals.states.add(name);
            } else {
                this.#internals.states.delete(name);
            }
        }
    }

    #fail = (/** @type {any} */ error) => {
        const { name, code, message } = error;
        if (!this.#wasReady) {
            this.#ready.reject(error);
            this.#ready = expected();
        }
        if (name !== "AbortError") {
            const { again, ...told } = explain(error);
            const retry = { label: words.actions.retry, run: () => void this.annotate().catch(() => undefined) };
            this.#inside?.notices.show(told, ...(again ? [retry] : []));
            this.#tell("error", { name, code, message });
        }
    };
}

reflect(WhoSaid);

/** A promise that is settled from outside; nobody has to hear of its failure. */
function expected() {
    /** @type {(about: Ready) => void} */
    let resolve = () => undefined;
    /** @type {(error: Error) => void} */
    let reject = () => undefined;
    /** @type {Promise<Ready>} */
    const promise = new Promise((...given) => ([resolve, reject] = given));
    promise.catch(() => undefined);
    return { promise, resolve, reject };
}

/**
 * Waits until the page has all that stands in an element.
 * @param {AbortSignal} signal
 * @param {() => void} run
 */
function whenParsed(signal, run) {
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", run, { once: true, signal });
    } else {
        run();
    }
}
