// Elections (section 4.10), and how a ballot's bytes and an election's are called by their hash.

import { base64, sha256 } from "./bytes.js";
import { element } from "./common.js";
import { NAMED } from "./groups/named.js";
import { canonical, each, hashHex, one, optional, record, string, tuple, uuid } from "./json_form.js";
import { isRanked, question } from "./questions.js";
import { Malformed } from "./refused.js";
import { elgamal } from "./elgamal.js";

const form = (group) => record({
  version: one(1),
  description: string,
  name: string,
  group: string,
  public_key: element(group),
  questions: each(question),
  uuid,
  administrator: optional(string),
  credential_authority: optional(string),
  language: optional(tuple(string, string)),
});

// φ: the SHA-256 of the election's bytes, in base 64 without padding; likewise a ballot's tracker.
export const fingerprint = (bytes) => base64(sha256(bytes));

// An election from its bytes: what it asks, with its group, the key that ballots are encrypted for, and φ.
export function readElection(bytes) {
  const read = canonical(bytes, (value) => form(groupOf(value))(value));
  if (!read.questions.length) throw new Malformed("no question is asked", "questions");
  const group = NAMED.get(read.group);
  if (group.equal(read.public_key, group.one)) throw new Malformed("it hides nothing", "public_key");
  const key = elgamal(group, read.public_key);
  return { ...read, group, key, phi: fingerprint(bytes) };
}
function groupOf(value) {
  const found = NAMED.get(value?.group);
  if (!found) throw new Malformed(`unknown: expected ${[...NAMED.keys()].join(" or ")}`, "group");
  return found;
}

// The indices of the ranked questions, whose ciphertexts are shuffled.
export const rankedOf = (election) => election.questions.flatMap((one, place) => (isRanked(one) ? [place] : []));

// The payload of the Setup event: the SHA-256 of each in hexadecimal.
export const readSetupData = (bytes) =>
  canonical(bytes, record({ election: hashHex, trustees: hashHex, credentials: hashHex }));
