/**
 * @file Pictures for whoever is to say who said what from the pictures alone: an article that a seed draws from a file, ten of its claims
 * that the seed draws too, the built page in pieces of a window's height at two widths, the questions, and the answers by themselves.
 *
 * `node scripts/pictures.mjs --texts FILE --seed NAME --out FOLDER`: FILE holds lines of JSON with a "text", packed by gzip or not.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

import { withPage } from "./bench-browser.mjs";
import { startCore } from "./excerpt.mjs";
import { PKG, Stop, say, script } from "./run.mjs";

/** @import {Analysis} from "../www/pkg/whosaid.js" */

const CLAIMS = 10;

/** So many speak in them at least: where one speaks alone there is nothing to tell apart. */
const SPEAKERS = 4;

/** An article has so many characters: at most some windows full. */
const LENGTH = { least: 2500, most: 6000 };

/** The windows. */
const WINDOWS = [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
];

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {string} seed
 * @returns {Item[]} In an order that the seed gives, the same each time.
 */
function drawn(items, seed) {
    const rank = (/** @type {number} */ index) => createHash("sha256").update(`${seed} ${index}`).digest("hex");
    const ranked = items.map((item, index) => ({ item, rank: rank(index) }));
    return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ item }) => item);
}

/**
 * @param {string} file
 * @param {string} seed
 * @returns {Generator<string>} The texts of bearable length, in the order that the seed gives.
 */
function* textsOf(file, seed) {
    const bytes = readFileSync(file);
    const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
    for (const line of drawn(lines, seed)) {
        const text = line && JSON.parse(line).text;
        if (typeof text === "string" && text.length >= LENGTH.least && text.length <= LENGTH.most) {
            yield text;
        }
    }
}

/**
 * Ten claims of an article: whole ones, of six words at least, that begin in other words than any other claim does.
 * @param {string} text
 * @param {Analysis} analysis
 * @param {string} seed
 * @returns {{asked: string, speaker: string}[]} In the order of the text; fewer where there are no ten.
 */
function asked(text, { claims, speakers }, seed) {
    // The page shows neither beliefs nor decisions unless it is asked to.
    const shown = claims.filter(({ group }) => group !== "attitude");
    const all = shown.map(({ content, speaker, continues }) => {
        const words = text.slice(content[0]?.start, content[0]?.end).split(/\s+/);
        const name = speaker === undefined ? "nobody is named" : (speakers[speaker]?.name ?? "");
        return { asked: words.slice(0, 5).join(" "), isFit: words.length >= 6 && continues === undefined, speaker: name };
    });
    const isAlone = (/** @type {string} */ start) => all.filter((each) => each.asked === start).length === 1;
    const fitting = all.filter((each) => each.isFit && isAlone(each.asked));
    const chosen = new Set(drawn(fitting, seed).slice(0, CLAIMS));
    return fitting.filter((each) => chosen.has(each)).map(({ asked: start, speaker }) => ({ asked: start, speaker }));
}

/**
 * @param {string} text
 * @param {string} out
 */
async function photograph(text, out) {
    for (const window of WINDOWS) {
        await withPage(async (page) => {
            await page.setViewportSize(window);
            await page.getByLabel("Article text").fill(text);
            await page.getByRole("button", { name: "Show who said what" }).click();
            await page.locator("article mark.claim").first().waitFor();
            // A message that goes by itself, and the pointer, are no part of the article.
            await page.mouse.move(0, 0);
            await page.waitForTimeout(2000);
            const { bottom } = await page.locator("article").evaluate((node) => node.getBoundingClientRect().toJSON());
            const { width, height } = window;
            for (let nth = 0; nth * height < bottom; nth += 1) {
                const clip = { x: 0, y: nth * height, width, height };
                await page.screenshot({ path: join(out, `${width}-${nth + 1}.png`), fullPage: true, clip });
            }
        });
    }
}

/** @param {{texts?: string, seed?: string, out?: string}} given */
async function run({ texts, seed, out }) {
    if (!texts || !seed || !out) {
        throw new Stop("say --texts FILE --seed NAME --out FOLDER");
    }
    const { Annotator } = await startCore(PKG);
    const annotator = new Annotator(readFileSync(join(PKG, "model.bin")));
    for (const text of textsOf(texts, seed)) {
        const questions = asked(text, annotator.annotate(text), seed);
        if (questions.length === CLAIMS && new Set(questions.map(({ speaker }) => speaker)).size >= SPEAKERS) {
            mkdirSync(out, { recursive: true });
            const numbered = (/** @type {(one: {asked: string, speaker: string}) => string} */ line) =>
                questions.map((one, index) => `${index + 1}. ${line(one)}\n`).join("");
            writeFileSync(
                join(out, "questions.txt"),
                numbered((one) => `Who says: ${one.asked} …`),
            );
            writeFileSync(
                join(out, "truth.txt"),
                numbered((one) => `${one.asked} … ${one.speaker}`),
            );
            await photograph(text, out);
            say(`${out}: pictures, questions.txt, truth.txt`);
            return;
        }
    }
    throw new Stop(`${texts} has no article of ${CLAIMS} claims by ${SPEAKERS} speakers`);
}

const options = /** @type {const} */ ({ texts: { type: "string" }, seed: { type: "string" }, out: { type: "string" } });
await script(() => run(parseArgs({ options }).values));
