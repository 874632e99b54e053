// Claims: a voter's public key, encrypted for the trustees, so that nobody knows whose it is. A claim has
// the form of a non-homomorphic answer (section 4.11.2), bound to the register and to the voter.

import * as nonHomomorphic from "./non_homomorphic.js";
import { publicKey } from "./credentials.js";
import { canonical, dump } from "./json_form.js";

const label = (phi, voter) => `claim|${phi}|${voter}`;

export const readClaim = (group, given) => canonical(given, nonHomomorphic.answerReader(group));

// The voter's claim for the key of a credential, as text. `register`: as readRegister gives it.
export function claim({ group, key, phi }, voter, credential) {
  const { answer } = nonHomomorphic.encryptElement(key, label(phi, voter), publicKey(group, phi, credential));
  return dump(answer);
}

// Throws unless the claim is this voter's in this register.
export const verify = ({ key, phi }, voter, claim) => nonHomomorphic.verify(key, label(phi, voter), claim);
