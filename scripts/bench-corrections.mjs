/**
 * @file `npm run bench:corrections`: how long it takes in Chromium until a correction is on the screen, and until it is
 * saved, in an article of 100 claims and in one of 5,000. Prints a table each; fails for no figure.
 *
 * `node scripts/bench-corrections.mjs [--claims N] [--each N] [--only NAME]`
 *
 * Both times start with the event itself (`Event.timeStamp`, when the browser got the key). *Painted*: a callback of
 * `requestAnimationFrame` finds what was corrected as it is to be, and a message that it posts to itself comes back: it
 * comes after the layout and the paint of this frame. Frames follow each other without a limit here, so that the time is
 * what the page needs, not how long a display waits for its next frame. *Core*: for how long the page's thread had a core
 * until then, which other programs on the machine cannot lengthen much. *Saved*: the transaction that writes completes.
 * Corrections are made by true keys, one after the other, each when the one before is saved. The first row is what the
 * browser needs for the least that can change, a class of one mark, and for a write of nothing: what is left is the page's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { withPage } from "./bench-browser.mjs";
import { PKG, ROOT, script } from "./run.mjs";

/** @import {Page} from "@playwright/test" */

const { values: given } = parseArgs({
    options: { claims: { type: "string" }, each: { type: "string", default: "10" }, only: { type: "string", default: "" } },
});
const SIZES = given.claims ? [Number(given.claims)] : [100, 5000];
const EACH = Number(given.each);

/** For how long nothing changes once the core has answered, in milliseconds. */
const QUIET = 500;

/** Frames follow each other without a limit. */
const UNLIMITED = ["--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync"];

/** Invented articles, which are repeated. */
const ARTICLES = ["comet", "harbour", "hospital"];

/**
 * A kind of correction: what it is made on, the keys that make it, and what shows that it is made.
 * @typedef {object} Gesture
 * @property {string} name
 * @property {string} on A selector of marks.
 * @property {string[]} keys `N` stands for a name that is new each time.
 * @property {"marks" | "editor"} shows The marks of the paragraph, or what the editor says, is other than before.
 * @property {boolean} [selects] Whether words without a mark are selected in the paragraph of that mark.
 */

/** @type {Gesture[]} */
const GESTURES = [
    { name: "(a class, no more)", on: "mark.by-name.person", keys: ["F9"], shows: "marks" },
    { name: "another sort of mark", on: "mark.by-name.person", keys: ["i"], shows: "marks" },
    { name: "right", on: "mark.claim.direct:not(:has(span))", keys: ["Enter"], shows: "editor" },
    { name: "edge moved", on: "mark.claim.direct:not(:has(span))", keys: ["Shift+ArrowLeft"], shows: "marks" },
    { name: "form", on: "mark.claim.direct:not(:has(span))", keys: ["3"], shows: "marks" },
    { name: "somebody else", on: "mark.claim.direct:not(:has(span))", keys: ["a", "Control+a", "N", "Enter"], shows: "editor" },
    { name: "new claim", on: "mark.claim.direct:not(:has(span))", keys: ["c"], shows: "marks", selects: true },
    { name: "removed", on: "mark.claim.direct:not(:has(span))", keys: ["x"], shows: "marks" },
    { name: "undone", on: "mark.by-name.person", keys: ["i", "Control+z"], shows: "marks" },
];

/**
 * An article with so many claims, or a few more.
 * @param {number} count
 */
async function articleOf(count) {
    const { Annotator, initSync } = await import("../www/pkg/whosaid.js");
    initSync({ module: readFileSync(join(PKG, "whosaid_bg.wasm")) });
    const annotator = new Annotator(readFileSync(join(PKG, "model.bin")));
    const files = ARTICLES.map((name) => readFileSync(join(ROOT, "tests", "articles", `${name}.txt`), "utf8"));
    const once = files.join("\n\n");
    const claims = (/** @type {string} */ text) => annotator.annotate(text).claims.length;
    let text = once;
    for (let copies = 1; claims(text) < count;) {
        copies = Math.max(copies + 1, Math.floor((copies * count) / claims(text)));
        text = `${once}\n\n`.repeat(copies);
    }
    return { text, count: claims(text) };
}

