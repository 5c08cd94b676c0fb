/**
 * @file Places in the drawn article: from an offset to a point between nodes, and back.
 */

import { firstAfter } from "../../state/spans.js";

/** @import {Span} from "../../pkg/whosaid.js" */

/** @typedef {{start: number, end: number, node: Text}} Piece One text node and the place that it shows. */

export function createPlaces() {
    /** @type {{start: number, end: number, node: Element, pieces: Piece[]}[]} */
    let blocks = [];
    /** @type {WeakMap<Node, Piece>} */
    const shown = new WeakMap();

    return {
        clear() {
            blocks = [];
        },

        /**
         * Notes what a block shows.
         * @param {number} index
         * @param {{start: number, end: number}} place
         * @param {Element} node
         * @param {Piece[]} pieces In order, not empty.
         */
        note(index, { start, end }, node, pieces) {
            blocks[index] = { start, end, node, pieces };
            for (const piece of pieces) {
                shown.set(piece.node, piece);
            }
        },

        /**
         * The place of a point between characters.
         * @param {Node} node
         * @param {number} offset
         * @returns {number | undefined} `undefined` where the node shows no text of the article.
         */
        offsetOf(node, offset) {
            const piece = shown.get(node);
            return piece && piece.start + offset;
        },

        /**
         * Indices of the blocks that a place touches.
         * @param {Span} span
         * @returns {number[]}
         */
        blocksIn({ start, end }) {
            const found = [];
            for (let index = firstAfter(start, blocks); (blocks[index]?.start ?? end) < end; index += 1) {
                found.push(index);
            }
            return found;
        },

        /**
         * A place as ranges, one a block, so that nothing between blocks is in them.
         * @param {Span} span
         * @returns {Range[]}
         */
        rangesOf(span) {
            return this.blocksIn(span).flatMap((index) => {
                const block = /** @type {(typeof blocks)[number]} */ (blocks[index]);
                const start = Math.max(span.start, block.start);
                const end = Math.min(span.end, block.end);
                const from = block.pieces[firstAfter(start, block.pieces)];
                const to = block.pieces[firstAfter(end - 1, block.pieces)];
                if (!from || !to) {
                    return [];
                }
                const range = new Range();
                range.setStart(from.node, start - from.start);
                range.setEnd(to.node, end - to.start);
                return [range];
            });
        },

        /**
         * The place of the text in a range, whatever nodes its ends lie in.
         * @param {Range} range
         * @returns {Span | undefined} `undefined` when it holds no text of the article.
         */
        spanOf(range) {
            const inside = blocks.flatMap(({ node, pieces }) => (range.intersectsNode(node) ? pieces : []));
            const touched = inside.filter(({ node }) => range.intersectsNode(node));
            const [first, last] = [touched[0], touched.at(-1)];
            if (!first || !last) {
                return undefined;
            }
            const start = first.start + (range.startContainer === first.node ? range.startOffset : 0);
            const end = range.endContainer === last.node ? last.start + range.endOffset : last.end;
            return start < end ? { start, end } : undefined;
        },
    };
}
