// Homomorphic answers (section 4.11.1): a ciphertext of 0 or 1 for each choice, and proofs.

import * as blank from "./blank.js";
import * as interval from "./interval.js";
import { ciphertext, joined, multiplied, proof } from "./common.js";
import { encrypt } from "./elgamal.js";
import { randomScalar } from "./groups/group.js";
import { each, optional, record } from "./json_form.js";
import { lengthOf, valuesOf } from "./questions.js";
import { Refused } from "./refused.js";

const BIT = [0, 1];

export const answerReader = (group) => record({
  choices: each(ciphertext(group)),
  individual_proofs: each(each(proof(group))),
  overall_proof: each(proof(group)),
  blank_proof: optional(each(proof(group))),
});

const wrongVote = (why) => new Refused("vote-not-allowed", why);

// A vote that the question does not allow is refused before anything is encrypted. `votes`: 0 or 1 for
// each answer, with a leading one for blank where it is allowed.
function requireAllowed(question, votes) {
  if (votes.length !== lengthOf(question)) {
    throw wrongVote(`${votes.length} votes for ${lengthOf(question)} choices`);
  }
  if (!votes.every((vote) => vote === 0 || vote === 1)) throw wrongVote("a vote is 0 or 1");
  const isBlank = question.blank === true && votes[0] === 1;
  const chosen = votes.reduce((sum, vote) => sum + vote, 0) - (isBlank ? 1 : 0);
  if (isBlank && chosen) throw wrongVote("a blank vote chooses nothing");
  if (!isBlank && (chosen < question.min || chosen > question.max)) {
    throw wrongVote(`${chosen} chosen, where ${question.min} to ${question.max} are`);
  }
}

// The answer, and the randomness of each choice: secret, unless the ballot is opened as a test.
export function encryptAnswer(key, S0, question, votes) {
  requireAllowed(question, votes);
  const opened = votes.map((m) => {
    const r = randomScalar(key.group);
    return { ciphertext: encryptVote(key, m, r), m, r };
  });
  const choices = opened.map((choice) => choice.ciphertext);
  const individual_proofs = opened.map((one) => interval.prove(key, S0, one.ciphertext, BIT, one.m, one.r));
  const answer = { choices, individual_proofs, ...sumProofs(key, `${S0}|${joined(key.group, choices)}`, question, opened) };
  return { answer, randomness: opened.map(({ r }) => r) };
}
export const encryptVote = (key, m, r) => encrypt(key, r, m ? key.group.g : key.group.one);

function sumProofs(key, S, question, opened) {
  const values = valuesOf(question);
  if (question.blank !== true) {
    const total = summed(key.group, opened);
    return { overall_proof: interval.prove(key, S, total.ciphertext, values, total.m, total.r) };
  }
  const [leading, total] = [opened[0], summed(key.group, opened.slice(1))];
  return {
    overall_proof: blank.proveOverallProof(key, S, leading, total, values),
    blank_proof: blank.proveBlankProof(key, S, leading, total),
  };
}
const summed = (group, opened) => ({
  ciphertext: multiplied(group, opened.map((choice) => choice.ciphertext)),
  m: opened.reduce((sum, choice) => sum + choice.m, 0),
  r: opened.reduce((sum, choice) => sum + choice.r, 0n) % group.q,
});

const invalid = (why) => new Refused("invalid-ballot", why);

// Throws unless the answer is one that the question allows. `S0`: φ|credential.
export function verify(key, S0, question, answer) {
  const { choices, individual_proofs: individual, overall_proof: overall, blank_proof: blankProof } = answer;
  if (choices.length !== lengthOf(question)) {
    throw invalid(`${choices.length} choices, where the question has ${lengthOf(question)}`);
  }
  if (individual.length !== choices.length) throw invalid("not one individual proof for each choice");
  if ((question.blank === true) !== (blankProof !== undefined)) {
    throw invalid("the proof about a blank vote is missing, or one that the question does not allow");
  }
  for (const [place, choice] of choices.entries()) {
    if (!interval.verify(key, S0, choice, BIT, individual[place])) {
      throw invalid(`the proof that choice ${place + 1} is 0 or 1 does not hold`);
    }
  }
  const S = `${S0}|${joined(key.group, choices)}`;
  const values = valuesOf(question);
  const bounds = `${question.min} to ${question.max} are chosen`;
  if (blankProof === undefined) {
    const total = multiplied(key.group, choices);
    if (!interval.verify(key, S, total, values, overall)) throw invalid(`the proof that ${bounds} does not hold`);
    return;
  }
  const [leading, total] = [choices[0], multiplied(key.group, choices.slice(1))];
  if (!blank.verifyBlankProof(key, S, leading, total, blankProof)) {
    throw invalid("the proof that a blank vote chooses nothing does not hold");
  }
  if (!blank.verifyOverallProof(key, S, leading, total, values, overall)) {
    throw invalid(`the proof that the vote is blank or ${bounds} does not hold`);
  }
}
