// The proof that somebody knows the x of X = g^x. Sections 4.5, 4.6.1, 4.11.2 and 4.16 are this proof
// with different prefixes.

import { answer, hashToScalar, randomScalar } from "./groups/group.js";

export function prove(group, x, prefix) {
  const w = randomScalar(group);
  const challenge = hashToScalar(group, prefix, [group.secretPower(group.g, w)]);
  return { challenge, response: answer(group, w, x, challenge) };
}

export function verify(group, X, prefix, { challenge, response }) {
  const A = group.product([group.g, X], [response, challenge]);
  return hashToScalar(group, prefix, [A]) === challenge;
}
