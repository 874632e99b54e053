// Bytes, text and numbers, one as the other; SHA-256 by @noble/hashes.

import { sha256 as hashed } from "./vendor/noble-hashes/sha2.js";

const writing = new TextEncoder();
const reading = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text) => writing.encode(text);
export const text = (bytes) => reading.decode(bytes); // throws TypeError for what is no UTF-8
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
export const number = (bytes) => BigInt(`0x${hex(bytes) || "0"}`); // big-endian
export const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, ""); // unpadded

// SHA-256, of bytes or of text in UTF-8.
export const sha256 = (given) => hashed(typeof given === "string" ? utf8(given) : given);
export const sha256Hex = (given) => hex(sha256(given));
export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
