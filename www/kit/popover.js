/**
 * @file Where a popover stands: browsers put it into the middle of the window.
 */

/** The distance between a popover and its button, in pixels. */
const GAP = 4;

/**
 * Places the popover below its button, or above it where there is more room.
 * @param {HTMLElement} node
 * @param {DOMRect} from In the window.
 */
export function placeBeside(node, from) {
    const below = from.bottom < innerHeight / 2;
    const room = below ? innerHeight - from.bottom : from.top;
    node.style.setProperty("--left", `${from.left}px`);
    node.style.setProperty("--right", `${from.right}px`);
    node.style.setProperty("--top", below ? `${from.bottom + GAP}px` : "auto");
    node.style.setProperty("--bottom", below ? "auto" : `${innerHeight - from.top + GAP}px`);
    node.style.setProperty("--room", `${room - 3 * GAP}px`);
}
