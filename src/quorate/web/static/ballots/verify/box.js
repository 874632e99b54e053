// The ballot box: every ballot, and the encrypted tally of those that count.

import * as tallies from "../tally.js";
import { payloads } from "../archive.js";
import { readBallot, verify } from "../ballot.js";
import { text } from "../bytes.js";
import { fingerprint } from "../elections.js";
import { Refused } from "../refused.js";
import { turns } from "../progress.js";
import { named } from "./setup.js";

// { ballots, last }: how many were cast, and the ciphertexts of the last of each credential, in the order in
// which they were cast: those that count. Throws for the first that does not hold.
export async function verifyBallots(archive, { election, roll }, tell) {
  const cast = payloads(archive, "Ballot");
  const turn = turns(cast.length, tell);
  const last = new Map();
  for (const [place, bytes] of cast.entries()) {
    const name = `ballot ${place + 1} (tracker ${fingerprint(bytes)})`;
    const { credential, answers } = verified(election, roll, name, bytes);
    last.delete(credential);
    last.set(credential, { answers });
    await turn();
  }
  return { ballots: cast.length, last };
}
function verified(election, roll, name, bytes) {
  const ballot = named("ballot", () => readBallot(election, bytes));
  const credential = election.group.write(ballot.credential);
  if (!roll.has(credential)) throw new Refused("roll", `${name}: its credential is not on the roll`);
  try {
    verify(election, ballot);
  } catch (error) {
    throw error instanceof Refused ? new Refused("ballot", `${name}: ${error.message}`) : error;
  }
  return { credential, answers: ballot.answers.map(({ choices }) => ({ choices })) };
}

// The stated tally, if it is that of the ballots, and how many are in it; null while there is none yet.
export function verifyTally(archive, { election, roll }, last) {
  const [payload] = payloads(archive, "EncryptedTally");
  if (!payload) return null;
  const sized = tallies.readSizedTally(payload);
  const cast = [...last].map(([credential, ballot]) => [roll.get(credential), ballot]);
  const weight = cast.reduce((sum, [weight]) => sum + weight, 0n);
  if (sized.num_tallied !== cast.length || BigInt(sized.total_weight) !== weight) {
    throw new Refused("tally", `${sized.num_tallied} ballots of a weight of ${sized.total_weight} are said to be in the tally; ${cast.length} of ${weight} were cast to count`);
  }
  const tally = tallies.tally(election, cast);
  if (tallies.write(tally) !== text(archive.data.get(sized.encrypted_tally))) {
    throw new Refused("tally", "the tally is not that of the ballots");
  }
  return { tally, counted: cast.length, weight };
}
