/**
 * @file Highlights (https://www.w3.org/TR/css-highlight-api-1/): the document has one of each name, which all views share, so each
 * puts its own ranges into it and takes them out again.
 */

/** @param {AbortSignal} signal Puts them out for good. */
export function createLights(signal) {
    /** @type {Map<string, readonly Range[]>} */
    const own = new Map();

    /**
     * @param {string} name
     * @param {readonly Range[]} ranges
     * @param {number} [priority] Where several lie on the same words, the greatest shows.
     */
    function show(name, ranges, priority = 0) {
        const registry = CSS.highlights;
        const before = own.get(name) ?? [];
        if (!registry || before.length + ranges.length === 0) {
            return;
        }
        const all = registry.get(name) ?? Object.assign(new Highlight(), { priority });
        before.forEach((range) => all.delete(range));
        ranges.forEach((range) => all.add(range));
        own.set(name, ranges);
        if (all.size > 0) {
            registry.set(name, all);
        } else {
            registry.delete(name);
        }
    }

    signal.addEventListener("abort", () => [...own.keys()].forEach((name) => show(name, [])));
    return { show };
}
