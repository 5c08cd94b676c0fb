/**
 * @file The words of the legend: what marks and badges mean.
 */

export const legend = {
    label: "What the marks mean",
    /** How a claim looks. */
    claims: {
        quote: "quote",
        paraphrase: "paraphrase",
        unsure: "uncertain",
    },
    /** The shapes of badges. */
    shapes: {
        person: "person",
        institution: "institution",
        document: "document",
        group: "group",
        anonymous: "not named",
        nobody: "not attributed",
    },
};
