/**
 * @file Errors -> messages.
 */

import { words } from "./words.js";

/** @import {Message} from "./messages.js" */

/**
 * The message for an error.
 * @param {Error} error
 * @param {string} [file] The file that it is about.
 * @returns {Message & {again: boolean}} `again`: whether trying again can help.
 */
export function explain({ name, message }, file = "") {
    const why = message.replace(/\.$/, "");
    switch (name) {
        case "empty":
        case "tooLong":
            return { ...words.messages[name], again: false };
        case "notText":
            return { ...words.messages.notText(file), again: false };
        case "NotReadableError":
        case "NotFoundError":
            return { ...words.messages.unreadable(file), again: false };
        case "LanguageError":
            return { ...words.messages.language(message, file), again: false };
        case "ImportError":
            return { ...words.messages.import(why), again: false };
        case "LearntError":
            return { ...words.messages.import(why), again: false };
        case "ModelError":
            return { ...words.messages.unfit(why), again: true };
        case "LoadError":
            return { ...words.messages.model(why), again: true };
        case "CrashError":
            return { ...words.messages.crash(why), again: true };
        case "AbortError":
            return { ...words.messages.cancelled, again: true };
        case "QuotaExceededError":
            return { ...words.messages.noRoomToRestore, again: true };
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
