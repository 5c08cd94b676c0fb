/**
 * @file A tiny precise model file for tests: the shipped one with the sections of a small transformer, of random weights, which
 * src/model/transformer/sample.rs makes. It reads nearly as the shipped one does, and differs from it as the real one would.
 */
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const root = new URL("../../", import.meta.url);

/** The layout of a model file: src/model/file.rs. */
const [HEADER, ENTRY, NAME, ALIGNMENT, PRECISE] = [32, 48, 32, 16, 3];

/**
 * The entries of a model file's directory, and the bytes that each means.
 * @param {Buffer} file
 */
function sectionsOf(file) {
    return Array.from({ length: file.readUInt32LE(20) }, (_, index) => {
        const entry = Buffer.from(file.subarray(HEADER + index * ENTRY, HEADER + (index + 1) * ENTRY));
        const [kind = 0, start = 0, rows = 0, columns = 0] = [0, 4, 8, 12].map((at) => entry.readUInt32LE(NAME + at));
        const length = [rows * columns, rows * (columns + 4), 4 * rows * columns][kind] ?? 0;
        return { entry, bytes: file.subarray(start, start + length) };
    });
}

/** @returns {Buffer} The tiny precise model file. */
export function tinyPrecise() {
    const files = ["src/lang/en/model.bin", "tests/formats/transformer.bin"].map((path) => readFileSync(new URL(path, root)));
    const sections = files.flatMap(sectionsOf);
    const head = Buffer.alloc(HEADER);
    files[0]?.copy(head, 0, 0, 8);
    head.writeUInt32LE(PRECISE, 8);
    head.writeUInt32LE(sections.length, 20);
    let at = HEADER + sections.length * ENTRY;
    const content = sections.map(({ entry, bytes }) => {
        const space = Buffer.alloc(-at & (ALIGNMENT - 1));
        entry.writeUInt32LE(at + space.length, NAME + 4);
        at += space.length + bytes.length;
        return Buffer.concat([space, bytes]);
    });
    const file = Buffer.concat([head, ...sections.map(({ entry }) => entry), ...content]);
    file.writeUInt32LE(file.length, 16);
    file.writeUInt32LE(crc32(file.subarray(16)), 12);
    return file;
}
