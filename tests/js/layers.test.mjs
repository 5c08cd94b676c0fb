/**
 * @file The order of the page's rooms: a module imports only from its own room and from those below it. The rooms
 * stand in two columns, which the rooms on top alone join, so that the view can be used without the device.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

/** The rooms that know nothing of the others. */
const LEAVES = ["words", "kit"];

/** Imports run from right to left. A list of rooms in one place: they may not import each other. */
const COLUMNS = [
    [...LEAVES, "state", "edit", "view/article", "view/lists", "view/figures", "view/print", "view/correct", "view"],
    [...LEAVES, "state", "core", "device", "shell", "start"],
];

/** The room that joins the columns, for those above it. */
const JOINT = "keep";

/** The rooms above all: who starts one does without the other. */
const TOPS = ["page", "element"];

const ROOMS = [...new Set(COLUMNS.flat()), JOINT, ...TOPS];

/** The scripts beside the rooms: what a browser starts, and the types that all rooms share. */
const ENTRIES = ["main.js", "worker.js", "reader.js", "converter.js", "service.js"];
const TYPES = "types.js";
const MOST_ON_TOP = 7;

const root = new URL("../../", import.meta.url);

/** @returns {Map<string, string>} The page's own scripts: their text by their path in www. */
function house() {
    const www = new URL("www/", root);
    const all = readdirSync(www, { encoding: "utf8", recursive: true }).map((path) => path.replaceAll("\\", "/"));
    const scripts = all.filter((path) => path.endsWith(".js") && !path.startsWith("pkg/"));
    return new Map(scripts.map((path) => [path, readFileSync(new URL(path, www), "utf8")]));
}

/**
 * What a script imports: modules and, in comments, types.
 * @param {string} path Its own.
 * @param {string} text
 * @returns {string[]} Paths in www, and names of packages.
 */
