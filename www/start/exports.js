/**
 * @file The open article in the formats of other tools, as tables and pages; loaded when the menu of exports opens.
 */

import { converted } from "../core/converting.js";
import { element } from "../kit/dom.js";
import { download, fileName } from "../kit/files.js";
import { createItem } from "../shell/menu.js";
import { tools } from "../words/tools.js";
import { later } from "../words/words.js";

/** @import {Needs} from "./tools.js" */

const words = later("tools", tools);

/** @typedef {keyof typeof tools.names} Name */

/** What people read. @type {readonly Name[]} */
const FOR_PEOPLE = ["csv", "html", "markdown"];

/** @type {readonly Name[]} */
const FOR_TOOLS = ["w3c", "w3c-utf16", "brat", "label-studio", "doccano", "prodigy", "tei", "iob2", "schema-org", "uima"];

/** Media types, by the endings of files. @type {Record<string, string>} */
const TYPES = {
    csv: "text/csv",
    html: "text/html",
    json: "application/json",
    jsonl: "application/jsonl",
    jsonld: "application/ld+json",
    xml: "application/xml",
};

/**
 * The lines of the menu.
 * @param {Needs} needs
 * @returns {HTMLElement[]}
 */
export function linesOf(needs) {
    const lines = (/** @type {readonly Name[]} */ names) =>
        names.map((name) => createItem({ label: words.names[name], run: () => void needs.attempt(() => save(needs, name)) }));
    const head = element("p", { id: "tools-head", class: "menu-note" }, words.group);
    const group = element("div", { role: "group", "aria-labelledby": "tools-head" }, head, ...lines(FOR_TOOLS));
    return [...lines(FOR_PEOPLE), group];
}

/**
 * @param {Needs} needs
 * @param {Name} name
 */
async function save(needs, name) {
    const { session, notices, startConverter } = needs;
    const notebook = session.notebook();
    if (!notebook) {
        return;
    }
    const stem = fileName(session.current()?.title ?? "");
    if (name === "csv") {
        put(`${stem}.csv`, await table(needs));
        notices.show(words.saved(`${stem}.csv`, []));
        return;
    }
    const { converted: written, format } = await converted(startConverter, notebook, name);
    const { extension } = format;
    // Several tools have files with these endings.
    const isShared = ["json", "jsonl"].includes(extension) || name === "schema-org";
    const file = `${stem}${isShared ? `.${name}` : ""}.${extension}`;
    put(file, written.file);
    const { text, lost } = written;
    const saves = [
        // A browser may refuse a second file that the user did not ask for.
        text !== undefined && { label: words.saveText, run: () => put(textName(name, stem), text) },
        format.setup !== undefined && { label: words.saveSetup, run: () => put("label-studio.xml", format.setup ?? "") },
    ].filter((action) => action !== false);
    notices.show(words.saved(file, lost), ...saves);
}

/**
 * What the file with the text is called: Web Annotations name it.
 * @param {Name} name
 * @param {string} stem
 */
function textName(name, stem) {
    return name === "brat" ? `${stem}.txt` : "article.txt";
}

/**
 * @param {string} name
 * @param {string} content
 */
function put(name, content) {
    download(name, content, TYPES[name.replace(/^.*\./, "")] ?? "text/plain");
}

/**
 * The claims of the open article, with what was corrected.
 * @param {Needs} needs
 */
async function table({ client, session }) {
    const open = session.current();
    if (!open) {
        return "";
    }
    const { text, title, log, found } = open;
    const given = [{ row: 1, id: JSON.stringify(title) }];
    return (await client.ask("head")) + (await client.ask("rows", { text, given, log, found }));
}
