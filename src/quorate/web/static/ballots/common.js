// Common structures (section 4.3): proofs { challenge, response }, ciphertexts { alpha, beta }.

import { decimal, record } from "./json_form.js";
import { Malformed } from "./refused.js";

export const element = (group) => group.read;

// Numbers modulo q. Those of q and above are refused, not reduced.
export const scalar = (group) => (value) => {
  const found = decimal(value);
  if (found >= group.q) throw new Malformed("not below the group's order q");
  return found;
};
export const proof = (group) => record({ challenge: scalar(group), response: scalar(group) });
export const ciphertext = (group) => record({ alpha: element(group), beta: element(group) });

// alpha,beta,alpha,beta,…: what the string S of section 4.11.1 holds of the choices.
export const joined = (group, ciphertexts) =>
  ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]).map(group.write).join(",");

// The product of ciphertexts, which encrypts the sum.
export const multiplied = (group, ciphertexts) => ciphertexts.reduce(
  (left, right) => ({ alpha: group.multiply(left.alpha, right.alpha), beta: group.multiply(left.beta, right.beta) }),
  { alpha: group.one, beta: group.one },
);
