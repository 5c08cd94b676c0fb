/**
 * @file The list of claims.
 */

import { element, fill } from "../../kit/dom.js";
import { createKeyed } from "../../kit/keyed.js";
import { claimItems, claimRow } from "./rows.js";
import { words } from "../../words/words.js";

/** @import {Analysis} from "../../pkg/whosaid.js" */
/** @import {ClaimItem, RowActions} from "./rows.js" */
/** @import {Counts} from "../../types.js" */

/** @param {RowActions} actions */
export function createClaims(actions) {
    const list = element("ol", { class: "rows" });
    const none = element("p", { class: "none" });
    const rows = createKeyed(
        list,
        (/** @type {ClaimItem} */ { key }) => key,
        () => claimRow(actions, true),
    );
    return {
        node: element("div", {}, none, list),

        /**
         * @param {string} text
         * @param {Analysis} analysis
         * @param {Counts} counts
         */
        show(text, analysis, { attitudes, others }) {
            const items = claimItems(text, analysis);
            fill(none, attitudes + others > 0 ? words.filter.allHidden : words.claims.none);
            none.hidden = items.length > 0;
            return rows.show(items);
        },
    };
}
