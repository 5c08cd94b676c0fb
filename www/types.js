/**
 * @file The types that the rooms share. This is the one module that every room may import; it holds no code.
 */

/** @import {Analysis, Claim, Correction, ClaimForm, Learnt, Mark, MentionForm, Notebook, Options, Origin, Revision, Span, SpeakerKind, Summary, Zone} from "./pkg/whosaid.js" */

// The article, and what is shown of it.

/**
 * How a speaker is shown: see state/signs.js.
 * @typedef {object} Sign
 * @property {string} letter A to Z, then AA; a dash for nobody.
 * @property {number} hue 1 to 7; 0 for those who are not named.
 * @property {SpeakerKind | "nobody"} shape
 * @property {string} name The speaker's; empty for nobody.
 */

/**
 * Something that is marked in the text.
 * @typedef {object} Annotation
 * @property {string} key `mark:start:end`; the same place marked twice in one way has one key.
 * @property {Mark} mark
 * @property {number} start In UTF-16 code units, as all places here.
 * @property {number} end
 * @property {readonly Span[]} parts What is drawn: a claim may have gaps.
 * @property {number} confidence 0 to 1.
 * @property {Origin} origin Who put it there.
 * @property {number} [speaker] Index in the analysis.
 * @property {ClaimForm} [form] Of a claim.
 * @property {MentionForm} [naming] Of a name.
 * @property {Claim} [claim] Of a claim, all that is known of it.
 * @property {Sign} [sign] Of a claim, and of a name whose bearer makes claims that are shown.
 * @property {number} lane Which line of the claims' it has; claims that overlap have different ones.
 */

/**
 * A piece of text that is annotated in one way throughout.
 * @typedef {object} Segment
 * @property {number} start
 * @property {number} end
 * @property {readonly Annotation[]} shown The annotations that can be drawn, from the outermost to the innermost.
 * @property {readonly Annotation[]} all All annotations here, the shortest first.
 */

/** @typedef {{start: number, end: number, zone: Zone}} Block A paragraph, or a part of a very long one. */

/**
 * The precise network, as the build tells the page of it.
 * @typedef {object} Precise
 * @property {string} address Of its file.
 * @property {number} bytes How many it has.
 * @property {string} hash Its SHA-256, in hexadecimal.
 * @property {string} model What the core calls it.
 */

/**
 * @typedef {object} Counts
 * @property {number} claims How many claims are shown.
 * @property {number} speakers How many make at least one of them.
 * @property {number} sources The same, but each member of a group that names its members counts for itself.
 * @property {number} attitudes How many beliefs and decisions are not shown.
 * @property {number} others How many other claims are not shown.
 */

/**
 * An article in numbers.
 * @typedef {object} Tally
 * @property {number} claims See counts.js: where beliefs and decisions are not shown.
 * @property {number} speakers
 * @property {number} [sources] Absent, as are the next two: it was noted before they were counted.
 * @property {number} [attitudes] How many beliefs and decisions these numbers leave out.
 * @property {number} [checked] How many of the claims the user has confirmed or added.
 * @property {{claims: number, speakers: number, sources: number, checked?: number}} [wide] The numbers where these are shown too.
 * @property {readonly {hue: number, share: number}[]} [shares] The hues of those who say most, and their shares of the words: 0 to 1.
 * @property {number} reviewed How many marks the user has confirmed or added, names too: an older version shows these.
 * @property {number} all How many marks there are: claims and names.
 */

/**
 * What a review goes through.
 * @typedef {object} Scope
 * @property {boolean} attitudes Whether beliefs and decisions are among the claims.
 * @property {boolean} names Whether names are checked too.
 */

/**
 * How far a review is.
 * @typedef {object} Checked
 * @property {number} checked How many marks are checked.
 * @property {number} all How many there are.
 * @property {number} unsure How many claims are uncertain.
 */

