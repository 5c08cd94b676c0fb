/**
 * @file Long work in slices, so that the page answers in between.
 */

/** How long a slice may take, in milliseconds: half a frame. */
const SLICE = 8;

/**
 * Lets the browser do all that waits: input, timers, painting. (`scheduler.yield` would go before the timers.)
 * @returns {Promise<void>}
 */
export function pause() {
    return new Promise((resolve) => setTimeout(resolve));
}

/** How long to wait for a frame, which never comes in a hidden tab, in milliseconds. */
const NO_FRAME = 100;

/** How long to wait after a frame, so that work begun with it, such as a write, ends first, in milliseconds. */
const AFTER_FRAME = 30;

/**
 * Lets the browser paint the changes, and end the work that was begun with them.
 * @returns {Promise<void>}
 */
export function painted() {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, NO_FRAME);
        requestAnimationFrame(() => {
            clearTimeout(timer);
            setTimeout(resolve, AFTER_FRAME);
        });
    });
}

/**
 * Does something for each item, in order. What fits into one slice is done before this returns.
 * @template Item
 * @param {Iterable<Item>} items
 * @param {(item: Item) => void} work
 * @param {() => boolean} wanted Asked after each pause: `false` ends the work.
 * @param {(count: number) => void} [told] Told before each pause how many are done.
 * @returns {Promise<boolean>} Whether all was done.
 */
export async function inSlices(items, work, wanted, told = () => undefined) {
    let deadline = performance.now() + SLICE;
    let count = 0;
    for (const item of items) {
        if (performance.now() > deadline) {
            told(count);
            await pause();
            if (!wanted()) {
                return false;
            }
            deadline = performance.now() + SLICE;
        }
        work(item);
        count += 1;
    }
    return true;
}
