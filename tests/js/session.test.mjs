/**
 * @file The article that is corrected, without a page and without a device: edit/session.js needs the core's client alone.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createIdentity } from "../../www/edit/identity.js";
import { createSession } from "../../www/edit/session.js";
import { Annotator, initSync } from "../../www/pkg/whosaid.js";
import { targetOf } from "../../www/state/target.js";

/** @import {Client, Edited} from "../../www/types.js" */

const pkg = new URL("../../www/pkg/", import.meta.url);
initSync({ module: readFileSync(new URL("whosaid_bg.wasm", pkg)) });
const annotator = new Annotator(readFileSync(new URL("model.bin", pkg)));

const TEXT = "The dam is safe, the minister said. Nobody asked Anna Berg.\n";

/** The core, in this thread. */
const client = /** @type {Pick<Client, "ask">} */ ({
    async ask(/** @type {string} */ op, /** @type {any[]} */ ...args) {
        if (op === "annotate") {
            return annotator.annotate(args[0]);
        }
        if (op === "correct") {
            return annotator.correct(args[1].text, args[1].found, args[0]);
        }
        return "model";
    },
});

test("a session corrects, undoes and redoes; who keeps the log is told before the core has answered", async () => {
    /** @type {string[]} */
    const told = [];
    /** @type {(error: Error) => never} */
    const failed = (error) => assert.fail(error);
    const session = createSession({
        client,
        identity: createIdentity({ get: () => "profile", set: () => undefined }),
        making: (effect) => void told.push(`making ${effect?.op}`),
        made: async (_, { edit }) => void told.push(`made ${edit.op}`),
        settled: ({ waiting }) => void told.push(waiting ? "waiting" : "settled"),
        changed: () => undefined,
        failed,
    });
    const { found, revision, isBased } = await session.read({ text: TEXT, log: [], learnt: Promise.resolve(undefined) });
    assert.equal(isBased, false);
    session.begin({ text: TEXT, found, log: [], revision, settled: revision, waiting: false });
    const open = () => /** @type {Edited} */ (session.current());
    const places = () => open().revision.analysis.mentions.filter(({ label }) => label === "place").length;
    const before = places();
    const start = TEXT.indexOf("dam");
    await session.correct({ op: "add", target: targetOf(TEXT, { start, end: start + 3 }), mark: "place" });
    assert.equal(places(), before + 1);
    await session.undo();
    assert.equal(places(), before);
    await session.redo();
    assert.equal(places(), before + 1);
    assert.equal(open().log.length, 3);
    assert.deepEqual(told.slice(0, 3), ["making add", "made add", "settled"]);
    session.close();
    assert.equal(session.current(), undefined);
});
