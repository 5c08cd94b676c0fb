/**
 * @file Keeps the nodes of a list in step with its items: an item that stays keeps its node, and with it the focus.
 */

import { inSlices } from "./pause.js";
import { focusBeside, hasFocus } from "./place.js";

/**
 * One row: its node, and how it shows another item of the same key.
 * @template Item
 * @typedef {{node: HTMLElement, update: (item: Item) => void}} Row
 */

/**
 * @template Item
 * @param {HTMLElement} parent
 * @param {(item: Item) => string} key Items with equal keys are told apart by their order.
 * @param {(item: Item) => Row<Item>} create
 */
export function createKeyed(parent, key, create) {
    /** @type {Map<string, Row<Item>>} */
    let rows = new Map();
    let turn = 0;

    /** @param {ReadonlySet<string>} wanted The keys of the rows that stay. */
    function keep(wanted) {
        for (const [name, { node }] of rows) {
            if (!wanted.has(name)) {
                if (hasFocus(node)) {
                    const neighbour = node.nextElementSibling ?? node.previousElementSibling;
                    /** @type {HTMLElement | null | undefined} */ (neighbour?.querySelector("button"))?.focus();
                }
                node.remove();
            }
        }
        rows = new Map([...rows].filter(([name]) => wanted.has(name)));
    }

    return {
        /**
         * Shows these items; many of them in slices.
         * @param {readonly Item[]} items
         * @returns {Promise<boolean>} Whether they are all shown, `false` when others came meanwhile.
         */
        show(items) {
            turn += 1;
            const mine = turn;
            /** @type {Map<string, number>} */
            const seen = new Map();
            const named = items.map((item) => {
                const name = key(item);
                const times = seen.get(name) ?? 0;
                seen.set(name, times + 1);
                return { item, name: times ? `${name}#${times}` : name };
            });
            keep(new Set(named.map(({ name }) => name)));
            const focused = hasFocus(parent) ? focusBeside(parent) : null;
            /** @type {Element | null} */
            let cursor = parent.firstElementChild;
            return inSlices(
                named,
                ({ item, name }) => {
                    const row = rows.get(name) ?? create(item);
                    rows.set(name, row);
                    row.update(item);
                    if (row.node === cursor) {
                        cursor = cursor.nextElementSibling;
                    } else {
                        parent.insertBefore(row.node, cursor);
                        if (row.node.contains(focused) && focusBeside(parent) !== focused) {
                            /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
                        }
                    }
                },
                () => mine === turn,
            );
        },

        /**
         * The nodes of these keys.
         * @param {string} name
         * @returns {HTMLElement | undefined}
         */
        node: (name) => rows.get(name)?.node,
    };
}
