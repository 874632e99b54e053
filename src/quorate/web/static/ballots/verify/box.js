// The ballot box: every ballot, and the encrypted tally of those that count.

import * as tallies from "../tally.js";
import { payloads } from "../archive.js";
import { readBallot } from "../ballot.js";
import { text } from "../bytes.js";
import { fingerprint } from "../elections.js";
import { Refused } from "../refused.js";
import { checkedTally } from "./ballot_checks.js";
import { named } from "./setup.js";

// { ballots, counted, weight, tally }: how many were cast; of those that count, the last of each credential,
// how many, their weight, and their tally, computed anew. Throws for a ballot that does not hold.
export async function verifyBallots(archive, { raw, election, roll }, tell) {
  const cast = payloads(archive, "Ballot")
    .map((bytes, place) => ({ number: place + 1, bytes, credential: credentialOf(bytes) }));
  for (const { number, bytes, credential } of cast) {
    if (roll.has(credential)) continue;
    named("ballot", () => readBallot(election, bytes)); // perhaps it is no ballot at all
    throw new Refused("roll", `ballot ${number} (tracker ${fingerprint(bytes)}): its credential is not on the roll`);
  }
  const last = new Map(cast.map(({ credential, number }) => [credential, number]));
  const ballots = cast.map(({ number, bytes, credential }) =>
    ({ number, bytes, weight: last.get(credential) === number ? roll.get(credential) : null }));
  const weight = [...last.keys()].reduce((sum, credential) => sum + roll.get(credential), 0n);
  return { ballots: cast.length, counted: last.size, weight, tally: await checkedTally(raw, ballots, tell) };
}
// By what is signed and proved later, in whichever form it is.
function credentialOf(bytes) {
  try {
    return JSON.parse(text(bytes)).credential;
  } catch {
    throw new Refused("ballot", `the ballot of the tracker ${fingerprint(bytes)} is not JSON`);
  }
}

// Whether there is a tally yet. Throws if it is not that of the ballots.
export function verifyTally(archive, { counted, weight, tally }) {
  const [payload] = payloads(archive, "EncryptedTally");
  if (!payload) return false;
  const sized = tallies.readSizedTally(payload);
  if (sized.num_tallied !== counted || BigInt(sized.total_weight) !== weight) {
    const said = `${sized.num_tallied} ballots of a weight of ${sized.total_weight} are said to be in the tally`;
    throw new Refused("tally", `${said}; ${counted} of ${weight} were cast to count`);
  }
  if (tallies.write(tally) !== text(archive.data.get(sized.encrypted_tally))) {
    throw new Refused("tally", "the tally is not that of the ballots");
  }
  return true;
}
