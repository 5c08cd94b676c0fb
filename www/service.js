/**
 * @file Keeps the page for when there is no network: all files of one build, and never files of two. Written by hand: it
 * is shorter than the settings of a library for it. The build puts in the list of files, each with its hash.
 *
 * A new build is fetched whole beside the old one, checked, and waits until the user lets it take over. A file is checked
 * each time before it is given: a damaged one is fetched again.
 * See https://www.w3.org/TR/service-workers/
 */

/**
 * What was built; the hashes are as in an `integrity` attribute.
 * @type {{version: string, files: {path: string, hash: string}[]}}
 */
// @ts-expect-error scripts/page.mjs puts it in.
const built = BUILT;

const PREFIX = "whosaid-";
const CACHE = `${PREFIX}${built.version}`;

/** The address of the page's folder. */
const scope = new URL("./", location.href);

/** Fetches all files, or none: a file that is cut, changed or missing leaves everything as it was. */
async function fetchAll() {
    const cache = await caches.open(CACHE);
    try {
        await Promise.all(
            built.files.map(async ({ path, hash }) => {
                const address = new URL(path, scope);
                const response = await fetch(address, { cache: "no-cache", integrity: hash });
                if (!response.ok) {
                    throw new Error(`${path}: ${response.status}`);
                }
                await cache.put(address, response);
            }),
        );
    } catch (error) {
        await caches.delete(CACHE);
        throw error;
    }
}

/** Lets go of the files of other builds. */
async function leaveOthers() {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(others.map((name) => caches.delete(name)));
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string>} As in an `integrity` attribute.
 */
async function hashOf(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function answer(request) {
    // Without the query behind `?`.
    const { pathname } = new URL(request.url);
    const address = new URL(pathname === scope.pathname ? "index.html" : pathname, scope);
    const file = built.files.find(({ path }) => new URL(path, scope).href === address.href);
    const cache = file && (await caches.open(CACHE));
    const kept = await cache?.match(address);
    if (!file || !cache || !kept) {
        return fetch(request);
    }
    const isWhole = (await hashOf(await kept.clone().arrayBuffer())) === file.hash;
    return isWhole ? kept : heal(cache, address, file.hash);
}

/**
 * Fetches a file again that is damaged in the cache.
 * @param {Cache} cache
 * @param {URL} address
 * @param {string} hash
 * @returns {Promise<Response>} Rejects without a network: the next load tries again.
 */
async function heal(cache, address, hash) {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) {
        return response;
    }
    if ((await hashOf(await response.clone().arrayBuffer())) === hash) {
        await cache.put(address, response.clone());
    } else {
        // The server has another build by now: all files come from there, until that build is kept.
        await caches.delete(CACHE);
    }
    return response;
}

const worker = /** @type {any} */ (globalThis);
worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(fetchAll()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(leaveOthers()));
worker.addEventListener("message", (/** @type {any} */ { data }) => data === "take over" && worker.skipWaiting());
worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { method, url } = event.request;
    if (method === "GET" && url.startsWith(scope.href)) {
        event.respondWith(answer(event.request));
    }
});
