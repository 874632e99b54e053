// The election's result (section 4.21).

import { canonical, each, record, small, tuple, weight } from "./json_form.js";
import { answersOf, isRanked } from "./questions.js";
import { Refused } from "./refused.js";

// For each question the sums, or every ballot's numbers in the order of the last shuffle.
export const readResult = ({ questions }, bytes) => canonical(bytes, record({
  result: tuple(...questions.map((question) => each(isRanked(question) ? each(small) : weight))),
})).result;

// Throws unless beta / F of every ciphertext is what the result says.
export function verify({ group, questions }, tally, factors, totalWeight, result) {
  for (const [place, question] of questions.entries()) {
    const plain = tally[place].map(({ beta }, j) => group.divide(beta, factors[place][j]));
    const said = result[place];
    const stands = (element, j) => (isRanked(question)
      ? said[j].join() === group.toInts(answersOf(question).length, element).join()
      : said[j] <= totalWeight && group.equal(group.power(group.g, BigInt(said[j])), element));
    if (plain.length !== said.length || !plain.every(stands)) {
      throw new Refused("result", `question ${place + 1}: the result is not what was decrypted`);
    }
  }
}
