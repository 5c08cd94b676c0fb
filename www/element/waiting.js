/**
 * @file What an element waits for.
 */

/**
 * A promise that is settled from outside; nobody has to hear of its failure.
 * @template Value
 */
export function expected() {
    /** @type {(value: Value) => void} */
    let resolve = () => undefined;
    /** @type {(error: Error) => void} */
    let reject = () => undefined;
    /** @type {Promise<Value>} */
    const promise = new Promise((...given) => ([resolve, reject] = given));
    promise.catch(() => undefined);
    return { promise, resolve, reject };
}

/**
 * Waits until the page has all that stands in an element.
 * @param {AbortSignal} signal
 * @param {() => void} run
 */
export function whenParsed(signal, run) {
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", run, { once: true, signal });
    } else {
        run();
    }
}
