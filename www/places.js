/**
 * @file Places in the drawn article: from an offset to a point between nodes, and back.
 */

/** @import {Span} from "./pkg/whosaid.js" */

/** @typedef {{start: number, end: number, node: Text}} Piece One text node and the place that it shows. */

export function createPlaces() {
    /** @type {{start: number, end: number, node: Element, pieces: Piece[]}[]} */
    let blocks = [];

    /**
     * @param {number} offset
     * @param {readonly {start: number, end: number}[]} places In order.
     * @returns {number} The first place that ends after the offset.
     */
    function firstAfter(offset, places) {
        let low = 0;
        let high = places.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if ((places[middle]?.end ?? 0) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

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
                const range = document.createRange();
                range.setStart(from.node, start - from.start);
                range.setEnd(to.node, end - to.start);
                return [range];
            });
        },

        /**
         * The place of what a range shows, wherever its ends lie.
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
