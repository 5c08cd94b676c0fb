/**
 * @file The texts of the interface, in one catalogue; its sentences stand in words/, those of the page around the view in page.js.
 * Another one can take its place as a whole.
 */

import { bar } from "./bar.js";
import { filter } from "./filter.js";
import { editor } from "./editor.js";
import { aMark, sentence } from "./log.js";
import { margin } from "./margin.js";
import { messages } from "./messages.js";
import { counted, percent as share, plural, short } from "./plain.js";
import { review } from "./review.js";
import { clock, when } from "./times.js";

/** @import {FactKind, ClaimForm, ClaimKind, Mark, Sector, Sources, SpeakerKind, Zone} from "../pkg/whosaid.js" */

/** @type {Record<Mark, string>} */
const marks = { claim: "Claim", person: "Person", institution: "Institution", place: "Place" };

/** @type {Record<ClaimForm, string>} */
const forms = { direct: "quote", indirect: "paraphrase", mixed: "partial quote" };

/** @type {Record<ClaimKind, string>} */
const kinds = {
    statement: "statement",
    denial: "denial",
    accusation: "accusation",
    prediction: "prediction",
    demand: "demand",
    question: "question",
    belief: "belief",
    intention: "intention",
    support: "support",
};

/** @type {Record<ClaimKind, string>} */
const filterKinds = {
    statement: "Statement",
    denial: "Denial",
    accusation: "Accusation or criticism",
    prediction: "Prediction or warning",
    demand: "Demand or recommendation",
    question: "Question",
    belief: "Belief or opinion",
    intention: "Intention or decision",
    support: "Support or praise",
};

/** @type {Record<SpeakerKind, string>} */
const speakerKinds = {
    person: "person",
    institution: "institution",
    group: "group",
    document: "document",
    anonymous: "not named",
};

/** @type {Record<Sector, string>} */
const sectors = {
    government: "government",
    company: "company",
    media: "media",
    party: "party",
    university: "university or research",
    court: "court",
    military: "military",
    ngo: "association or charity",
    international: "international body",
};

/** @type {Record<Zone, string>} */
const zones = {
    navigation: "Menu",
    headline: "Headline",
    byline: "Byline",
    dateline: "Dateline",
    standfirst: "Standfirst",
    body: "Body",
    footer: "Footer",
};

/** @type {Record<keyof Sources | "unattributed", [one: string, several: string]>} */
const sorts = {
    named: ["named person", "named people"],
    institutional: ["institution", "institutions"],
    anonymous: ["anonymous source", "anonymous sources"],
    groups: ["group", "groups"],
    documents: ["document", "documents"],
    unattributed: ["claim without a source", "claims without a source"],
};

