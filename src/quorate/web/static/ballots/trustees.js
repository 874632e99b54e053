// Trustees (section 4.7): each alone ("Single"), or t of n together ("Pedersen").

import * as threshold from "./threshold.js";
import * as trusteeKeys from "./trustee_keys.js";
import { canonical, each, one, tuple } from "./json_form.js";
import { Malformed } from "./refused.js";

export function readTrustees(group, bytes) {
  const readers = {
    Single: tuple(one("Single"), trusteeKeys.trusteePublicKey(group)),
    Pedersen: tuple(one("Pedersen"), threshold.thresholdParameters(group)),
  };
  return canonical(bytes, each((value) => {
    const name = Array.isArray(value) ? value[0] : undefined;
    if (!Object.hasOwn(readers, name)) throw new Malformed('not "Single" or "Pedersen"', "[0]");
    return readers[name](value);
  }));
}

const publishedBy = ([name, inner]) => (name === "Single" ? [inner] : inner.verification_keys);

// Everybody's public keys, in order: owner i of a shuffle or a decryption is the i-th, from 1.
export const keysOf = (trustees) => trustees.flatMap(publishedBy).map((key) => key.public_key);

// For each kind the owners in it, from 1, and how many of them are needed.
export function partsOf(trustees) {
  let first = 1;
  return trustees.map((kind) => {
    const owners = publishedBy(kind).map((_, place) => first + place);
    first += owners.length;
    return { owners, needed: kind[0] === "Single" ? 1 : kind[1].threshold };
  });
}

// The election's public key y: the product of the sub-keys (section 3.1.1).
export const combinedKey = (group, trustees) => trustees
  .map(([name, inner]) => (name === "Single" ? inner.public_key : threshold.subKey(group, inner)))
  .reduce(group.multiply, group.one);

// Throws unless every key, proof and certificate holds.
export function verify(group, trustees) {
  if (!trustees.length) throw threshold.badTrustees("there is no trustee: nobody could decrypt");
  const parts = partsOf(trustees);
  for (const [place, [name, inner]] of trustees.entries()) {
    if (name === "Pedersen") threshold.verify(group, inner);
    else if (!trusteeKeys.verify(group, inner)) {
      throw threshold.badTrustees(`trustee ${parts[place].owners[0]}: the proof of knowing the private key does not hold`);
    }
  }
}
