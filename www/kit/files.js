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
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) {
            event.preventDefault();
            dropped(files);
        }
    });
}

/**
 * Lets the user choose files.
 * @param {(files: readonly File[]) => void} chosen
 */
export function createChooser(chosen) {
    const node = element("input", { type: "file", multiple: true, hidden: true });
    node.accept = ".txt,.text,.md,.html,.htm,.json,text/plain,text/html,application/json";
    node.addEventListener("change", () => {
        const files = [...(node.files ?? [])];
        if (files.length > 0) {
            chosen(files);
        }
        // The same file can be chosen again.
        node.value = "";
    });
    return { node, choose: () => node.click() };
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
