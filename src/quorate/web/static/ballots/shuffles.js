// Shuffles of the ciphertexts of ranked questions (section 4.19).

import { element, scalar } from "./common.js";
import { rankedOf } from "./elections.js";
import { canonical, each, record, tuple } from "./json_form.js";
import { checkShuffleProof, genShuffle, genShuffleProof } from "./shuffle_proof.js";
import { ciphertextLists } from "./tally.js";

export function readShuffle(group, bytes) {
  const [one, number] = [element(group), scalar(group)];
  const commitment = tuple(one, one, one, tuple(one, one), each(one));
  const response = tuple(number, number, number, number, each(number), each(number));
  const proof = tuple(commitment, response, each(one), each(one));
  return canonical(bytes, record({ ciphertexts: ciphertextLists(group), proofs: each(proof) }));
}

// What of the tally is shuffled; and the tally with what was shuffled in its place.
export const nhCiphertexts = (election, tally) => rankedOf(election).map((place) => tally[place]);
export function merged(election, tally, shuffled) {
  const ranked = rankedOf(election);
  return tally.map((inner, place) => (ranked.includes(place) ? shuffled[ranked.indexOf(place)] : inner));
}

// How many turns shuffling or verifying takes: three for each ciphertext, or one.
export const turnsToShuffle = (before) => before.reduce((sum, { length }) => sum + 3 * length + 1, 0);
export const turnsToVerify = (before) => before.reduce((sum, { length }) => sum + length, 0);

// Re-encrypts and permutes, and proves it; the permutation is forgotten.
export async function shuffle(key, phi, before, turn) {
  const [ciphertexts, proofs] = [[], []];
  for (const e of before) {
    const shuffled = await genShuffle(key, e, turn);
    ciphertexts.push(shuffled.e_prime);
    proofs.push(await genShuffleProof(key, phi, e, shuffled, turn));
  }
  return { ciphertexts, proofs };
}

// Whether it is a shuffle of what stood before.
export async function verify(key, phi, before, { ciphertexts, proofs }, turn) {
  if (before.length !== ciphertexts.length || before.length !== proofs.length) return false;
  for (const [place, e] of before.entries()) {
    if (!(await checkShuffleProof(key, phi, e, ciphertexts[place], proofs[place], turn))) return false;
  }
  return true;
}
