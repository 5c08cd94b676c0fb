/**
 * @file The settings: what this browser keeps beside the database, and which article a tab shows. Where nothing can be
 * kept, a setting has its first value each time it is read.
 */

/** @import {Setting} from "../types.js" */

const PREFIX = "whosaid.";

/** @typedef {() => Storage} Place A function, because a browser that keeps nothing throws when it is asked. */

/** @type {Place} */
const inBrowser = () => localStorage;

/** @type {Place} */
const inTab = () => sessionStorage;

/**
 * @param {Place} place
 * @param {string} name
 * @returns {Setting<string | undefined>}
 */
function text(place, name) {
    return {
        get() {
            try {
                return place().getItem(PREFIX + name) ?? undefined;
            } catch {
                return undefined;
            }
        },

        set(value) {
            try {
                place().setItem(PREFIX + name, value ?? "");
            } catch {
                // The part of the page that shows the setting holds it for this visit.
            }
        },
    };
}

/**
 * @param {string} name
 * @param {boolean} first Its value until the user sets it.
 * @returns {Setting<boolean>}
 */
function flag(name, first) {
    const kept = text(inBrowser, name);
    return {
        get: () => (first ? kept.get() !== "off" : kept.get() === "on"),
        set: (value) => kept.set(value ? "on" : "off"),
    };
}

export const settings = {
    /** Whether attitudes and decisions are shown. */
    attitudes: flag("attitudes", false),

    /** Whether the names and places that say nothing are marked too. */
    names: flag("names", false),

    /** Whether a card can be corrected at once, or is read first. */
    editing: flag("editing", false),

    /** Whether each article is read more precisely, where the precise network is on this device. */
    precise: flag("precise", false),

    /** Whether shortcuts of a single key work. */
    keys: flag("keys", true),

    /** The random name of this browser's profile. */
    profile: text(inBrowser, "profile"),

    /** Which article this tab shows; empty: none, by choice. */
    article: text(inTab, "doc"),

    /** Deletes all of them. */
    forget() {
        try {
            for (const storage of [inBrowser(), inTab()]) {
                const names = Object.keys(storage).filter((name) => name.startsWith(PREFIX));
                names.forEach((name) => storage.removeItem(name));
            }
        } catch {
            // A browser that keeps nothing has nothing to delete.
        }
    },
};
