/**
 * @file Records that this version cannot read, in words.
 */

import { plural } from "./plain.js";

export const unreadable = {
    /** @param {number} count */
    sentence: (count) =>
        `${plural(count, "record", "records")} cannot be read by this version of whosaid; ` +
        `${count === 1 ? "it stays as it is and goes" : "they stay as they are and go"} into every backup.`,
    /** @param {number} count */
    download: (count) => (count === 1 ? "Download it" : "Download them"),
};
