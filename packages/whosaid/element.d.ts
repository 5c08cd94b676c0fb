import type {
    Analysis,
    AnnotatorOptions,
    Claim,
    ClaimForm,
    ClaimKind,
    Correction,
    Mark,
    Mention,
    Notebook,
    Speaker,
    Span,
} from "./index.js";

/** What the events of `<who-said>` tell, by their names. All bubble, and pass out of shadow trees; the details are frozen. */
export interface WhoSaidEvents {
    /** The core is loaded. */
    "whosaid-ready": { readonly model: string; readonly version: string };
    /** So much of the model has come. */
    "whosaid-progress": { readonly bytes: number; readonly total?: number };
    /** The article is read. */
    "whosaid-annotated": { readonly analysis: Analysis };
    /** A correction is about to be made; `preventDefault()` prevents it. */
    "whosaid-before-change": { readonly correction: Correction };
    /** Corrections were made here: each is told once. What `import` brings is not told. */
    "whosaid-change": { readonly corrections: readonly Correction[]; readonly analysis: Analysis };
    /** Another mark is chosen; without a key: none. */
    "whosaid-select": {
        readonly key: string | undefined;
        readonly range?: Span;
        readonly claim?: Claim;
        readonly mention?: Mention;
        readonly speaker?: Speaker;
    };
    /** All corrections are kept where `storage` says; with `none` it is never told. */
    "whosaid-saved": { readonly at: string };
    /** Corrections that no longer fit the article. */
    "whosaid-orphan": { readonly corrections: readonly Correction[] };
    /** The article is in another language than the one that is read: a BCP 47 tag, `und` or `zxx`. */
    "whosaid-language": { readonly language: string };
    /** Something failed: see `WhosaidError`. */
    "whosaid-error": { readonly name: string; readonly code?: string; readonly message: string };
}

/** Which claims are shown; empty: all of them. */
export interface WhoSaidFilter {
    /** Whether attitudes and decisions are among them. */
    attitudes: boolean;
    /** Those of one kind. */
    kind: ClaimKind | "";
    /** Those of one form. */
    form: ClaimForm | "";
    /** Those of one speaker, or of an institution with its people: `speaker:NAME`, `institution:NAME`. */
    who: string;
    /** Those that need a look. */
    need: "unsure" | "unreviewed" | "";
    /** Those of one sort of sources. */
    sort: "named" | "anonymous" | "institutional" | "documents" | "groups" | "unattributed" | "";
}

/** What templates may set on `<who-said>`. */
export interface WhoSaidProps {
    annotator?: string | undefined;
    disabled?: boolean | undefined;
    docId?: string | undefined;
    "doc-id"?: string | undefined;
    labels?: string | undefined;
    lang?: string | undefined;
    layout?: "split" | "inline" | undefined;
    loading?: "eager" | "lazy" | undefined;
    minConfidence?: string | undefined;
    "min-confidence"?: string | number | undefined;
    modelUrl?: string | undefined;
    "model-url"?: string | undefined;
    noShortcuts?: boolean | undefined;
    readOnly?: boolean | undefined;
    storage?: "none" | "memory" | "indexeddb" | undefined;
    theme?: "auto" | "light" | "dark" | undefined;
    wasmUrl?: string | undefined;
    "wasm-url"?: string | undefined;
    workerUrl?: string | undefined;
    "worker-url"?: string | undefined;
    text?: string | undefined;
    corrections?: readonly Correction[] | undefined;
    selected?: string | undefined;
    filter?: Partial<WhoSaidFilter> | undefined;
}

type Listener<Name extends keyof WhoSaidEvents> = (this: WhoSaid, event: CustomEvent<WhoSaidEvents[Name]>) => unknown;

/** The element `<who-said>`: the text in it is an article, which it reads, shows and lets the user correct. */
export class WhoSaid extends HTMLElement {
    /** Where all elements of the page have their files from, where an attribute says nothing else. */
    static sources: AnnotatorOptions;
    /** Everything that the elements say; to be set before the first one is in the page. */
    static messages: Record<string, unknown>;

