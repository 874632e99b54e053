// JSON as the specification has it (sections 4.1 and 4.2): compact, in order, numbers in text.
//
// A structure is a plain object with the specification's fields in the specification's order; its
// numbers modulo q are BigInts, its elements the group's. So writing is the same for all of them, and
// `canonical` holds what would be written against the bytes that were read: nothing can be said in two
// ways. A reader is a function of a parsed value; it throws Malformed.

import { ALPHABET } from "./base58.js";
import { text, utf8 } from "./bytes.js";
import { at, Malformed } from "./refused.js";

const MOST_IN_JSON = 2 ** 30 - 1; // the largest weight that Belenios writes as a JSON number
const UUID = new RegExp(`^[${ALPHABET}]{14,}$`);

// Compact JSON, UTF-8 unescaped; only DEL is escaped, as Belenios does.
export const dump = (value) =>
  JSON.stringify(value, (_name, part) => (typeof part === "bigint" ? String(part) : part))
    .replaceAll("\x7f", "\\u007f");
export const dumped = (value) => utf8(dump(value));

// What `read` makes of the bytes or the text. Throws Malformed, with the code "not-canonical" if it would
// be written otherwise.
export function canonical(given, read) {
  let written, value;
  try {
    written = typeof given === "string" ? given : text(given);
    value = JSON.parse(written);
  } catch {
    throw new Malformed("not JSON in UTF-8");
  }
  const structure = read(value);
  if (dump(structure) !== written) throw new Malformed("not in canonical form", "", "not-canonical");
  return structure;
}

// An object of these fields and no others. `shape`: name → reader, in the specification's order.
export const record = (shape) => (value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Malformed("not an object");
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(shape, name)) throw new Malformed("no such field in the specification", name);
  }
  const fields = Object.entries(shape).map(([name, read]) => {
    if (Object.hasOwn(value, name)) return [name, at(name, () => read(value[name]))];
    if (!read.optional) throw new Malformed("missing", name);
    return [name, undefined]; // left out when written
  });
  return Object.fromEntries(fields);
};
export const optional = (read) => Object.assign((value) => read(value), { optional: true });

// An array, every item read the same way.
export const each = (read) => (value) => {
  if (!Array.isArray(value)) throw new Malformed("not an array");
  return value.map((item, place) => at(`[${place}]`, () => read(item)));
};
// An array of different things, each with its reader.
export const tuple = (...readers) => (value) => {
  if (!Array.isArray(value) || value.length !== readers.length) {
    throw new Malformed(`not an array of ${readers.length}`);
  }
  return readers.map((read, place) => at(`[${place}]`, () => read(value[place])));
};

export function string(value) {
  if (typeof value !== "string") throw new Malformed("not a string");
  if (/\p{Surrogate}/u.test(value)) throw new Malformed("half a character");
  return value;
}
const matching = (pattern, why) => (value) => {
  if (typeof value !== "string" || !pattern.test(value)) throw new Malformed(why);
  return value;
};
export const hashHex = matching(/^[0-9a-f]{64}$/, "not a SHA-256 in hexadecimal");
export const uuid = matching(UUID, "not an election's identifier: 14 or more characters of Base58");
export const one = (known) => (value) => {
  if (value !== known) throw new Malformed(`not ${JSON.stringify(known)}`);
  return value;
};
export function boolean(value) {
  if (typeof value !== "boolean") throw new Malformed("not true or false");
  return value;
}
export function small(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Malformed("not a small whole number");
  return value;
}
// A natural number as decimal text without leading zeros.
const digits = matching(/^(?:0|[1-9][0-9]{0,99})$/, "not a number in decimal digits");
export const decimal = (value) => BigInt(digits(value));

// A weight or a sum of weights: a JSON number, or text where it is large.
export function weight(value) {
  if (typeof value !== "string") return small(value);
  const large = decimal(value);
  if (large <= MOST_IN_JSON) throw new Malformed("a small weight, written as text");
  return large;
}
export const weightJson = (sum) => (sum <= MOST_IN_JSON ? Number(sum) : BigInt(sum));
