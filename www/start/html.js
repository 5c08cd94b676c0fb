/**
 * @file HTML -> the text of the article in it: a blank line between paragraphs and headings, no menus, buttons or
 * hidden parts. The HTML is parsed into a document of its own, in which nothing runs and nothing is fetched.
 */

import { textOfBlocks } from "./blocks.js";

/** Elements around the article, as the markup says. */
const AROUND =
    "nav, form, dialog, menu, aside, footer, " +
    "[role=navigation], [role=search], [role=dialog], [role=banner], [role=contentinfo], [role=complementary], [role=menu]";

/** Which part of a page is much of it: one in so many. */
const MUCH = 2;

/** Classes and ids of the elements that news pages put around and into an article. */
const EXTRAS =
    /(?:^|[\s_-])(?:ad|ads|advert\w*|banner|breadcrumbs?|comments?|cookies?|newsletter|outbrain|paywall|popup|promo\w*|recirc\w*|recommend\w*|related|share|sharing|sidebar|social|sponsored|subscri\w+|taboola|toolbar|trending)(?:$|[\s_-])/i;

/**
 * The text of an article in HTML.
 * @param {string} html A page, or a part of one.
 * @returns {string | undefined} `undefined` where this browser cannot parse HTML safely, or finds nothing to read.
 */
export function textOf(html) {
    // TypeScript does not know it yet: https://developer.mozilla.org/docs/Web/API/Document/parseHTML_static
    const { parseHTML } = /** @type {{parseHTML?: (html: string, options: object) => Document}} */ (/** @type {unknown} */ (Document));
    if (!parseHTML) {
        return undefined;
    }
    // The browser leaves scripts out in any case; classes and roles have to be asked for.
    const { body } = parseHTML.call(Document, quiet(html), { sanitizer: {} });
    return read(body) || undefined;
}

/**
 * HTML without the parts that the page's policy forbids: the browser does not run them here, but reports them.
 * @param {string} html
 * @returns {string}
 */
function quiet(html) {
    return withoutCode(html).replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(?:on[a-z]+|style)\s*=/gi, " data-left-out="));
}

/**
 * HTML without its styles and scripts. One that nothing ends goes on to the end, as it does for the browser: so each is
 * looked at once, however many there are.
 * @param {string} html
 * @returns {string}
 */
function withoutCode(html) {
    const starts = /<(style|script)\b/gi;
    let bare = "";
    let from = 0;
    for (let start = starts.exec(html); start; start = starts.exec(html)) {
        const ends = start[1]?.toLowerCase() === "style" ? /<\/style\s*>/gi : /<\/script\s*>/gi;
        ends.lastIndex = starts.lastIndex;
        bare += html.slice(from, start.index);
        from = ends.test(html) ? ends.lastIndex : html.length;
        starts.lastIndex = from;
    }
    return bare + html.slice(from);
}

/**
 * @param {HTMLElement} body
 * @returns {string} The text of the article in it.
 */
function read(body) {
    const articles = [...body.querySelectorAll("article")].filter((article) => !article.parentElement?.closest("article"));
    // Several articles are a list, or were pasted together: then all of the page is meant.
    const root = (articles.length === 1 ? articles[0] : undefined) ?? body.querySelector("main, [role=main]") ?? body;
    const headline = body.querySelector("h1");
    const all = body.textContent?.length ?? 0;
    const heads = headline && !root.contains(headline) ? [headline] : [];
    return textOfBlocks([...heads, root], (element) => isAround(element, all));
}

/**
 * Whether an element is around the article rather than in it. What holds a headline or much of the text is not, whatever
 * it is called: some pages are one form, some call what they write "has-comments".
 * @param {HTMLElement} element
 * @param {number} all
 * @returns {boolean}
 */
function isAround(element, all) {
    const { tagName, id, className } = element;
    const isNamed = EXTRAS.test(`${id} ${typeof className === "string" ? className : ""}`) && !/^(?:BODY|MAIN|ARTICLE|H1)$/.test(tagName);
    if ((!isNamed && !element.matches(AROUND)) || element.querySelector("h1, article")) {
        return false;
    }
    return (element.textContent?.length ?? 0) * MUCH < all;
}
