/**
 * @file The element <who-said>: an article in any page, read, shown and corrected. What it holds outlives its stay in a page: taken out
 * it lets go of its view and its core, put in again it shows what it showed.
 */

import { failure } from "../core/failure.js";
import { textOfBlocks } from "../start/blocks.js";
import { explain, explainStorage } from "../words/errors.js";
import { setMessages, words } from "../words/words.js";
import { aboutKey } from "./about.js";
import { ATTRIBUTES, reflect, takeOver, valueOf } from "./attributes.js";
import { HOLDING, HeldArticle } from "./held.js";
import { createHolding } from "./holding.js";
import { createInside } from "./inside.js";
import { sheetsOf } from "./outside.js";
import { createPart } from "./part.js";
import { FILES, sourcesOf } from "./sources.js";
import { whenParsed } from "./waiting.js";

/** @import {Analysis} from "../pkg/whosaid.js" */
/** @import {Inside} from "./inside.js" */
/** @import {CoreFiles} from "./outside.js" */
/** @import {Settings as Filter} from "../view/lists/filter.js" */

/** @template Value @param {Value} value */
const held = (value) => {
    let now = value;
    return { get: () => now, set: (/** @type {Value} */ next) => void (now = next) };
};

/** What `filter` is where nothing was set. @type {Filter} */
const FILTER = { attitudes: true, kind: "", form: "", who: "", need: "", sort: "" };

/** Attributes whose change has the article read again. */
const READ_ANEW = ["doc-id", "min-confidence", "storage"];

/**
 * An article that is read, shown and corrected. What stands in the element is the article; until it is read, and without a script, it
 * stands there as it is.
 * @tag who-said
 * @attr {string} annotator - Who corrects: a name, which stands in each correction.
 * @attr {boolean} disabled - Nothing of it can be used.
 * @attr {string} doc-id - The name of the article where its corrections are kept; empty: its text is its name.
 * @attr {string} labels - Which marks are shown: claim, person, institution, place; empty: all.
 * @attr {"split" | "inline"} [layout=split] - Whether the lists stand beside the text or below it.
 * @attr {"eager" | "lazy"} [loading=eager] - Whether the article is read at once, or when it comes into sight.
 * @attr {number} min-confidence - Claims less sure than this are left out, from 0 to 1; empty: 0.4.
 * @attr {string} model-url - The address of another model file than the package's own, such as that of whosaid-precise.
 * @attr {boolean} no-shortcuts - Keys of a single character do nothing.
 * @attr {boolean} readonly - The user may look at all of it, and corrects nothing.
 * @attr {"none" | "memory" | "indexeddb"} [storage=none] - Where corrections are kept: with the element, as long as the page is open, or on the device.
 * @attr {"auto" | "light" | "dark"} [theme=auto] - Its colours.
 * @attr {string} wasm-url - The address of whosaid/whosaid.wasm.
 * @attr {string} worker-url - The address of whosaid/worker.
 * @slot - The article.
 * @csspart article - The text with its marks.
 * @csspart card - What is told of the chosen mark, and corrects it.
 * @csspart claim - Each claim in the text.
 * @csspart list - The lists.
 * @csspart speaker - Each speaker in the list of sources.
 * @csspart toolbar - Undo, redo, the review.
 * @cssprop --whosaid-accent - The colour of the focus.
 * @cssprop --whosaid-claim - The line under claims in lists and figures.
 * @cssprop --whosaid-font - The font of the article.
 * @cssprop --whosaid-ink - The colour of the text.
 * @cssprop --whosaid-institution - The line under institutions.
 * @cssprop --whosaid-paper - The ground of the text.
 * @cssprop --whosaid-person - The line under persons.
 * @cssprop --whosaid-radius - How round the corners are.
 * @cssprop --whosaid-surface - The ground of cards and buttons.
 * @cssstate dirty - Corrections are not kept yet.
 * @cssstate error - It could not be read.
 * @cssstate foreign - It is in a language that is not read.
 * @cssstate loading - The core is being loaded.
 * @cssstate reading - It is being read.
 * @cssstate ready - It is read.
 * @fires {CustomEvent<{analysis: Analysis}>} whosaid-annotated - The article is read.
 * @fires {CustomEvent<{correction: Correction}>} whosaid-before-change - A correction is about to be made; it can be prevented.
 * @fires {CustomEvent<{corrections: Correction[], analysis: Analysis}>} whosaid-change - Corrections were made here: each is told once.
 * @fires {CustomEvent<{name: string, code?: string, message: string}>} whosaid-error - Something failed.
 * @fires {CustomEvent<{language: string}>} whosaid-language - The article is in a language that is not read.
 * @fires {CustomEvent<{corrections: Correction[]}>} whosaid-orphan - Corrections no longer fit the article.
 * @fires {CustomEvent<{bytes: number, total?: number}>} whosaid-progress - So much of the model has come.
 * @fires {CustomEvent<{model: string, version: string}>} whosaid-ready - The core is loaded.
 * @fires {CustomEvent<{at: string}>} whosaid-saved - All corrections are kept where storage says.
 * @fires {CustomEvent<{key: string | undefined}>} whosaid-select - Another mark is chosen; none.
 */
