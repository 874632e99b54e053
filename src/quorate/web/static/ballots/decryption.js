// Partial decryptions (section 4.20), and how they are combined (section 4.21).

import { element, proof } from "./common.js";
import { answer, hashToScalar, inverse, modulo, randomScalar } from "./groups/group.js";
import { canonical, each, record } from "./json_form.js";
import { Refused } from "./refused.js";

export const readPartialDecryption = (group, bytes) => canonical(bytes, record({
  decryption_factors: each(each(element(group))),
  decryption_proofs: each(each(proof(group))),
}));

// A trustee's factors of the tally, with the private key x.
export async function decrypt(group, phi, x, tally, turn) {
  const X = group.secretPower(group.g, x);
  const [factors, proofs] = [[], []];
  for (const inner of tally) {
    const made = [];
    for (const { alpha } of inner) {
      made.push(factor(group, phi, x, X, alpha));
      await turn();
    }
    factors.push(made.map(({ factor }) => factor));
    proofs.push(made.map(({ proof }) => proof));
  }
  return { decryption_factors: factors, decryption_proofs: proofs };
}
function factor(group, phi, x, X, alpha) {
  const w = randomScalar(group);
  const [A, B] = [group.secretPower(group.g, w), group.secretPower(alpha, w)];
  const challenge = hashToScalar(group, prefix(group, phi, X), [A, B]);
  return { factor: group.secretPower(alpha, x), proof: { challenge, response: answer(group, w, x, challenge) } };
}

// Throws unless every factor is alpha^x for the x of X = g^x.
export async function verify(group, phi, X, tally, { decryption_factors: factors, decryption_proofs: proofs }, turn) {
  const lengths = (lists) => lists.map(({ length }) => length).join();
  if (lengths(factors) !== lengths(tally) || lengths(proofs) !== lengths(tally)) {
    throw new Refused("decryption", "not one factor and one proof for each ciphertext of the tally");
  }
  for (const [i, inner] of tally.entries()) {
    for (const [j, { alpha }] of inner.entries()) {
      const { challenge, response } = proofs[i][j];
      const A = group.product([group.g, X], [response, challenge]);
      const B = group.product([alpha, factors[i][j]], [response, challenge]);
      if (hashToScalar(group, prefix(group, phi, X), [A, B]) !== challenge) {
        const name = `question ${i + 1}, ciphertext ${j + 1}`;
        throw new Refused("decryption", `${name}: the proof that it was decrypted with the trustee's key does not hold`);
      }
      await turn();
    }
  }
}

const prefix = (group, phi, X) => `decrypt|${phi}|${group.write(X)}|`;

// F: alpha to the power of the election's private key, which nobody ever holds. `parts`: the trustees'
// (trustees.js); `partials`: owner → their decryption, enough of every part.
export function combined(group, parts, partials) {
  const weighted = parts.flatMap(({ owners, needed }) => {
    const present = owners.filter((owner) => partials.has(owner)).slice(0, needed);
    const indices = present.map((owner) => BigInt(owner - owners[0] + 1));
    return present.map((owner, at) => [partials.get(owner).decryption_factors, lagrange(group.q, indices, indices[at])]);
  });
  return weighted[0][0].map((inner, i) => inner.map((_, j) =>
    group.product(weighted.map(([factors]) => factors[i][j]), weighted.map(([, exponent]) => exponent))));
}

// λ_δ: the product of k / (k - δ) modulo q over the other indices k.
const lagrange = (q, indices, delta) => indices
  .filter((k) => k !== delta)
  .reduce((result, k) => modulo(result * k * inverse(k - delta, q), q), 1n);
