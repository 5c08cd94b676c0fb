/**
 * @file The element where there is no page: importing it does nothing, so that a server may render it as the text that stands in it.
 */

export const WhoSaid = undefined;
