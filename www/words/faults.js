/**
 * @file Errors of the page around the view -> messages.
 */

import { explain as explainOthers } from "./errors.js";
import { words } from "./page.js";

/** @import {Message} from "./messages.js" */

/**
 * The message for an error.
 * @param {Error} error
 * @param {string} [file] The file that it is about.
 * @returns {Message & {again: boolean}} `again`: whether trying again can help.
 */
export function explain(error, file = "") {
    const { name, message } = error;
    switch (name) {
        case "empty":
        case "tooLong":
            return { ...words.notices[name], again: false };
        case "notText":
            return { ...words.notices.notText(file), again: false };
        case "NotReadableError":
        case "NotFoundError":
            return { ...words.notices.unreadable(file), again: false };
        case "LanguageError":
            return { ...words.notices.language(message, file), again: false };
        case "QuotaExceededError":
            return { ...words.notices.noRoomToRestore, again: true };
        default:
            return explainOthers(error);
    }
}