export class WhoSaid extends HeldArticle {
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
    [HOLDING] = createHolding(this, {
        core: async () => this.#takePart(),
        tell: (...event) => this.#tell(...event),
        changed: () => this.#show(),
        following: (effect) => this.#inside?.view.follow(effect),
        stated: (states) => this.#state(states),
        failed: (error) => this.#fail(error),
        unsaved: (error) => this.#unsaved(error),
        isStaying: () => this.#stay !== undefined,
    });
    #settings = { attitudes: held(true), names: held(false), editing: held(false) };
    /** Which claims are shown, as it was set. @type {Partial<Filter>} */
    #filter = {};
    /** @type {Inside | undefined} */
    #inside;
    #part = createPart(
        () => ({ ...WhoSaid.sources, ...sourcesOf(this) }),
        (name, detail) => this.#tell(name, detail),
    );
    /** Ends what listens while the element is in a page. @type {AbortController | undefined} */
    #stay;
    /** @type {Promise<unknown>} */
    #drawn = Promise.resolve();
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
        takeOver(this, ["text", "corrections", "selected", "filter"]);
        const stay = new AbortController();
        this.#stay = stay;
        this.#dress();
        this.#inside = createInside({
            root: this.#root,
            session: this[HOLDING].session,
            settings: this.#settings,
            mayEdit: () => !this.#is("readonly") && !this.#is("disabled"),
            labels: () => this.getAttribute("labels") ?? "",
            singles: () => !this.#is("no-shortcuts"),
            select: (key) => this.#selected(key),
            importFiles: (files) => void Promise.all(files.map(async (file) => this.import(await file.text()))).catch(this.#fail),
        });
        this.#inside.disable(this.#is("disabled"));
        this.#inside.view.filter.set(this.#filter);
        this[HOLDING].stay();
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
        if (name === "labels") {
            this.#show();
        }
        if (READ_ANEW.includes(name) && this[HOLDING].open()) {
            void this.annotate().catch(() => undefined);
        }
        if (name in FILES && this.#part.change()) {
            void this.annotate().catch(() => undefined);
        }
        if (["readonly", "disabled"].includes(name)) {
            this.#inside?.view.select(undefined);
        }
    }

    /** The article. It is what stands in the element, until another text is set. */
    get text() {
        return this.#text ?? textOfBlocks([this]);
    }

    set text(text) {
        this.#text = String(text ?? "");
        this.#readSoon();
    }

    /** @returns {string | undefined} The chosen mark: `claim:START:END`, or another label in front. */
    get selected() {
        return this.#inside?.view.key();
    }

    set selected(key) {
        this.#inside?.view.select(key ?? undefined);
    }

    /** @returns {Filter} Which claims are shown. What is set is changed, the rest stays. */
    get filter() {
        return { ...FILTER, ...(this.#inside?.view.filter.get() ?? this.#filter) };
    }

    set filter(filter) {
        this.#filter = { ...this.#filter, ...filter };
        this.#inside?.view.filter.set(this.#filter);
    }

    /** Settled when the core is loaded, or cannot be. */
    get ready() {
        return this.#part.ready();
    }

    /** Comes when all that is known is drawn. */
    get updateComplete() {
        return this[HOLDING].settled()
            .then(() => this.#drawn)
            .then(() => !this[HOLDING].open()?.waiting);
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
        return /** @type {Promise<Analysis>} */ (this[HOLDING].read(this.text, true));
    }

    /**
     * Chooses a mark; none.
     * @param {string} [key]
     */
    select(key) {
        this.selected = key;
    }

    /** Lets go of the view and of the core, as it happens when the element is taken out of its page; put in again it goes on. */
    destroy() {
        this.#filter = this.#inside?.view.filter.get() ?? this.#filter;
        this.#stay?.abort();
        this[HOLDING].leave();
        this.#inside?.dispose();
        this.#part.leave();
        this.#stay = this.#inside = undefined;
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

    #takePart() {
        if (!this.#stay) {
            throw failure("ArgumentError", "the element is in no page: put it into one first");
        }
        return this.#part.take();
    }

    /**
     * Reads the text when it is time, and again when what stands in the element changes.
     * @param {AbortSignal} signal
     */
    #watch(signal) {
        const observer = new MutationObserver(() => this.#text ?? this.#readSoon());
        observer.observe(this, { childList: true, characterData: true, subtree: true });
        signal.addEventListener("abort", () => observer.disconnect());
        if (valueOf(this, "loading") !== "lazy" || this[HOLDING].open()) {
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
            this[HOLDING].read(this.text, false).catch(() => undefined);
        }
    }

    #show() {
        const open = this[HOLDING].open();
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

    /** @param {Error} error */
    #unsaved(error) {
        this.#inside?.notices.show(explainStorage(error));
        this.#tell("error", { name: error.name, message: error.message });
    }

    #fail = (/** @type {any} */ error) => {
        const { name, code, message } = error;
        this.#part.fail(error);
        if (name !== "AbortError") {
            const { again, ...told } = explain(error);
            const retry = { label: words.actions.retry, run: () => void this.annotate().catch(() => undefined) };
            this.#inside?.notices.show(told, ...(again ? [retry] : []));
            this.#tell("error", { name, code, message });
        }
    };
}

reflect(WhoSaid);