/**
 * An article that is corrected.
 * @typedef {object} Edited
 * @property {string} text
 * @property {Analysis} found What the core found, without corrections.
 * @property {readonly Correction[]} log In the order of replay.
 * @property {Revision} revision What holds, predicted until the core has answered.
 * @property {Revision} settled What the core answered last.
 * @property {boolean} waiting Whether the core's answer is on its way.
 */

/**
 * The same, as the device keeps it.
 * @typedef {Edited & Keeping} Open
 */

/**
 * @typedef {object} Keeping
 * @property {string} doc SHA-256 of the text; empty where the browser gives none.
 * @property {string} title
 * @property {string} opened When it was opened, RFC 3339.
 * @property {readonly Correction[]} unsaved Those of the log that are not on the device yet.
 * @property {readonly Aside[]} unread Events of the article that this version cannot read: they are never applied.
 * @property {boolean} isBased Whether `found` is on the device.
 * @property {boolean} kept Whether the text is on the device.
 * @property {Date} [saved] When the last save was complete.
 * @property {Error} [failure] Why the last save failed.
 */

/**
 * How another model would read the open article.
 * @typedef {object} Reread
 * @property {number} lost How many corrections would no longer fit.
 * @property {number} all How many there are.
 * @property {() => Promise<void>} use Reads the article so from now on.
 */

/**
 * An analysis, perhaps without some claims.
 * @typedef {Analysis & {all?: readonly Claim[], signs?: readonly (Sign | undefined)[], whole?: Summary}} Filtered `all` holds every
 *   claim then; `signs` those of the speakers whose claims are shown, by speaker; `whole` the figures of all claims that count.
 */

/**
 * An article as the view is given it.
 * @typedef {object} Article
 * @property {string} text
 * @property {Analysis} analysis With all corrections, as they are predicted until the core has answered.
 * @property {readonly Correction[]} log In the order of replay.
 * @property {readonly string[]} orphans Ids of the corrections that fit no more.
 * @property {boolean | undefined} reviewed Whether the user has accepted the rest.
 * @property {boolean} waiting Whether the core's answer is on its way.
 * @property {string} [title]
 */

/** @typedef {Article & {view: Filtered}} Shown An article, and what is shown of it. */

/**
 * What can be done with the open article; keep/keep.js has it.
 * @typedef {object} Session
 * @property {() => Readonly<Open> | undefined} current
 * @property {(text: string, more?: readonly unknown[], doc?: string) => Promise<number>} start Reads and opens an article,
 *   with corrections to be merged into its log; tells how many of them were new.
 * @property {(doc: string, corrections: readonly unknown[]) => Promise<void>} takeIn Takes corrections in that are on the
 *   device already.
 * @property {() => void} close
 * @property {() => Notebook | undefined} notebook All of it, to be exported.
 */

/**
 * What the address of the page asks for.
 * @typedef {object} Place
 * @property {string} article The first characters of the article's name in the store.
 * @property {string} [key] Of an annotation.
 */

/**
 * @typedef {object} Route
 * @property {() => Place | undefined} asked
 * @property {(place: Place | undefined, doc: string) => boolean} means Whether an address means an article.
 * @property {(hash?: string) => void} settle Notes that what an address asks for is shown, or cannot be.
 */

/**
 * @template Value
 * @typedef {object} Setting
 * @property {() => Value} get
 * @property {(value: Value) => void} set
 */

// What is kept on the device.

/**
 * What the library shows of an article. It stands apart from the text: a correction writes it again, and the library
 * is read without any text.
 * @typedef {object} Row
 * @property {string} doc SHA-256 of the text.
 * @property {string} title
 * @property {string} opened When it was opened last, RFC 3339; 1970 where it never was.
 * @property {number} corrections How many are in force.
 * @property {string} [corrected] When it was corrected last, RFC 3339.
 * @property {Tally} [tally] Absent: it is not read yet, or was kept before articles were counted and not opened since.
 * @property {readonly Given[]} [given] Where it stood in what was taken in with others; absent: it came by itself.
 * @property {string} [deleted] When it was deleted, RFC 3339, while that can be undone.
 */

