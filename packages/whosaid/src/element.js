/**
 * @file The element <who-said>, defined by importing this: in a browser, with the files of the package beside it.
 */

import { outside } from "../../../www/element/outside.js";
import { WhoSaid } from "../../../www/element/who-said.js";
import { FILES } from "./files.js";
import { connect } from "./open.js";

/** @import {AnnotatorOptions} from "../index.js" */

outside.connect = (from) => connect(FILES, /** @type {AnnotatorOptions} */ (from));
// @ts-expect-error scripts/package.mjs puts it in.
outside.styles = STYLES;

if (!customElements.get("who-said")) {
    customElements.define("who-said", WhoSaid);
}

export { WhoSaid };
