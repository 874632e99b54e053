// What a group must be able to do (section 5) is the only thing that the other modules know of it:
//
//   name, q, g, one          as in the election; its order, generator and neutral element
//   read(text), write(e)     read throws NotAnElement unless it is canonically written AND of the group,
//                            so whatever has been read is an element: no check comes after
//   equal(e, f), multiply(e, f), divide(e, f)
//   power(e, n)              in time that may depend on the exponent: for what is public
//   secretPower(e, n)        in time that depends on it as little as the library can (booth.md)
//   product(bases, exponents)   of many powers to public exponents
//   prepared(e)              e, from now on raised faster: for what is raised often
//   sortKey(e)               text by whose order ranked ciphertexts are sorted
//   ofInts(ints), toInts(count, e)   integers of 0..255 in an element; throws CannotEncode
//   generator(i)             one whose logarithm nobody knows (GetGenerator, section 6)

import { number, sha256 } from "../bytes.js";
import { Refused } from "../refused.js";
import { randomBelow } from "../random.js";

export class CannotEncode extends Refused {
  constructor(why) {
    super("cannot-encode", why);
  }
}

export const modulo = (n, q) => ((n % q) + q) % q;

// A secret number modulo q.
export const randomScalar = (group) => randomBelow(group.q);

// H: SHA-256 of the prefix and the elements, joined by commas, modulo q.
export const hashToScalar = (group, prefix, elements = []) =>
  number(sha256(prefix + elements.map(group.write).join(","))) % group.q;

// nonce - secret · challenge: the response of a proof.
export const answer = (group, nonce, secret, challenge) => modulo(nonce - secret * challenge, group.q);

// The inverse of a public number modulo q, which is prime.
export function inverse(n, q) {
  let [a, b, x, y] = [modulo(n, q), q, 1n, 0n];
  while (a) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return modulo(y, q);
}
export const power = (base, exponent, q) => {
  let result = 1n;
  for (let bits = exponent, square = modulo(base, q); bits; bits >>= 1n, square = (square * square) % q) {
    if (bits & 1n) result = (result * square) % q;
  }
  return result;
};
