/**
 * @file What is fetched together when an article is on the screen: the first screen does without it.
 */

export { createCaret } from "./article/caret.js";
export { createConnector } from "./article/connector.js";
export { createLegend } from "./article/legend.js";
export { createSearch } from "./article/search.js";
export { createVoices } from "./figures/voices.js";
export { createSourceList } from "./lists/source-list.js";
export { paperOf } from "./print/paper.js";
export { createRest } from "./correct/rest.js";
