// Ed25519 (section 5.2.1), by @noble/curves.
//
// An element is a point of the subgroup of order q; its text is the hexadecimal of the 32 bytes of
// RFC 8032 in reverse, since the specification writes the number that they stand for.

import { ed25519 } from "../vendor/noble-curves/ed25519.js";
import { mulAddUnsafe } from "../vendor/noble-curves/abstract/curve.js";
import { number, sha256, unhex } from "../bytes.js";
import { NotAnElement } from "../refused.js";
import { CannotEncode, modulo } from "./group.js";

const { Point } = ed25519;
const q = Point.Fn.ORDER;
const PADDING = 14n;
const MOST_INTS = 30;
const WINDOW = 6;

class Element {
  #text;
  constructor(point, text) {
    this.point = point;
    this.#text = text;
  }

  get text() {
    return (this.#text ??= reversed(this.point.toHex()));
  }

  toJSON() {
    return this.text;
  }
}
const reversed = (digits) => digits.match(/../g).reverse().join("");
const one = new Element(Point.ZERO);

function read(text) {
  if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new NotAnElement("Ed25519");
  const point = decoded(unhex(reversed(text)));
  if (!point?.isTorsionFree()) throw new NotAnElement("Ed25519");
  return new Element(point, text);
}
// The point that the bytes stand for, if they are the canonical bytes of a point of the curve.
function decoded(bytes) {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return null;
  }
}
const written = (n) => n.toString(16).padStart(64, "0"); // a number as elements are

function ofInts(ints) {
  if (ints.length > MOST_INTS) throw new CannotEncode(`${ints.length} integers; an element carries ${MOST_INTS}`);
  if (!ints.every((int) => Number.isInteger(int) && int >= 0 && int <= 255)) {
    throw new CannotEncode("an integer is not in 0..255");
  }
  const packed = number(Uint8Array.from(ints)) << PADDING;
  for (let epsilon = 0n; epsilon < 1n << PADDING; epsilon++) {
    const point = decoded(unhex(written(packed + epsilon)).reverse());
    if (point?.isTorsionFree()) return new Element(point);
  }
  throw new CannotEncode("no element of the group is near enough"); // never yet, by chance
}
function toInts(count, element) {
  const carried = BigInt(`0x${element.text}`) >> PADDING;
  return Array.from({ length: count }, (_, place) => Number((carried >> BigInt(8 * (count - 1 - place))) & 255n));
}

// Table 9: the hash, counted up to a point of the curve, times the cofactor 8.
function generator(i) {
  for (let candidate = number(sha256(`ggen|${i}`)) >> 2n; ; candidate++) {
    const point = decoded(unhex(written(candidate)).reverse());
    if (!point) continue;
    const found = point.clearCofactor();
    if (found.is0() || found.equals(Point.BASE)) {
      throw new CannotEncode(`generator ${i} is the neutral element or g`);
    }
    return new Element(found);
  }
}

export const ED25519 = {
  name: "Ed25519",
  q,
  g: new Element(Point.BASE),
  one,
  read,
  write: (element) => element.text,
  equal: (e, f) => e.point.equals(f.point),
  multiply: (e, f) => new Element(e.point.add(f.point)),
  divide: (e, f) => new Element(e.point.subtract(f.point)),
  power: (e, n) => new Element(e.point.multiplyUnsafe(modulo(n, q))),
  // noble refuses the scalar 0, which Belenios allows.
  secretPower: (e, n) => (modulo(n, q) === 0n ? one : new Element(e.point.multiply(modulo(n, q)))),
  product: (bases, exponents) =>
    new Element(mulAddUnsafe(Point, bases.map((base) => base.point), exponents.map((n) => modulo(n, q)))),
  prepared(element) {
    element.point.precompute(WINDOW);
    return element;
  },
  sortKey: (element) => reversed(element.text),
  ofInts,
  toInts,
  generator,
};
