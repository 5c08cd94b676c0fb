/**
 * @file A model file with another number in it, so that what it reads is told from what the shipped one reads.
 */
import { crc32 } from "node:zlib";

/** See src/model/file.rs. */
const [HEADER, ENTRY, NAME] = [32, 48, 32];

/**
 * A model that finds no name.
 * @param {Buffer} model
 * @param {number} [doubt] How sure it is that a word is none: another number makes another file.
 * @returns {Buffer}
 */
export function nameless(model, doubt = 1000) {
    const bytes = Buffer.from(model);
    const entries = Array.from({ length: bytes.readUInt32LE(20) }, (_, index) => HEADER + index * ENTRY);
    const at = entries.find((entry) => bytes.toString("latin1", entry, entry + NAME).replaceAll("\0", "") === "tag.bias") ?? 0;
    bytes.writeFloatLE(doubt, bytes.readUInt32LE(at + NAME + 4));
    bytes.writeUInt32LE(crc32(bytes.subarray(16)), 12);
    return bytes;
}
