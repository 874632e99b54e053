// How t of n trustees come to their keys (section 3.1.1, "Pedersen"; sections 4.6.2 to 4.6.6).
//
// Nobody ever holds the election's private key. Each trustee keeps a seed; everything else goes through
// the server, which sees public things and what is encrypted for a trustee:
//
// 1. certificate: each trustee makes keys from a new seed, and says for which place they are.
// 2. polynomial: each makes a secret polynomial, and shares of it for the others.
// 3. vinput: the shares, sorted by recipient. It is made of what is public.
// 4. voutput: each checks the shares, and publishes the key that follows from them.
//
// Later, privateKey opens what a trustee needs to decrypt.

import * as pki from "./pki.js";
import * as threshold from "./threshold.js";
import * as trusteeKeys from "./trustee_keys.js";
import { proof, scalar } from "./common.js";
import { modulo, randomScalar } from "./groups/group.js";
import { canonical, dump, each, record, string } from "./json_form.js";
import { Refused } from "./refused.js";

const { badTrustees } = threshold;

// What is sent in steps 1, 2 and 4: readers.
export const readCert = (group, given) => canonical(given, pki.signedMessage(group));
export const readPolynomial = (group, given) => canonical(given, record({
  polynomial: string, // for themselves, encrypted
  secrets: each(string), // a share for each trustee, encrypted
  coefexps: pki.signedMessage(group),
  signature: proof(group),
}));
export const readVoutput = (group, given) => canonical(given, record({
  private_key: string, // for themselves, encrypted
  public_key: trusteeKeys.trusteePublicKey(group),
}));

// Step 1, by trustee `index`, from 1, of `size`, of whom `needed` must decrypt.
export function certificate(group, size, needed, index, seed) {
  const { sk, verification, encryption } = pki.keys(group, seed);
  const context = { group: group.name, size, threshold: needed, index };
  return pki.sign(group, sk, dump({ context, verification, encryption }));
}

// Step 2, by the trustee with the seed. Throws for a certificate that does not hold, and if none is theirs.
export async function polynomial(group, certs, seed) {
  const theirs = checked(group, certs);
  const { keys } = own(group, theirs, seed);
  const coefficients = Array.from({ length: neededOf(theirs) }, () => randomScalar(group));
  const coefexps = coefficients.map((a) => group.secretPower(group.g, a));
  const sendTo = (recipient, what) => pki.send(group, keys.sk, recipient, dump(what));
  return {
    polynomial: await sendTo(keys.encryption, { polynomial: coefficients }),
    secrets: await Promise.all(theirs.map(({ encryption }, place) =>
      sendTo(encryption, { secret: evaluated(group, coefficients, BigInt(place + 1)) }))),
    coefexps: pki.sign(group, keys.sk, dump({ coefexps })),
    signature: pki.sign(group, keys.sk, threshold.certsMessage(certs, coefexps)).signature,
  };
}

// Step 3, for trustee `index`, from 1.
export const vinput = (polynomials, index) => ({
  polynomial: polynomials[index - 1].polynomial,
  secrets: polynomials.map(({ secrets }) => secrets[index - 1]),
  coefexps: polynomials.map(({ coefexps }) => coefexps),
  signatures: polynomials.map(({ signature }) => signature),
});

// Step 4, by the trustee with the seed. Throws, naming whoever sent them what does not hold.
export async function voutput(group, certs, given, seed) {
  const theirs = checked(group, certs);
  const { keys, index } = own(group, theirs, seed);
  if ([given.secrets, given.coefexps, given.signatures].some(({ length }) => length !== certs.length)) {
    throw badTrustees("not one share, one set of coefficients and one signature per trustee");
  }
  const polynomials = threshold.verifyCoefexps(group, neededOf(theirs), certs, theirs, given.coefexps, given.signatures);
  let S = 0n;
  for (const [place, cert] of theirs.entries()) {
    S += await share(group, keys, index, `trustee ${place + 1}`, cert, given.secrets[place], polynomials[place]);
  }
  S %= group.q;
  const made = trusteeKeys.prove(group, S);
  const { signature } = pki.sign(group, keys.sk, group.write(made.public_key));
  return {
    private_key: await pki.send(group, keys.sk, keys.encryption, dump({ decryption_key: S })),
    public_key: { ...made, signature },
  };
}

// A trustee's key for decrypting, from what they sent themselves in step 4.
export async function privateKey(group, seed, sent) {
  const { dk, encryption, verification } = pki.keys(group, seed);
  return opened(group, await pki.receive(group, dk, encryption, verification, sent), "decryption_key");
}

// What the certificates say. Throws unless each is for its place and all are for one threshold.
function checked(group, certs) {
  const keys = certs.map((cert) => threshold.readCertKeys(group, cert));
  const needed = neededOf(keys);
  if (!(1 <= needed && needed <= keys.length)) {
    throw badTrustees(`${needed} of ${keys.length} trustees is no threshold`);
  }
  threshold.verifyCerts(group, needed, certs, keys);
  return keys;
}
function neededOf([first]) {
  if (!first?.context) throw badTrustees("trustee 1: the certificate does not say for what it is");
  return first.context.threshold;
}

// A trustee's keys, and their place from 1.
function own(group, theirs, seed) {
  const keys = pki.keys(group, seed);
  const place = theirs.findIndex(({ verification, encryption }) =>
    group.equal(verification, keys.verification) && group.equal(encryption, keys.encryption));
  if (place < 0) throw new Refused("another-key", "none of the certificates is of this key");
  return { keys, index: place + 1 };
}

// The polynomial at x, by Horner's rule.
const evaluated = (group, coefficients, x) =>
  coefficients.reduceRight((value, a) => modulo(value * x + a, group.q), 0n);

// s_ij, the share of trustee i for trustee j, held against trustee i's coefficients.
async function share(group, keys, j, name, sender, sent, coefexps) {
  let secret;
  try {
    secret = opened(group, await pki.receive(group, keys.dk, keys.encryption, sender.verification, sent), "secret");
  } catch (error) {
    throw error instanceof Refused ? badTrustees(`${name}: the share that they sent: ${error.message}`) : error;
  }
  if (!group.equal(group.secretPower(group.g, secret), threshold.computedKey(group, [coefexps], j))) {
    throw badTrustees(`${name}: the share does not follow from the coefficients`);
  }
  return secret;
}

function opened(group, message, name) {
  try {
    return canonical(message, record({ [name]: scalar(group) }))[name];
  } catch (error) {
    throw error instanceof Refused ? pki.notForUs(error.message) : error;
  }
}
