/**
 * @file What changed from one list to the next: all between what they begin and what they end with.
 */

/**
 * @template Item
 * @param {readonly Item[]} before
 * @param {readonly Item[]} after
 * @param {(one: Item | undefined, other: Item | undefined) => boolean} isSame
 * @returns {{start: number, gone: readonly Item[], come: readonly Item[]}} Empty lists where nothing changed.
 */
export function spliceOf(before, after, isSame = Object.is) {
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && isSame(before[start], after[start])) {
        start += 1;
    }
    let end = 0;
    while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) {
        end += 1;
    }
    return { start, gone: before.slice(start, before.length - end), come: after.slice(start, after.length - end) };
}
