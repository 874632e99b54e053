// Verification keys (section 4.5): a trustee's public key, and the proof of knowing its secret.

import * as schnorr from "./schnorr.js";
import { element, proof } from "./common.js";
import { optional, record, string } from "./json_form.js";

// `signature`: of the key by its owner, where trustees are t of n. `name`: who it is.
export const trusteePublicKey = (group) => record({
  pok: proof(group),
  public_key: element(group),
  signature: optional(proof(group)),
  name: optional(string),
});

// The public key of the private key x.
export function prove(group, x, name) {
  const X = group.secretPower(group.g, x);
  return { pok: schnorr.prove(group, x, prefix(group, X)), public_key: X, signature: undefined, name };
}

export const verify = (group, { pok, public_key: X }) =>
  !group.equal(X, group.one) && schnorr.verify(group, X, prefix(group, X), pok);

const prefix = (group, X) => `pok|${group.name}|${group.write(X)}|`;
