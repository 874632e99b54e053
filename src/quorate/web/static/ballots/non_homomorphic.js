// Non-homomorphic answers (section 4.11.2): one ciphertext of all the numbers that were given.

import * as schnorr from "./schnorr.js";
import { ciphertext, joined, proof } from "./common.js";
import { encrypt } from "./elgamal.js";
import { randomScalar } from "./groups/group.js";
import { record } from "./json_form.js";
import { answersOf } from "./questions.js";
import { Refused } from "./refused.js";

// `proof`: whoever made the ciphertext knows its randomness, so it is no copy.
export const answerReader = (group) => record({ choices: ciphertext(group), proof: proof(group) });

// Encrypts a number of 0..255 for each answer. The answer, and its randomness.
export function encryptAnswer(key, S0, question, numbers) {
  const { length } = answersOf(question);
  if (numbers.length !== length) {
    throw new Refused("vote-not-allowed", `${numbers.length} numbers for ${length} answers`);
  }
  return encryptElement(key, S0, key.group.ofInts(numbers));
}
export const encryptVote = (key, numbers, r) => encrypt(key, r, key.group.ofInts(numbers));

export function encryptElement(key, S0, plain) {
  const r = randomScalar(key.group);
  const choices = encrypt(key, r, plain);
  const proof = schnorr.prove(key.group, r, prefix(key, S0, choices));
  return { answer: { choices, proof }, randomness: [r] };
}

// Throws unless the proof holds. `S0`: φ|credential.
export function verify(key, S0, { choices, proof }) {
  if (!schnorr.verify(key.group, choices.alpha, prefix(key, S0, choices), proof)) {
    throw new Refused("invalid-ballot", "the proof that the answer was encrypted for this ballot does not hold");
  }
}

const prefix = ({ group, y }, S0, choices) => `raweg|${S0}|${group.write(y)},${joined(group, [choices])}|`;
