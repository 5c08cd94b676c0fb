/**
 * @file The element in pages of others: see tests/page/element.js.
 */
import { asked, heard, history, open, openTen } from "./element.js";
import { expect, test } from "./whosaid.js";

test("in a page of ten lines the article is read and shown", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await expect(element.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    await expect(element.locator("mark.claim").filter({ hasText: "Taxes will rise" }).first()).toBeVisible();
    // The text that the page wrote stands there once.
    await expect(element.locator("article h2, article p").filter({ hasText: "Anna Berg" })).toHaveCount(1);
    expect(await heard(page, "ready")).toEqual([{ model: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+/) }]);
    const [{ analysis }] = await heard(page, "annotated");
    expect(analysis.speakers.map((/** @type {any} */ { name }) => name)).toContain("Anna Berg");
    const known = await element.evaluate((node) => {
        const { text, speakers, claims, corrections, selected } = /** @type {any} */ (node);
        return { text, speakers: speakers.length, claims: claims.length, corrections, selected, ready: node.matches(":state(ready)") };
    });
    expect(known.text.split("\n\n")).toHaveLength(2);
    expect(known).toMatchObject({ speakers: analysis.speakers.length, claims: analysis.claims.length, corrections: [], ready: true });
    expect(known.selected).toBeUndefined();
    expect(page.workers()).toHaveLength(1);
});

test("two elements are corrected, moved and taken out, each for itself", async ({ page }) => {
    await open(page, "two");
    const [ferry, taxes] = [page.locator("#ferry"), page.locator("#taxes")];
    await ferry.locator("mark.claim").filter({ hasText: "lost money" }).first().click();
    await ferry.getByRole("button", { name: "Edit" }).click();
    await ferry.getByRole("dialog").locator("button.main").click();
    await expect(history(ferry)).toHaveText("History 1");
    await expect(history(taxes)).toHaveText("History 0");
    await taxes.locator("mark.claim").filter({ hasText: "strike" }).first().click();
    await taxes.getByRole("button", { name: "Edit" }).click();
    await taxes.locator("#editor-kind").selectOption("prediction");
    await expect(history(taxes)).toHaveText("History 1");
    await expect.poll(() => heard(page, "change", "taxes")).toHaveLength(1);

    const [told, ...more] = await heard(page, "change", "ferry");
    expect(more).toEqual([]);
    expect(told.corrections).toMatchObject([{ actor: expect.stringMatching(/^anna\./), edit: { op: "add", mark: "claim" } }]);
    expect(await heard(page, "before-change", "ferry")).toEqual([{ correction: told.corrections[0] }]);
    expect(await heard(page, "select", "ferry")).toContainEqual(
        expect.objectContaining({ key: expect.stringMatching(/^claim:/), speaker: expect.objectContaining({ name: "Karin Dahl" }) }),
    );
    // One core serves both.
    expect(page.workers()).toHaveLength(1);

    // What is moved goes on: nothing is read again, and what is chosen stays so.
    await ferry.evaluate((node) => document.querySelector("#there")?.append(node));
    await expect(page.locator("#there > #ferry")).toHaveCount(1);
    await expect(history(ferry)).toHaveText("History 1");
    expect(await heard(page, "annotated", "ferry")).toHaveLength(1);
    expect(await ferry.evaluate((node) => /** @type {any} */ (node).selected)).toMatch(/^claim:/);

    // What is taken out comes back with its log.
    await ferry.evaluate(async (node) => {
        Object.assign(globalThis, { taken: node });
        node.remove();
    });
    await expect(history(taxes)).toHaveText("History 1");
    expect(await page.evaluate(() => /** @type {any} */ (globalThis).taken.shadowRoot.childElementCount)).toBe(1);
    await page.evaluate(() => document.querySelector("#here")?.append(/** @type {any} */ (globalThis).taken));
    await expect(history(ferry)).toHaveText("History 1");
    expect(await heard(page, "annotated", "ferry")).toHaveLength(1);
    await ferry.getByRole("button", { name: "Undo" }).first().click();
    await expect(ferry.getByRole("button", { name: "Redo" })).toBeEnabled();

    // With the last one the core goes.
    await page.evaluate(() => document.querySelectorAll("who-said").forEach((node) => node.remove()));
    await expect.poll(() => page.workers().length).toBe(0);
});

