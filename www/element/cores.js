/**
 * @file The cores that the elements of a page share: those that have their files from the same places share one, which ends with
 * the last of them.
 */

import { outside } from "./outside.js";

/** @import {Connection, CoreFiles} from "./outside.js" */

/** @typedef {(bytes: number, total?: number) => void} Told Told how much of the model has come. */

/**
 * @typedef {object} Shared
 * @property {Promise<Connection>} connection
 * @property {Set<Told>} users
 * @property {AbortController} end
 */

/** @type {Map<string, Shared>} */
const cores = new Map();

/** @typedef {ReturnType<typeof takeCore>} Core */

/**
 * Takes part in a core; it is started for the first who does.
 * @param {CoreFiles} from Where its files are.
 * @param {Told} told
 */
export function takeCore(from, told) {
    const key = JSON.stringify(from, (_name, value) => (typeof value === "function" ? String(value) : value));
    const core = cores.get(key) ?? startCore(key, from);
    core.users.add(told);
    return {
        connection: core.connection,

        /** Has no part in it any more. */
        leave() {
            core.users.delete(told);
            if (core.users.size === 0) {
                forget(key, core);
                core.end.abort();
                core.connection.then(
                    ({ queue }) => queue.dispose(),
                    () => undefined,
                );
            }
        },
    };
}

/**
 * @param {string} key
 * @param {CoreFiles} from
 * @returns {Shared}
 */
function startCore(key, from) {
    /** @type {Set<Told>} */
    const users = new Set();
    const end = new AbortController();
    const onprogress = (/** @type {number} */ bytes, /** @type {number | undefined} */ total) =>
        users.forEach((told) => told(bytes, total));
    const core = { users, end, connection: outside.connect({ ...from, onprogress, signal: end.signal }) };
    cores.set(key, core);
    // Whoever asks after a failure starts another.
    core.connection.catch(() => forget(key, core));
    return core;
}

/**
 * @param {string} key
 * @param {Shared} core
 */
function forget(key, core) {
    if (cores.get(key) === core) {
        cores.delete(key);
    }
}
