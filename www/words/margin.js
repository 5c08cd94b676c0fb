/**
 * @file The words beside the text: who says something, and what the saying is.
 */

import { short } from "./plain.js";

/** @import {ClaimKind} from "../pkg/whosaid.js" */
/** @import {Sign} from "../types.js" */

/** What one does, and what several do. @type {Record<ClaimKind, [one: string, several: string]>} */
const verbs = {
    statement: ["says", "say"],
    denial: ["denies", "deny"],
    accusation: ["criticises", "criticise"],
    prediction: ["predicts", "predict"],
    demand: ["demands", "demand"],
    question: ["asks", "ask"],
    belief: ["believes", "believe"],
    intention: ["intends", "intend"],
    support: ["supports", "support"],
};

/** What follows the first noun of a description: "two officials familiar with the matter". */
const AFTER = /,| (?:of|with|who|that|in|from|at|for|to|on|by|near|close|familiar)\b/iu;

/** How nouns of several end. */
const SEVERAL = /(?:people|police|staff|[^s’'\W]s)$/iu;

export const margin = {
    /**
     * A speaker's name. One that stands alone begins with a capital: "An analyst".
     * @param {Sign} sign
     */
    who: ({ name }) => (name === "" ? "Not attributed" : short(name.charAt(0).toLocaleUpperCase("en") + name.slice(1), 52)),
    /**
     * What a speaker does in some claims, each verb once.
     * @param {Sign} sign
     * @param {readonly ClaimKind[]} kinds
     */
    does({ shape, name }, kinds) {
        const form = shape === "group" || (shape === "anonymous" && SEVERAL.test(name.split(AFTER)[0] ?? "")) ? 1 : 0;
        return [...new Set(kinds.map((kind) => verbs[kind][form]))].join(" · ");
    },
    /** @param {number} count */
    more: (count) => `+${count}`,
};
