/**
 * @file Every text of the interface, in one catalogue. A message says what happened, what is safe and what to do.
 */

/** @import {Edit, Kind, Form, Mark, SpeakerKind, Zone} from "./pkg/whosaid.js" */

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function plural(count, one, many) {
    return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

/**
 * The beginning of a text, on one line.
 * @param {string} text
 * @param {number} [longest] In UTF-16 code units.
 * @returns {string}
 */
function short(text, longest = 60) {
    const line = text.replace(/\s+/gu, " ").trim();
    return line.length <= longest ? line : `${line.slice(0, line.lastIndexOf(" ", longest) + 1 || longest).trimEnd()} …`;
}

/** @param {string} text */
function quoted(text) {
    // A quotation brings its own marks.
    const line = short(text).replace(/^[“"‘']|[”"’']$/gu, "");
    return `“${line}”`;
}

/** @type {Record<Mark, string>} */
const marks = { claim: "Claim", person: "Person", institution: "Institution", place: "Place" };

/** @type {Record<Mark, string>} */
const aMark = { claim: "a claim", person: "a person", institution: "an institution", place: "a place" };

/** @type {Record<Form, string>} */
const forms = { direct: "direct", indirect: "indirect", mixed: "partly quoted" };

/** @type {Record<Kind, string>} */
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

/** @type {Record<Kind, string>} */
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

/** @type {Record<Zone, string>} */
const zones = {
    navigation: "Navigation",
    headline: "Headline",
    byline: "Byline",
    dateline: "Dateline",
    standfirst: "Standfirst",
    body: "Body",
    footer: "Footer",
};

/**
 * What an edit did, as a sentence.
 * @param {Exclude<Edit, {op: "undo"}>} edit
 * @returns {string}
 */
function sentence(edit) {
    const what = quoted(edit.target.exact);
    switch (edit.op) {
        case "add":
            return `${what} is ${aMark[edit.mark]}.`;
        case "delete":
            return `${what} is not ${aMark[edit.mark]}.`;
        case "relabel":
            return `${what} is ${aMark[edit.to]}, not ${aMark[edit.mark]}.`;
        case "attribute":
            return edit.speaker === undefined ? `Nobody in particular said ${what}.` : `${edit.speaker} said ${what}.`;
    }
}

/**
 * A message.
 * @typedef {object} Message
 * @property {string} title What happened.
 * @property {string} [safe] What is safe, what is not.
 * @property {string} [todo] What to do.
 */

export const words = {
    name: "whosaid",
    tagline: "Paste a news article. See who said what.",
    article: "Article",
    unnamed: "Unnamed article",

    paste: {
        label: "Article text",
        placeholder: "Paste the whole page here: headline, byline and all.",
        read: "Find who said what",
        sample: "Try a sample article",
        open: "Open a file",
        again: "New article",
        back: "Back to the article",
        drop: "Drop it: a text file, or a whosaid backup",
        promise: "The article is read on this device. Nothing is sent anywhere.",
        files: "A file can be a text or a whosaid backup; it can also be dropped anywhere on this page.",
        earlier: "Read earlier on this device",
        forget: "Forget",
        /** @param {string} title */
        forgetNamed: (title) => `Forget “${title}” and its corrections`,
        forgetSure: "Forget for good?",
    },

    stage: {
        load: "Fetching the reader …",
        read: "Reading the article …",
        draw: "Drawing the article …",
        /**
         * @param {number} bytes
         * @param {number} [total]
         */
        fetched(bytes, total) {
            const mega = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
            return total === undefined ? `${mega(bytes)} MB` : `${mega(bytes)} of ${mega(total)} MB`;
        },
        cancel: "Cancel",
    },

    /**
     * @param {number} speakers
     * @param {number} claims
     */
    found: (speakers, claims) =>
        `Found ${plural(claims, "claim", "claims")} by ${plural(speakers, "speaker", "speakers")}.`,

    tabs: {
        label: "What was found",
        speakers: "Speakers",
        claims: "Claims",
        log: "Log",
        open: "Show the lists",
        close: "Hide the lists",
    },

    speakers: {
        none: "No speaker was found. Select a name in the article to mark one.",
        others: "Also named",
        /** @param {number} count */
        claims: (count) => plural(count, "claim", "claims"),
        /** @param {number} count */
        times: (count) => `${count} ×`,
        former: "formerly",
        kinds: speakerKinds,
    },

    claims: {
        none: "No claim was found. Select what somebody says in the article to mark one.",
        nobody: "Nobody named",
        /** @param {number} percent */
        unsure: (percent) => `unsure, ${percent} %`,
        /** @param {number} percent */
        sure: (percent) => `${percent} percent sure`,
        reader: "yours",
        continued: "continued",
    },

    filter: {
        label: "Which claims are shown",
        attitudes: "Attitudes and decisions",
        kind: "Kind of claim",
        form: "Form of claim",
        allKinds: "All kinds",
        allForms: "All forms",
        kinds: filterKinds,
        forms: { direct: "Direct", indirect: "Indirect", mixed: "Partly quoted" },
        /**
         * @param {string} text
         * @param {number} count
         */
        option: (text, count) => `${text} (${count.toLocaleString("en-GB")})`,
        /** @param {number} count */
        attitudesHidden: (count) => `${plural(count, "attitude or decision", "attitudes and decisions")} hidden`,
        /** @param {number} count */
        othersHidden: (count) => `${plural(count, "claim", "claims")} of another kind or form hidden`,
        show: "Show",
        allHidden: "All that was found here is hidden, as said above.",
    },

    marks,
    aMark,
    forms,
    kinds,
    zones,
    /** @param {Zone} zone */
    unread: (zone) => `${zones[zone]} · not read`,

    editor: {
        label: "Correct this",
        labelNew: "Mark the selection",
        is: "This is",
        markAs: "Mark as",
        saidBy: "Said by",
        nobody: "nobody named",
        set: "Set",
        remove: "Remove",
        undo: "Undo",
        close: "Close",
        /**
         * @param {number} number
         * @param {number} count
         */
        nth: (number, count) => `${number} of ${count} here`,
        next: "Next one here",
        /** @param {number} percent */
        confidence: (percent) => `sure: ${percent} %`,
        reader: "marked by you",
        short,
    },

    log: {
        none: "No corrections yet. Choose something marked, or select words in the article, to correct it.",
        sentence,
        back: "Take back",
        restore: "Put back",
        /** @param {string} time */
        takenBack: (time) => `taken back ${time}`,
        orphan: "has no effect on this text now",
        undo: "Undo",
        redo: "Redo",
        import: "Import a backup",
    },

    status: {
        here: "On this device only",
        /** @param {string} time */
        saved: (time) => `Saved ${time}`,
        saving: "Saving …",
        /** @param {number} count */
        unsaved: (count) => (count ? `${plural(count, "correction", "corrections")} not saved` : "Not saved"),
        /** @param {number} count */
        corrections: (count) => plural(count, "correction", "corrections"),
        backup: "Back up",
        help: "Help",
    },

    help: {
        title: "Help",
        marks: "Marks",
        legend: /** @type {[string, string][]} */ ([
            ["claim direct", "a claim in its source’s own words"],
            ["claim indirect", "a claim in the article’s words"],
            ["claim mixed", "a claim that is partly quoted"],
            ["claim indirect unsure", "a claim that is less sure"],
            ["person", "a person, or a group"],
            ["institution", "an institution"],
            ["place", "a place"],
        ]),
        keysTitle: "Keys",
        note: "They work while nothing is being typed. What is marked can be corrected from the lists as well.",
        enabled: "Single-key shortcuts",
        close: "Close",
        keys: /** @type {[string, string][]} */ ([
            ["J / K", "next / previous claim or name"],
            ["C", "the selection is a claim"],
            ["S", "the selection is a person"],
            ["I", "the selection is an institution"],
            ["P", "the selection is a place"],
            ["A", "say who makes the claim"],
            ["Delete", "remove the mark"],
            ["Ctrl Z", "undo"],
            ["Ctrl Shift Z", "redo"],
            ["?", "these keys"],
            ["Esc", "close, let go"],
        ]),
    },

    actions: { retry: "Try again", download: "Download the corrections", goOn: "Go on without them", dismiss: "Dismiss" },

    messages: {
        empty: { title: "There is nothing to read yet.", todo: "Paste an article, or try the sample." },
        tooLong: {
            title: "This is too long: more than 20 million characters.",
            safe: "Nothing was changed.",
            todo: "Paste one article at a time.",
        },
        /** @param {string} file */
        notText: (file) => ({
            title: `“${file}” is not a text file.`,
            safe: "Nothing was changed.",
            todo: "Open a .txt file, or copy the article's text and paste it.",
        }),
        /** @param {string} file */
        unreadable: (file) => ({
            title: `“${file}” could not be opened.`,
            safe: "Nothing was changed.",
            todo: "Check that the file still exists and that you may read it.",
        }),
        /** @param {string} why The core's own words. */
        import: (why) => ({ title: `The backup was not imported: ${why}.`, safe: "Nothing was changed." }),
        /** @param {number} count */
        imported: (count) => ({ title: `The backup was imported: ${plural(count, "new correction", "new corrections")}.` }),
        /** @param {string} why */
        model: (why) => ({
            title: `The reader could not be loaded: ${why}.`,
            safe: "Your text and your corrections are safe.",
            todo: "Check the connection and try again.",
        }),
        /** @param {string} why The core's own words, with what to do. */
        unfit: (why) => ({
            title: `The reader could not be loaded: ${why}.`,
            safe: "Your text and your corrections are safe.",
            todo: "Try again; if it stays so, reload this page.",
        }),
        /** @param {string} why */
        crash: (why) => ({
            title: `The reader stopped: ${why}.`,
            safe: "Your text and your corrections are safe, and the reader was started again.",
            todo: "Try again; if it stops again, this text shows a fault of whosaid.",
        }),
        /** @param {string} why */
        failed: (why) => ({
            title: `That did not work: ${why}.`,
            safe: "Your text and your corrections are safe.",
        }),
        cancelled: { title: "Cancelled.", safe: "Your text and your corrections are safe." },
        /** @param {number} count */
        unsaved: (count) => ({
            title: `${plural(count, "correction", "corrections")} of the open article cannot be saved here.`,
            safe: "They are still on this screen.",
            todo: "Download them before you open another article.",
        }),
        storage: {
            title: "This browser does not let whosaid save anything, as in some private windows.",
            safe: "Your corrections stay on this screen until you close it.",
            todo: "Download them as a file; it can be imported again.",
        },
        quota: {
            title: "There is no room left to save.",
            safe: "What was saved before is safe; newer corrections stay on this screen until you close it.",
            todo: "Download them as a file, or forget earlier articles to make room.",
        },
        newer: {
            title: "A newer whosaid is open in another tab.",
            safe: "What was saved before is safe.",
            todo: "Reload this page before you go on.",
        },
    },
};

/**
 * A time of the day.
 * @param {Date} time
 * @returns {string}
 */
export function clock(time) {
    return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * A time in the log: of the day when it is today, with the date when it is not.
 * @param {string} iso RFC 3339.
 * @returns {string}
 */
export function when(iso) {
    const time = new Date(iso);
    if (Number.isNaN(time.getTime())) {
        return iso;
    }
    const today = time.toDateString() === new Date().toDateString();
    return today ? clock(time) : `${time.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${clock(time)}`;
}