/** Runs in the page before anything else: notes when transactions that write complete. */
function watchStorage() {
    const noted = { saved: 0, started: 0, at: 0, painted: 0 };
    Object.assign(globalThis, { noted });
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
        const made = transaction.apply(this, args);
        if (args[1] === "readwrite") {
            made.addEventListener("complete", () => (noted.saved = performance.now()));
        }
        return made;
    };
    addEventListener("keydown", ({ key }) => {
        if (key === "F9") {
            document.querySelector("mark[data-state=chosen]")?.classList.toggle("timed");
            const opening = indexedDB.open("bench", 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore("nothing");
            opening.onsuccess = () => {
                const write = opening.result.transaction("nothing", "readwrite", { durability: "strict" });
                write.objectStore("nothing").put(1, 1);
            };
        }
    });
}

/**
 * Runs in the page: waits for the last key of a gesture, then until its effect is painted.
 * @param {{key: string, shows: Gesture["shows"]}} given
 */
function watchPaint({ key, shows }) {
    const { noted } = /** @type {any} */ (globalThis);
    const at = getSelection()?.focusNode?.parentElement;
    const chosen = document.querySelector("mark[data-state=chosen]");
    const paragraph = (chosen ?? at)?.closest("p, h2");
    const editor = document.querySelector(".editor");
    const state = () => {
        if (shows === "editor") {
            const speaker = editor?.querySelector(".profile-button")?.textContent;
            return `${editor?.querySelector(".editor-detail")?.textContent} ${speaker}`;
        }
        const marks = paragraph?.querySelectorAll("mark") ?? [];
        return [...marks].map((mark) => `${mark.className} ${mark.textContent}`).join();
    };
    Object.assign(noted, { at: 0, painted: 0, saved: 0 });
    const listen = (/** @type {KeyboardEvent} */ event) => {
        if (event.key.toLowerCase() !== key) {
            return;
        }
        removeEventListener("keydown", listen, { capture: true });
        noted.at = event.timeStamp;
        noted.saved = 0;
        performance.mark("pressed");
        const before = state();
        const look = () => {
            if (state() === before) {
                requestAnimationFrame(look);
                return;
            }
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                noted.painted = performance.now();
                performance.mark("painted");
            };
            port2.postMessage(undefined);
        };
        requestAnimationFrame(look);
    };
    addEventListener("keydown", listen, { capture: true });
}

/**
 * Runs in the page: selects words beside a mark that have none.
 * @param {Element} mark
 */
function selectBeside(mark) {
    const texts = [...(mark.closest("p, h2")?.childNodes ?? [])].filter((node) => node instanceof Text);
    const longest = texts.toSorted((one, other) => other.length - one.length)[0];
    const words = /\S.*\S/.exec(longest?.data ?? "");
    if (longest && words) {
        getSelection()?.setBaseAndExtent(longest, words.index, longest, words.index + words[0].length);
    }
}

/**
 * @param {Page} page
 * @param {Gesture} gesture
 * @param {number} nth
 * @returns {Promise<{painted: number, saved: number, core: number}>} In milliseconds.
 */