test("a correction that the page prevents is not made; who may only read is offered none", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await page.evaluate(() => addEventListener("whosaid-before-change", (event) => event.preventDefault(), { once: true }));
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    expect(await heard(page, "before-change")).toHaveLength(1);
    await expect(history(element)).toHaveText("History 0");
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");

    await element.evaluate((node) => node.setAttribute("readonly", ""));
    await element.locator("mark.claim").first().click();
    await expect(element.getByRole("dialog")).toBeVisible();
    for (const name of [/^Edit/, /^Check/, "Undo", "Redo"]) {
        await expect(element.getByRole("button", { name })).toHaveCount(0);
    }
    for (const key of ["x", "e", "a", "c", "Enter", "n", "Control+z", "Shift+ArrowRight"]) {
        await page.keyboard.press(key);
    }
    await element.evaluate((node) => /** @type {any} */ (node).updateComplete);
    expect(await heard(page, "before-change")).toHaveLength(2);
    // What nobody may use takes no focus either, and programs may still correct.
    await asked(element, (node) => Object.assign(node, { readOnly: false, disabled: true }));
    await element.getByRole("tab", { name: /^Claims/ }).focus();
    expect(await asked(element, (node) => node.shadowRoot.activeElement)).toBeNull();
    await asked(element, (node) => node.undo());
    expect((await heard(page, "before-change")).at(-1).correction.edit.op).toBe("undo");
});

test("other words take the place of the English ones, in all elements", async ({ page }) => {
    const element = await openTen(page);
    await asked(element, (node) => {
        const type = node.constructor;
        type.messages = { ...type.messages, tabs: { ...type.messages.tabs, log: "Geschichte", claims: "Aussagen" } };
        node.replaceWith(node.cloneNode(true));
    });
    await expect(element.getByRole("tab", { name: /^Aussagen [1-9]/ })).toBeVisible();
});

test("storage in memory holds for all elements of the page that have a name", async ({ page }) => {
    await open(page, "ten");
    const element = page.locator("who-said");
    await element.evaluate((node) => {
        node.setAttribute("storage", "memory");
        node.setAttribute("doc-id", "taxes");
        return /** @type {any} */ (node).annotate();
    });
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");
    await element.evaluate((node) => {
        const other = node.cloneNode(true);
        node.replaceWith(other);
    });
    await expect(history(element)).toHaveText("History 1");
});