/**
 * Where an article stood in the files that it came from.
 * @typedef {object} Given
 * @property {string} file The file's path, as far as it is known.
 * @property {number} row The line that it starts on, from 1.
 * @property {string} id What it is called there, as JSON.
 * @property {string} time When it was taken in, RFC 3339.
 */

/**
 * A record that cannot be read, and whose place another one needed, or that never had a place.
 * @typedef {object} Aside
 * @property {string} store Where it belongs.
 * @property {unknown} value As it was.
 */

/**
 * What the core found in an article before it was corrected.
 * @typedef {object} Base
 * @property {string} doc
 * @property {string} model What read it.
 * @property {string} time When it was kept, RFC 3339.
 * @property {Analysis} found
 */

/**
 * An article with its text.
 * @typedef {Row & {text: string}} Kept
 */

/** @typedef {Kept & {log: readonly Correction[], base?: Base}} Whole */

/**
 * What is kept.
 * @typedef {object} Memory
 * @property {Learnt} learnt
 * @property {boolean} on Whether articles are read with it, and more is learnt.
 * @property {Record<string, string>} from By article, the state of its log when it taught something.
 */

// What the page and the thread that holds the core say to each other.

/**
 * What can be asked of the core.
 * @typedef {object} Requests
 * @property {{args: [text: string], answer: string}} language Of a text, as a BCP 47 tag: see `language` of the core.
 * @property {{args: [text: string, learnt?: Learnt, options?: Options], answer: Analysis}} annotate
 * @property {{args: [text: string], answer: number}} windows How many windows an article has for the precise network: what is asked next is
 *   about it.
 * @property {{args: [window: number], answer: Float32Array<ArrayBuffer>}} look What that network says of a window.
 * @property {{args: [window: number, said: Float32Array<ArrayBuffer>], answer: number}} put Takes what it says of a window, and tells how much of
 *   the article is read, from 0 to 1.
 * @property {{args: [learnt?: Learnt], answer: Analysis | undefined}} settle The article as far as that network has read it; the small one reads the
 *   rest, and there is no answer where that one cannot be had.
 * @property {{args: [], answer: string}} model The name of the model that reads.
 * @property {{args: [], answer: string[]}} formats The names of those that `export` writes.
 * @property {{args: [learnt?: Learnt], answer: undefined}} try Whether an article can be read with it: throws what hinders.
 * @property {{args: [learnt: Learnt | undefined, text: string, log: Correction[]], answer: Learnt}} learn
 * @property {{args: [log: Correction[], article: Known], answer: Revision}} correct
 * @property {{args: [notebook: Notebook, format: string], answer: string}} export
 * @property {{args: [file: string], answer: Notebook}} import
 * @property {{args: [lines: {line: string, number: number}[]], answer: ({id: string, text: string} | {fault: string})[]}} articles
 *   What lines of JSON give: an id, as JSON, and a text; or what is wrong with one.
 * @property {{args: [keep?: readonly string[]], answer: string}} head The first line of the table of claims.
 * @property {{args: [article: Listed], answer: string}} rows An article's lines in that table.
 */

/**
 * A format that articles can be written in.
 * @typedef {object} Format
 * @property {string} name What one asks for it by.
 * @property {string} extension Ending of its files.
 * @property {string} counts What its places count.
 * @property {"never" | "lines" | "list"} several How several articles go into a file.
 * @property {boolean} textBeside Whether the text stands in a file of its own.
 * @property {boolean} isRead Whether it can be read, too.
 * @property {string} [setup] The labelling configuration that a project of Label Studio needs for it.
 */

/**
 * Something that a file cannot hold, or that of a file is not understood, and how often.
 * @typedef {object} Lost
 * @property {string} what
 * @property {number} count
 */

/** @typedef {{file: string, text?: string, lost: Lost[]}} Converted A file, the text beside it, and what the two cannot hold. */

/** @typedef {{notebook: Notebook, lost: Lost[]}} Imported An article of another tool's file, and what of it is not understood. */

/** @typedef {{notebooks: readonly Notebook[], format: string} | {file: string, format: string, text?: string}} ConversionAsked */

