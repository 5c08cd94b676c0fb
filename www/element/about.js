/**
 * @file What the key of a mark means.
 */

import { extentOf, isSame } from "../state/spans.js";

/** @import {Analysis, Claim, Mention, Span, Speaker} from "../pkg/whosaid.js" */

/**
 * @param {Analysis} analysis
 * @param {string} key `label:start:end`.
 * @returns {{range: Span, claim?: Claim, mention?: Mention, speaker?: Speaker}}
 */
export function aboutKey({ claims, mentions, speakers }, key) {
    const [label, start, end] = key.split(":");
    const range = { start: Number(start), end: Number(end) };
    const claim = label === "claim" ? claims.find(({ content }) => isSame(extentOf(content), range)) : undefined;
    const mention = mentions.find((one) => one.label === label && isSame(one.span, range));
    const speaker = speakers[claim?.speaker ?? mention?.speaker ?? -1];
    return { range, ...(claim && { claim }), ...(mention && { mention }), ...(speaker && { speaker }) };
}
