// Questions (section 4.9): homomorphic ones, whose sums come out, and non-homomorphic ones ("ranked"),
// whose answers come out shuffled.

import { boolean, each, one, optional, record, small, string } from "./json_form.js";
import { Malformed } from "./refused.js";

const answers = (value) => {
  const found = each(string)(value);
  if (!found.length) throw new Malformed("no answer to choose");
  return found;
};
const homomorphic = record({ answers, blank: optional(boolean), min: small, max: small, question: string });
const nonHomomorphic = record({
  type: one("NonHomomorphic"),
  value: record({ answers, question: string }),
  extra: optional((value) => value ?? undefined), // how it is to be counted, as the election says it
});

export function question(value) {
  if (value !== null && typeof value === "object" && "type" in value) return nonHomomorphic(value);
  const found = homomorphic(value);
  if (found.min > found.max) throw new Malformed("above max: nothing could be chosen", "min");
  return found;
}

export const isRanked = (question) => question.type === "NonHomomorphic";
export const answersOf = (question) => (isRanked(question) ? question.value.answers : question.answers);

// The number of ciphertexts in an answer: one for blank goes first, where it is allowed.
export const lengthOf = ({ answers, blank }) => answers.length + (blank === true ? 1 : 0);
// How many answers may be chosen.
export const valuesOf = ({ min, max }) => Array.from({ length: max - min + 1 }, (_, at) => min + at);
