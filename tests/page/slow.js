/**
 * @file A slow connection: the model stops on its way.
 */

/** @import {Page} from "@playwright/test" */

/**
 * Lets no more than some bytes of the model come until `goOn` is called in the thread; `breakOff` ends the connection.
 * @param {Page} page
 * @param {number} most
 */
export async function holdModel(page, most) {
    await page.route("**/worker.js", async (route) => {
        const response = await route.fetch();
        const hold = `
            const fetchAll = globalThis.fetch;
            globalThis.fetch = async (...given) => {
                const answer = await fetchAll(...given);
                if (!String(given[0]).endsWith("/model.bin")) {
                    return answer;
                }
                const held = new Promise((goOn, breakOff) => Object.assign(globalThis, { goOn, breakOff }));
                let passed = 0;
                const gate = new TransformStream({
                    async transform(chunk, out) {
                        // One chunk may hold the whole file.
                        const free = chunk.subarray(0, ${most} - passed);
                        passed += free.length;
                        if (free.length > 0) {
                            out.enqueue(free);
                        }
                        if (free.length < chunk.length) {
                            await held;
                            out.enqueue(chunk.subarray(free.length));
                        }
                    },
                });
                return new Response(answer.body.pipeThrough(gate), answer);
            };`;
        await route.fulfill({ response, body: `${hold}\n${await response.text()}` });
    });
}
