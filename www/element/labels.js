/**
 * @file Which marks are shown, as the attribute `labels` says.
 */

/** @import {Analysis} from "../pkg/whosaid.js" */

/** What was made of an analysis last, by the labels: the same one, as long as nothing changes. @type {WeakMap<Analysis, {labels: string, shown: Analysis}>} */
const made = new WeakMap();

/**
 * @param {Analysis} analysis
 * @param {string} labels Their names, with white space between; empty: all.
 * @returns {Analysis}
 */
export function withLabels(analysis, labels) {
    const wanted = new Set(labels.split(/\s+/).filter(Boolean));
    if (wanted.size === 0) {
        return analysis;
    }
    const before = made.get(analysis);
    if (before?.labels === labels) {
        return before.shown;
    }
    const mentions = analysis.mentions.filter(({ label }) => wanted.has(label));
    const shown = { ...analysis, mentions, claims: wanted.has("claim") ? analysis.claims : [] };
    made.set(analysis, { labels, shown });
    return shown;
}