function importsOf(path, text) {
    const found = text.matchAll(/(?<![."])\b(?:from|import)\s*\(?\s*"([^"\n]+)"/g);
    const names = [...found].map(([, name = ""]) => name);
    return names.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(path), name) : name));
}

const roomOf = (/** @type {string} */ path) => posix.dirname(path);

/**
 * @param {string} from
 * @param {string} to
 * @returns {boolean} Whether a room may import from another.
 */
function mayImport(from, to) {
    const isBelow = (/** @type {string[]} */ column) => column.includes(to) && column.indexOf(to) < column.indexOf(from);
    if (from === to || TOPS.includes(from)) {
        return from === to || !TOPS.includes(to);
    }
    return from === JOINT ? !TOPS.includes(to) : !LEAVES.includes(from) && COLUMNS.some(isBelow);
}

/**
 * @param {string} path
 * @param {string} imported
 * @returns {string | undefined} What is wrong with an import.
 */
function faultOf(path, imported) {
    const [from, to] = [roomOf(path), roomOf(imported)];
    if (imported === "idb") {
        return from === "device" ? undefined : `${path} imports the database, which the device alone may`;
    }
    if (["pkg/whosaid.js", "pkg/converter.js", "pkg/scheme.js"].includes(imported) || (imported === TYPES && path !== TYPES)) {
        return undefined;
    }
    if (ENTRIES.includes(path) && ROOMS.includes(to)) {
        return undefined;
    }
    return ROOMS.includes(to) && mayImport(from, to) ? undefined : `${path} imports ${imported}, which does not stand below it`;
}

/**
 * Modules that import each other in a circle, types left out: those vanish when the page runs.
 * @param {Map<string, string>} scripts
 * @returns {string[]}
 */
function circlesOf(scripts) {
    /** @type {Map<string, "open" | "done">} */
    const seen = new Map();
    /** @type {string[]} */
    const circles = [];
    const visit = (/** @type {string} */ path, /** @type {string[]} */ way) => {
        const text = scripts.get(path);
        if (seen.get(path) === "open") {
            circles.push(`a circle: ${[...way.slice(way.indexOf(path)), path].join(" -> ")}`);
        }
        if (text === undefined || seen.has(path)) {
            return;
        }
        seen.set(path, "open");
        const code = text.replace(/\/\*[^]*?\*\//g, "");
        importsOf(path, code).forEach((imported) => visit(imported, [...way, path]));
        seen.set(path, "done");
    };
    [...scripts.keys()].forEach((path) => visit(path, []));
    return circles;
}

/**
 * @param {Map<string, string>} scripts
 * @returns {string[]} All that is out of order.
 */
function faultsOf(scripts) {
    const paths = [...scripts.keys()];
    const onTop = paths.filter((path) => roomOf(path) === ".");
    const strangers = onTop.filter((path) => ![...ENTRIES, TYPES].includes(path));
    const homeless = paths.filter((path) => roomOf(path) !== "." && !ROOMS.includes(roomOf(path)));
    return [
        ...(onTop.length > MOST_ON_TOP ? [`${onTop.length} scripts stand at the top: ${onTop.join(", ")}`] : []),
        ...strangers.map((path) => `${path} stands beside the rooms: no browser starts it`),
        ...homeless.map((path) => `${path} stands in no room of the order`),
        ...[...scripts].flatMap(([path, text]) => importsOf(path, text).flatMap((imported) => faultOf(path, imported) ?? [])),
        ...circlesOf(scripts),
    ];
}

test("imports run one way, in two columns that the rooms on top alone join", () => {
    assert.deepEqual(faultsOf(house()), []);
});

/**
 * @param {string} path
 * @param {string} line Put at the end of a script; a new one where there is none of this path.
 * @returns {string[]} What is out of order then.
 */
function faultsWith(path, line) {
    const scripts = house();
    return faultsOf(scripts.set(path, `${scripts.get(path) ?? ""}\n${line}`));
}

test("an arrow that runs upward, or to the other column, is found", () => {
    const broken = [
        ["state/spans.js", 'import { createEditor } from "../view/correct/editor.js";'],
        ["edit/replay.js", 'import { createClient } from "../core/client.js";'],
        ["view/article/article.js", 'import { createPanel } from "../lists/panel.js";'],
        ["view/lists/panel.js", 'import { createStore } from "../../device/store.js";'],
        ["view/correct/choice.js", '/** @import {Keep} from "../../keep/keep.js" */'],
        ["device/store.js", 'import { createNotices } from "../shell/notices.js";'],
        ["start/library.js", 'import { createFilter } from "../view/lists/filter.js";'],
        ["kit/dom.js", 'const { words } = await import("../words/words.js");'],
        ["keep/keep.js", 'import { start } from "../page/wire.js";'],
        ["element/who-said.js", 'import { createFrame } from "../page/frame.js";'],
        ["page/route.js", '/** @import {show} from "../main.js" */'],
        ["types.js", '/** @import {Span} from "./state/spans.js" */'],
        ["state/text.js", 'import { openDB } from "idb";'],
    ];
    for (const [path = "", line = ""] of broken) {
        const found = faultsWith(path, line).filter((fault) => fault.startsWith(`${path} imports `));
        assert.equal(found.length, 1, `${path}: ${line}`);
    }
});

test("a circle of modules, a stranger at the top and a room that is in no column are found", () => {
    assert.match(faultsWith("state/text.js", 'import { find } from "./find.js";').join(), /^a circle: /);
    assert.match(faultsWith("helpers.js", "").join(), /^helpers\.js stands beside the rooms/);
    assert.match(faultsWith("helpers/one.js", "").join(), /^helpers\/one\.js stands in no room/);
    const crowd = new Map([...house(), ...["a.js", "b.js", "c.js"].map((path) => /** @type {const} */ ([path, ""]))]);
    assert.match(faultsOf(crowd).join(), /^9 scripts stand at the top/);
});

test("ARCHITECTURE.md names each room in the order of the columns", () => {
    const map = readFileSync(new URL("ARCHITECTURE.md", root), "utf8");
    const named = [...map.matchAll(/^ {6}([a-z]+(?:\/[a-z]+)?)\/ /gm)].map(([, room = ""]) => room);
    assert.deepEqual(
        named.filter((room) => ROOMS.includes(room)),
        ROOMS,
    );
});
