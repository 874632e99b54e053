// Opening the box: shuffles, partial decryptions, the result.

import * as decryption from "../decryption.js";
import * as results from "../result.js";
import * as shuffles from "../shuffles.js";
import { payloads, readOwned } from "../archive.js";
import { rankedOf } from "../elections.js";
import { turns } from "../progress.js";
import { Refused } from "../refused.js";
import { keysOf, partsOf } from "../trustees.js";
import { named } from "./setup.js";

// { tally, owners, enough, ended }: the tally as it stands after the shuffles, who has shuffled, whether so
// many that it may be decrypted, and whether the shuffles are over. Throws for one that does not hold.
export async function verifyShuffles(archive, { election, trustees }, tally, tell) {
  const { group, key, phi } = election;
  const types = new Set(archive.events.map(({ type }) => type));
  const made = owned(archive, trustees, "Shuffle", "shuffle");
  if (!rankedOf(election).length) {
    if (made.length) throw new Refused("shuffle", "there is a shuffle, and no ranked question");
    return { tally, owners: [], enough: true, ended: true };
  }
  if (types.has("PartialDecryption") && !made.length) {
    throw new Refused("shuffle", "ranked ballots were decrypted without having been shuffled");
  }
  let before = shuffles.nhCiphertexts(election, tally);
  const turn = turns(made.length * shuffles.turnsToVerify(before), tell);
  const owners = [];
  for (const { owner, bytes } of made) {
    if (owners.includes(owner)) throw new Refused("shuffle", `trustee ${owner} shuffled twice`);
    const after = named("shuffle", () => shuffles.readShuffle(group, bytes));
    if (!(await shuffles.verify(key, phi, before, after, turn))) {
      const name = `the shuffle of trustee ${owner}`;
      throw new Refused("shuffle", `${name}: its proof does not hold; it may change or replace ballots`);
    }
    before = after.ciphertexts;
    owners.push(owner);
  }
  const ended = types.has("EndShuffles");
  if (ended) enough("shuffle", trustees, owners);
  return { tally: shuffles.merged(election, tally, before), owners, enough: !missing(trustees, owners), ended };
}

// Owner → partial decryption. `tally`: after the shuffles.
export async function verifyDecryptions(archive, { election, trustees }, tally, tell) {
  const { group, phi } = election;
  const keys = keysOf(trustees);
  const partials = new Map();
  const made = owned(archive, trustees, "PartialDecryption", "decryption");
  const turn = turns(made.length * tally.reduce((sum, { length }) => sum + length, 0), tell);
  for (const { owner, bytes } of made) {
    if (partials.has(owner)) throw new Refused("decryption", `trustee ${owner} decrypted twice`);
    const partial = named("decryption", () => decryption.readPartialDecryption(group, bytes));
    await decryption.verify(group, phi, keys[owner - 1], tally, partial, turn);
    partials.set(owner, partial);
  }
  return partials;
}

// The result, if these decryptions give it; null while there is none.
export function verifyResult(archive, { election, trustees }, weight, tally, partials) {
  const [payload] = payloads(archive, "Result");
  if (!payload) return null;
  enough("decryption", trustees, [...partials.keys()]);
  const stated = named("result", () => results.readResult(election, payload));
  const factors = decryption.combined(election.group, partsOf(trustees), partials);
  results.verify(election, tally, factors, weight, stated);
  return stated;
}

// For each event of the type the trustee and what they made.
const owned = (archive, trustees, type, code) => payloads(archive, type).map((bytes) => {
  const { owner, payload } = readOwned(bytes);
  if (owner < 1 || owner > keysOf(trustees).length) throw new Refused(code, `there is no trustee ${owner}`);
  return { owner, bytes: archive.data.get(payload) };
});

// Every trustee who is alone, and of each group as many as its threshold.
function enough(code, trustees, done) {
  const few = missing(trustees, done);
  if (few) throw new Refused(code, `too few of trustees ${few.owners.join(", ")}: ${few.needed} are needed`);
}
const missing = (trustees, done) => partsOf(trustees).find(({ owners, needed }) =>
  owners.filter((owner) => done.includes(owner)).length < needed);
