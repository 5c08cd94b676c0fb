/**
 * @file Brings places of the article to the screen.
 */

/** @import {Place} from "../../kit/place.js" */
/** @import {Span} from "../../pkg/whosaid.js" */
/** @import {createPlaces} from "./places.js" */

/** The room below a place that is brought up, for a handle, in pixels. */
const CLEAR = 28;

/** @typedef {{places: ReturnType<typeof createPlaces>, place: Place}} Where */

/**
 * Brings a place into view.
 * @param {Where} where
 * @param {Span} span
 * @param {ScrollLogicalPosition} [block] Where the place comes to in the window if it was not in view.
 * @returns {DOMRect | undefined} The place's last line in the window.
 */
export function reveal({ places, place }, span, block = "nearest") {
    const ranges = places.rangesOf(span);
    const within = ranges[0]?.startContainer.parentElement;
    within?.closest("mark, p, h2")?.scrollIntoView({ block, behavior: "instant" });
    const line = ranges[0]?.getClientRects()[0];
    if (block === "center" && line) {
        // The middle of a long paragraph can be far from the place.
        const { top, bottom } = place.seen();
        place.scroll(line.top + line.height / 2 - (top + bottom) / 2);
    }
    return ranges.flatMap((range) => [...range.getClientRects()]).at(-1);
}

/**
 * Scrolls until a place stands below the bar and above something at the foot of the window.
 * @param {Where} where
 * @param {readonly (readonly Span[])[]} choices What is to be seen: the first that there is room for, or the last.
 * @param {number} bottom In the window.
 */
export function uncover({ places, place }, choices, bottom) {
    const { clear: top } = place.seen();
    const all = choices.map((spans) => {
        const lines = spans.flatMap((span) => places.rangesOf(span)).flatMap((range) => [...range.getClientRects()]);
        return { first: Math.min(...lines.map((line) => line.top)), last: CLEAR + Math.max(...lines.map((line) => line.bottom)) };
    });
    const { first, last } = all.find((each) => each.last - each.first <= bottom - top) ?? all.at(-1) ?? { first: top, last: bottom };
    const by = first < top ? first - top : Math.min(Math.max(0, last - bottom), first - top);
    if (by !== 0 && Number.isFinite(by)) {
        place.scroll(by);
    }
}