async function timed(page, { on, keys, shows, selects }, nth) {
    const marks = page.locator(`article ${on}`);
    const mark = marks.nth(Math.floor(((nth + 0.5) / EACH) * (await marks.count())));
    await mark.evaluate((node) => node.scrollIntoView({ block: "center" }));
    if (selects) {
        await mark.evaluate(selectBeside);
    } else {
        // Choosing is not measured; a true click could fall between the lines of a mark.
        await mark.dispatchEvent("click");
        await page.waitForFunction(() => document.querySelector("mark[data-state=chosen]"));
    }
    for (const key of keys.slice(0, -1)) {
        await (key === "N" ? page.keyboard.type(`Anna ${nth}`) : page.keyboard.press(key));
    }
    await settled(page);
    const last = keys.at(-1) ?? "";
    await page.evaluate(watchPaint, { key: (last.split("+").at(-1) ?? "").toLowerCase(), shows });
    const core = await coreTime(page, async () => {
        await page.keyboard.press(last);
        await page.waitForFunction(() => {
            const { painted, saved } = /** @type {any} */ (globalThis).noted;
            return painted > 0 && saved > 0;
        });
    });
    const figures = await page.evaluate(() => {
        const { at, painted, saved } = /** @type {any} */ (globalThis).noted;
        return { painted: painted - at, saved: saved - at };
    });
    await settled(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    return { ...figures, core };
}

/**
 * @param {Page} page
 * @param {() => Promise<void>} run
 * @returns {Promise<number>} For how long the page's thread had a core between the marks "pressed" and "painted", in milliseconds.
 */
async function coreTime(page, run) {
    const session = await page.context().newCDPSession(page);
    /** @type {any[]} */
    const events = [];
    session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
    const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    const includedCategories = ["toplevel", "blink.user_timing"];
    await session.send("Tracing.start", { traceConfig: { includedCategories } });
    await run();
    await session.send("Tracing.end");
    await ended;
    await session.detach();
    const named = (/** @type {string} */ name) => events.find((event) => event.name === name);
    const [pressed, painted] = [named("pressed"), named("painted")];
    const tasks = events.filter(
        ({ name, pid, tid }) => name === "ThreadControllerImpl::RunTask" && pid === pressed.pid && tid === pressed.tid,
    );
    const within = tasks.filter(({ ts, dur }) => ts + dur > pressed.ts && ts + dur < painted.ts);
    return within.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

/**
 * Waits until the page has nothing more to do.
 * @param {Page} page
 */
async function settled(page) {
    await page.evaluate(
        (enough) =>
            new Promise((resolve) => {
                let quiet = performance.now();
                const observer = new MutationObserver(() => (quiet = performance.now()));
                observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
                const look = () => {
                    if (performance.now() - quiet > enough) {
                        observer.disconnect();
                        resolve(undefined);
                    } else {
                        setTimeout(look, 20);
                    }
                };
                look();
            }),
        QUIET,
    );
}

/**
 * @param {number[]} times
 * @returns {string[]} The median and the worst.
 */
function summary(times) {
    const sorted = times.toSorted((one, other) => one - other);
    return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((time) => (time ?? NaN).toFixed(1));
}

/**
 * @param {Page} page
 * @param {number} size
 */
async function measure(page, size) {
    const { text, count } = await articleOf(size);
    await page.getByLabel("Article text").evaluate((box, value) => {
        /** @type {HTMLTextAreaElement} */ (box).value = value;
    }, text);
    await page.getByRole("button", { name: "Show who said what" }).click();
    // Of a long article the beginning comes first, which cannot be corrected.
    await page.locator("article:not([aria-busy]) mark").first().waitFor({ timeout: 120_000 });
    await settled(page);
    console.log(`\n${count.toLocaleString("en")} claims, ${text.length.toLocaleString("en")} characters: milliseconds`);
    console.log("| correction           | painted: median | worst | core: median | worst | saved: median | worst |");
    console.log("|----------------------|----------------:|------:|-------------:|------:|--------------:|------:|");
    for (const gesture of GESTURES.filter(({ name }) => name.includes(given.only))) {
        /** @type {Awaited<ReturnType<typeof timed>>[]} */
        const figures = [];
        for (let nth = 0; nth < EACH; nth += 1) {
            figures.push(await timed(page, gesture, nth));
        }
        const columns = /** @type {const} */ (["painted", "core", "saved"]).flatMap((what) => summary(figures.map((each) => each[what])));
        const cells = columns.map((cell, nth) => cell.padStart([15, 5, 12, 5, 13, 5][nth] ?? 0));
        console.log(`| ${gesture.name.padEnd(20)} | ${cells.join(" | ")} |`);
    }
}

await script(async () => {
    for (const size of SIZES) {
        await withPage((page) => measure(page, size), { args: UNLIMITED, init: watchStorage });
    }
});
