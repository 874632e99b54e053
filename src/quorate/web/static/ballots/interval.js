// Proofs of interval membership (section 4.12): what is encrypted is one of the values.

import * as disjunction from "./disjunction.js";
import { joined } from "./common.js";

export const verify = (key, S, ciphertext, values, proofs) =>
  disjunction.verify(key, prefix(key, S, ciphertext), values.map((M) => [ciphertext, M]), proofs);

// iprove: the ciphertext encrypts m, which is one of the values, with randomness r.
export const prove = (key, S, ciphertext, values, m, r) =>
  disjunction.prove(key, prefix(key, S, ciphertext), values.map((M) => [ciphertext, M]), values.indexOf(m), r);

const prefix = ({ group }, S, ciphertext) => `prove|${S}|${joined(group, [ciphertext])}|`;