test("programs correct by methods, which are told as what the user does", async ({ page }) => {
    const element = await openTen(page);
    const marks = await asked(element, async (node) => {
        const { text, claims, analysis } = node;
        const keyOf = (/** @type {any} */ { content }) => `claim:${content[0].start}:${content.at(-1).end}`;
        const unions = claims.findIndex((/** @type {any} */ { content }) => text.slice(content[0].start).includes("strike"));
        const strike = keyOf(claims[unions]);
        await node.update(strike, { kind: "prediction", form: "mixed" });
        await node.attribute(strike, "Anna Berg");
        const { kind, speaker } = node.claims[unions];
        const who = node.speakers[speaker].name;
        const may = text.indexOf("May");
        await node.add({ mark: "institution", start: may, end: may + 3 });
        const added = node.analysis.mentions.find((/** @type {any} */ { span }) => span.start === may).label;
        await node.update(`institution:${may}:${may + 3}`, { mark: "place" });
        const relabelled = node.analysis.mentions.find((/** @type {any} */ { span }) => span.start === may).label;
        await node.remove(`place:${may}:${may + 3}`);
        const gone = node.analysis.mentions.every((/** @type {any} */ { span }) => span.start !== may);
        const name = analysis.mentions.find((/** @type {any} */ { span }) => text.slice(span.start, span.end) === "Anna Berg");
        await node.split(`person:${name.span.start}:${name.span.end}`, "Greta Lund");
        return { added, relabelled, gone, kind, who, log: node.corrections.length };
    });
    expect(marks).toEqual({ added: "institution", relabelled: "place", gone: true, kind: "prediction", who: "Anna Berg", log: 6 });
    expect(await heard(page, "before-change")).toHaveLength(6);
    const told = (await heard(page, "change")).flatMap(({ corrections }) => corrections);
    expect(told.map((/** @type {any} */ { edit }) => edit.op)).toEqual(["qualify", "attribute", "add", "relabel", "delete", "split"]);

    await asked(element, async (node) => {
        await node.undo();
        await node.undo();
        await node.redo();
    });
    expect(await asked(element, (node) => node.corrections.at(-1).edit.op)).toBe("undo");

    const merged = await asked(element, async (node) => {
        const [one, other] = node.speakers.map((/** @type {any} */ { name }) => name);
        await node.merge(one, other);
        return node.speakers.some((/** @type {any} */ { name }) => name === one) && one !== other;
    });
    expect(merged).toBe(false);

    const fault = await asked(element, (node) => node.attribute("claim:1:2", "Nobody").catch((/** @type {any} */ error) => error.code));
    expect(fault).toBe("WHOSAID_ARGUMENT");

    // A file that is exported comes in elsewhere; what comes in is not told as made here.
    const before = (await heard(page, "change")).length;
    const [file, more] = await asked(element, async (node) => {
        const written = await node.export();
        const other = node.cloneNode(true);
        other.id = "other";
        node.after(other);
        await other.annotate();
        return [written, await other.import(written), await other.import(JSON.parse(written).corrections)];
    });
    expect(JSON.parse(file)).toMatchObject({ corrections: expect.any(Array) });
    expect(more).toBeGreaterThan(6);
    await expect(page.locator("#other").getByRole("tab", { name: /^History [1-9]/ })).toBeVisible();
    expect(await heard(page, "change")).toHaveLength(before);
});

test("a file of corrections that the user chooses comes in", async ({ page }) => {
    const element = await openTen(page);
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");
    const content = await asked(element, (node) => node.export());
    await asked(element, (node) => node.replaceWith(node.cloneNode(true)));
    await expect(history(element)).toHaveText("History 0");
    await history(element).click();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), element.getByRole("button", { name: "Import" }).click()]);
    await chooser.setFiles({ name: "taxes.json", mimeType: "application/json", buffer: Buffer.from(content) });
    await expect(history(element)).toHaveText("History 1");
});

test("a program chooses, filters, and says which marks are shown", async ({ page }) => {
    const element = await openTen(page);
    const key = await asked(element, (node) => {
        const [{ content }] = node.claims;
        return `claim:${content[0].start}:${content.at(-1).end}`;
    });
    await element.evaluate((node, chosen) => /** @type {any} */ (node).select(chosen), key);
    await expect(element.getByRole("dialog")).toBeVisible();
    expect(await asked(element, (node) => node.selected)).toBe(key);
    await expect
        .poll(async () => (await heard(page, "select")).at(-1))
        .toMatchObject({ key, claim: { form: "direct" }, speaker: { name: "Anna Berg" } });
    await asked(element, (node) => node.select());
    await expect(element.getByRole("dialog")).toHaveCount(0);

    await asked(element, (node) => (node.filter = { form: "direct" }));
    await expect(element.getByRole("tab", { name: /^Claims/ })).toHaveText(/^Claims 1/);
    expect(await asked(element, (node) => node.filter)).toMatchObject({ form: "direct", kind: "" });
    await asked(element, (node) => (node.filter = { form: "" }));

    const claims = element.locator("mark.claim");
    await expect(claims).not.toHaveCount(0);
    await asked(element, (node) => (node.labels = "person"));
    await expect(claims).toHaveCount(0);
    await asked(element, (node) => (node.labels = ""));
    await expect(claims).not.toHaveCount(0);
    await asked(element, (node) => (node.minConfidence = "1"));
    await expect.poll(() => asked(element, (node) => node.claims.length)).toBe(0);
});

