/**
 * @file Turns a drawing into an image, with its title, its caption and the colours of the page.
 */

import { download, fileName } from "../../kit/files.js";
import { element } from "../../kit/dom.js";
import { WIDTH, lines, svg, text } from "../../kit/svg.js";

const MARGIN = 16;
const LINE = 17;

/** Pixels a unit: sharp on paper and on dense displays. */
const SCALE = 3;

/**
 * Copies a drawing as an image, or downloads it where images cannot be copied. Called on a click, at once: browsers ask for that.
 * @param {SVGSVGElement} picture
 * @param {string} title
 * @param {string} caption
 * @param {Element} from Where the page has the drawing: its colours are those.
 * @returns {Promise<"copied" | "downloaded">}
 */
export async function copyImage(picture, title, caption, from) {
    const image = pngOf(framed(picture, title, caption), getComputedStyle(from));
    try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
        return "copied";
    } catch {
        download(`${fileName(title)}.png`, await image, "image/png");
        return "downloaded";
    }
}

/**
 * @param {SVGSVGElement} picture
 * @param {string} title
 * @param {string} caption
 * @returns {SVGSVGElement} The drawing on paper, with title and caption.
 */
function framed(picture, title, caption) {
    const height = picture.viewBox.baseVal.height;
    const below = lines(caption, WIDTH);
    const size = { width: WIDTH + 2 * MARGIN, height: height + 2 * MARGIN + LINE * (below.length + 2) };
    const inner = /** @type {SVGSVGElement} */ (picture.cloneNode(true));
    for (const [name, value] of Object.entries({ x: MARGIN, y: MARGIN + LINE + 6, width: WIDTH, height })) {
        inner.setAttribute(name, String(value));
    }
    const foot = MARGIN + LINE + height + 26;
    return svg(
        "svg",
        size,
        svg("rect", { ...size, fill: "var(--surface)" }),
        text(MARGIN, MARGIN + 12, title, { "font-size": 14, "font-weight": 600 }),
        inner,
        ...below.map((line, nth) => text(MARGIN, foot + nth * LINE, line, { fill: "var(--quiet)" })),
    );
}

/**
 * @param {SVGSVGElement} picture
 * @param {CSSStyleDeclaration} style
 * @returns {Promise<Blob>}
 */
async function pngOf(picture, style) {
    for (const node of picture.querySelectorAll("*")) {
        for (const { name, value } of node.attributes) {
            // An image knows nothing of the page's properties.
            node.setAttribute(
                name,
                value.replace(/var\((--[\w-]+)\)/gu, (_, property) => style.getPropertyValue(property).trim()),
            );
        }
    }
    const source = new XMLSerializer().serializeToString(picture);
    const address = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
    try {
        const image = new Image();
        image.src = address;
        await image.decode();
        const canvas = element("canvas");
        canvas.width = SCALE * picture.width.baseVal.value;
        canvas.height = SCALE * picture.height.baseVal.value;
        canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
        return await new Promise((resolve, reject) => {
            canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image"))), "image/png");
        });
    } finally {
        URL.revokeObjectURL(address);
    }
}