/** The catalogue of plain English: what the view says, and whoever holds it. */
const english = {
    name: "whosaid",
    article: "Article",
    unnamed: "Unnamed article",

    counted,
    percent: share,
    number: (/** @type {number} */ count) => count.toLocaleString("en-GB"),

    figuresMissing: "The figures could not be loaded. Reload this page to try again.",

    tabs: {
        label: "What was found",
        speakers: "Sources",
        claims: "Claims",
        voices: "Balance",
        log: "History",
        open: "Show the lists",
        close: "Hide the lists",
    },

    speakers: {
        none: "No source was found. Select a name in the article to mark one.",
        others: "Mentioned, not quoted",
        /** @param {number} count */
        times: (count) => `${count} ×`,
        former: "former",
        formerly: "formerly",
        anonymous: "anonymous",
        kinds: speakerKinds,
        sectors,
        /**
         * How many sources are of a sort.
         * @param {keyof Sources | "unattributed"} sort
         * @param {number} count
         */
        sort: (sort, count) => plural(count, ...sorts[sort]),
        sortHint: "Show these alone",
        /**
         * @param {string} percent
         * @param {number} count
         */
        amount: (percent, count) => `${percent} of quoted words, ${plural(count, "claim", "claims")}`,
        /** @param {readonly string[]} names */
        people: (names) => `Speaking for it: ${names.join(", ")}`,
    },

    profile: {
        /** @param {string} name */
        of: (name) => `Correct who ${name} is`,
        name: "Name",
        same: "Same as",
        another: "another speaker",
        merge: "Merge",
        unknown: "Choose one of the speakers.",
        kind: "Is",
        facts: /** @type {Record<FactKind, string>} */ ({ role: "Role", affiliation: "Institution" }),
        add: /** @type {Record<FactKind, string>} */ ({ role: "another role", affiliation: "another institution" }),
        adds: "Add",
        /** @param {string} text */
        remove: (text) => `Remove ${text}`,
    },

    claims: {
        none: "No claim was found. Select what somebody says in the article to mark one.",
        nobody: "Nobody named",
        /** @param {string} source */
        unresolved: (source) => `${short(source, 40)}: unknown`,
        /** @param {number} percent */
        unsure: (percent) => `uncertain, ${percent}%`,
        /** @param {number} percent */
        sure: (percent) => `${percent} percent sure`,
        yours: "checked",
        continued: "continued",
        /** @param {string} who Who makes the claim that it stands in. */
        inside: (who) => `told by ${short(who, 40)}`,
    },

    filter: { ...filter, kinds: filterKinds },

    caret: {
        on: "A caret is in the article. Arrows move it, with Shift they select; C, S, I or P mark what is selected; Enter chooses what is marked; Escape leaves.",
        off: "The caret is gone.",
    },

    quote: {
        /**
         * @param {string} name
         * @param {readonly string[]} facts Roles and institutions.
         */
        who: (name, facts) => (facts.length === 0 ? name : `${name} (${facts.join(", ")})`),
        /**
         * @param {string} who
         * @param {string} content
         * @param {ClaimForm} form
         */
        says: (who, content, form) => `${who}: ${content}${form === "indirect" ? " [in the article’s words]" : ""}`,
        /**
         * @param {string} said
         * @param {readonly string[]} outer Who tells it, the innermost first.
         */
        told: (said, outer) => [said, ...outer.map((who) => `according to ${who}`)].join(", "),
        copied: "The claim is copied, with who makes it.",
        failed: { title: "The browser did not let the claim be copied.", safe: "Select its words in the article, and copy them." },
    },

    search: {
        label: "Search this article",
        previous: "The one before",
        next: "The next one",
        close: "Close the search",
        /**
         * @param {number} number Counted from one.
         * @param {number} count
         */
        nth: (number, count) => (count === 0 ? "Not found" : `${number.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")}`),
    },

    margin,
    bar,
    marks,
    aMark,
    forms,
    kinds,
    zones,
    /** @param {Zone} zone */
    unread: (zone) => (zone === "navigation" || zone === "footer" ? `Skipped: ${zones[zone].toLowerCase()}` : zones[zone]),

    editor,

    log: {
        none: "No corrections yet. Choose something marked, or select words in the article, to correct it.",
        sentence,
        back: "Revert",
        restore: "Restore",
        /** @param {string} time */
        takenBack: (time) => `reverted ${time}`,
        orphan: "has no effect on this text now",
        /** @param {number} count */
        orphans: (count) =>
            `${plural(count, "correction fits", "corrections fit")} the article no more: nothing was moved or guessed for ${count === 1 ? "it" : "them"}. ` +
            `Make ${count === 1 ? "it" : "them"} again where ${count === 1 ? "it belongs" : "they belong"}, or revert ${count === 1 ? "it" : "them"}.`,
        import: "Import a backup",
    },

    clock,
    when,

    review,

    actions: {
        retry: "Try again",
        anyway: "Read it all the same",
        reload: "Reload",
        download: "Download the corrections",
        goOn: "Go on without them",
        dismiss: "Dismiss",
    },

    messages,
};

/**
 * Words that come with a part of the page which is loaded later. A catalogue may bring its own.
 * @typedef {object} Later
 * @property {typeof import("./legend.js").legend} [legend]
 * @property {typeof import("./many.js").many} [many]
 * @property {typeof import("./precise.js").precise} [precise]
 * @property {typeof import("./reread.js").reread} [reread]
 * @property {typeof import("./source-list.js").sourceList} [sourceList]
 * @property {typeof import("./tools.js").tools} [tools]
 * @property {typeof import("./voices.js").voices} [voices]
 */

/** @typedef {typeof english & Later} Messages */

/** What is said. @type {Messages} */
export const words = { ...english };

/**
 * What a part says that is loaded later.
 * @template {keyof Later} Part
 * @param {Part} part
 * @param {Required<Later>[Part]} own Where the catalogue says nothing else.
 * @returns {Required<Later>[Part]}
 */
export function later(part, own) {
    return /** @type {Required<Later>[Part] | undefined} */ (words[part]) ?? own;
}

/**
 * Puts another catalogue in place of this one, for all of the document. To be called before anything is shown: what is shown
 * already keeps its words.
 * @param {Partial<Messages>} catalogue
 */
export function setMessages(catalogue) {
    Object.assign(words, catalogue);
}
