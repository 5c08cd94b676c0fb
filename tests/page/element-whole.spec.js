/**
 * @file The element as a whole: that its manifest and its types are right, and that it leaves nothing behind.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";

import { asked, open, openTen, root } from "./element.js";
import { expect, test } from "./whosaid.js";

/** @import {Page} from "@playwright/test" */

test("the manifest and the types name all that the element has", async ({ page }) => {
    const read = (/** @type {string} */ path) => readFileSync(join(root, "packages/whosaid", path), "utf8");
    const { members, attributes, cssParts, events } = JSON.parse(read("custom-elements.json")).modules[0].declarations[0];
    const named = (/** @type {any[]} */ list) => list.map(({ name }) => name).sort();
    const element = await openTen(page);
    await element.locator("mark.claim").first().click();
    const has = await asked(element, (node) => {
        const type = node.constructor;
        const held = Object.getPrototypeOf(type.prototype);
        const own = [type.prototype, held].flatMap((each) => Object.getOwnPropertyNames(each));
        const statics = Object.getOwnPropertyNames(type).filter(
            (name) => !["length", "name", "prototype", "observedAttributes"].includes(name),
        );
        const parts = [...node.shadowRoot.querySelectorAll("[part]")].flatMap((each) => [...each.part]);
        return {
            own: own.filter((name) => name !== "constructor" && !name.endsWith("Callback")),
            statics,
            parts,
            attributes: type.observedAttributes,
        };
    });
    expect(named(attributes)).toEqual(has.attributes.sort());
    expect(named(cssParts)).toEqual([...new Set(has.parts)].sort());
    const reflected = (/** @type {string} */ name) =>
        name === "readonly" ? "readOnly" : name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    expect([...named(members), ...named(attributes).map(reflected)].sort()).toEqual([...has.own, ...has.statics].sort());

    const types = read("element.d.ts");
    for (const name of [...has.own, ...has.statics]) {
        expect(types).toMatch(new RegExp(`^ {4}(?:(?:static|readonly|get) )*${name}[(:?]`, "m"));
    }
    const typed = [...types.matchAll(/^ {4}"(whosaid-[a-z-]+)": \{/gm)].map(([, name]) => name);
    expect(named(events)).toEqual(typed.sort());
    const sources = ["holding", "part", "who-said"].map((name) => readFileSync(join(root, `www/element/${name}.js`), "utf8")).join();
    const told = [...sources.matchAll(/tell\("([a-z-]+)"/g)].map(([, name]) => `whosaid-${name}`);
    expect([...new Set(told)].sort()).toEqual(typed.sort());
});

/** @param {import("@playwright/test").CDPSession} cdp @returns {Promise<Record<string, number>>} What the page holds, after all that nobody holds has gone. */
async function held(cdp) {
    for (let times = 0; times < 3; times += 1) {
        await cdp.send("HeapProfiler.collectGarbage");
    }
    const { metrics } = await cdp.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** @param {Page} page @param {number} times How many elements come, are read, chosen in, and go. */
const cycle = (page, times) =>
    page.evaluate(async (times) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        for (let time = 0; time < times; time += 1) {
            const node = /** @type {any} */ (document.createElement("who-said"));
            Object.assign(node, { textContent: "“Taxes will rise,” said Anna Berg.", storage: "indexeddb", docId: "taxes" });
            const read = new Promise((resolve) => node.addEventListener("whosaid-annotated", resolve, { once: true }));
            document.body.append(node);
            await read;
            await node.updateComplete;
            const [{ content }] = node.claims;
            node.select(`claim:${content[0].start}:${content.at(-1).end}`);
            await frame();
            node.remove();
            await frame();
        }
    }, times);

test("200 elements that come and go leave no node, listener, worker or memory behind", async ({ page }) => {
    const element = await openTen(page);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    // What is loaded and compiled at first stays.
    await cycle(page, 10);
    const before = await held(cdp);
    await cycle(page, 190);
    const after = await held(cdp);
    const kept = (/** @type {Record<string, number>} */ { Nodes, JSEventListeners, Documents }) => ({ Nodes, JSEventListeners, Documents });
    expect(kept(after)).toEqual(kept(before));
    // It is machine code and what the browser measures; an analysis with its nodes would be 100 kB each time.
    expect((after.JSHeapUsedSize ?? Infinity) - (before.JSHeapUsedSize ?? 0)).toBeLessThan(190 * 10_000);
    expect(page.workers()).toHaveLength(1);

    // Without another one each has a core of its own, which goes with it.
    await asked(element, (node) => node.remove());
    await cycle(page, 3);
    await expect.poll(() => page.workers().length).toBe(0);
});

for (const width of [1280, 360]) {
    test(`axe finds nothing in two elements of a page ${width} pixels wide`, async ({ page }) => {
        await page.setViewportSize({ width, height: 800 });
        await open(page, "two");
        await expect(page.locator("#taxes mark.claim").first()).toBeVisible();
        await page.locator("#ferry mark.claim").first().click();
        await page.locator("#ferry").getByRole("button", { name: "Edit" }).click();
        await expect(page.locator("#ferry").getByRole("dialog").locator("button.main")).toBeVisible();
        // Landmarks are the page's own.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().disableRules(["region", "landmark-one-main"]).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(beyond).toBe(0);
    });
}
