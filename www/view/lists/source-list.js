/**
 * @file The sources as text, to be pasted into a memo: who each is, how many claims it makes, and these in its words or the article's.
 */

import { cardsOf, factsOf } from "./cards.js";
import { copy } from "./quote.js";
import { counts } from "../../state/counts.js";
import { element, fill } from "../../kit/dom.js";
import { download, fileName } from "../../kit/files.js";
import { claimItems } from "./rows.js";
import { voices } from "../../words/voices.js";
import { sourceList as english } from "../../words/source-list.js";
import { later, words } from "../../words/words.js";

/** @import {Shown} from "../../types.js" */
/** @import {ClaimItem} from "./rows.js" */

const own = later("sourceList", english);

/**
 * @param {Shown} shown
 * @returns {string}
 */
export function sourceList({ title, text, view, analysis }) {
    const sources = cardsOf(text, view).filter(({ claims }) => claims.length > 0);
    const nobodys = claimItems(text, view).filter(({ claim }) => claim.speaker === undefined);
    const parts = sources.map(({ speaker, claims, people }) => {
        const head = own.head(speaker.name, factsOf(speaker), claims.length);
        return [head, ...(people.length > 0 ? [words.speakers.people(people)] : []), ...claims.map(line)];
    });
    const rest = nobodys.length === 0 ? [] : [[own.head(words.claims.nobody, [], nobodys.length), ...nobodys.map(line)]];
    const head = [title || words.unnamed, words.counted(counts(view, analysis))];
    return `${[head, ...parts, ...rest].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** @param {ClaimItem} item */
function line({ text, claim, outer }) {
    return own.line(words.quote.told(text.replace(/\s+/g, " "), outer), claim.form);
}

/** @param {() => Shown | undefined} open What is shown; nothing: there is no article. */
export function createSourceList(open) {
    const content = element("pre", { tabindex: 0, "aria-labelledby": "source-list-title" });
    const told = element("span", { role: "status" });
    const copies = element("button", { type: "button", class: "main", autofocus: true, onclick: copyIt }, own.copy);
    const saves = element("button", { type: "button", class: "quiet", onclick: save }, own.save);
    const node = element(
        "dialog",
        { class: "source-list", "aria-labelledby": "source-list-title" },
        element("h2", { id: "source-list-title" }, own.title),
        content,
        element("div", { class: "tools" }, copies, saves, closing(), told),
    );
    let title = "";

    async function copyIt() {
        fill(told, (await copy(content.textContent ?? "")) ? own.copied : later("voices", voices).notCopied);
    }

    function save() {
        download(`${fileName(title)}.sources.txt`, content.textContent ?? "", "text/plain");
    }

    return {
        node,

        show() {
            const shown = open();
            if (shown) {
                title = shown.title ?? "";
                fill(content, sourceList(shown));
                fill(told);
                node.showModal();
            }
        },
    };
}

/** The button that closes the dialog which it stands in. */
function closing() {
    return element("form", { method: "dialog" }, element("button", { class: "quiet" }, words.editor.close));
}
