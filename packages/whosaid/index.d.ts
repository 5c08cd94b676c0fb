/// <reference lib="esnext.disposable" />

import type { Analysis, Correction, Learnt, Notebook, Options, Revision } from "./pkg/whosaid.js";

export type {
    Analysis,
    Claim,
    Correction,
    Edit,
    Fact,
    ClaimForm,
    Group,
    ClaimKind,
    Label,
    Learnt,
    Mark,
    Mention,
    MentionForm,
    Notebook,
    Options,
    Origin,
    Revision,
    Sector,
    Span,
    Speaker,
    SpeakerKind,
    Summary,
    Target,
    Voice,
    Who,
    Zone,
} from "./pkg/whosaid.js";

/** The content of a file. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** A file of the core: its address (in Node a path, too), its bytes, or a function that gives one of these, or a promise of bytes. */
export type FileSource = string | URL | Bytes | (() => string | Bytes | Promise<Bytes>);

/** A `Worker`, as far as it is used: a project for Node alone may know none. */
export interface WorkerLike {
    /** Takes a message. */
    postMessage(message: any): void;
    /** Ends it. */
    terminate(): void;
    /** Called with each answer. */
    onmessage: any;
    /** Called when it fails. */
    onerror: any;
    /** Called when an answer cannot be read. */
    onmessageerror: any;
}

/** Where an annotator has its files from, and how it tells of loading them. Each may be left out. */
export interface AnnotatorOptions {
    /** The WebAssembly, `whosaid/whosaid.wasm`. One thread holds one: in the caller's thread the first one counts. */
    wasm?: FileSource | undefined;
    /** The model file, `whosaid/model.bin`. */
    model?: FileSource | undefined;
    /**
     * A worker, or the address of its script (`whosaid/worker`); `false`: the thread of the caller, as always in Node. A script
     * of another origin is started by way of a blob. Where the page has Trusted Types, the policy is called `whosaid`. A
     * worker belongs to the annotator from then on, which ends it.
     */
    worker?: WorkerLike | string | URL | false | undefined;
    /** Ends the loading; later it does nothing. */
    signal?: AbortSignal | undefined;
    /** Told how many bytes of the model have come, and of how many, where that is known. Bytes that are passed are not counted. */
    onprogress?: ((bytes: number, total?: number) => void) | undefined;
}

/**
 * What is thrown, or a promise is rejected with. `message` says what to do.
 *
 * | name | code | |
 * |---|---|---|
 * | `LoadError` | `WHOSAID_LOAD` | a file cannot be loaded, or the browser forbids it |
 * | `ModelError` | `WHOSAID_MODEL` | the model file is cut short or damaged, is none, or is of another version |
 * | `MemoryError` | `WHOSAID_MEMORY` | there is too little memory for the model file |
 * | `ArgumentError` | `WHOSAID_ARGUMENT` | something else than what is described here was passed |
 * | `ImportError` | `WHOSAID_IMPORT` | a file is not one that `export` wrote as `"json"` |
 * | `LearntError` | `WHOSAID_LEARNT` | lessons belong to another model |
 * | `AbortError` | `WHOSAID_ABORT` | the signal, or `dispose`, ended it |
 * | `CrashError` | `WHOSAID_CRASH` | the core stopped; in a worker the next call starts another |
 */
export interface WhosaidError extends Error {
    name: "LoadError" | "ModelError" | "MemoryError" | "ArgumentError" | "ImportError" | "LearntError" | "AbortError" | "CrashError";
    code:
        | "WHOSAID_LOAD"
        | "WHOSAID_MODEL"
        | "WHOSAID_MEMORY"
        | "WHOSAID_ARGUMENT"
        | "WHOSAID_IMPORT"
        | "WHOSAID_LEARNT"
        | "WHOSAID_ABORT"
        | "WHOSAID_CRASH";
}

/** How an article is read. */
export interface AnnotateOptions extends Partial<Options> {
    /** Ends the reading: the promise rejects with an `AbortError` at once; the annotator, and what else it was asked, go on. */
    signal?: AbortSignal | undefined;
    /** Told how much of an article that takes long is read, from 0 to 1: a long one, or any with a precise model. */
    onprogress?: ((share: number) => void) | undefined;
}

/** An annotator that is loaded. Requests are answered one after the other; each failure is a {@link WhosaidError}. */
export interface Client extends AsyncDisposable {
    /** The name of the model that reads: kind and version. */
    readonly model: string;
    /** The names of the formats that `export` writes. */
    readonly formats: readonly string[];
    /** The version of this package. */
    readonly version: string;
    /** Reads an article. Every string gives an analysis; its places are in UTF-16 code units, as `text.slice` counts them. */
    annotate(text: string, options?: AnnotateOptions): Promise<Analysis>;
    /** The BCP 47 tag of the language that a text is written in: `und` where it is unknown, `zxx` where it is in none. */
    language(text: string): Promise<string>;
    /**
     * Applies a log of corrections, in any order, to the analysis that `annotate` gave of the text. The analysis that comes back
     * is another object; the one that was passed is left as it is.
     */
    correct(text: string, analysis: Analysis, corrections: readonly Correction[]): Promise<Revision>;
    /** What was learnt before, and what the corrections of an article teach besides. Changes nothing: see `teach`. */
    learn(learnt: Learnt | null | undefined, text: string, corrections: readonly Correction[]): Promise<Learnt>;
    /** Reads from now on with what was learnt; with nothing learnt, as it was shipped. */
    teach(learnt?: Learnt | null): Promise<void>;
    /** Writes a notebook in one of `formats`. */
    export(notebook: Notebook, format: string): Promise<string>;
    /** Reads a file that `export` wrote as `"json"`. */
    import(file: string): Promise<Notebook>;
    /** Ends the thread and frees its memory. What was not answered rejects with an `AbortError`, what is asked later with an `ArgumentError`. */
    dispose(): void;
}

/**
 * Reads an article with an annotator that all callers share; it is loaded when this is called first. Every string gives an
 * analysis; its places are in UTF-16 code units. Rejects with a {@link WhosaidError}.
 */
export function annotate(text: string, options?: AnnotateOptions): Promise<Analysis>;

/** Loads an annotator of one's own. Rejects with a {@link WhosaidError} where it cannot be loaded, or was given something wrong. */
export function createAnnotator(from?: AnnotatorOptions): Promise<Client>;
