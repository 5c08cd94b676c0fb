/**
 * @file The words of the filter.
 */

import { plural } from "./plain.js";

/** @import {ClaimForm, Sources} from "../pkg/whosaid.js" */

const many = (/** @type {number} */ count) => count.toLocaleString("en-GB");

export const filter = {
    label: "Which claims are shown",
    search: "Search",
    open: "Filter",
    /** @param {number} count How many are active. */
    active: (count) => (count > 0 ? ` (${many(count)})` : ""),
    attitudes: "Include beliefs and decisions",
    who: "Source",
    need: "Status",
    kind: "Kind of claim",
    form: "Quoted or not",
    everybody: "All sources",
    anyNeed: "Any status",
    allKinds: "All kinds",
    allForms: "Quoted or not",
    needs: { unreviewed: "Unchecked", unsure: "Uncertain" },
    forms: /** @type {Record<ClaimForm, string>} */ ({ direct: "Quote", indirect: "Paraphrase", mixed: "Partial quote" }),
    sorts: /** @type {Record<keyof Sources | "unattributed", string>} */ ({
        named: "Named people",
        institutional: "Institutions",
        anonymous: "Anonymous sources",
        groups: "Groups",
        documents: "Documents",
        unattributed: "Without a source",
    }),
    /**
     * @param {"speaker" | "institution"} sort An institution's claims are also those of its people.
     * @param {string} name
     * @param {number} count
     */
    voice: (sort, name, count) => `${filter.whose(sort, name)} (${many(count)})`,
    /**
     * @param {string} sort
     * @param {string} name
     */
    whose: (sort, name) => `${name}${sort === "institution" ? " and its people" : ""}`,
    /**
     * @param {string} text
     * @param {number} count
     */
    option: (text, count) => `${text} (${many(count)})`,
    /** @param {string} text */
    remove: (text) => `Remove the filter: ${text}`,
    /** @param {number} count */
    attitudesHidden: (count) => `${plural(count, "belief or decision", "beliefs and decisions")} not shown`,
    /** @param {number} count */
    othersHidden: (count) => `${plural(count, "claim", "claims")} filtered out`,
    show: "Show",
    clear: "Clear filters",
    allHidden: "No claims match these filters.",
};
