// The proof that one of several ciphertexts encrypts what is said of it, and not which. Sections 4.12
// and 4.13 are this proof, with prefixes of their own. A disjunct [(α, β), M] claims (g^r, y^r g^M).

import { answer, hashToScalar, modulo, randomScalar } from "./groups/group.js";

const sum = (group, proofs) => proofs.reduce((total, { challenge }) => total + challenge, 0n) % group.q;

export function verify({ group, y }, prefix, disjuncts, proofs) {
  if (proofs.length !== disjuncts.length) return false;
  const made = disjuncts.flatMap((disjunct, place) => commitments(group, y, disjunct, proofs[place]));
  return hashToScalar(group, prefix, made) === sum(group, proofs);
}

// Proves the disjunct at `which`, whose randomness is r. Of the others, challenge and response are chosen
// before the commitments, which then hold whatever is encrypted.
export function prove({ group, y }, prefix, disjuncts, which, r) {
  const w = randomScalar(group);
  const proofs = disjuncts.map((_, place) => (place === which
    ? { challenge: 0n, response: 0n }
    : { challenge: randomScalar(group), response: randomScalar(group) }));
  const made = disjuncts.flatMap((disjunct, place) => (place === which
    ? [group.secretPower(group.g, w), group.secretPower(y, w)]
    : commitments(group, y, disjunct, proofs[place])));
  const challenge = modulo(hashToScalar(group, prefix, made) - sum(group, proofs), group.q);
  proofs[which] = { challenge, response: answer(group, w, r, challenge) };
  return proofs;
}

// A = g^response α^challenge and B = y^response (β / g^M)^challenge.
function commitments(group, y, [{ alpha, beta }, M], { challenge, response }) {
  const shifted = group.divide(beta, group.power(group.g, BigInt(M)));
  return [
    group.product([group.g, alpha], [response, challenge]),
    group.product([y, shifted], [response, challenge]),
  ];
}
