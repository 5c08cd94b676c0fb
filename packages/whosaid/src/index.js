/**
 * @file The package in a browser: the core runs in a worker, and its files stand beside this one.
 */

import { FILES } from "./files.js";
import { open } from "./open.js";
import { createShared } from "./shared.js";

/** @import {AnnotatorOptions} from "../index.js" */

/** @param {AnnotatorOptions} [from] */
export function createAnnotator(from = {}) {
    return open(FILES, from);
}

export const annotate = /* @__PURE__ */ createShared(createAnnotator);
