// Trustees of whom t of n decrypt (sections 4.6.2, 4.6.4 and 4.6.7): what is published of them.
//
// Belenios 2.0 wrote certificates without a context, and no signatures of the whole. Both forms are
// read: all of one trustees' structure is in one form or in the other.

import * as pki from "./pki.js";
import * as trusteeKeys from "./trustee_keys.js";
import { element, proof } from "./common.js";
import { power } from "./groups/group.js";
import { canonical, dump, each, optional, record, small, string } from "./json_form.js";
import { Refused } from "./refused.js";

export const badTrustees = (why) => new Refused("bad-trustees", why);
const require = (holds, why) => { if (!holds) throw badTrustees(why); };

// `threshold`: how many of them decrypt, t + 1 in the specification.
export const thresholdParameters = (group) => record({
  threshold: small,
  certs: each(pki.signedMessage(group)),
  coefexps: each(pki.signedMessage(group)),
  signatures: optional(each(proof(group))),
  verification_keys: each(trusteeKeys.trusteePublicKey(group)),
});

// What a certificate says: for which place it is, and its keys.
export const readCertKeys = (group, { message }) => canonical(message, record({
  context: optional(record({ group: string, size: small, threshold: small, index: small })),
  verification: element(group),
  encryption: element(group),
}));
// A_i0 … A_it of a trustee's polynomial.
const readCoefexps = (group, { message }) =>
  canonical(message, record({ coefexps: each(element(group)) })).coefexps;

// What each trustee signs of the whole: everybody's certificates, their own coefficients.
export const certsMessage = (certs, coefexps) => `certs_sig|${dump({ certs, coefexps })}`;

// The public key of trustee j, from 1: the product over i and k of A_ik^(j^k).
export const computedKey = (group, polynomials, j) => group.product(
  polynomials.flat(),
  polynomials.flatMap((polynomial) => polynomial.map((_, k) => power(BigInt(j), BigInt(k), group.q))),
);

// What the group of trustees brings to the election's key: the product of the A_i0.
export const subKey = (group, { coefexps }) => group.product(
  coefexps.map((signed) => readCoefexps(group, signed)[0]), coefexps.map(() => 1n));

// Throws unless everything in the structure holds together.
export function verify(group, parameters) {
  const { threshold, certs, coefexps, signatures, verification_keys: published } = parameters;
  require(1 <= threshold && threshold <= certs.length, `${threshold} of ${certs.length} trustees is no threshold`);
  require([coefexps, published, signatures ?? certs].every(({ length }) => length === certs.length),
    "not one set of coefficients, one key and one signature per certificate");
  require(published.every(({ signature }) => Boolean(signature) === Boolean(signatures)),
    "some trustees have signed and others have not");
  const keys = certs.map((cert) => readCertKeys(group, cert));
  if (signatures) verifyCerts(group, threshold, certs, keys);
  else verifyOldCerts(group, certs, keys);
  const polynomials = verifyCoefexps(group, threshold, certs, keys, coefexps, signatures);
  for (const [place, key] of published.entries()) {
    const name = `trustee ${place + 1}`;
    require(trusteeKeys.verify(group, key), `${name}: the proof of knowing the private key does not hold`);
    const follows = group.equal(key.public_key, computedKey(group, polynomials, place + 1));
    require(follows, `${name}: the key does not follow from the coefficients`);
    const signed = { message: group.write(key.public_key), signature: key.signature };
    const holds = !key.signature || pki.verify(group, keys[place].verification, signed);
    require(holds, `${name}: the signature of the key does not hold`);
  }
}

// Each certificate is for its place. `keys`: what they say.
export function verifyCerts(group, threshold, certs, keys) {
  const size = certs.length;
  for (const [place, cert] of certs.entries()) {
    const expected = { group: group.name, size, threshold, index: place + 1 };
    require(dump(keys[place].context ?? null) === dump(expected),
      `trustee ${place + 1}: the certificate is not for this place among ${size} trustees, of whom ${threshold} decrypt`);
    verifyCert(group, place, cert, keys[place]);
  }
}
function verifyOldCerts(group, certs, keys) {
  for (const [place, cert] of certs.entries()) {
    require(!keys[place].context, `trustee ${place + 1}: the certificate asks for signatures of the whole`);
    verifyCert(group, place, cert, keys[place]);
  }
}
function verifyCert(group, place, cert, { verification, encryption }) {
  const anybodys = [verification, encryption].some((key) => group.equal(key, group.one));
  require(!anybodys, `trustee ${place + 1}: anybody has the neutral element's secret`);
  require(pki.verify(group, verification, cert), `trustee ${place + 1}: the certificate's signature does not hold`);
}

// Everybody's coefficients. Each has signed theirs, and, where there are `signatures`, all the
// certificates with them.
export function verifyCoefexps(group, threshold, certs, keys, coefexps, signatures) {
  return coefexps.map((signed, place) => {
    const name = `trustee ${place + 1}`;
    const { verification } = keys[place];
    const polynomial = readCoefexps(group, signed);
    require(pki.verify(group, verification, signed), `${name}: the signature of the coefficients does not hold`);
    require(polynomial.length === threshold, `${name}: not ${threshold} coefficients`);
    const whole = signatures && { message: certsMessage(certs, polynomial), signature: signatures[place] };
    require(!whole || pki.verify(group, verification, whole), `${name}: the signature of all certificates does not hold`);
    return polynomial;
  });
}
