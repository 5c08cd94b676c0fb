/**
 * @file The words of the list of sources that is pasted elsewhere.
 */

import { plural } from "./plain.js";

/** @import {ClaimForm} from "../pkg/whosaid.js" */

export const sourceList = {
    title: "Source list",
    /**
     * @param {string} name
     * @param {readonly string[]} facts Roles, institutions, kind.
     * @param {number} count Of its claims.
     */
    head: (name, facts, count) => `${[name, ...facts].join(", ")} (${plural(count, "claim", "claims")})`,
    /**
     * @param {string} content
     * @param {ClaimForm} form
     */
    line: (content, form) => `- ${content}${form === "indirect" ? " [paraphrase]" : ""}`,
    copy: "Copy",
    save: "Save as text",
    copied: "Copied",
};
