/**
 * @file Errors -> messages.
 */

import { words } from "./words.js";

/** @import {Message} from "./messages.js" */

/**
 * The message for an error.
 * @param {Error} error
 * @returns {Message & {again: boolean}} `again`: whether trying again can help.
 */
export function explain({ name, message }) {
    const why = message.replace(/\.$/, "");
    switch (name) {
        case "ImportError":
            return { ...words.messages.import(why), again: false };
        case "LearntError":
            return { ...words.messages.import(why), again: false };
        case "ModelError":
        case "MemoryError":
            return { ...words.messages.unfit(why), again: true };
        case "LoadError":
            return { ...words.messages.model(why), again: true };
        case "CrashError":
            return { ...words.messages.crash(why), again: true };
        case "AbortError":
            return { ...words.messages.cancelled, again: true };
        case "BlockedError":
            return { ...words.messages.blocked, again: true };
        case "UpgradeError":
            return { ...words.messages.upgrade, again: true };
        case "VersionError":
            return { ...words.messages.newer, again: false };
        default:
            return { ...words.messages.failed(why), again: true };
    }
}

/**
 * The message when nothing can be saved.
 * @param {Error} error
 * @returns {Message}
 */
export function explainStorage({ name }) {
    switch (name) {
        case "QuotaExceededError":
            return words.messages.quota;
        case "VersionError":
            return words.messages.newer;
        case "BlockedError":
            return words.messages.blocked;
        case "UpgradeError":
            return words.messages.upgrade;
        default:
            return words.messages.storage;
    }
}
