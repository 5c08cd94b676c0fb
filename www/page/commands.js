/**
 * @file Keyboard shortcuts: those of the view and those of the page, in one table.
 */

import { labelOf, listenForKeys } from "../kit/keys.js";
import { words } from "../words/page.js";

/** @import {createHelp} from "../shell/help.js" */
/** @import {Command} from "../view/keys.js" */
/** @import {View} from "../view/view.js" */

/**
 * Listens for the shortcuts, and lists them in the help.
 * @param {{view: View, help: ReturnType<typeof createHelp>}} page
 */
export function listenForCommands({ view, help }) {
    /** @type {Command[]} */
    const table = [...view.keys, { does: "help", keys: { "?": help.show } }];
    const { names, keys: does } = words.help;
    help.list(table.map(({ keys, does: what, label }) => [label ? names[label] : labelOf(Object.keys(keys), names), does[what]]));
    listenForKeys(document.documentElement, Object.assign({}, ...table.map(({ keys }) => keys)), help.enabled);
}
