// What a trustee does with their file. `file`: its text.
//
// Before a box is shuffled or decrypted everything in it is verified: that it is the one whose head at its
// close the record has, every ballot, the tally, the shuffles before. A tally of one ballot, or of fewer than
// `fewest`, is never decrypted: it would show how somebody voted.

import * as decryption from "./decryption.js";
import * as keyGeneration from "./key_generation.js";
import * as pki from "./pki.js";
import * as registers from "./register.js";
import * as shuffles from "./shuffles.js";
import * as trusteeKeys from "./trustee_keys.js";
import { payloads, readOwned } from "./archive.js";
import { sha256Hex } from "./bytes.js";
import { NAMED } from "./groups/named.js";
import { dump } from "./json_form.js";
import { turns } from "./progress.js";
import { Refused } from "./refused.js";
import { newTrusteeFile, seedIn, singleKey } from "./trustee_file.js";
import { readSizedTally } from "./tally.js";
import { keysOf } from "./trustees.js";
import { verifyClosed } from "./verify/setup.js";
import { verifyBox } from "./verify/whole.js";

const NEVER_BELOW = 2;
// Whether so many are enough; never where nothing, or no number, is said.
const enough = (count, fewest) => Number.isSafeInteger(fewest) && count >= NEVER_BELOW && count >= fewest;

// A new file, and the certificate that follows from it: trustee `index`, from 1, of `size`, of whom `needed`
// decrypt.
export function begin({ group: name, purpose, size, needed, index }) {
  const [group, file] = [NAMED.get(name), newTrusteeFile(purpose)];
  return { file, certificate: dump(keyGeneration.certificate(group, size, needed, index, seedIn(file, purpose))) };
}
// A new file, and the public key that follows from it, of a trustee who is alone.
export function beginAlone({ group: name, purpose, called }) {
  const [group, file] = [NAMED.get(name), newTrusteeFile(purpose)];
  return { file, key: dump(trusteeKeys.prove(group, singleKey(group, seedIn(file, purpose)), called)) };
}

// The certificate again, from the file that was saved: so the page knows that it was.
export const again = ({ group, purpose, file, size, needed, index }) =>
  dump(keyGeneration.certificate(NAMED.get(group), size, needed, index, seedIn(file, purpose)));

// Step 2, from everybody's certificates.
export async function share({ group: name, purpose, file, certificates }) {
  const group = NAMED.get(name);
  const certs = certificates.map((cert) => keyGeneration.readCert(group, cert));
  return dump(await keyGeneration.polynomial(group, certs, seedIn(file, purpose)));
}
// Step 4, from everybody's certificates and polynomials.
export async function confirm({ group: name, purpose, file, certificates, polynomials, index }) {
  const group = NAMED.get(name);
  const certs = certificates.map((cert) => keyGeneration.readCert(group, cert));
  const given = keyGeneration.vinput(polynomials.map((one) => keyGeneration.readPolynomial(group, one)), index);
  return dump(await keyGeneration.voutput(group, certs, given, seedIn(file, purpose)));
}

// The private key: from the voutput that they sent in step 4, or, of a trustee who is alone, from the file.
async function privateKey(group, { purpose, file, voutput }) {
  const seed = seedIn(file, purpose);
  if (!voutput) return singleKey(group, seed);
  return keyGeneration.privateKey(group, seed, keyGeneration.readVoutput(group, voutput).private_key);
}
// Whose key x is, from 1.
function ownerOf(group, trustees, x) {
  const X = group.secretPower(group.g, x);
  const place = keysOf(trustees).findIndex((key) => group.equal(key, X));
  if (place < 0) throw new Refused("another-key", "this key is none of the trustees'");
  return place + 1;
}

// `before`: the hash of what is shuffled or decrypted next.
async function checked({ content, head, fewest }, tell) {
  if (!head) throw new Refused("another-head", "the record names no head to hold the box against");
  const archive = verifyClosed(content, head);
  const found = await verifyBox(archive, tell);
  if (!found.shuffled) throw new Refused("not-yet", "there is no tally yet");
  if (!enough(found.box.counted, fewest)) {
    throw new Refused("too-few-ballots", `${found.box.counted} ballots count: decrypting them could show how somebody voted`);
  }
  const last = payloads(archive, "Shuffle").at(-1);
  const before = last ? readOwned(last).payload : readSizedTally(payloads(archive, "EncryptedTally")[0]).encrypted_tally;
  return { ...found, before };
}

