/**
 * @file A claim and its speaker as text, to be pasted elsewhere.
 */

import { contentOf, outerOf } from "./rows.js";
import { words } from "../../words/words.js";

/** @import {Analysis} from "../../pkg/whosaid.js" */
/** @import {Message} from "../../words/messages.js" */
/** @import {Annotation, Article} from "../../types.js" */

/**
 * Who makes a claim, and what it is, and who tells it where it stands inside another claim: `Helen Aster (mayor of Port Orrin): “We are not against clean power.”` What is not
 * in the source's own words says so.
 * @param {string} text The article's.
 * @param {Analysis} analysis
 * @param {Annotation} claim
 * @returns {string}
 */
export function quote(text, analysis, { claim, speaker, parts }) {
    const { speakers } = analysis;
    const content = contentOf(text, parts).replace(/\s+/g, " ");
    const who = speaker === undefined ? undefined : speakers[speaker];
    const source = claim?.source && text.slice(claim.source.start, claim.source.end);
    const current = [...(who?.roles ?? []), ...(who?.affiliations ?? [])].filter(({ former }) => !former);
    const name = words.quote.who(who?.name ?? source ?? words.editor.nobody, [...new Set(current.map((fact) => fact.text))]);
    const said = words.quote.says(name, content, claim?.form ?? "direct");
    return words.quote.told(said, claim ? outerOf(text, analysis, claim) : []);
}

/**
 * Puts text on the clipboard.
 * @param {string} text
 * @returns {Promise<boolean>} Whether the browser let it.
 */
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

/**
 * @param {object} needs
 * @param {(text: string) => void} needs.say
 * @param {(message: Message) => void} needs.tell
 * @param {() => Article | undefined} needs.open The article that is open.
 * @returns {(annotation: Annotation | undefined) => boolean} Copies a claim and says so; tells whether it is one.
 */
export function createCopy({ say, tell, open }) {
    return (annotation) => {
        const article = open();
        if (!article || annotation?.mark !== "claim") {
            return false;
        }
        const said = quote(article.text, article.analysis, annotation);
        void copy(said).then((done) => (done ? say(words.quote.copied) : tell(words.quote.failed)));
        return true;
    };
}
