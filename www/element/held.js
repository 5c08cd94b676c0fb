/**
 * @file What an element holds and what programs do with it, apart from its place in a page.
 */

/** @import {Analysis, Claim, ClaimForm, ClaimKind, Correction, Mark, Speaker} from "../pkg/whosaid.js" */
/** @import {Holding} from "./holding.js" */

/** The name of what it holds, which is no business of the page. */
export const HOLDING = Symbol("holding");

export class HeldArticle extends HTMLElement {
    /** Given by the element itself. @type {Holding} */
    [HOLDING] = /** @type {any} */ (undefined);

    /** @returns {Analysis | undefined} What was found, corrections applied. */
    get analysis() {
        return this[HOLDING].open()?.revision.analysis;
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
        return this[HOLDING].corrections();
    }

    set corrections(corrections) {
        void this[HOLDING].bring(corrections).catch(() => undefined);
    }

    /**
     * Marks a place of the text.
     * @param {{mark: Mark, start: number, end: number, everywhere?: boolean}} mark
     */
    add(mark) {
        return this[HOLDING].add(mark);
    }

    /**
     * Changes a mark: its label, its place, the kind or the form of a claim.
     * @param {string} key
     * @param {{mark?: Mark, start?: number, end?: number, kind?: ClaimKind, form?: ClaimForm}} what
     */
    update(key, what) {
        return this[HOLDING].update(key, what);
    }

    /**
     * Takes a mark away; without a key the element itself, as every element does.
     * @param {string} [key]
     * @param {{everywhere?: boolean}} [how]
     */
    remove(key, how) {
        if (key === undefined) {
            super.remove();
            return Promise.resolve();
        }
        return this[HOLDING].remove(key, how);
    }

    /**
     * Gives a claim to a speaker, or makes a name mean one; without a speaker: nobody in particular, or somebody else.
     * @param {string} key
     * @param {string | null} [speaker]
     */
    attribute(key, speaker) {
        return this[HOLDING].attribute(key, speaker);
    }

    /**
     * Makes two speakers one.
     * @param {number | string} speaker Its index in the analysis, or its name.
     * @param {number | string} into
     */
    merge(speaker, into) {
        return this[HOLDING].merge(speaker, into);
    }

    /**
     * Lets a name mean somebody else than the other names of its speaker.
     * @param {string} key
     * @param {string} [speaker]
     */
    split(key, speaker) {
        return this[HOLDING].split(key, speaker);
    }

    /**
     * Writes text, analysis and corrections as a file.
     * @param {string} [format]
     * @returns {Promise<string>}
     */
    export(format = "json") {
        return this[HOLDING].export(format);
    }

    /** Comes when all corrections are kept where `storage` says; rejects where they cannot be. */
    flush() {
        return this[HOLDING].flush();
    }

    /**
     * Takes corrections in: a list of them, a notebook, or the file that `export` writes as "json".
     * @param {string | readonly Correction[] | {corrections: readonly Correction[]}} from
     * @returns {Promise<number>} How many were new.
     */
    async import(from) {
        return this[HOLDING].import(from);
    }

    /** Takes the last correction back. */
    async undo() {
        await this[HOLDING].session.undo();
    }

    /** Makes the correction again that was taken back last. */
    async redo() {
        await this[HOLDING].session.redo();
    }
}
