// A register of voting keys: what it is, and from claims to the roll (docs/development/secret-ballots.md,
// "Formats"). The list is that of a ranked question with a claim in the place of each ballot.

import * as claims from "./claims.js";
import * as decryption from "./decryption.js";
import * as pki from "./pki.js";
import * as shuffles from "./shuffles.js";
import * as trustees from "./trustees.js";
import { sha256Hex } from "./bytes.js";
import { element } from "./common.js";
import { fingerprint } from "./elections.js";
import { elgamal } from "./elgamal.js";
import { ED25519 as group } from "./groups/named.js";
import { canonical, dump, hashHex, one, record, small, string } from "./json_form.js";
import { Refused } from "./refused.js";
import { turns } from "./progress.js";
import { readCertKeys } from "./threshold.js";
import { sorted, write } from "./tally.js";
import { readRegisterFile } from "./register_file.js";

const form = record({
  version: one(1), record: string, register: small, group: one(group.name), public_key: element(group), trustees: hashHex,
});

// A register from its description's bytes: with its group, the key that claims are encrypted for, and φ.
export function readRegister(given) {
  const read = canonical(given, form);
  if (group.equal(read.public_key, group.one)) throw bad("its public key hides nothing");
  return { ...read, group, key: elgamal(group, read.public_key), phi: fingerprint(given) };
}

// A register's file as far as it has come, verified: its trustees, every claim, every shuffle, each the
// one of the record. `phi`: what the page has from the record. { register, trustees, listed, hash, owners }:
// what is to be shuffled or decrypted next and its hash, and who has shuffled.
export async function verifyRegister(content, phi, tell) {
  const file = readRegisterFile(group, content);
  const register = readRegister(dump(file.description));
  if (register.phi !== phi) throw bad("it is another register than the record's");
  const appointed = verifiedTrustees(register, file.trustees);
  const turn = turns(file.claims.length * (1 + file.shuffles.length), tell);
  for (const { voter, claim } of file.claims) {
    claims.verify(register, voter, claim);
    await turn();
  }
  let listed = sorted(group, file.claims.map(({ claim }) => claim.choices));
  let hash = sha256Hex(write([listed]));
  const owners = [];
  for (const { owner, before, shuffle, signature } of file.shuffles) {
    const name = `the shuffle of trustee ${owner}`;
    const made = sha256Hex(dump(shuffle));
    if (before !== hash) throw bad(`${name}: it is not of what stood before`);
    if (owners.includes(owner)) throw bad(`${name}: it is not their first`);
    if (!signedBy(appointed, owner, mixStatement(phi, owner, before, made), signature)) {
      throw bad(`${name}: its signature does not hold`);
    }
    if (!(await shuffles.verify(register.key, phi, [listed], shuffle, turn))) {
      throw bad(`${name}: its proof does not hold; it may change or replace keys`);
    }
    [[listed], hash] = [shuffle.ciphertexts, made];
    owners.push(owner);
  }
  return { register, trustees: appointed, listed, hash, owners };
}

function verifiedTrustees(register, given) {
  const written = dump(given);
  if (sha256Hex(written) !== register.trustees) throw bad("its trustees are others than it says");
  const appointed = trustees.readTrustees(group, written);
  trustees.verify(group, appointed);
  const oneGroup = appointed.length === 1 && appointed[0][0] === "Pedersen";
  if (!oneGroup || !group.equal(trustees.combinedKey(group, appointed), register.public_key)) {
    throw bad("its public key is not its trustees'");
  }
  return appointed;
}

// What trustee `owner` hands in: { owner, before, shuffle or decryption as text, signature as text }.
export async function mix({ register, listed, hash }, owner, sk, turn) {
  const shuffle = dump(await shuffles.shuffle(register.key, register.phi, [listed], turn));
  const statement = mixStatement(register.phi, owner, hash, sha256Hex(shuffle));
  return { owner, before: hash, shuffle, signature: signature(sk, statement) };
}
export async function decrypt({ register, listed, hash }, owner, sk, x, turn) {
  const made = dump(await decryption.decrypt(group, register.phi, x, [listed], turn));
  const statement = `decrypt_roll|${register.phi}|${owner}|${hash}|${sha256Hex(made)}`;
  return { owner, before: hash, decryption: made, signature: signature(sk, statement) };
}

const mixStatement = (phi, owner, before, shuffle) => `mix|${phi}|${owner}|${before}|${shuffle}`;
const signature = (sk, statement) => dump(pki.sign(group, sk, statement).signature);
function signedBy([[, { certs }]], owner, message, signature) {
  if (owner < 1 || owner > certs.length) return false;
  return pki.verify(group, readCertKeys(group, certs[owner - 1]).verification, { message, signature });
}

const bad = (why) => new Refused("bad-register", why);
