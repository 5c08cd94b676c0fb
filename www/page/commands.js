/**
 * @file Keyboard shortcuts: those of the view and those of the page, in one table.
 */

import { labelOf, listenForKeys } from "../kit/keys.js";
import { words } from "../words/words.js";

/** @import {createHelp} from "../shell/help.js" */
/** @import {View} from "../view/view.js" */

/**
 * Listens for the shortcuts, and lists them in the help.
 * @param {{view: View, help: ReturnType<typeof createHelp>}} page
 */
export function listenForCommands({ view, help }) {
    const table = [...view.keys, { does: words.help.keys.help, keys: { "?": help.show } }];
    help.list(table.map(({ keys, does, label }) => [label ?? labelOf(Object.keys(keys), words.help.names), does]));
    listenForKeys(document.documentElement, Object.assign({}, ...table.map(({ keys }) => keys)), help.enabled);
}
