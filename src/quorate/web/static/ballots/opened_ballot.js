// A ballot that is opened instead of cast: did the device encrypt what the voter chose?
//
// The device shows the hash first, then the voter says whether to cast or to open. Opened, the ballot
// goes with its votes and its randomness into a file, that any other device can check with this module or
// with `quorate ballots opened`. It is not signed, so nobody who gets the file can cast it.

import { fingerprint } from "./elections.js";
import { joined, scalar } from "./common.js";
import { ciphertexts, kindOf, readUnsigned, requireOf, verifyAnswers } from "./ballot.js";
import { dump, each, record, small } from "./json_form.js";
import { Malformed, Refused } from "./refused.js";
import { isRanked } from "./questions.js";

export const write = (unsigned, votes, randomness) => dump({ ballot: JSON.parse(unsigned), votes, randomness });

// { hash, votes }: the hash that the device showed, and what was encrypted. Throws unless encrypting those
// votes with that randomness gives the ballot again, and its proofs hold.
export function check(election, file) {
  const { group, key, questions } = election;
  const { ballot: inner, votes, randomness } = parsed(file, group);
  const unsigned = dump(inner);
  const ballot = readUnsigned(election, unsigned);
  requireOf(election, ballot);
  verifyAnswers(election, ballot);
  if (votes.length !== questions.length || randomness.length !== questions.length) {
    throw differs("not one opening for each question");
  }
  for (const [place, question] of questions.entries()) {
    const opened = isRanked(question) ? [votes[place]] : votes[place];
    const choices = ciphertexts(ballot.answers[place]);
    if (opened.length !== choices.length || randomness[place].length !== choices.length) {
      throw differs(`question ${place + 1}: not one opening for each choice`);
    }
    const again = opened.map((vote, at) => kindOf(question).encryptVote(key, vote, randomness[place][at]));
    if (joined(group, again) !== joined(group, choices)) {
      throw differs(`question ${place + 1}: the ballot encrypts something else`);
    }
  }
  return { hash: fingerprint(unsigned), votes };
}
function parsed(file, group) {
  let value;
  try {
    value = JSON.parse(file);
  } catch {
    throw new Malformed("not JSON");
  }
  return record({ ballot: (ballot) => ballot, votes: each(each(small)), randomness: each(each(scalar(group))) })(value);
}
const differs = (why) => new Refused("opened-otherwise", why);
