/**
 * The files of other tools, in and out. They have a WebAssembly of their own, 0.3 MB after brotli, which is loaded by
 * `createConverter` and needs no model: articles come in with their analysis. It runs in the thread of its caller.
 */

import type { FileSource, Notebook } from "./index.js";

/** A format that articles can be written in. */
export interface Format {
    /** What one asks for it by: `"brat"`, `"w3c"`, `"label-studio"`. */
    readonly name: string;
    /** Ending of its files. */
    readonly extension: string;
    /** What its places count: `"code points"`, `"UTF-16 code units"`, or `"nothing"`. */
    readonly counts: string;
    /** How several articles go into a file: one line or block after the other, a list in JSON, or not at all. */
    readonly several: "never" | "lines" | "list";
    /** Whether the text stands in a file of its own. */
    readonly textBeside: boolean;
    /** Whether it can be read, too. */
    readonly isRead: boolean;
    /** Of `"label-studio"`: the labelling configuration that a project needs for it. */
    readonly setup?: string;
}

/** Something that a file cannot hold, or that of a file is not understood, and how often. */
export interface Lost {
    /** What, in the plural. */
    what: string;
    /** How many. */
    count: number;
}

/** A file of another tool. */
export interface Converted {
    /** Its content. */
    file: string;
    /** The text, where it stands in a file of its own beside that. */
    text?: string;
    /** What of the articles it cannot hold: empty where it holds all. */
    lost: Lost[];
}

/** An article of another tool's file. */
export interface Imported {
    /** With an analysis, whose model is `"imported"`, and without corrections. */
    notebook: Notebook;
    /** What of the file is not understood: empty where all of it is. */
    lost: Lost[];
}

/** What a converter has its WebAssembly from. */
export interface ConverterOptions {
    /** `whosaid/converter.wasm`: its address (in Node a path, too), its bytes, or a function that gives one of these. One thread holds one: the first one counts. */
    wasm?: FileSource | undefined;
}

/** A converter that is loaded. Failures are as those of an annotator, with `name` and `code`. */
export interface Converter {
    /** All formats, whosaid's own (`"json"`) among them. */
    readonly formats: readonly Format[];
    /**
     * Writes an article with its analysis, or several of them, in a format. Rejects with an `ArgumentError` where one file cannot hold
     * so many, or a notebook has no analysis.
     */
    export(notebooks: Notebook | readonly Notebook[], format: string): Promise<Converted>;
    /**
     * Reads the articles of a file; `text` is the text that stands beside it, for a format that keeps it apart. Rejects with an
     * `ImportError` that says what to mend.
     */
    import(file: string, format: string, beside?: { text?: string }): Promise<Imported[]>;
}

/** Loads a converter. Rejects with a `LoadError` where it cannot be loaded. */
export function createConverter(from?: ConverterOptions): Promise<Converter>;
