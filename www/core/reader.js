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
 * @typedef {object} Needs
 * @property {(model: Uint8Array<ArrayBuffer>) => ThreadLike} start Starts a thread, which takes the bytes of the model over.
 * @property {() => Promise<Uint8Array<ArrayBuffer> | undefined>} another Gives the bytes once more, for another thread; nothing: there is none.
 * @property {number} threads How many there may be.
 */

/** @typedef {Needs & {first: Client, others: (Client | undefined)[], isDisposed: boolean}} State */

/**
 * @param {Needs} needs
 * @param {Uint8Array<ArrayBuffer>} model
 */
export function createReader(needs, model) {
    /** @type {State} */
    const state = { ...needs, first: createHolder(needs.start, model), others: [], isDisposed: false };
    return {
        /**
         * Nothing more can be read after it has failed, but by another reader.
         * @param {string} text
         * @param {Learnt | undefined} learnt
         * @param {Told} told
         * @returns {Promise<Analysis | undefined>} `undefined`: it was not wanted any more. Rejects as `Client.ask` does.
         */
        read: (text, learnt, told) => read(state, text, learnt, told),

        /** Ends it: what is being read rejects with an `AbortError`. */
        dispose() {
            state.isDisposed = true;
            [state.first, ...state.others].forEach((client) => client?.dispose());
        },
    };
}

/**
 * Another thread that looks, which is started when there is something for it to do.
 * @param {State} state
 * @param {number} nth
 * @returns {Promise<Client | undefined>}
 */
async function helper(state, nth) {
    const bytes = state.others[nth] ? undefined : await state.another();
    if (bytes && !state.isDisposed) {
        state.others[nth] = createHolder(state.start, bytes);
    }
    return state.others[nth];
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
 * @param {State} state
 * @param {string} text
 * @param {Learnt | undefined} learnt
 * @param {Told} told
 * @returns {Promise<Analysis | undefined>}
 */
async function read(state, text, learnt, told) {
    const { first } = state;
    const left = Array.from({ length: await first.ask("windows", text) }, (_, window) => window);
    /** How much is read of each window, from 0 to 1. */
    const shares = left.map(() => 0);
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
            const reads = (/** @type {number} */ part) => {
                shares[at] = part;
                told.read(shares.reduce((sum, each) => sum + each) / shares.length);
            };
            const said = await client.askWith({ told: reads }, "look", at).catch((error) => {
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

    /** @param {number} nth */
    async function help(nth) {
        try {
            const client = await helper(state, nth);
            await client?.ask("windows", text);
            await (client && look(client));
        } catch {
            // The first one reads without it from now on.
            state.others[nth]?.dispose();
            state.threads = 1;
        }
    }

    // An article of one window is nothing to share.
    const helpers = left.length > 1 ? state.threads - 1 : 0;
    await Promise.all([look(first), ...Array.from({ length: helpers }, (_, nth) => help(nth))]);
    // What another one could not read.
    await look(first);
    await Promise.all(taken);
    return told.isWanted() ? first.ask("settle", learnt) : undefined;
}
