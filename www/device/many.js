/**
 * @file Many articles at once, on this device: they are taken in first and read afterwards, so that nothing is lost when the
 * reading is broken off.
 */

import { createChange } from "./change.js";
import { eventsOf } from "./database.js";
import { firstLine } from "../state/text.js";
import { NEVER } from "../state/records.js";
import { isWaiting } from "../state/row.js";

/** @import {Opener} from "./change.js" */
/** @import {Given, Row, Tally, Whole} from "../types.js" */

/**
 * Where an article stood, after two rows of it; each place once.
 * @param {Pick<Row, "given">} row
 * @param {Pick<Row, "given">} [other]
 * @returns {Pick<Row, "given">} Without the field where neither has it.
 */
export function together({ given = [] }, { given: others = [] } = {}) {
    const isNew = (/** @type {Given} */ { file, row, id }) =>
        !others.some((each) => each.file === file && each.row === row && each.id === id);
    const all = [...others, ...given.filter(isNew)];
    return all.length > 0 ? { given: all } : {};
}

/** @param {Opener} open */
export function many(open) {
    return {
        /**
         * Takes articles in that are not read yet: all of them or none. One that is here stays as it is, and a deleted one
         * comes back.
         * @param {readonly {doc: string, text: string, given: Given}[]} articles
         * @returns {Promise<number>} How many are new.
         */
        async shelve(articles) {
            const { store, put, row: rowOf, complete } = await createChange(open);
            let fresh = 0;
            const work = async () => {
                for (const { doc, text, given } of articles) {
                    const kept = await rowOf(doc);
                    const { deleted, ...row } = kept ?? { doc, title: firstLine(text), opened: NEVER, corrections: 0 };
                    fresh += kept === undefined || deleted ? 1 : 0;
                    if ((await store("articles").get(doc))?.text !== text) {
                        await put("articles", doc, { doc, text });
                    }
                    await put("shelf", doc, { ...row, ...together({ given: [given] }, row) });
                }
            };
            await complete(work());
            return fresh;
        },

        /**
         * Keeps articles with the marks that come with them, all or none. One with corrections stays as it is.
         * @param {readonly Whole[]} wholes Without corrections, each with its base.
         * @returns {Promise<string[]>} The names of those that stay.
         */
        async keepMarked(wholes) {
            const { store, put, row: rowOf, complete } = await createChange(open);
            /** @type {string[]} */
            const left = [];
            const work = async () => {
                for (const { text, base, log: _, ...row } of wholes) {
                    const { doc } = row;
                    if ((await store("events").count(eventsOf(doc))) > 0) {
                        left.push(doc);
                        continue;
                    }
                    await put("articles", doc, { doc, text });
                    await put("shelf", doc, { ...row, ...together(row, await rowOf(doc)) });
                    if (base) {
                        await store("bases").put(base);
                    }
                }
            };
            await complete(work());
            return left;
        },

        /**
         * Notes what was read of an article that waited for it.
         * @param {string} doc
         * @param {{title: string, tally: Tally}} read
         */
        async noteRead(doc, read) {
            const { put, row: rowOf, complete } = await createChange(open, "relaxed");
            const work = async () => {
                const row = await rowOf(doc);
                if (row && isWaiting(row)) {
                    await put("shelf", doc, { ...row, ...read });
                }
            };
            await complete(work());
        },
    };
}
