/**
 * @file The address of the page. Behind `#`, which browsers send to nobody, it names the open article and the chosen
 * mark. A kept address opens both again on a device that has the article.
 *
 *     #3f9a0c41d27be680            an article: the first characters of the hash of its text
 *     #3f9a0c41d27be680/claim-120-245   a mark in it, by its sort and place in UTF-16 code units
 */

import { scheme } from "../pkg/scheme.js";

/** @import {Place} from "../types.js" */

/** The number of characters of the hash in an address: enough for any library. */
const LENGTH = 16;

const ADDRESS = new RegExp(`^#([0-9a-f]{${LENGTH}})(?:/(${scheme.Mark.join("|")})-(\\d{1,9})-(\\d{1,9}))?$`);

/**
 * @param {string} hash As `location.hash` has it.
 * @returns {Place | undefined} `undefined` for anything else.
 */
function parse(hash) {
    const [, article, mark, start, end] = ADDRESS.exec(hash) ?? [];
    return article === undefined ? undefined : { article, key: mark && `${mark}:${start}:${end}` };
}

/** The address that was put there or done with. Any other asks for something that is not shown yet. */
let settled = "";

/** The article and the mark that the address asks for. */
export const asked = () => parse(location.hash);

/**
 * Notes that the request of an address is done with: it is shown, or cannot be.
 * @param {string} [hash] As `location.hash` had it.
 */
export function settle(hash = location.hash) {
    // Another may have been asked for meanwhile.
    if (location.hash === hash) {
        settled = hash;
    }
}

/**
 * Whether an address means an article.
 * @param {Place | undefined} place
 * @param {string} doc Its name in the store.
 * @returns {boolean}
 */
export function means(place, doc) {
    return place !== undefined && doc.startsWith(place.article);
}

/** Whether the page has shown what its address asked for when it was loaded. */
let isLoaded = false;

/** From now on each article that is opened gets an entry in the browser's history: the user opened it. */
export function loaded() {
    isLoaded = true;
}

/**
 * Follows the address when it changes, as by Back and Forward.
 * @param {object} page
 * @param {() => string} page.doc The name of the open article in the store; empty: none is open.
 * @param {() => boolean} page.isShown Whether the article is shown, and not the library.
 * @param {() => void} page.show Shows the open article.
 * @param {() => void} page.choose Chooses the mark that the address asks for.
 * @param {() => void} page.open Opens the article that the address asks for.
 * @param {() => void} page.leave Shows the library.
 */
export function listenForRoute({ doc, isShown, show, choose, open, leave }) {
    addEventListener("hashchange", () => {
        const place = asked();
        if (means(place, doc())) {
            (isShown() ? choose : show)();
        } else if (place) {
            open();
        } else {
            settle();
            if (isShown()) {
                leave();
            }
        }
    });
}

/**
 * Puts the open article and the chosen mark into the address, unless the address still asks for something else. Another
 * article gets an entry in the browser's history, so that Back leads to the library; a mark gets none.
 * @param {string | undefined} doc The article's name in the store; `undefined` where none is open.
 * @param {string | undefined} key Of what is chosen.
 */
export function note(doc, key) {
    const hash = doc === undefined ? "" : `#${doc.slice(0, LENGTH)}${key ? `/${key.replaceAll(":", "-")}` : ""}`;
    if (location.hash !== hash && location.hash === settled) {
        settled = hash;
        const isOther = parse(location.hash)?.article !== parse(hash)?.article;
        history[isLoaded && isOther ? "pushState" : "replaceState"](history.state, "", hash || location.pathname + location.search);
    }
}
