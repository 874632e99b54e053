// Ballots (section 4.17) and their signatures (section 4.16).
//
// A ballot is made in two steps, so that it can be opened as a test (opened_ballot.js) before it is worth
// anything: encrypted first, signed only when it is to be cast. What stays the same is the hash that is
// signed. `election`: as readElection gives it.

import * as homomorphic from "./homomorphic.js";
import * as nonHomomorphic from "./non_homomorphic.js";
import * as schnorr from "./schnorr.js";
import { element, proof } from "./common.js";
import { fingerprint } from "./elections.js";
import { canonical, dump, record, string, tuple, uuid } from "./json_form.js";
import { isRanked } from "./questions.js";
import { Refused } from "./refused.js";

export const kindOf = (question) => (isRanked(question) ? nonHomomorphic : homomorphic);

const form = ({ group, questions }) => ({
  election_uuid: uuid,
  election_hash: string,
  credential: element(group),
  answers: tuple(...questions.map((question) => kindOf(question).answerReader(group))),
});
const unsignedForm = (election) => record(form(election));
const signedForm = (election) => record({
  ...form(election),
  signature: record({ hash: string, proof: proof(election.group) }),
});

// A ballot for this election, in form, its elements checked; no proof is verified.
export const readBallot = (election, bytes) => canonical(bytes, signedForm(election));
export const readUnsigned = (election, bytes) => canonical(bytes, unsignedForm(election));

// { unsigned, hash, randomness }: the ballot without its signature as text, the hash that will be signed,
// and for each question the randomness of its ciphertexts. `credential`: the public key. `votes`: for
// each question 0 or 1 for each choice, or a number of 0..255 for each answer.
export function encrypt(election, credential, votes) {
  const { group, key, questions, phi } = election;
  if (votes.length !== questions.length) {
    throw new Refused("vote-not-allowed", `${votes.length} answers to ${questions.length} questions`);
  }
  const S0 = `${phi}|${group.write(credential)}`;
  const made = questions.map((question, place) => kindOf(question).encryptAnswer(key, S0, question, votes[place]));
  const ballot = { election_uuid: election.uuid, election_hash: phi, credential, answers: made.map(({ answer }) => answer) };
  const unsigned = dump(ballot);
  return { unsigned, hash: fingerprint(unsigned), randomness: made.map(({ randomness }) => randomness) };
}

// { ballot, tracker }: the ballot as text, ready to be cast, and the hash that the box shows of it.
// `secret`: of the credential that it was encrypted for.
export function sign(election, unsigned, secret) {
  const { group } = election;
  const read = readUnsigned(election, unsigned);
  if (!group.equal(read.credential, group.secretPower(group.g, secret))) {
    throw new Refused("another-credential", "it was encrypted for another credential");
  }
  const hash = fingerprint(unsigned);
  const ballot = dump({ ...read, signature: { hash, proof: schnorr.prove(group, secret, signed(hash)) } });
  return { ballot, tracker: fingerprint(ballot) };
}

// Throws unless the ballot is for this election, signed by its credential, and every proof in it holds.
// Whether the credential is on the roll is for whoever holds the roll.
export function verify(election, ballot) {
  const { signature, ...unsigned } = ballot;
  requireOf(election, ballot);
  if (signature.hash !== fingerprint(dump(unsigned))) throw invalid("the hash that is signed is not the ballot's");
  if (!schnorr.verify(election.group, ballot.credential, signed(signature.hash), signature.proof)) {
    throw invalid("its signature does not hold");
  }
  verifyAnswers(election, ballot);
}
export function requireOf(election, ballot) {
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.phi) {
    throw invalid("it is for another election");
  }
}
export function verifyAnswers(election, { credential, answers }) {
  const { group, key, questions, phi } = election;
  const S0 = `${phi}|${group.write(credential)}`;
  for (const [place, question] of questions.entries()) {
    try {
      if (isRanked(question)) nonHomomorphic.verify(key, S0, answers[place]);
      else homomorphic.verify(key, S0, question, answers[place]);
    } catch (error) {
      throw error instanceof Refused ? new Refused(error.code, `question ${place + 1}: ${error.message}`) : error;
    }
  }
}

const signed = (hash) => `sig|${hash}|`;
const invalid = (why) => new Refused("invalid-ballot", why);

// An answer's ciphertexts: one for each choice, or the one of a ranked answer.
export const ciphertexts = ({ choices }) => (Array.isArray(choices) ? choices : [choices]);
