/**
 * @file Files in and out: chosen, dropped, downloaded.
 */

import { element } from "./dom.js";

/**
 * Lets files be dropped anywhere on an element.
 * @param {HTMLElement} root Has the class `dropping` while something is held above it.
 * @param {(files: readonly File[]) => void} dropped
 */
export function listenForDrops(root, dropped) {
    root.addEventListener("dragover", (event) => {
        const kinds = event.dataTransfer?.types ?? [];
        if (kinds.includes("Files")) {
            event.preventDefault();
            root.classList.add("dropping");
        }
    });
    root.addEventListener("dragleave", ({ relatedTarget }) => {
        if (!relatedTarget) {
            root.classList.remove("dropping");
        }
    });
    root.addEventListener("drop", (event) => {
        root.classList.remove("dropping");
        const { items = [], files = [] } = event.dataTransfer ?? {};
        // What was dropped can be asked for now alone: later it is gone.
        const entries = [...items].map((item) => item.webkitGetAsEntry?.());
        const given = [...files];
        if (given.length > 0) {
            event.preventDefault();
            const isFolder = entries.some((entry) => entry?.isDirectory);
            void (isFolder ? filesIn(entries) : Promise.resolve(given)).then(dropped);
        }
    });
}

/**
 * A file's path, as far as the browser tells: with the folder that was chosen or dropped.
 * @param {File} file
 * @returns {string}
 */
export function pathOf(file) {
    return file.webkitRelativePath || file.name;
}

/**
 * All files in dropped folders and beside them, by their paths.
 * @param {readonly (FileSystemEntry | null | undefined)[]} entries
 * @returns {Promise<File[]>}
 */
async function filesIn(entries) {
    const found = await Promise.all(entries.map((entry) => filesOf(entry)));
    return byPath(found.flat());
}

/**
 * @param {FileSystemEntry | null | undefined} entry
 * @returns {Promise<File[]>}
 */
async function filesOf(entry) {
    if (entry?.isFile) {
        /** @type {File} */
        const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
        // As the browser says it itself of a folder that was chosen.
        Object.defineProperty(file, "webkitRelativePath", { value: entry.fullPath.replace(/^\//, "") });
        return [file];
    }
    if (!entry?.isDirectory) {
        return [];
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    const files = [];
    for (;;) {
        /** @type {FileSystemEntry[]} */
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) {
            return files;
        }
        // A part of them comes at a time.
        for (const each of some) {
            files.push(...(await filesOf(each)));
        }
    }
}

/** @param {readonly File[]} files */
function byPath(files) {
    return files.toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
}

/**
 * Lets the user choose files.
 * @param {(files: readonly File[]) => void} chosen
 */
export function createChooser(chosen) {
    const node = element("input", { type: "file", multiple: true, hidden: true });
    node.accept =
        ".txt,.text,.md,.html,.htm,.json,.jsonld,.ann,.csv,.tsv,.jsonl,.ndjson,.gz,text/plain,text/html,text/csv,application/json";
    node.addEventListener("change", () => {
        const files = node.webkitdirectory ? byPath([...(node.files ?? [])]) : [...(node.files ?? [])];
        if (files.length > 0) {
            chosen(files);
        }
        // The same file can be chosen again.
        node.value = "";
    });
    const choose = (/** @type {boolean} */ isFolder) => {
        node.webkitdirectory = isFolder;
        node.click();
    };
    return { node, choose: () => choose(false), chooseFolder: () => choose(true) };
}

/**
 * Gives the user a file.
 * @param {string} name
 * @param {string | Blob | readonly string[]} content Of one piece, or of parts.
 * @param {string} type
 */
export function download(name, content, type) {
    const address = URL.createObjectURL(new Blob([content].flat(), { type }));
    element("a", { href: address, download: name }).click();
    // The browser reads the file after this returns.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * A title as the name of a file, without an ending.
 * @param {string} title
 * @returns {string}
 */
export function fileName(title) {
    const plain = title
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-");
    return plain.slice(0, 60).replace(/^-+|-+$/g, "") || "article";
}

/** The day, as names of files have it: 2026-01-31, in UTC. */
export function today() {
    return new Date().toISOString().slice(0, "2026-01-31".length);
}