    /** Who corrects: a name, which stands in each correction. */
    annotator: string;
    /** Nothing of it can be used. */
    disabled: boolean;
    /** The name of the article where its corrections are kept; empty: its text is its name. */
    docId: string;
    /** Which marks are shown, with white space between: `claim`, `person`, `institution`, `place`; empty: all. */
    labels: string;
    /** Whether the lists stand beside the text or below it. */
    layout: "split" | "inline";
    /** Whether the article is read at once, or when it comes into sight. */
    loading: "eager" | "lazy";
    /** Claims less sure than this are left out, a number from 0 to 1; empty: 0.4. */
    minConfidence: string;
    /** The address of `whosaid/model.bin`. */
    modelUrl: string;
    /** Keys of a single character do nothing. */
    noShortcuts: boolean;
    /** The user may look at all of it, and corrects nothing. */
    readOnly: boolean;
    /** Where corrections are kept: with the element, as long as the page is open, or on the device. */
    storage: "none" | "memory" | "indexeddb";
    /** Its colours. */
    theme: "auto" | "light" | "dark";
    /** The address of `whosaid/whosaid.wasm`. */
    wasmUrl: string;
    /** The address of `whosaid/worker`. */
    workerUrl: string;

    /** The article: what stands in the element, until another text is set. */
    text: string;
    /** What was found, corrections applied; `undefined` until it is read. */
    readonly analysis: Analysis | undefined;
    /** Those of the analysis. */
    readonly speakers: readonly Speaker[];
    /** Those of the analysis. */
    readonly claims: readonly Claim[];
    /** The log. What is set is merged into it: a log only grows. */
    corrections: readonly Correction[];
    /** The chosen mark, `claim:START:END` or another label in front. */
    selected: string | undefined;
    /** Which claims are shown. What is set is changed, the rest stays. */
    get filter(): WhoSaidFilter;
    set filter(filter: Partial<WhoSaidFilter>);
    /** Settled when the core is loaded, or cannot be. */
    readonly ready: Promise<WhoSaidEvents["whosaid-ready"]>;
    /** Comes when all that is known is drawn: `false` while the core has something to answer. */
    readonly updateComplete: Promise<boolean>;

    /** Reads the article, or another text, which takes its place. */
    annotate(text?: string): Promise<Analysis>;
    /** Marks a place of the text; `everywhere`: wherever the same words stand. */
    add(mark: { mark: Mark; start: number; end: number; everywhere?: boolean }): Promise<void>;
    /** Changes a mark: its label, its place, the kind or the form of a claim. */
    update(key: string, what: { mark?: Mark; start?: number; end?: number; kind?: ClaimKind; form?: ClaimForm }): Promise<void>;
    /** Takes the element out of its page, as every element does. */
    remove(): Promise<void>;
    /** Takes a mark away. */
    remove(key: string, how?: { everywhere?: boolean }): Promise<void>;
    /** Gives a claim to a speaker, or makes a name mean one; without a speaker: nobody in particular, or somebody else. */
    attribute(key: string, speaker?: string | null): Promise<void>;
    /** Makes two speakers one; each is its index in the analysis, or its name. */
    merge(speaker: number | string, into: number | string): Promise<void>;
    /** Lets a name mean somebody else than the other names of its speaker. */
    split(key: string, speaker?: string): Promise<void>;
    /** Chooses a mark; none. */
    select(key?: string): void;
    /** Writes text, analysis and corrections as a file, in one of the formats of `createAnnotator`. */
    export(format?: string): Promise<string>;
    /** Comes when all corrections are kept where `storage` says; rejects where they cannot be. */
    flush(): Promise<void>;
    /** Takes corrections in: a list, a notebook, or the file that `export` writes as `"json"`. Gives how many were new. */
    import(from: string | readonly Correction[] | Notebook): Promise<number>;
    /** Takes the last correction back. */
    undo(): Promise<void>;
    /** Makes the correction again that was taken back last. */
    redo(): Promise<void>;
    /** Lets go of view and core, as it happens when the element is taken out of its page; put in again it goes on. */
    destroy(): void;

    addEventListener<Name extends keyof WhoSaidEvents>(type: Name, listener: Listener<Name>, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
    interface HTMLElementTagNameMap {
        "who-said": WhoSaid;
    }
}
