// Verifying many ballots, by as many workers as the device has cores: nearly all of the work is here.

import * as tallies from "../tally.js";
import { readBallot, verify } from "../ballot.js";
import { work } from "../booth.js";
import { fingerprint, readElection } from "../elections.js";
import { turns } from "../progress.js";
import { Refused } from "../refused.js";
import { named } from "./setup.js";

const WORTH_A_WORKER = 32; // ballots

// The tally of those that count, once all hold. `raw`: the election's bytes. `ballots`: { number, bytes,
// weight }, the weight null where it was replaced. Throws for one that does not hold.
export async function checkedTally(raw, ballots, tell) {
  const election = readElection(raw);
  const cores = typeof Worker === "function" ? navigator.hardwareConcurrency : 1;
  const workers = Math.min(cores, Math.floor(ballots.length / WORTH_A_WORKER));
  if (workers < 2) return checked(election, ballots, tell);
  const slices = Array.from({ length: workers }, (_, at) => ballots
    .filter(({ number }) => number % workers === at)
    .map((ballot) => ({ ...ballot, bytes: ballot.bytes.slice() }))); // else each would get the whole archive
  const [far, ending] = [Array(workers).fill(0), new AbortController()];
  const told = (at, done) => {
    far[at] = done;
    tell(far.reduce((sum, one) => sum + one, 0), ballots.length);
  };
  try {
    const parts = await Promise.all(slices.map((slice, at) => work(
      "checkBallots", { election: raw, ballots: slice },
      { tell: (_stage, done) => told(at, done), signal: ending.signal },
    )));
    return tallies.together(election, parts.map((part) => tallies.read(election.group, part)));
  } finally {
    ending.abort(); // where one does not hold, the others need not be looked at
  }
}

// The job of one of them: the tally of its part, as text.
export const checkBallots = async ({ election, ballots }, tell) =>
  tallies.write(await checked(readElection(election), ballots, (...far) => tell("ballots", ...far)));

async function checked(election, ballots, tell) {
  const turn = turns(ballots.length, tell);
  const cast = [];
  for (const { number, bytes, weight } of ballots) {
    const answers = held(election, `ballot ${number} (tracker ${fingerprint(bytes)})`, bytes);
    if (weight !== null) cast.push([weight, { answers }]);
    await turn();
  }
  return tallies.tally(election, cast);
}

// A ballot's ciphertexts, once its signature and proofs hold.
function held(election, name, bytes) {
  const ballot = named("ballot", () => readBallot(election, bytes));
  try {
    verify(election, ballot);
  } catch (error) {
    throw error instanceof Refused ? new Refused("ballot", `${name}: ${error.message}`) : error;
  }
  return ballot.answers.map(({ choices }) => ({ choices })); // the proofs are done with
}
