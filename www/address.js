/**
 * @file What is open and what is chosen, in the address of the page behind `#`: browsers send that part to nobody. Such an
 * address, kept or sent to oneself, opens the article again where it is kept, and what was chosen in it.
 *
 *     #3f9a0c41d27be680            an article: the first characters of the hash of its text
 *     #3f9a0c41d27be680/claim-120-245   a mark in it, by its sort and place in UTF-16 code units
 */

/** How much of the hash stands in an address: enough for any library. */
const LENGTH = 16;

const ADDRESS = new RegExp(`^#([0-9a-f]{${LENGTH}})(?:/(claim|person|institution|place)-(\\d{1,9})-(\\d{1,9}))?$`);

/**
 * What an address asks for.
 * @typedef {object} Place
 * @property {string} article The first characters of the article's name in the store.
 * @property {string} [key] Of an annotation.
 */

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

/** What the address of this page asks for. */
export const asked = () => parse(location.hash);

/**
 * Notes that what an address asks for is shown, or cannot be.
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

/**
 * Puts into the address what is open and chosen, without a new entry in the browser's history; not as long as the
 * address asks for something else.
 * @param {string | undefined} doc The article's name in the store; `undefined` where none is open.
 * @param {string | undefined} key Of what is chosen.
 */
export function note(doc, key) {
    const hash = doc === undefined ? "" : `#${doc.slice(0, LENGTH)}${key ? `/${key.replaceAll(":", "-")}` : ""}`;
    if (location.hash !== hash && location.hash === settled) {
        settled = hash;
        history.replaceState(history.state, "", hash || location.pathname + location.search);
    }
}
