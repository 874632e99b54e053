// The encrypted tally (section 4.18).

import { ciphertexts } from "./ballot.js";
import { ciphertext, multiplied } from "./common.js";
import { canonical, dump, each, hashHex, record, small, weight } from "./json_form.js";
import { isRanked, lengthOf } from "./questions.js";
import { Refused } from "./refused.js";

// Lists of lists of ciphertexts: for each question one for each choice, or one for each ballot.
export const ciphertextLists = (group) => each(each(ciphertext(group)));
export const write = (tally) => dump(tally);
export const read = (group, written) => canonical(written, ciphertextLists(group));

// `encrypted_tally`: the SHA-256 of the tally's bytes.
export const readSizedTally = (bytes) =>
  canonical(bytes, record({ num_tallied: small, total_weight: weight, encrypted_tally: hashHex }));

// The tally of the last ballot of each credential. `cast`: [weight, ballot] of each.
export const tally = ({ group, questions }, cast) => questions.map((question, place) => {
  const given = cast.map(([weight, { answers }]) => [weight, ciphertexts(answers[place])]);
  return isRanked(question) ? listed(group, given) : sums(group, lengthOf(question), given);
});

// The tally of all the ballots, from those of their parts.
export const together = ({ group, questions }, parts) => questions.map((question, place) => (isRanked(question)
  ? sorted(group, parts.flatMap((part) => part[place]))
  : parts[0][place].map((_, j) => multiplied(group, parts.map((part) => part[place][j])))));

// The product over the ballots of the j-th ciphertext, to the power of its weight.
const sums = (group, length, given) => Array.from({ length }, (_, j) =>
  multiplied(group, given.map(([weight, choices]) => weighted(group, weight, choices[j]))));
const weighted = (group, weight, { alpha, beta }) => (weight === 1n
  ? { alpha, beta }
  : { alpha: group.power(alpha, weight), beta: group.power(beta, weight) });

// The ballots' ciphertexts, sorted, so that their order tells nothing.
function listed(group, given) {
  if (given.some(([weight]) => weight !== 1n)) {
    throw new Refused("tally", "a ballot of a weight other than 1 answers a ranked question");
  }
  return sorted(group, given.map(([, [choice]]) => choice));
}
export function sorted(group, choices) {
  const keyed = choices.map((one) => ({ one, by: group.sortKey(one.alpha) + group.sortKey(one.beta) }));
  return keyed.sort((a, b) => (a.by < b.by ? -1 : Number(a.by > b.by))).map(({ one }) => one);
}
