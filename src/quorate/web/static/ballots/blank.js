// Proofs of possibly-blank votes (section 4.13): m_0 says whether the vote is blank, m_Σ is the sum of
// the other choices. What is opened is { ciphertext, m, r }, of which m and r are secret.

import * as disjunction from "./disjunction.js";

const either = (blank, total) => [[blank, 0], [total, 0]];
const overall = (blank, total, values) => [[blank, 1], ...values.map((M) => [total, M])];

// m_0 = 0 or m_Σ = 0.
export const verifyBlankProof = (key, S, blank, total, proofs) =>
  disjunction.verify(key, `bproof0|${S}|`, either(blank, total), proofs);

export function proveBlankProof(key, S, blank, total) {
  const [which, r] = blank.m === 0 ? [0, blank.r] : [1, total.r];
  return disjunction.prove(key, `bproof0|${S}|`, either(blank.ciphertext, total.ciphertext), which, r);
}

// m_0 = 1 or m_Σ one of the values.
export const verifyOverallProof = (key, S, blank, total, values, proofs) =>
  disjunction.verify(key, `bproof1|${S}|`, overall(blank, total, values), proofs);

export function proveOverallProof(key, S, blank, total, values) {
  const [which, r] = blank.m === 1 ? [0, blank.r] : [1 + values.indexOf(total.m), total.r];
  return disjunction.prove(key, `bproof1|${S}|`, overall(blank.ciphertext, total.ciphertext, values), which, r);
}