/** @typedef {{converted: Converted, format: Format} | {imported: Imported[]} | {error: {name: string, message: string}} | {}} ConversionAnswer */

/**
 * An article for the table of claims.
 * @typedef {object} Listed
 * @property {string} text
 * @property {readonly (Pick<Given, "row" | "id"> & {file?: string})[]} given Where it stood: its claims are listed for each.
 * @property {readonly string[]} [keep] Fields of where it stood that are columns too: `file`.
 * @property {readonly Correction[]} log
 * @property {Analysis} [found] What it was corrected on; absent: it is read.
 * @property {Learnt} [learnt] The lessons that it is read with.
 */

/**
 * The core as the page asks it, in its thread.
 * @typedef {object} Client
 * @property {() => void} prepare Starts the thread, which fetches its model: what is asked later finds it there.
 * @property {<Op extends keyof Requests>(op: Op, ...args: Requests[Op]["args"]) => Promise<Requests[Op]["answer"]>} ask
 *   Rejects with the core's error, with a `LoadError` or a `CrashError`.
 * @property {<Op extends keyof Requests>(how: Asking, op: Op, ...args: Requests[Op]["args"]) => Promise<Requests[Op]["answer"]>} askWith
 *   The same, and it can be called off.
 * @property {() => void} cancel Ends the request that is being answered: it rejects with an `AbortError`, the next ones go on.
 * @property {() => void} dispose Ends the thread, for good: what waits rejects with an `AbortError`.
 */

/**
 * @typedef {object} Asking
 * @property {AbortSignal} [signal] Calls it off: it rejects with an `AbortError` at once, and the next ones go on.
 * @property {(share: number) => void} [told] Told how much of a text that takes long the network has read, 0 to 1.
 * @property {boolean} [isPart] Whether the text is part of one that is asked for next: nobody is told how much of it is read.
 */

/** @typedef {string | URL | BufferSource} Source Where a file of the core comes from: its address, or its bytes. */

/**
 * What a thread is told first: where the files of the core are, other than beside it; or why that is not known.
 * @typedef {{begin: {wasm?: Source, model?: Source} | {failure: string}}} Begin
 */

/** @typedef {{drop: number}} Drop Nobody wants the answer to the request with this id any more. */

/** @typedef {Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror">} ThreadLike A worker, or what acts as one. */

/** @typedef {{text: string, found: Analysis}} Known An article, and what was found in it. */

/** @typedef {"load" | "read"} Stage */

/**
 * How much of the model has come, in bytes.
 * @typedef {object} Fetched
 * @property {number} bytes
 * @property {number} [total] Absent: not known.
 */

/**
 * What the thread does.
 * @typedef {object} Doing
 * @property {Stage} stage
 * @property {Fetched} [fetched] While the model comes.
 * @property {number} [share] How much of a long text the network has read, 0 to 1.
 * @property {boolean} asked Whether somebody waits for it: only then can it be called off.
 */

/**
 * What is sent: the article is left out that the thread has.
 * @typedef {{[Op in keyof Requests]: {id: number, op: Op, args: Op extends "correct" ? [Correction[], Known?] : Requests[Op]["args"]}}[keyof Requests]} Asked
 */

/** @typedef {{file: "model", status?: number}} LoadedFile Which file could not be loaded, and what the server answered. */

/**
 * `fatal`: the thread can answer nothing more.
 * @typedef {{fetched: Fetched | undefined} | {id: number, stage: Stage} | {id: number, ok: unknown}
 *     | {id: number, share: number} | {id: number, list: string, items: readonly unknown[]}
 *     | {id: number, error: {name: string, message: string, about?: LoadedFile}, fatal: boolean}} Answer
 */

/**
 * How a list becomes another: items in its middle are replaced.
 * @typedef {object} Splice
 * @property {number} at Where.
 * @property {number} gone How many go.
 * @property {readonly unknown[]} come What stands there instead.
 */

/** @typedef {{lists: Record<string, readonly Splice[]>, rest: Record<string, unknown>}} Patch Of what is the same it says nothing. */

export {};