test("on the device an article keeps its log under its name, in every element and after a reload", async ({ page }) => {
    const element = await openTen(page);
    const keep = (/** @type {any} */ node) => Object.assign(node, { docId: "taxes", storage: "indexeddb" }).annotate();
    await asked(element, keep);
    await asked(element, (node) => {
        const other = Object.assign(node.cloneNode(true), { id: "other" });
        node.after(other);
    });
    const other = page.locator("#other");
    await expect(other.locator("mark.claim").first()).toBeVisible();
    await element.first().locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await asked(element.first(), (node) => node.flush());
    await expect.poll(async () => (await heard(page, "saved")).length).toBeGreaterThan(0);
    // The other one hears of it, as a tab would.
    await expect(history(other)).toHaveText("History 1");
    expect(await heard(page, "change", "other")).toEqual([]);

    await page.reload();
    await asked(element, keep);
    await expect(history(element)).toHaveText("History 1");

    // The article was changed meanwhile: what no longer fits is told.
    await asked(element, (node) => (node.text = "The unions said that they would strike in May."));
    await expect.poll(() => asked(element, (node) => node.analysis.zones.length)).toBe(1);
    expect((await heard(page, "orphan")).at(-1).corrections).toMatchObject([{ edit: { op: "add" } }]);
});

test("an article in another language is told, and one that comes into sight later is read then", async ({ page }) => {
    const element = await openTen(page);
    await asked(
        element,
        (node) => (node.text = "Die Fähre nach Sandvik wird im Mai eingestellt, sagte der Eigentümer am Montag in der Stadt."),
    );
    await expect.poll(() => heard(page, "language")).toEqual([{ language: "de" }]);
    expect(await asked(element, (node) => node.matches(":state(foreign)"))).toBe(true);

    await asked(element, (node) => {
        const late = Object.assign(node.cloneNode(true), { id: "late", loading: "lazy" });
        const space = document.createElement("div");
        space.style.blockSize = "300vh";
        node.after(space, late);
    });
    const late = page.locator("#late");
    await expect(late.locator("slot")).toHaveCount(1);
    await asked(late, (node) => node.updateComplete);
    expect(await heard(page, "annotated", "late")).toEqual([]);
    await late.scrollIntoViewIfNeeded();
    await expect(late.getByRole("tab", { name: /^Claims/ })).toBeVisible();
    expect(await heard(page, "annotated", "late")).toHaveLength(1);
});

test("a log that cannot be kept is told, and stays", async ({ page }) => {
    await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new DOMException("no storage here", "SecurityError");
        };
    });
    const element = await openTen(page);
    await asked(element, (node) => Object.assign(node, { storage: "indexeddb" }).annotate());
    await element.locator("mark.claim").first().click();
    await page.keyboard.press("Enter");
    await expect(history(element)).toHaveText("History 1");
    await expect(element.getByRole("alert")).toContainText("does not let whosaid save");
    await expect.poll(async () => (await heard(page, "error")).length).toBeGreaterThan(0);
    expect(await asked(element, (node) => node.matches(":state(dirty)"))).toBe(true);
    expect(await asked(element, (node) => node.flush().catch((/** @type {Error} */ { name }) => name))).toBe("SecurityError");
    // The page hears of what was made all the same.
    expect(await heard(page, "change")).toHaveLength(1);
});

test.describe(() => {
    test.use({ expected: /404/ });

    test("files that cannot be loaded are told; a script of JSON says where they are", async ({ page }) => {
        await asked(await openTen(page), (node) => {
            const script = document.createElement("script");
            Object.assign(script, { type: "application/json", textContent: JSON.stringify({ "model-url": "/nowhere.bin" }) });
            script.dataset.whosaid = "";
            document.head.append(script);
            node.replaceWith(node.cloneNode(true));
        });
        const element = page.locator("who-said");
        await expect.poll(() => heard(page, "error")).toMatchObject([{ name: "LoadError", code: "WHOSAID_LOAD" }]);
        // The text is there to read all the same.
        await expect(element.locator("p").filter({ hasText: "Anna Berg" })).toBeVisible();
        await expect(element.getByRole("alert")).toBeVisible();
        expect(await asked(element, (node) => node.matches(":state(error)"))).toBe(true);
        await page.evaluate(() => document.querySelector("script[data-whosaid]")?.remove());
        await element.getByRole("button", { name: "Try again" }).click();
        await expect(element.getByRole("tab", { name: /^Claims [1-9]/ })).toBeVisible();
    });
});
