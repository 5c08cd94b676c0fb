/**
 * @file Reads articles with the precise network, in threads of their own that share its windows: the page's thread goes on answering
 * corrections.
 */

import { createClient } from "./client.js";
import { failure } from "./failure.js";

/** @import {Analysis, Learnt} from "../pkg/whosaid.js" */
/** @import {Client, ThreadLike} from "../types.js" */

/** @typedef {ReturnType<typeof createReader>} Reader */

/** After so much more of an article it is shown as far as it is read. */
const STEP = 0.1;

/**
 * @typedef {object} Told
 * @property {() => boolean} isWanted Whether it is still to be read: asked after each window.
 * @property {(share: number) => void} read Told how much of the article is read, from 0 to 1.
 * @property {(found: Analysis) => void} shown Given the article as far as it is read.
 */

/**
 * @param {(model: Uint8Array<ArrayBuffer>) => ThreadLike} start Starts a thread, which takes the bytes of the model over.
 * @param {Uint8Array<ArrayBuffer>} model
 * @param {number} threads How many there may be.
 */
export function createReader(start, model, threads) {
    // A copy is made before the model is handed over, and each thread is started when there is something for it to do.
    const others = Array.from({ length: threads - 1 }, () => createHolder(start, model.slice()));
    const first = createHolder(start, model);
    return {
        /**
         * Nothing more can be read after it has failed, but by another reader.
         * @param {string} text
         * @param {Learnt | undefined} learnt
         * @param {Told} told
         * @returns {Promise<Analysis | undefined>} `undefined`: it was not wanted any more. Rejects as `Client.ask` does.
         */
        read: (text, learnt, told) => read({ first, others }, text, learnt, told),

        /** Ends it: what is being read rejects with an `AbortError`. */
        dispose: () => [first, ...others].forEach((client) => client.dispose()),
    };
}

/**
 * A client whose thread holds a model that is handed over once.
 * @param {(model: Uint8Array<ArrayBuffer>) => ThreadLike} start
 * @param {Uint8Array<ArrayBuffer>} model
 */
function createHolder(start, model) {
    /** @type {Uint8Array<ArrayBuffer> | undefined} */
    let bytes = model;
    return createClient(() => {
        if (!bytes) {
            throw failure("CrashError", "its thread ended");
        }
        const thread = start(bytes);
        bytes = undefined;
        return thread;
    }, ignore);
}

/** Shares are told in place of what each thread does. */
function ignore() {}

/**
 * @param {{first: Client, others: Client[]}} clients `others` loses those that fail: the first one reads without them.
 * @param {string} text
 * @param {Learnt | undefined} learnt
 * @param {Told} told
 * @returns {Promise<Analysis | undefined>}
 */
async function read({ first, others }, text, learnt, told) {
    const left = Array.from({ length: await first.ask("windows", text) }, (_, window) => window);
    told.read(0);
    let shown = 0;
    /** @type {Promise<void>[]} */
    const taken = [];

    /**
     * @param {number} window
     * @param {Float32Array<ArrayBuffer>} said
     */
    async function take(window, said) {
        const share = await first.ask("put", window, said);
        told.read(share);
        if (share < 1 && share >= shown + STEP) {
            shown = share;
            const found = await first.ask("settle", learnt);
            void (found && told.shown(found));
        }
    }

    /** @param {Client} client */
    async function look(client) {
        for (let window = left.shift(); window !== undefined && told.isWanted(); window = left.shift()) {
            const at = window;
            const said = await client.ask("look", at).catch((error) => {
                left.unshift(at);
                throw error;
            });
            const end = take(at, said);
            // Its failure is met below.
            end.catch(() => undefined);
            taken.push(end);
            // What is read is shown before the same thread looks on.
            await (client === first && end);
        }
    }

    /** @param {Client} client */
    async function help(client) {
        try {
            await client.ask("windows", text);
            await look(client);
        } catch {
            client.dispose();
            others.splice(others.indexOf(client), 1);
        }
    }

    // An article of one window is nothing to share.
    await Promise.all([look(first), ...(left.length > 1 ? [...others] : []).map(help)]);
    // What another one could not read.
    await look(first);
    await Promise.all(taken);
    return told.isWanted() ? first.ask("settle", learnt) : undefined;
}