// { before, shuffle }: a shuffle of the ranked ballots of a box, as text, and the hash of what it was made
// from. It takes no key.
export async function shuffleBox(given, tell) {
  const { setup: { election }, shuffled, before } = await checked(given, tell);
  const ciphertexts = shuffles.nhCiphertexts(election, shuffled.tally);
  if (!ciphertexts.length || shuffled.ended) throw new Refused("not-yet", "there is nothing to shuffle");
  const turn = turns(shuffles.turnsToShuffle(ciphertexts), (...far) => tell("shuffle", ...far));
  return { before, shuffle: dump(await shuffles.shuffle(election.key, election.phi, ciphertexts, turn)) };
}
// Trustee `index` signs it.
export function signShuffle({ group: name, purpose, file, phi, index, before, shuffle }) {
  return signedBox(NAMED.get(name), { purpose, file }, "shuffle_box", phi, index, before, shuffle);
}

// { owner, before, partial, signature }: whose decryption it is, of what, and both as text. `before`: what
// is to be decrypted, as the record has it.
export async function decryptBox(given, tell) {
  const { setup: { election, trustees }, shuffled, before } = await checked(given, tell);
  if (!shuffled.enough) throw new Refused("not-yet", "the shuffles are not over");
  if (before !== given.before) {
    throw new Refused("another-head", `what would be decrypted is ${before}, and the record says ${given.before}`);
  }
  const { group, phi } = election;
  const x = await privateKey(group, given);
  const owner = ownerOf(group, trustees, x);
  const turn = turns(shuffled.tally.reduce((sum, { length }) => sum + length, 0), (...far) => tell("decrypt", ...far));
  const partial = dump(await decryption.decrypt(group, phi, x, shuffled.tally, turn));
  return { owner, before, partial, signature: signedBox(group, given, "decrypt_box", phi, owner, before, partial) };
}

// What they sign of a box that they have shuffled or decrypted.
function signedBox(group, { purpose, file }, what, phi, owner, before, made) {
  const { sk } = pki.keys(group, seedIn(file, purpose));
  return dump(pki.sign(group, sk, `${what}|${phi}|${owner}|${before}|${sha256Hex(made)}`).signature);
}

// The part of the register: a shuffle of the claims, or the decryption of the last shuffle, signed. What is
// decrypted is the shuffle that the record names, `before`: no other list, which could be one voter's.
async function ready({ content, phi, fewest, ...own }, tell) {
  const found = await registers.verifyRegister(content, phi, (...far) => tell("register", ...far));
  if (!enough(found.listed.length, fewest)) {
    throw new Refused("too-few-claims", `${found.listed.length} claims: whose key is whose could be seen`);
  }
  const { group } = found.register;
  const x = await privateKey(group, own);
  return { found, owner: ownerOf(group, found.trustees, x), x, sk: pki.keys(group, seedIn(own.file, own.purpose)).sk };
}
export async function mixRegister(given, tell) {
  const { found, owner, sk } = await ready(given, tell);
  const turn = turns(shuffles.turnsToShuffle([found.listed]), (...far) => tell("shuffle", ...far));
  return registers.mix(found, owner, sk, turn);
}
export async function decryptRegister(given, tell) {
  const { found, owner, sk, x } = await ready(given, tell);
  if (found.hash !== given.before) {
    throw new Refused("another-head", `the last shuffle is ${found.hash}, and the record says ${given.before}`);
  }
  if (found.owners.length < found.trustees[0][1].threshold) {
    throw new Refused("not-yet", "too few trustees have shuffled");
  }
  const turn = turns(found.listed.length, (...far) => tell("decrypt", ...far));
  return registers.decrypt(found, owner, sk, x, turn);
}
