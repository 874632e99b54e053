// Verifies an archive as `quorate ballots verify` does, stage by stage; each builds on the ones before. An
// election that is still open, or not yet decrypted, is verified as far as it has come.

import { payloads, stageOf } from "../archive.js";
import { fingerprint } from "../elections.js";
import { verifyArchive, verifySetup } from "./setup.js";
import { verifyBallots, verifyTally } from "./box.js";
import { verifyDecryptions, verifyResult, verifyShuffles } from "./opening.js";

// What was found sound: { setup, box, shuffled }; `shuffled` is null while there is no tally. `tell`: is
// told (stage, done, of).
export async function verifyBox(archive, tell) {
  tell("setup", 0, 1);
  const setup = verifySetup(archive);
  tell("setup", 1, 1);
  const box = await verifyBallots(archive, setup, (...far) => tell("ballots", ...far));
  const shuffled = verifyTally(archive, box)
    ? await verifyShuffles(archive, setup, box.tally, (...far) => tell("shuffles", ...far))
    : null;
  return { setup, box, shuffled };
}

// The same and the result: what a page can show. `trackers`: of every ballot that was cast, in order.
// `result`: null while there is none.
export async function verify(content, head, tell) {
  const archive = verifyArchive(content, head);
  const { setup, box: { ballots, counted, weight }, shuffled } = await verifyBox(archive, tell);
  let result = null;
  if (shuffled?.ended) {
    const partials = await verifyDecryptions(archive, setup, shuffled.tally, (...far) => tell("decryptions", ...far));
    result = verifyResult(archive, setup, weight, shuffled.tally, partials);
  }
  const trackers = payloads(archive, "Ballot").map(fingerprint);
  return { stage: stageOf(archive), last: archive.last, ballots, counted, trackers, result };
}
