/**
 * @file Says how many records cannot be read, and gives them as a file.
 */

import { element, fill } from "../kit/dom.js";
import { download } from "../kit/files.js";
import { textOf } from "../state/records.js";
import { words } from "../words/page.js";

/** @import {Aside} from "../types.js" */

/**
 * Downloads records as they stand, one a line.
 * @param {readonly Aside[]} records
 */
export function downloadUnread(records) {
    const lines = records.map((record, index) => `${index === 0 ? "" : ","}\n${textOf(record)}`);
    download("whosaid-unread.json", ["[", ...lines, "\n]\n"], "application/json");
}

/** A line that is shown while there are such records. */
export function createUnread() {
    /** @type {readonly Aside[]} */
    let shown = [];
    const sentence = element("span", {});
    const button = element("button", { type: "button", class: "link", onclick: () => downloadUnread(shown) });
    const node = element("p", { class: "unreadable", role: "status", hidden: true }, sentence, " ", button);
    return {
        node,

        /** @param {readonly Aside[]} records */
        show(records) {
            if (records !== shown) {
                shown = records;
                node.hidden = records.length === 0;
                fill(sentence, records.length > 0 && words.unreadable.sentence(records.length));
                fill(button, words.unreadable.download(records.length));
            }
        },
    };
}
