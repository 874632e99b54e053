// What a voter's device does, and anybody's who checks. Elections and registers are given as their bytes.

import * as ballots from "./ballot.js";
import * as claims from "./claims.js";
import * as credentials from "./credentials.js";
import * as opened from "./opened_ballot.js";
import { payloads, read as readArchive } from "./archive.js";
import { text } from "./bytes.js";
import { fingerprint, readElection } from "./elections.js";
import { ED25519 } from "./groups/named.js";
import { readRegister } from "./register.js";
import { holdHeads } from "./verify/heads.js";
import { verify } from "./verify/whole.js";

// { credential, key, claim }: a new credential, to be kept; its public key, which will stand on the roll;
// and the claim to it, by the member `voter`.
export function claim({ register: bytes, voter }) {
  const register = readRegister(bytes);
  const credential = credentials.newCredential();
  const key = ED25519.write(credentials.publicKey(ED25519, register.phi, credential));
  return { credential, key, claim: claims.claim(register, voter, credential) };
}

// Whether the credential's key stands on the roll. `uuid`: what credentials are made for, the register's φ
// or an election's uuid; likewise below.
export function onRoll({ roll, uuid, credential }) {
  return credentials.readRoll(ED25519, roll).has(ED25519.write(credentials.publicKey(ED25519, uuid, credential)));
}

// { unsigned, hash, opening }: the encrypted ballot, not yet worth anything; the hash to show before the
// voter chooses to cast or to open it; the file that opens it.
export function encrypt({ election: bytes, uuid, credential, votes }) {
  const election = readElection(bytes);
  const key = credentials.publicKey(election.group, uuid, credential);
  const { unsigned, hash, randomness } = ballots.encrypt(election, key, votes);
  return { unsigned, hash, opening: opened.write(unsigned, votes, randomness) };
}

// { ballot, tracker }: what is cast, and the hash that the box has to show.
export function sign({ election: bytes, uuid, credential, unsigned }) {
  const election = readElection(bytes);
  return ballots.sign(election, unsigned, credentials.secret(election.group, uuid, credential));
}

// { hash, votes }: what an opened ballot encrypts. Throws if it is not what it says.
export const checkOpened = ({ election, opening }) => opened.check(readElection(election), opening);

// What verify of verify/whole.js gives, once the archive has also been held against the record's `heads`, and
// `own`: the trackers of the ballots that this credential has cast, in order; without one none.
export async function checkBox({ content, heads, uuid, credential = "" }, tell) {
  const archive = readArchive(content);
  holdHeads(archive, heads);
  const key = credential && ED25519.write(credentials.publicKey(ED25519, uuid, credential));
  const found = await verify(content, "", tell);
  const own = payloads(archive, "Ballot").filter((bytes) => JSON.parse(text(bytes)).credential === key);
  return { ...found, own: own.map(fingerprint) };
}
