/**
 * @file Reading an article again with a newer model, in words.
 */

import { plural } from "./plain.js";

export const reread = {
    offer: {
        title: "This article was corrected on what an older model found, and is shown as that model read it.",
        safe: "All corrections hold.",
    },
    look: "Read again with the new model",
    /**
     * @param {number} lost
     * @param {number} all
     */
    costs: (lost, all) => ({
        title:
            lost === 0
                ? `All ${plural(all, "correction", "corrections")} would fit what the new model finds.`
                : `${lost.toLocaleString("en-GB")} of ${plural(all, "correction", "corrections")} would no longer fit what the new model finds.`,
        safe: "No correction is deleted; those that do not fit are listed in the log.",
    }),
    use: "Use the new reading",
};
